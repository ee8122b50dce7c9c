"""Tenders, successes, decisions on resources, lessons."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import DutyKind, LessonState, Verb
from winback.cases.models import (
    AwardCriterion,
    Case,
    Lesson,
    ResourceDecision,
    SiteFact,
    Success,
    Tender,
)
from winback.cases.services.core import NotReady, must_be_live, record
from winback.cases.services.duties import Owed, keep_duty, plan_duty
from winback.common.claims import claim


@transaction.atomic
def write_tender(
    *,
    tender: Tender,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    owed: Owed | None,
) -> Tender:
    """Record a tender; one still to come is prepared by somebody until a date.

    Allowed after the end of the case: the comeback may lie years ahead. A tender that has been
    awarded needs no preparation any more: its open step ends with the result as its own.
    """
    if not tender._state.adding:
        claim(tender, version=version, actor=actor)
    for name, value in changes.items():
        setattr(tender, name, value)
    if tender.is_planned and owed is None:
        raise NotReady(_("Say who prepares the tender until when."), field="owner")
    if tender.is_planned and owed is not None:
        _keep_preparation(tender, owed, actor, today)
    elif tender.duty is not None and tender.duty.is_open:
        tender.duty.done_on, tender.duty.result = today, tender.get_result_display()
        tender.duty.save()
    tender.save()
    record(tender.case, actor, Verb.TENDER_WRITTEN, title=tender.title, award=tender.result)
    return tender


def _keep_preparation(tender: Tender, owed: Owed, actor: User, today: date) -> None:
    title = _("Prepare tender “%(title)s”") % {"title": tender.title}
    if tender.duty is None:
        tender.duty = plan_duty(tender.case, DutyKind.TENDER, title, owed, today)
    elif tender.duty.is_open:
        keep_duty(tender.duty, owed, actor, today, title)


@transaction.atomic
def set_criterion(*, tender: Tender, actor: User, changes: dict[str, Any]) -> AwardCriterion:
    """Add an award criterion, or change the one of this name."""
    name = changes.pop("name")
    row, _new = AwardCriterion.objects.update_or_create(tender=tender, name=name, defaults=changes)
    record(tender.case, actor, Verb.CRITERION_SET, title=f"{tender.title}: {name}")
    return row


@transaction.atomic
def remove_criterion(*, criterion: AwardCriterion, actor: User) -> None:
    """Take an award criterion out again."""
    tender = criterion.tender
    title = f"{tender.title}: {criterion.name}"
    criterion.delete()
    record(tender.case, actor, Verb.CRITERION_SET, title=title, removed=True, note=_("removed"))


@transaction.atomic
def decide_resources(*, case: Case, actor: User, changes: dict[str, Any]) -> ResourceDecision:
    """Record how the executive board settled a conflict over people or means."""
    must_be_live(case)
    row = ResourceDecision.objects.create(case=case, **changes)
    record(case, actor, Verb.RESOURCES_DECIDED, by=str(row.decided_by), note=row.decision)
    return row


@transaction.atomic
def record_success(*, case: Case, actor: User, changes: dict[str, Any]) -> Success:
    """Record what went well; also after the end: recommendations come late."""
    row = Success.objects.create(case=case, **changes)
    record(case, actor, Verb.SUCCEEDED, title=row.get_kind_display(), note=row.what)
    return row


@transaction.atomic
def write_site_facts(*, case: Case, actor: User, changes: dict[str, Any]) -> SiteFact:
    """Say how it stands at one site; the same site again corrects its facts."""
    must_be_live(case)
    site = changes["site"]
    rest = {name: value for name, value in changes.items() if name != "site"}
    row, _new = SiteFact.objects.update_or_create(case=case, site=site, defaults=rest)
    record(case, actor, Verb.FACTS_WRITTEN, title=str(site), note=row.get_state_display())
    return row


@transaction.atomic
def propose_lesson(*, case: Case, actor: User, today: date, changes: dict[str, Any]) -> Lesson:
    """Say what the company should learn from the case; also after its end."""
    lesson = Lesson.objects.create(case=case, proposed_by=actor, proposed_on=today, **changes)
    record(case, actor, Verb.LESSON_PROPOSED, note=lesson.what)
    return lesson


@transaction.atomic
def decide_lesson(
    *, lesson: Lesson, version: int, actor: User, today: date, state: str, reason: str
) -> Lesson:
    """Accept or reject a proposed lesson with a reason. Raises NotReady when that has been done."""
    if not lesson.is_proposed:
        raise NotReady(_("This lesson is decided already."))
    claim(lesson, version=version, actor=actor)
    lesson.state, lesson.decision_reason = state, reason
    lesson.decided_by, lesson.decided_on = actor, today
    lesson.save()
    label = LessonState(state).label
    record(
        lesson.case, actor, Verb.LESSON_DECIDED, title=str(label), note=lesson.what, reason=reason
    )
    return lesson
