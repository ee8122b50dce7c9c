"""What is agreed about a KPI: the frozen baseline and the target."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.services import record
from winback.common.claims import RuleBroken, sign
from winback.common.formats import format_date, format_value
from winback.kpis.enums import Verb
from winback.kpis.models import Baseline, CaseKpi, Target
from winback.kpis.services.copies import must_be_measured, refresh_kpis, take


@transaction.atomic
def release_baseline(
    *, kpi: CaseKpi, version: int, actor: User, today: date, changes: dict[str, Any]
) -> Baseline:
    """Record the baseline and freeze it at once; a correction becomes the next version.

    ``kpi`` comes from ``with_course()``; ``version`` is the KPI's as the user saw it. Effects: the
    version before stays readable but is no longer in force; the KPI is judged anew.

    Raises:
        StaleVersion: something about the KPI was changed meanwhile.
        RuleBroken: a correction without a reason.
        KpiEnded, IllegalTransition
    """
    must_be_measured(kpi)
    take(kpi, version=version, actor=actor, shown=kpi.baselines.in_force())
    former = kpi.baseline
    if former is not None:
        if not changes.get("reason"):
            raise RuleBroken(_("A correction needs a reason."), field="reason")
        former.replaced_on = today
        former.save(update_fields=["replaced_on"])
    baseline = Baseline.objects.create(
        kpi=kpi,
        number=former.number + 1 if former else 1,
        released_by=actor,
        released_on=today,
        **changes,
    )
    refresh_kpis([kpi.pk])
    written = format_value(baseline.value, kpi.definition.unit, kpi.definition.decimals)
    record(
        kpi.case,
        actor,
        Verb.BASELINE_RELEASED,
        title=f"{kpi}: {written}",
        number=baseline.number,
        reason=baseline.reason,
    )
    return baseline


@transaction.atomic
def set_target(
    *, kpi: CaseKpi, version: int, actor: User, changes: dict[str, Any], reason: str = ""
) -> Target:
    """Agree or change the value to be reached and the date.

    ``kpi`` comes from ``with_course()``; ``version`` is the KPI's as the user saw it. Effects: the
    KPI is judged anew; a row version keeps the former target. ``reason`` is why an unusual target
    was insisted on.

    Raises StaleVersion, KpiEnded, IllegalTransition.
    """
    must_be_measured(kpi)
    take(kpi, version=version, actor=actor, shown=Target.objects.filter(kpi=kpi))
    target = kpi.goal or Target(kpi=kpi)
    for name, value in changes.items():
        setattr(target, name, value)
    sign(target, actor)
    target.save()
    refresh_kpis([kpi.pk])
    record(kpi.case, actor, Verb.TARGET_SET, title=_words(kpi, target), reason=reason)
    return target


def _words(kpi: CaseKpi, target: Target) -> str:
    """``SLA-Erfüllung: 95,0 %, 28.02.2027``; a band shows both ends."""
    unit, decimals = kpi.definition.unit, kpi.definition.decimals
    ends = [target.value] if target.upper is None else [target.value, target.upper]
    written = "–".join(format_value(end, unit, decimals) for end in ends)
    return f"{kpi}: {written}, {format_date(target.due_on)}"
