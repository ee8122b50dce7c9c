"""Whether we try at all, and what follows from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import Factor, Status, Verb
from winback.cases.models import Assessment, Case, Qualification
from winback.cases.rules import Score, recency, score
from winback.cases.services.core import NotReady, must_allow, must_be_live, record, turn
from winback.common import clock


@transaction.atomic
def decide(
    *,
    case: Case,
    actor: User,
    decision: str,
    decided_by: User,
    decided_on: date,
    reasons: str,
    has_priority: bool = False,
    independence: str = "",
    reason: str = "",
) -> Qualification:
    """Record whether we try to win the client back: by whom, when and why.

    Keeps what the assessment says on this day: score, second lifetime value, cost and belief.
    ``reason`` says why an unusual date was insisted on.
    """
    must_be_live(case)
    qualification = Qualification.objects.create(
        case=case,
        decision=decision,
        decided_by=decided_by,
        decided_on=decided_on,
        reasons=reasons,
        has_priority=has_priority,
        independence=independence,
        **_figures(case),
    )
    record(case, actor, Verb.DECIDED, decision=decision, by=str(decided_by), reason=reason)
    return qualification


def _figures(case: Case) -> dict[str, Any]:
    """What stands in the assessment now; nothing where there is none."""
    sheets = Case.objects.with_sheets().get(pk=case.pk)
    assessment = getattr(sheets, "assessment", None)
    if assessment is None:
        return {}
    effort = getattr(sheets, "plannedeffort", None)
    result = score_of(assessment, case, clock.now().date())
    return {
        "score": None if result.missing else result.points,
        "value": assessment.value,
        "cost": effort.total if effort else None,
        "belief": assessment.belief,
    }


def score_of(assessment: Assessment, case: Case, today: date) -> Score:
    """The breakdown of the score with the weights of the settings; how recent is computed."""
    degrees = {**assessment.degrees, Factor.RECENT: recency(case.lost_on, today)}
    return score(degrees, settings.QUALIFICATION_WEIGHTS)


def has_go(case: Case) -> bool:
    """Whether the latest decision lets the work begin: go, or must stay for now."""
    latest = case.qualifications.first()
    return latest is not None and latest.allows_work


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
