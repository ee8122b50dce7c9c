"""Whether we try at all, and what follows from it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import GoReason, Status, Verb
from winback.cases.models import Case, Qualification
from winback.cases.services.core import NotReady, must_allow, must_be_live, record, turn


@transaction.atomic
def decide(
    *,
    case: Case,
    actor: User,
    decision: str,
    decided_by: User,
    decided_on: date,
    reasons: str,
    reason: str = "",
) -> Qualification:
    """Record whether we try to win the client back: by whom, when and why.

    ``reason`` says why an unusual date was insisted on.
    """
    must_be_live(case)
    qualification = Qualification.objects.create(
        case=case,
        decision=decision,
        decided_by=decided_by,
        decided_on=decided_on,
        reasons=reasons,
    )
    record(case, actor, Verb.DECIDED, decision=decision, by=str(decided_by), reason=reason)
    return qualification


def has_go(case: Case) -> bool:
    """Whether the latest decision says go."""
    latest = case.qualifications.first()
    return latest is not None and latest.decision == GoReason.GO


def activate(*, case: Case, actor: User) -> Case:
    """Turn the case active; called by the room that starts its plan, inside its transaction.

    Raises:
        NotReady: the latest go decision is missing or says no.
        IllegalTransition: the case cannot become active from where it is.
    """
    if case.status == Status.ACTIVE:
        return case
    must_allow(case, Status.ACTIVE)
    if not has_go(case):
        raise NotReady(_("Record the go decision first: who decided, when and why."))
    turn(case, Status.ACTIVE, actor, version=case.version)
    return case


def set_phase(case: Case, phase: str) -> None:
    """Store the current phase; called by the room that owns the plan, inside its transaction.

    A copy for lists and the header: no version, no event; the plan records what happened.
    """
    if case.phase != phase:
        Case.objects.filter(pk=case.pk).update(phase=phase)
        case.phase = phase
