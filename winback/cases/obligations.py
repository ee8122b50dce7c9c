"""What a case owes: its next step or wake-up, and the steps its decisions leave to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, F, Q, QuerySet, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import LIVE, OUTLIVING, DutyKind, Load, Status
from winback.cases.models import Case, CaseDocument, Duty, TeamLoad
from winback.cases.models.duties import duty_page
from winback.common.health import AT_RISK, Signal
from winback.common.obligations import Item, Kind, Owed, Query, Source, owed, text

#: The kind of obligation that is the case's own: next step, wake-up or start.
OWN_KIND = "case"
#: Steps of escalations, handovers, Plan B and tenders.
DUTY_KIND = "case_duty"
#: Renewing a document before its validity ends.
PAPER_KIND = "document"
#: A resting case is to be woken up; an open one needs its decision, then its plan.
WAKE, DECISION = "wake", "decision"
#: Its start is owed beside its next step.
START = "start"
#: A new case should be decided and started within this many calendar days.
START_DAYS = 7


def _case_rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    """A live case owes its next step, a resting one its wake-up; an open one also its start."""
    cases = Case.objects.filter(status__in=LIVE)
    sleeps = Q(status=Status.RESTING, resting_until__isnull=False)
    yield owed(
        cases.filter(sleeps | Q(next_step_on__isnull=False)),
        OWN_KIND,
        query,
        path="",
        tag=Choose(When(sleeps, then=text(WAKE)), default=text("")),
        words=F("next_step"),
        day=Choose(When(sleeps, then=F("resting_until")), default=F("next_step_on")),
    )
    yield owed(
        cases.filter(status=Status.OPEN).with_decision(),
        OWN_KIND,
        query,
        path="",
        tag=Choose(When(waits_for_decision=True, then=text(DECISION)), default=text(START)),
        day=F("opened_on"),
    )


def _case_item(row: Owed) -> Item:
    """The go decision first, then the recovery plan: both are the start of the case."""
    url = reverse("dashboards:case", args=[row.number])
    if row.tag in {DECISION, START}:
        return row.item(
            title=_("Get the go decision") if row.tag == DECISION else _("Start the recovery plan"),
            url=url,
            due_on=row.day + timedelta(days=START_DAYS),
            waiting=True,
            part=START,
        )
    if row.tag == WAKE:
        return row.item(title=_("Wake the resting case up"), url=url)
    move_url = reverse("cases:next_step", args=[row.number])
    return row.item(title=row.words, url=url, move_url=move_url)


find = Source(_case_rows, _case_item)


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; ``reassign`` is the room's service."""
    return Kind(
        key=OWN_KIND,
        label=gettext_lazy("Next steps of my cases"),
        find=find,
        reassign=reassign,
        lead_days=(1,),
        ends_with_case=True,
    )


def _duty_rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    """Open steps of decisions."""
    handover = Coalesce(Cast(F("handover__pk"), CharField()), text(""))
    duties = Duty.objects.owed()
    yield owed(duties, DUTY_KIND, query, tag=F("kind"), code=handover, words=F("title"))


def _duty_item(row: Owed) -> Item:
    done = reverse("cases:duty_done", args=[row.number, row.pk])
    return row.item(
        title=row.words,
        url=duty_page(row.tag, row.number, row.code),
        done_url="" if row.tag == DutyKind.HANDOVER else done,
        outlives_case=row.tag in OUTLIVING,
    )


find_duties = Source(_duty_rows, _duty_item)


def signals(case_id: int, today: date) -> Iterable[Signal]:
    """An overloaded team puts the case at risk; one statement. Says nothing about persons."""
    if TeamLoad.objects.filter(case=case_id, load=Load.OVERLOADED).exists():
        yield Signal(AT_RISK, _("The team of the case is overloaded."))


def duty_kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; ``reassign`` is the room's service."""
    return Kind(
        key=DUTY_KIND,
        label=gettext_lazy("Steps of decisions in my cases"),
        find=find_duties,
        reassign=reassign,
        lead_days=(7, 2),
        ends_with_case=True,
    )


def _paper_rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    """Documents of live cases whose validity ends; due on its last day."""
    yield owed(
        CaseDocument.objects.expiring(),
        PAPER_KIND,
        query,
        words=F("document__title"),
        deputy=F("case__deputy_id"),
        day=F("document__valid_until"),
    )


def _paper_item(row: Owed) -> Item:
    return row.item(
        title=_("Renew document “%(title)s”") % {"title": row.words},
        url=reverse("cases:document", args=[row.number, row.pk]),
    )


find_papers = Source(_paper_rows, _paper_item)


def paper_kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """Documents that expire; warned early, because new certificates take weeks."""
    return Kind(
        key=PAPER_KIND,
        label=gettext_lazy("Documents whose validity ends"),
        find=find_papers,
        reassign=reassign,
        lead_days=(30, 7),
        ends_with_case=True,
    )
