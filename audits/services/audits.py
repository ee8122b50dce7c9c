"""Verbs of an audit: plan, answer, finish. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audits.enums import AuditKind, AuditStatus, Verb
from audits.models import Answer, Audit, AuditTemplate, Question
from audits.rules import lacks_justification, score, unanswered
from audits.services.independence import must_be_independent
from winback.cases.enums import Function
from winback.cases.models import Case
from winback.cases.services import join_team, let_see, next_number, record
from winback.common import clock
from winback.common.claims import RuleBroken, claim, sign


class AuditLocked(RuleBroken):
    """The audit is finished or cancelled, or its case has ended."""


class NotReady(RuleBroken):
    """Something the step needs is missing."""


#: What is related to an audit and saved after it.
LINKS = ("team", "further_sites")


def must_be_open(audit: Audit) -> None:
    """Raises AuditLocked unless the audit may still change."""
    if audit.is_locked:
        raise AuditLocked(_("The audit is locked: answers and findings stay as they are."))
    if audit.case.is_closed:
        raise AuditLocked(_("The case has ended. Reopen it first."))


@transaction.atomic
def plan_audit(
    *,
    case: Case,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> Audit:
    """Plan an audit with the newest version of the ``template`` among the changes.

    Effects: gives it its number, lets lead and team into the case (external auditors join the
    team, but see only the audit), writes the event.

    Raises:
        NotReady: the template has no questions yet, a follow-up audit lacks its previous one, or
            the case has ended.
        NotIndependent: lead or team would audit their own work.
    """
    if case.is_closed:
        raise NotReady(_("The case has ended. Reopen it first."))
    template: AuditTemplate = changes.pop("template")
    newest = template.versions.first()
    if newest is None:
        raise NotReady(_("This audit template has no questions yet."), field="template")
    links = _links(changes)
    changes = changes | {"kind": changes.get("kind") or template.kind}
    audit = Audit(case=case, version_used=newest, original_due_on=changes["due_on"], **changes)
    _must_make_sense(audit, links.get("team", ()))
    audit.number = f"A-{next_number('A'):04d}"
    sign(audit, actor)
    audit.save()
    _save_links(audit, links)
    _let_in(audit, today)
    _record(audit, actor, Verb.PLANNED, on=audit.due_on, reason=reason)
    return audit


def _links(changes: dict[str, Any]) -> dict[str, Any]:
    """Take the related rows out of the changes; they are saved after the audit."""
    return {name: changes.pop(name) for name in LINKS if name in changes}


def _save_links(audit: Audit, links: dict[str, Any]) -> None:
    for name, rows in links.items():
        getattr(audit, name).set(rows)


def _must_make_sense(audit: Audit, team: Iterable[User]) -> None:
    """A follow-up audit has a finished predecessor in its case; nobody audits their own work."""
    earlier = audit.previous
    if audit.kind == AuditKind.FOLLOW_UP and earlier is None:
        raise NotReady(_("Choose the audit whose findings are checked again."), field="previous")
    if earlier is not None and (
        earlier.case_id != audit.case_id or earlier.status != AuditStatus.FINISHED
    ):
        raise NotReady(_("The previous audit is a finished one of this case."), field="previous")
    must_be_independent(audit, [audit.owner, *team])


def _let_in(audit: Audit, today: date) -> None:
    for person in (audit.owner, *audit.team.all()):
        if person.is_external:
            join_team(audit.case, person, Function.EXTERNAL_AUDITOR, today)
        else:
            let_see(audit.case, person, today)


@transaction.atomic
def change_audit(
    *,
    audit: Audit,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> Audit:
    """Change who audits what, where and when; the original date stays for on-time ratios.

    Raises AuditLocked, NotReady, NotIndependent, StaleVersion.
    """
    must_be_open(audit)
    claim(audit, version=version, actor=actor)
    links = _links(changes)
    changed = [name for name, value in changes.items() if getattr(audit, name) != value]
    for name in changed:
        setattr(audit, name, changes[name])
    if "team" in links or {"owner", "previous", "kind"} & set(changed):
        _must_make_sense(audit, links["team"] if "team" in links else audit.team.all())
    audit.save()
    _save_links(audit, links)
    if "team" in links or "owner" in changed:
        _let_in(audit, today)
    _record(audit, actor, Verb.CHANGED, fields=changed, reason=reason)
    return audit


@transaction.atomic
def cancel_audit(*, audit: Audit, version: int, actor: User, reason: str) -> Audit:
    """Call off an audit that will not be carried out; what was answered stays, locked.

    Cancelling it twice changes nothing. Raises AuditLocked when it is finished, StaleVersion.
    """
    if audit.status == AuditStatus.CANCELLED:
        return audit
    must_be_open(audit)
    claim(audit, version=version, actor=actor)
    audit.status, audit.cancelled_reason = AuditStatus.CANCELLED, reason
    audit.save()
    _record(audit, actor, Verb.CANCELLED, reason=reason)
    return audit


def drop_audit(pk: int, actor: User, reason: str) -> None:
    """Cancel the audit because its case ends; for the registry of obligations."""
    audit = Audit.objects.select_related("case", "version_used__template").get(pk=pk)
    cancel_audit(audit=audit, version=audit.version, actor=actor, reason=reason)


def reassign_audit(pk: int, owner: User, actor: User) -> None:
    """Give the audit another lead; for the registry of obligations."""
    audit = Audit.objects.select_related("case", "version_used__template").get(pk=pk)
    change_audit(
        audit=audit,
        version=audit.version,
        actor=actor,
        today=timezone.localdate(),
        changes={"owner": owner},
    )


def begin(audit: Audit, actor: User, today: date) -> None:
    """Hold the audit's row for one entry and start the audit with its first one.

    Call inside a transaction. Nobody can finish the audit until that transaction ends.
    Raises AuditLocked when somebody already has.
    """
    must_be_open(audit)
    if audit.status == AuditStatus.PLANNED and _start(audit, today):
        _record(audit, actor, Verb.STARTED)
        return
    held = Audit.objects.select_for_update().filter(pk=audit.pk)
    audit.status = held.values_list("status", flat=True).get()
    must_be_open(audit)


def _start(audit: Audit, today: date) -> bool:
    """Turn a planned audit into one in progress; False when somebody was quicker."""
    planned = Audit.objects.filter(pk=audit.pk, status=AuditStatus.PLANNED)
    started = planned.update(
        status=AuditStatus.IN_PROGRESS, started_on=today, version=F("version") + 1
    )
    if started:
        audit.status, audit.started_on = AuditStatus.IN_PROGRESS, today
        audit.version += 1
    return bool(started)


@transaction.atomic
def answer_question(
    *, audit: Audit, question: Question, actor: User, today: date, result: str, note: str
) -> Answer:
    """Answer one question of the audit; the first answer starts the audit.

    Per question the last answer counts, the overwritten one stays in its history. The same answer
    again changes nothing.

    Raises AuditLocked.
    """
    begin(audit, actor, today)
    answer = Answer.objects.filter(audit=audit, question=question).first()
    if answer is None:
        answer = Answer(audit=audit, question=question)
    elif (answer.result, answer.note) == (result, note):
        return answer
    answer.result, answer.note = result, note
    answer.answered_by, answer.answered_at = actor, clock.now()
    sign(answer, actor)
    answer.save()
    return answer


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """What keeps an audit from being finished, and how it stands; all questions in order."""

    unanswered: list[Question]
    unjustified: list[Question]
    score: Decimal | None

    @property
    def is_empty(self) -> bool:
        return not self.unanswered and not self.unjustified


def open_points(audit: Audit) -> OpenPoints:
    """Ask what is missing; three statements."""
    questions = list(audit.questions())
    answers = {answer.question_id: answer for answer in audit.answers.all()}
    found = set(audit.findings.founded().values_list("question", flat=True))
    missing = set(unanswered((each.pk for each in questions), answers))
    given = [(each, answers[each.pk]) for each in questions if each.pk in answers]
    return OpenPoints(
        unanswered=[each for each in questions if each.pk in missing],
        unjustified=[
            each
            for each, answer in given
            if lacks_justification(answer.result, answer.note, has_finding=each.pk in found)
        ],
        score=score((each.weight, answer.result) for each, answer in given),
    )


@transaction.atomic
def finish_audit(
    *, audit: Audit, version: int, actor: User, today: date, conclusion: str, participants: str
) -> Audit:
    """Lock answers and the wording of findings, and store the score. Cannot be undone.

    Finishing it twice changes nothing.

    Raises:
        NotReady: a question is not assessed, or "partly" or "not met" stands there unjustified.
        AuditLocked, StaleVersion
    """
    if audit.status == AuditStatus.FINISHED:
        return audit
    must_be_open(audit)
    claim(audit, version=version, actor=actor)
    points = open_points(audit)
    if points.unanswered:
        raise NotReady(_("Not every question is assessed yet. “Not applicable” is an answer too."))
    if points.unjustified:
        raise NotReady(_("“Partly met” and “not met” need a note or a finding."))
    audit.status, audit.done_on, audit.score = AuditStatus.FINISHED, today, points.score
    audit.conclusion, audit.participants = conclusion, participants
    audit.save()
    _record(audit, actor, Verb.FINISHED, score=audit.score)
    return audit


def _record(audit: Audit, actor: User, verb: Verb, **data: Any) -> None:
    record(audit.case, actor, verb, title=audit.title, audit=audit.number, **data)
