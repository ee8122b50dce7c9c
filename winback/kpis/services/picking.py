"""Which KPIs a case measures, and who answers for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import let_see, record
from winback.common.claims import claim, sign
from winback.kpis.enums import Verb
from winback.kpis.models import CaseKpi, KpiDefinition
from winback.kpis.services.copies import hold, must_be_live, must_be_measured, refresh_kpis


@transaction.atomic
def pick_kpis(
    *,
    case: Case,
    actor: User,
    today: date,
    definitions: Iterable[KpiDefinition],
    owner: User,
    decision: str = "",
    reason: str = "",
) -> list[CaseKpi]:
    """Add KPIs of the catalogue to the case. Picking one twice changes nothing.

    One that had been ended is measured again, with everything recorded before. Effects: the owner
    is let into the case and owes the value of the current period. ``reason`` is why an unusual
    number of KPIs was insisted on.
    """
    must_be_live(case)
    wanted = list(definitions)
    present = {kpi.definition_id: kpi for kpi in case.kpis.filter(definition__in=wanted).locked()}
    picked = [
        _picked(case, actor, today, present.get(definition.pk), definition, owner, decision)
        for definition in wanted
        if definition.pk not in present or not present[definition.pk].is_measured
    ]
    if picked:
        let_see(case, owner, today)
        refresh_kpis([kpi.pk for kpi in picked])
        names = ", ".join(kpi.definition.name for kpi in picked)
        record(case, actor, Verb.PICKED, title=names, reason=reason)
    return picked


def _picked(
    case: Case,
    actor: User,
    today: date,
    former: CaseKpi | None,
    definition: KpiDefinition,
    owner: User,
    decision: str,
) -> CaseKpi:
    kpi = former or CaseKpi(case=case, definition=definition)
    kpi.owner, kpi.added_on = owner, today
    kpi.decision = decision or kpi.decision
    kpi.ended_on, kpi.end_reason = None, ""
    sign(kpi, actor)
    kpi.save()
    return kpi


@transaction.atomic
def change_kpi(
    *, kpi: CaseKpi, version: int, actor: User, today: date, owner: User, decision: str
) -> CaseKpi:
    """Name another owner or decision; the owner is let into the case.

    Raises StaleVersion, KpiEnded, IllegalTransition.
    """
    must_be_measured(kpi)
    claim(kpi, version=version, actor=actor)
    is_new = owner.pk != kpi.owner_id
    kpi.owner, kpi.decision = owner, decision
    kpi.save(update_fields=["owner", "decision"])
    if is_new:
        let_see(kpi.case, owner, today)
    record(kpi.case, actor, Verb.CHANGED, title=str(kpi), by=str(owner))
    return kpi


@transaction.atomic
def end_kpi(*, kpi: CaseKpi, version: int, actor: User, today: date, reason: str) -> CaseKpi:
    """Stop measuring a KPI; what was recorded stays. Nobody owes its value any more.

    Raises StaleVersion, KpiEnded, IllegalTransition.
    """
    must_be_measured(kpi)
    claim(kpi, version=version, actor=actor)
    kpi.ended_on, kpi.end_reason, kpi.due_on = today, reason, None
    kpi.save(update_fields=["ended_on", "end_reason", "due_on"])
    record(kpi.case, actor, Verb.ENDED, title=str(kpi), reason=reason)
    return kpi


@transaction.atomic
def hand_over(pk: int, owner: User, actor: User) -> None:
    """Give the KPI to another owner, for instance because the present one leaves."""
    hold([pk])
    kpi = CaseKpi.objects.select_related("case", "definition").get(pk=pk)
    change_kpi(
        kpi=kpi,
        version=kpi.version,
        actor=actor,
        today=timezone.localdate(),
        owner=owner,
        decision=kpi.decision,
    )
