"""KPIs of a case as the services leave them, without going through the services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from accounts.models import User
from tests.cases.factories import active_case
from winback.cases.models import Case
from winback.kpis.enums import Category, Direction, Frequency
from winback.kpis.models import Baseline, CaseKpi, KpiDefinition, Measurement, Target
from winback.kpis.services import refresh_kpis

D = Decimal


class DefinitionFactory(factory.django.DjangoModelFactory[KpiDefinition]):
    """A monthly percentage of which more is better."""

    class Meta:
        model = KpiDefinition

    key = factory.Sequence(lambda n: f"kpi_{n}")
    name_de = factory.Sequence(lambda n: f"SLA-Erfüllung {n}")
    name_en = factory.Sequence(lambda n: f"SLA compliance {n}")
    position = factory.Sequence(lambda n: n)
    category = Category.SERVICE
    unit = "%"
    decimals = 1
    direction = Direction.UP
    frequency = Frequency.MONTHLY
    formula_de = "Meldungen innerhalb SLA / alle Meldungen × 100"
    formula_en = "reports within SLA / all reports × 100"
    source_de = "CAFM"


class CaseKpiFactory(factory.django.DjangoModelFactory[CaseKpi]):
    """Picked on 2026-09-14 in an active case; nothing agreed, nothing measured."""

    class Meta:
        model = CaseKpi

    case = factory.LazyFunction(active_case)
    definition = factory.SubFactory(DefinitionFactory)
    owner = factory.LazyAttribute(lambda kpi: kpi.case.owner)
    added_on = dt.date(2026, 9, 14)

    @classmethod
    def _create(cls, model_class: type[CaseKpi], *args: Any, **kwargs: Any) -> CaseKpi:
        kpi = model_class(*args, **kwargs)
        kpi.save()
        return renewed(kpi)


def renewed(kpi: CaseKpi) -> CaseKpi:
    """The row as a page reads it, its copies computed: for what the services did not write."""
    refresh_kpis([kpi.pk])
    return reread(kpi)


def reread(kpi: CaseKpi) -> CaseKpi:
    """The row as a page reads it, its copies as the services left them."""
    return (
        CaseKpi.objects.with_course()
        .select_related("case__client", "case__owner", "case__contract")
        .get(pk=kpi.pk)
    )


def agree(kpi: CaseKpi, **target: Any) -> CaseKpi:
    """Baseline 78 over June to August 2026, target 95 by the end of February 2027."""
    Baseline.objects.create(
        kpi=kpi,
        number=1,
        value=target.pop("baseline", D(78)),
        window_start=dt.date(2026, 6, 1),
        window_end=dt.date(2026, 8, 31),
        source="CAFM-Export",
        sample_size=214,
        discussed_on=dt.date(2026, 9, 14),
        agreed_by="B. Brandt",
        released_by=kpi.owner,
        released_on=dt.date(2026, 9, 15),
    )
    values = {"value": D(95), "due_on": dt.date(2027, 2, 28)} | target
    Target.objects.create(kpi=kpi, **values)
    return renewed(kpi)


def enter(kpi: CaseKpi, period: dt.date, value: str | None, **kwargs: Any) -> Measurement:
    """A measurement without the copies following; ``renewed`` computes them."""
    values = {"sample_size": 96, "source": "CAFM-Export", "entered_by": kpi.owner} | kwargs
    return Measurement.objects.create(
        kpi=kpi,
        period_start=period,
        value=None if value is None else D(value),
        entered_at=timezone.now(),
        **values,
    )


def measured_kpi(owner: User, case: Case | None = None, **definition: Any) -> CaseKpi:
    """Agreed, with values for September (84.0) and October 2026 (91.2)."""
    kpi = CaseKpiFactory(
        case=case or active_case(owner=owner),
        owner=owner,
        definition=DefinitionFactory(**definition),
    )
    agree(kpi)
    enter(kpi, dt.date(2026, 9, 1), "84.0", sample_size=88)
    enter(kpi, dt.date(2026, 10, 1), "91.2")
    return renewed(kpi)
