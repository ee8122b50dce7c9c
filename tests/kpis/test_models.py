"""Constraints and facts of the rows, and the words of the QuerySets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.kpis.factories import (
    CaseKpiFactory,
    DefinitionFactory,
    agree,
    enter,
    measured_kpi,
    renewed,
)
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.kpis.enums import Standing
from winback.kpis.models import Baseline, CaseKpi, KpiDefinition, Target

pytestmark = pytest.mark.django_db
D = Decimal


def baseline(kpi: CaseKpi, number: int = 1, **kwargs: object) -> Baseline:
    values = {
        "value": D(78),
        "window_start": dt.date(2026, 6, 1),
        "window_end": dt.date(2026, 8, 31),
        "source": "CAFM",
        "released_by": kpi.owner,
        "released_on": dt.date(2026, 9, 15),
        "reason": "" if number == 1 else "Zählfehler",
    } | kwargs
    return Baseline.objects.create(kpi=kpi, number=number, **values)


def test_a_case_measures_a_kpi_once(kpi: CaseKpi) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)unique|case_kpi_once"), transaction.atomic():
        CaseKpiFactory(case=kpi.case, definition=kpi.definition)


def test_an_end_needs_a_reason(kpi: CaseKpi) -> None:
    kpi.ended_on = dt.date(2026, 11, 1)
    with pytest.raises(IntegrityError, match="case_kpi_end_has_reason"), transaction.atomic():
        kpi.save()


def test_decimals_beyond_what_is_stored_are_refused() -> None:
    with pytest.raises(IntegrityError, match="kpi_at_most_three_decimals"), transaction.atomic():
        DefinitionFactory(decimals=4)


def test_only_one_baseline_is_in_force(kpi: CaseKpi) -> None:
    baseline(kpi)
    with pytest.raises(IntegrityError), transaction.atomic():
        baseline(kpi, 2)
    assert kpi.baselines.in_force().count() == 1


def test_a_baseline_number_is_given_once(kpi: CaseKpi) -> None:
    baseline(kpi, replaced_on=dt.date(2026, 10, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        baseline(kpi, replaced_on=dt.date(2026, 10, 2))


def test_a_correction_without_reason_is_refused(kpi: CaseKpi) -> None:
    with pytest.raises(IntegrityError, match="correction_has_reason"), transaction.atomic():
        baseline(kpi, 2, reason="")


def test_a_window_ends_after_its_start(kpi: CaseKpi) -> None:
    with pytest.raises(IntegrityError, match="window_ends_after_start"), transaction.atomic():
        baseline(kpi, window_end=dt.date(2026, 5, 31))


def test_a_released_baseline_never_changes(kpi: CaseKpi) -> None:
    row = baseline(kpi)
    row.value = D(60)
    for forbidden in (
        row.save,
        row.delete,
        kpi.baselines.all().delete,
        lambda: row.save(update_fields=["value", "replaced_on"]),
        lambda: kpi.baselines.update(value=D(60)),
    ):
        with pytest.raises(TypeError, match="never changes"):
            forbidden()
    row.refresh_from_db()
    assert row.value == 78


def test_a_replaced_baseline_is_no_longer_in_force(kpi: CaseKpi) -> None:
    row = baseline(kpi)
    row.replaced_on = dt.date(2026, 10, 1)
    row.save(update_fields=["replaced_on"])
    assert not kpi.baselines.in_force().exists()
    assert row.version == kpi.version


def test_a_band_is_in_order(kpi: CaseKpi) -> None:
    with pytest.raises(IntegrityError, match="target_band_in_order"), transaction.atomic():
        Target.objects.create(kpi=kpi, value=D(24), upper=D(21), due_on=dt.date(2027, 1, 1))


def test_a_period_is_measured_once(kpi: CaseKpi) -> None:
    enter(kpi, dt.date(2026, 10, 1), "91.2")
    with pytest.raises(IntegrityError), transaction.atomic():
        enter(kpi, dt.date(2026, 10, 1), None)


def test_the_course_is_read_with_and_without_its_statement(kpi: CaseKpi) -> None:
    assert kpi.baseline is None
    assert kpi.goal is None
    agreed = agree(kpi)
    fresh = CaseKpi.objects.get(pk=kpi.pk)
    assert fresh.baseline == agreed.baseline
    assert fresh.course == agreed.course
    assert agreed.course.begins_on == dt.date(2026, 8, 31)
    assert agreed.course.due_on == dt.date(2027, 2, 28)


def test_the_course_takes_the_baseline_in_force(kpi: CaseKpi) -> None:
    agree(kpi)
    first = kpi.baselines.get()
    first.replaced_on = dt.date(2026, 10, 1)
    first.save(update_fields=["replaced_on"])
    baseline(kpi, 2, value=D(80))
    rows = list(CaseKpi.objects.with_course())
    assert [row.course.baseline for row in rows] == [80]


def test_rows_are_called_by_their_definition(kpi: CaseKpi, definition: KpiDefinition) -> None:
    measurement = enter(kpi, dt.date(2026, 10, 1), "91.2")
    with translation.override("en"):
        assert str(kpi) == definition.name_en
        assert definition.formula == definition.formula_en
    with translation.override("de"):
        assert str(kpi) == "SLA-Erfüllung Reaktionszeit"
        assert definition.formula == definition.formula_de
        assert str(measurement) == "SLA-Erfüllung Reaktionszeit 2026-10-01"
        assert str(baseline(kpi)) == "SLA-Erfüllung Reaktionszeit v1"
        target = Target.objects.create(kpi=kpi, value=D(95), due_on=dt.date(2027, 1, 1))
        assert str(target) == "SLA-Erfüllung Reaktionszeit: 95"
    assert kpi.get_absolute_url() == f"/faelle/{kpi.case.number}/kennzahlen/sla/"


def test_values_are_owed_in_open_and_active_cases_only(kam: User) -> None:
    owing = []
    for status in (Status.OPEN, Status.ACTIVE, Status.RESTING, Status.WON):
        ended = status == Status.WON
        case = CaseFactory(
            owner=kam,
            status=status,
            resting_until=dt.date(2027, 1, 1) if status == Status.RESTING else None,
            closed_on=dt.date(2026, 11, 1) if ended else None,
        )
        owing.append(CaseKpiFactory(case=case))
    CaseKpiFactory(case=owing[0].case, ended_on=dt.date(2026, 11, 1), end_reason="Los entfallen")
    CaseKpiFactory(case=owing[0].case, definition=DefinitionFactory(frequency="occasional"))
    assert list(CaseKpi.objects.owing().order_by("pk")) == owing[:2]
    assert CaseKpi.objects.measured().in_live_cases().count() == 4


STANDINGS = [
    ({}, Standing.ON_PATH),
    ({"due_on": dt.date(2026, 11, 22)}, Standing.STALE),
    ({"due_on": dt.date(2026, 11, 23)}, Standing.ON_PATH),
    ({"fresh_until": dt.date(2026, 11, 22)}, Standing.NO_DATA),
    ({"fresh_until": dt.date(2026, 11, 23)}, Standing.ON_PATH),
    ({"due_on": None, "fresh_until": None}, Standing.ON_PATH),
    ({"judgement": Standing.WORSE}, Standing.WORSE),
]


@pytest.mark.parametrize(("copies", "standing"), STANDINGS)
def test_the_standing_in_sql_is_the_rule(
    kam: User, today: dt.date, copies: dict[str, object], standing: Standing
) -> None:
    kpi = measured_kpi(kam)
    CaseKpi.objects.filter(pk=kpi.pk).update(**copies)
    (row,) = CaseKpi.objects.with_standing(today)
    assert row.standing == standing
    assert row.standing_at(today) == standing
    assert CaseKpi.objects.all().standing_counts(today) == {standing.value: 1}


def test_copies_follow_what_was_measured(kpi: CaseKpi) -> None:
    assert kpi.due_on == dt.date(2026, 10, 2)  # September is owed from the start
    assert kpi.judgement == Standing.NO_DATA
    agree(kpi)
    enter(kpi, dt.date(2026, 10, 1), "91.2", sample_size=96)
    enter(kpi, dt.date(2026, 11, 1), None)
    kpi = renewed(kpi)
    assert (kpi.answered, kpi.value_period) == (dt.date(2026, 11, 1), dt.date(2026, 10, 1))
    assert (kpi.value, kpi.sample_size) == (D("91.2"), 96)
    assert (kpi.due_on, kpi.fresh_until) == (dt.date(2027, 1, 1), dt.date(2026, 12, 2))
    assert (kpi.gain, kpi.judgement) == (D("13.2"), Standing.ON_PATH)


def test_a_case_with_measurements_cannot_be_deleted(running: CaseKpi) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)protect|referenced"):
        Case.objects.filter(pk=running.case_id).delete()
