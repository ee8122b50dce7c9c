"""The case list: which cases, in which order; all of it lives in the URL."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Case as Choose
from django.db.models import F, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import User
from winback.cases.enums import CLOSED, LIVE, Health, Phase, Status
from winback.cases.models import Case
from winback.common.forms import limit
from winback.common.rows import with_any

#: value of ``sort`` → columns; a leading minus turns the direction
SORTS: dict[str, tuple[str, ...]] = {
    "kunde": ("sort_key", "pk"),
    "fall": ("number", "pk"),
    "ampel": ("health_rank", "sort_key"),
    "phase": ("phase", "sort_key"),
    "faellig": ("next_step_on", "sort_key"),
    "wert": ("value_at_stake", "sort_key"),
    "frist": ("contract__notice_on", "sort_key"),
}
DEFAULT_SORT = "-ampel"
_HEALTH_RANK = Choose(
    When(health=Health.CRITICAL, then=Value(2)),
    When(health=Health.AT_RISK, then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)
NOTICE_DAYS = 180
#: value of ``phase`` for cases without a plan
NO_PHASE = "keine"

VIEWS: dict[str, object] = {
    "meine": pgettext_lazy("case view", "Mine"),
    "alle": pgettext_lazy("case view", "All live"),
    "frist": _("Notice within 180 days"),
    "beendet": pgettext_lazy("case view", "Ended"),
}


class CaseFilter(forms.Form):
    """The GET form above the list. Unknown values are ignored, never an error page."""

    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Client or number"), required=False, max_length=100)
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
    verantwortlich = forms.ModelChoiceField(
        label=pgettext_lazy("person", "Owner"),
        required=False,
        queryset=User.objects.none(),
        empty_label=pgettext_lazy("filter", "all"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = User.objects.staff().with_role(Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT)
        limit(self, "verantwortlich", owners)

    def chosen(self, name: str) -> Any:
        """The cleaned value, or None where it is empty or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def view(self) -> str:
        """The chosen tab; all live cases where none is chosen."""
        return self.chosen("ansicht") if self.chosen("ansicht") in VIEWS else "alle"

    @property
    def order(self) -> str:
        """The chosen order, worst first where none or nonsense is chosen."""
        wanted = self.chosen("sort") or DEFAULT_SORT
        return wanted if wanted.removeprefix("-") in SORTS else DEFAULT_SORT

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
        return _ordered(cases, self.order)


def _in_view(cases: QuerySet[Case], view: str, user: User, today: date) -> QuerySet[Case]:
    if view == "beendet":
        return cases.filter(status__in=CLOSED)
    if view == "meine":
        return cases.filter(status__in=LIVE, owner=user)
    if view == "frist":
        until = today + timedelta(days=NOTICE_DAYS)
        return cases.filter(status__in=LIVE, contract__notice_on__range=(today, until))
    return cases.filter(status__in=LIVE)


def _ordered(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """Rows without a date come last either way."""
    down = sort.startswith("-")
    key, *rest = SORTS[sort.removeprefix("-")]
    if key == "health_rank":
        cases = cases.annotate(health_rank=_HEALTH_RANK)
    first = F(key).desc(nulls_last=True) if down else F(key).asc(nulls_last=True)
    return cases.order_by(first, *rest)
