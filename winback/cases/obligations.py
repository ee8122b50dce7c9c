"""What a case owes: its next step or wake-up, and the steps its decisions leave to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import LIVE, OUTLIVING, DutyKind, Load, Status
from winback.cases.models import Case, CaseDocument, Duty, TeamLoad
from winback.common.health import AT_RISK, Signal
from winback.common.obligations import Item, Kind, Query

#: The kind of obligation that is the case's own: next step, wake-up or start.
OWN_KIND = "case"
#: Steps of escalations, handovers, Plan B and tenders.
DUTY_KIND = "case_duty"
#: Renewing a document before its validity ends.
PAPER_KIND = "document"
#: Its start is owed beside its next step.
START = "start"
#: A new case should be decided and started within this many calendar days.
START_DAYS = 7


def find(query: Query) -> Iterable[Item]:
    """What cases owe, in one statement.

    A live case its next step, a resting one its wake-up; a case that is still open also its start:
    the go decision first, then the recovery plan.
    """
    cases = Case.objects.filter(status__in=LIVE).with_decision().select_related("client")
    if query.owner_ids is not None:
        cases = cases.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        cases = cases.filter(pk=query.case_id)
    items = [item for case in cases for item in _items(case)]
    return [item for item in items if query.due_until is None or item.due_on <= query.due_until]


def _items(case: Case) -> Iterable[Item]:
    if case.status == Status.RESTING and case.resting_until:
        yield _item(case, _("Wake the resting case up"), case.resting_until)
    elif case.next_step_on:
        move_url = reverse("cases:next_step", args=[case.number])
        yield _item(case, case.next_step, case.next_step_on, move_url=move_url)
    if case.status == Status.OPEN:
        undecided = case.waits_for_decision
        title = _("Get the go decision") if undecided else _("Start the recovery plan")
        yield _item(case, title, case.opened_on + timedelta(days=START_DAYS), waiting=True)


def _item(
    case: Case, title: str, due_on: date, *, waiting: bool = False, move_url: str = ""
) -> Item:
    return Item(
        kind=OWN_KIND,
        pk=case.pk,
        title=title,
        owner_id=case.owner_id,
        deputy_id=case.deputy_id,
        due_on=due_on,
        case_id=case.pk,
        context=case.title,
        url=case.get_absolute_url(),
        move_url=move_url,
        waiting=waiting,
        part=START if waiting else "",
    )


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


def find_duties(query: Query) -> list[Item]:
    """Open steps of decisions; one statement."""
    duties = Duty.objects.owed().select_related("case__client", "handover")
    if query.owner_ids is not None:
        duties = duties.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        duties = duties.filter(case=query.case_id)
    if query.due_until is not None:
        duties = duties.filter(due_on__lte=query.due_until)
    return [_duty_item(duty) for duty in duties]


def _duty_item(duty: Duty) -> Item:
    done = reverse("cases:duty_done", args=[duty.case.number, duty.pk])
    return Item(
        kind=DUTY_KIND,
        pk=duty.pk,
        title=duty.title,
        owner_id=duty.owner_id,
        deputy_id=duty.deputy_id,
        due_on=duty.due_on,
        case_id=duty.case_id,
        context=duty.case.title,
        url=duty.get_absolute_url(),
        done_url="" if duty.kind == DutyKind.HANDOVER else done,
        outlives_case=duty.kind in OUTLIVING,
    )


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


def find_papers(query: Query) -> Iterable[Item]:
    """Documents of live cases whose validity ends; due on its last day, one statement."""
    papers = CaseDocument.objects.expiring().select_related("case__client", "document")
    if query.owner_ids is not None:
        papers = papers.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        papers = papers.filter(case=query.case_id)
    if query.due_until is not None:
        papers = papers.filter(document__valid_until__lte=query.due_until)
    return [_paper_item(paper) for paper in papers]


def _paper_item(paper: CaseDocument) -> Item:
    due_on = paper.document.valid_until
    assert due_on is not None
    return Item(
        kind=PAPER_KIND,
        pk=paper.pk,
        title=_("Renew document “%(title)s”") % {"title": paper.document.title},
        owner_id=paper.owner_id,
        deputy_id=paper.case.deputy_id,
        due_on=due_on,
        case_id=paper.case_id,
        context=paper.case.title,
        url=paper.get_absolute_url(),
    )


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
