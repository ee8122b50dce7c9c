"""The case list: which cases, in which order; all of it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from django import forms
from django.db.models import Case as Choose
from django.db.models import Expression, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.filters import OwnerFilter
from accounts.models import User, UserQuerySet
from winback.cases.enums import CLOSED, LIVE, Health, LessonState, LessonTarget, Phase, Status
from winback.cases.models import Case, Lesson
from winback.common.filters import ListFilter
from winback.common.rows import with_any
from winback.common.textsearch import normalise

_HEALTH_RANK = Choose(
    When(health=Health.CRITICAL, then=Value(2)),
    When(health=Health.AT_RISK, then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)
NOTICE_DAYS = 180
#: value of ``phase`` for cases without a plan
NO_PHASE = "keine"


class CaseFilter(OwnerFilter):
    """Above the list of cases."""

    views: ClassVar[Mapping[str, object]] = {
        "meine": pgettext_lazy("case view", "Mine"),
        "team": pgettext_lazy("case view", "Team"),
        "alle": pgettext_lazy("case view", "All live"),
        "frist": _("Notice within 180 days"),
        "beendet": pgettext_lazy("case view", "Ended"),
    }
    default_view = "alle"
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "kunde": "sort_key",
        "fall": "number",
        "ampel": _HEALTH_RANK,
        "phase": "phase",
        "faellig": "next_step_on",
        "wert": "value_at_stake",
        "frist": "contract__notice_on",
    }
    default_sort = "-ampel"
    then = ("sort_key", "pk")

    ampel = forms.ChoiceField(
        label=_("Case health"), required=False, choices=with_any(Health.choices)
    )
    phase = forms.ChoiceField(
        label=_("Phase"),
        required=False,
        choices=with_any([(NO_PHASE, _("no plan yet")), *Phase.choices]),
    )
    status = forms.ChoiceField(
        label=_("Case status"), required=False, choices=with_any(Status.choices)
    )
    field_order = ("q", "ampel", "phase", "status", "verantwortlich")

    @staticmethod
    def owners() -> UserQuerySet:
        """Those who can own a case."""
        found: UserQuerySet = User.objects.staff().with_role(
            Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT
        )
        return found

    def apply(self, cases: QuerySet[Case], user: User, today: date) -> QuerySet[Case]:
        """Narrow and order the visible cases."""
        cases = _in_view(cases, self.view, user, today)
        if text := self.chosen("q"):
            cases = cases.matching(text)  # type: ignore[attr-defined]  # CaseQuerySet
        for name, field in (
            ("ampel", "health"),
            ("phase", "phase"),
            ("status", "status"),
            ("verantwortlich", "owner"),
        ):
            if value := self.chosen(name):
                cases = cases.filter(**{field: "" if value == NO_PHASE else value})
        return self.ordered(cases)


def _in_view(cases: QuerySet[Case], view: str, user: User, today: date) -> QuerySet[Case]:
    if view == "beendet":
        return cases.filter(status__in=CLOSED)
    cases = cases.filter(status__in=LIVE)
    if view == "meine":
        return cases.filter(owner=user)
    if view == "team":
        return cases.in_team_of(user)  # type: ignore[attr-defined,no-any-return]  # CaseQuerySet
    if view == "frist":
        until = today + timedelta(days=NOTICE_DAYS)
        return cases.filter(contract__notice_on__range=(today, until))
    return cases


class LessonFilter(ListFilter):
    """Above the lessons of all cases: those to be decided come first."""

    views: ClassVar[Mapping[str, object]] = {
        "offen": pgettext_lazy("lesson", "To be decided"),
        "angenommen": pgettext_lazy("lesson", "Accepted"),
        "abgelehnt": pgettext_lazy("lesson", "Rejected"),
    }
    states: ClassVar[Mapping[str, LessonState]] = {
        "offen": LessonState.PROPOSED,
        "angenommen": LessonState.ACCEPTED,
        "abgelehnt": LessonState.REJECTED,
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {"vom": "proposed_on"}
    default_sort = "-vom"
    then = ("-pk",)

    betrifft = forms.ChoiceField(
        label=_("Concerns"), required=False, choices=with_any(LessonTarget.choices)
    )
    field_order = ("q", "betrifft")

    def apply(self, lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
        """Narrow and order the visible lessons."""
        lessons = lessons.filter(state=self.states[self.view])
        if text := self.chosen("q"):
            lessons = lessons.filter(case__search_key__contains=normalise(text))
        if target := self.chosen("betrifft"):
            lessons = lessons.filter(target=target)
        return self.ordered(lessons)
