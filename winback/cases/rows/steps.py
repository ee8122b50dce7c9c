"""Escalation, mediation, Plan B, tenders, handovers and lessons as ready strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from winback.cases.enums import LessonState, TenderResult
from winback.cases.models import (
    AwardCriterion,
    Case,
    Duty,
    EscalationStep,
    Handover,
    Lesson,
    Tender,
)
from winback.cases.permissions import can_do_duty
from winback.cases.rows.facts import Fact, Section, euro, facts_of, sheet, sheet_url
from winback.cases.rules import Points, award
from winback.common.formats import format_date, format_number, format_percent, format_signed

LESSON_SHAPE = {
    LessonState.PROPOSED: "open",
    LessonState.ACCEPTED: "done",
    LessonState.REJECTED: "na",
}
TENDER_SHAPE = {TenderResult.PLANNED: "open", TenderResult.LOST: "no", TenderResult.WON: "done"}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One step somebody owes."""

    title: str
    note: str
    owner: str
    due: str
    late: bool
    shape: str
    status: str
    result: str
    done_url: str


def duty_row(duty: Duty, user: User, today: date, note: str = "") -> DutyRow:
    """Needs the owner; the case is the one of the page."""
    late = duty.is_overdue(today)
    may = duty.is_open and can_do_duty(user, duty)
    if late:
        shape, status = "late", _("Overdue")
    elif duty.is_open:
        shape, status = "open", _("open")
    else:
        shape, status = "done", _("done")
    return DutyRow(
        title=duty.title,
        note=note,
        owner=duty.owner.short_name,
        due=format_date(duty.due_on),
        late=late,
        shape=shape,
        status=status,
        result=duty.result,
        done_url=reverse("cases:duty_done", args=[duty.case.number, duty.pk]) if may else "",
    )


def step_row(step: EscalationStep, user: User, today: date) -> DutyRow:
    parts = [step.get_level_display(), step.helper]
    return duty_row(step.duty, user, today, " · ".join(part for part in parts if part))


def mediation_section(case: Case, *, may_edit: bool) -> Section:
    facts = facts_of(
        sheet(case, "mediation"),
        "considered",
        "reasons",
        "neutral_person",
        "subject",
        "is_confidential",
        "starts_on",
        "ended_on",
        "result",
        "result_note",
    )
    links = [(_("Consider mediation"), sheet_url(case, "mediation"))]
    return Section("mediation", _("Mediation"), facts, links if may_edit else [])


def owed_facts(duty: Duty) -> Fact:
    """By whom and until when; or that it is done."""
    when = _("due on %(day)s") % {"day": format_date(duty.due_on)}
    if not duty.is_open:
        when = _("done on %(day)s") % {"day": format_date(duty.done_on)}
    return (duty.title, duty.owner.short_name, f"{when} · {duty.result}" if duty.result else when)


def plan_b_section(case: Case, *, may_edit: bool, may_do: bool) -> Section:
    """Needs ``with_sheets()``."""
    row = sheet(case, "planb")
    links = [(_("Edit Plan B"), sheet_url(case, "plan-b"))] if may_edit else []
    if row is None:
        return Section("planb", _("Plan B"), [], links)
    plan = case.planb
    facts = [(_("Revenue at risk per year"), euro(plan.revenue_at_risk), "")]
    facts += [*facts_of(row, "alternatives", "trigger"), owed_facts(plan.duty)]
    if may_do and plan.duty.is_open:
        links.append((_("Decide on Plan B"), _done_url(case, plan.duty)))
    return Section("planb", _("Plan B"), facts, links)


def aftercare_section(case: Case, *, may_edit: bool) -> Section:
    """Needs ``with_sheets()``."""
    row = sheet(case, "aftercare")
    links = [(_("Plan aftercare"), sheet_url(case, "nachbetreuung"))] if may_edit else []
    if row is None:
        return Section("aftercare", _("Aftercare"), [], links)
    care = case.aftercare
    every = _("every %(days)d days") % {"days": care.every_days}
    facts = [(_("Rhythm"), every, ""), *facts_of(row, "topics"), owed_facts(care.duty)]
    if case.is_closed and may_edit:
        links.append((_("Record contact"), _done_url(case, care.duty)))
    return Section("aftercare", _("Aftercare"), facts, links)


def load_section(case: Case, *, may_edit: bool) -> Section:
    row = sheet(case, "teamload")
    facts = facts_of(row, "load", "note", "support", "briefed_on")
    links = [(_("Judge the work load"), sheet_url(case, "auslastung"))]
    note = _("The whole team is judged, never a single person.")
    return Section("load", _("Work load"), facts, links if may_edit else [], note)


def _done_url(case: Case, duty: Duty) -> str:
    return reverse("cases:duty_done", args=[case.number, duty.pk])


@dataclass(frozen=True, slots=True)
class CriterionRow:
    pk: int
    name: str
    weight: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A tender with its criteria and what both offers reached."""

    pk: int
    title: str
    shape: str
    result: str
    facts: list[Fact]
    criteria: list[CriterionRow]
    weight: str
    ours: str
    theirs: str
    gap: str
    weight_off: bool
    edit_url: str
    done_url: str


def tender_row(tender: Tender, user: User) -> TenderRow:
    """Needs criteria prefetched and duty with its owner."""
    criteria: Iterable[AwardCriterion] = tender.criteria.all()
    rows = list(criteria)
    sums = award(Points(row.weight, row.our_points, row.their_points) for row in rows)
    duty = tender.duty
    may = duty is not None and duty.is_open and can_do_duty(user, duty)
    return TenderRow(
        pk=tender.pk,
        title=tender.title,
        shape=TENDER_SHAPE[TenderResult(tender.result)],
        result=tender.get_result_display(),
        facts=_tender_facts(tender),
        criteria=[_criterion_row(row) for row in rows],
        weight=format_percent(sums.weight, 0),
        ours=format_number(sums.ours if sums.compared else None, 1),
        theirs=format_number(sums.theirs if sums.compared else None, 1),
        gap=format_signed(-sums.gap, 1) if sums.compared else "",
        weight_off=bool(rows) and sums.weight != 100,
        edit_url=reverse("cases:tender_edit", args=[tender.case.number, tender.pk]),
        done_url=_done_url(tender.case, duty) if may and duty is not None else "",
    )


def _tender_facts(tender: Tender) -> list[Fact]:
    gained = tender.lots_gained
    lots = format_signed(gained) if gained is not None else ""
    counts = _("%(before)s before, %(after)s afterwards") % {
        "before": tender.lots_before,
        "after": tender.lots_after,
    }
    facts = [
        (_("Date of the award"), format_date(tender.held_on), ""),
        (_("Awarded to"), tender.winner, ""),
        (_("Lots gained"), lots, counts if lots else ""),
        (_("Why it was decided like this"), tender.reasons, ""),
        (_("What we learn for the next tender"), tender.lessons, ""),
    ]
    if tender.duty is not None:
        _title, owner, when = owed_facts(tender.duty)
        facts.append((_("Preparation"), owner, when))
    return [each for each in facts if each[1]]


def _criterion_row(row: AwardCriterion) -> CriterionRow:
    return CriterionRow(
        row.pk,
        row.name,
        format_percent(row.weight, 1 if row.weight % 1 else 0),
        _points(row.our_points),
        _points(row.their_points),
    )


def _points(value: Decimal | None) -> str:
    return format_number(value, 1)


def handover_facts(handover: Handover) -> list[Fact]:
    granted = handover.granted_by
    told = format_date(handover.told_on) if handover.told_on else pgettext("client told", "not yet")
    facts = [
        (_("Changed on"), format_date(handover.changed_on), str(handover)),
        (_("Reason"), handover.reason, ""),
        (_("Profile of the new person"), handover.fit, ""),
        (
            _("Resources and freedom granted"),
            handover.resources,
            _("by %(name)s") % {"name": granted} if granted else "",
        ),
        (_("Client told"), told, handover.told_how),
        owed_facts(handover.duty),
    ]
    return [each for each in facts if each[1]]


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson in the list over all cases."""

    what: str
    proposal: str
    target: str
    case: str
    case_url: str
    shape: str
    state: str
    decided: str
    url: str


def lesson_row(lesson: Lesson) -> LessonRow:
    """Needs the case with its client, and who decided."""
    decided = ""
    if lesson.decided_by is not None:
        day, who = format_date(lesson.decided_on), lesson.decided_by.short_name
        decided = f"{who}, {day} · {lesson.decision_reason}"
    return LessonRow(
        what=lesson.what,
        proposal=lesson.proposal,
        target=lesson.get_target_display(),
        case=lesson.case.title,
        case_url=lesson.case.get_absolute_url(),
        shape=LESSON_SHAPE[LessonState(lesson.state)],
        state=lesson.get_state_display(),
        decided=decided,
        url=reverse("cases:lesson_decide", args=[lesson.pk]) if lesson.is_proposed else "",
    )
