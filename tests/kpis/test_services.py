"""Picking, agreeing, measuring and correcting, with every refusal."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.kpis.factories import DefinitionFactory, measured_kpi, reread
from winback.cases.enums import Status
from winback.cases.models import Case, CaseMember
from winback.cases.services import IllegalTransition
from winback.common.claims import RuleBroken, StaleVersion
from winback.kpis import services
from winback.kpis.enums import Frequency, Standing, Verb
from winback.kpis.models import CaseKpi, KpiDefinition, Measurement
from winback.kpis.services import AlreadyMeasured, Entry, KpiEnded

pytestmark = pytest.mark.django_db
D = Decimal
OCTOBER = dt.date(2026, 10, 1)
NOVEMBER = dt.date(2026, 11, 1)
BASELINE: dict[str, Any] = {
    "value": D(78),
    "window_start": dt.date(2026, 6, 1),
    "window_end": dt.date(2026, 8, 31),
    "source": "CAFM-Export",
    "sample_size": 214,
    "discussed_on": dt.date(2026, 9, 14),
    "agreed_by": "B. Brandt",
}
TARGET: dict[str, Any] = {"value": D(95), "due_on": dt.date(2027, 2, 28)}


def end_case(kpi: CaseKpi) -> CaseKpi:
    Case.objects.filter(pk=kpi.case_id).update(status=Status.LOST, closed_on=dt.date(2026, 11, 1))
    return reread(kpi)


def stop(kpi: CaseKpi, kam: User, today: dt.date) -> CaseKpi:
    return services.end_kpi(
        kpi=kpi, version=kpi.version, actor=kam, today=today, reason="Los entfallen"
    )


def verbs(case: Case) -> list[str]:
    return list(case.events.values_list("verb", flat=True))


# picking


def test_picking_lets_the_owner_in_and_owes_the_first_value(
    case: Case, kam: User, qm: User, today: dt.date
) -> None:
    chosen = DefinitionFactory.create_batch(2)
    picked = services.pick_kpis(
        case=case, actor=kam, today=today, definitions=chosen, owner=qm, decision="QM-Runde"
    )
    assert len(picked) == 2
    assert CaseMember.objects.filter(case=case, user=qm, left_on=None).exists()
    for kpi in case.kpis.all():
        assert (kpi.owner, kpi.decision, kpi.added_on) == (qm, "QM-Runde", today)
        assert kpi.due_on == dt.date(2026, 12, 2)
    assert verbs(case) == [Verb.PICKED]
    event = case.events.get()
    assert event.data["title"] == f"{chosen[0].name}, {chosen[1].name}"


def test_picking_twice_changes_nothing(kpi: CaseKpi, qm: User, today: dt.date) -> None:
    again = services.pick_kpis(
        case=kpi.case, actor=qm, today=today, definitions=[kpi.definition], owner=qm
    )
    assert again == []
    assert verbs(kpi.case) == []
    kpi.refresh_from_db()
    assert kpi.owner == kpi.case.owner


def test_picking_an_ended_kpi_continues_it(
    running: CaseKpi, kam: User, qm: User, today: dt.date
) -> None:
    stop(running, kam, today)
    (kpi,) = services.pick_kpis(
        case=running.case, actor=kam, today=today, definitions=[running.definition], owner=qm
    )
    kpi = reread(kpi)
    assert (kpi.pk, kpi.ended_on, kpi.end_reason, kpi.owner) == (running.pk, None, "", qm)
    assert kpi.measurements.count() == 2
    assert kpi.due_on == dt.date(2026, 12, 2)


def test_picking_in_an_ended_case_is_refused(kam: User, today: dt.date) -> None:
    case = CaseFactory(owner=kam, status=Status.LOST, closed_on=today)
    with pytest.raises(IllegalTransition):
        services.pick_kpis(
            case=case, actor=kam, today=today, definitions=[DefinitionFactory()], owner=kam
        )


def test_another_owner_joins_the_team(kpi: CaseKpi, kam: User, qm: User, today: dt.date) -> None:
    services.change_kpi(
        kpi=kpi, version=1, actor=kam, today=today, owner=qm, decision="Regionalleitung"
    )
    kpi.refresh_from_db()
    assert (kpi.owner, kpi.decision, kpi.version) == (qm, "Regionalleitung", 2)
    assert CaseMember.objects.filter(case=kpi.case, user=qm).exists()
    assert verbs(kpi.case) == [Verb.CHANGED]
    assert kpi.history.first().history_user == kam


def test_changing_an_outdated_kpi_is_refused(kpi: CaseKpi, kam: User, today: dt.date) -> None:
    late = reread(kpi)
    services.change_kpi(kpi=kpi, version=1, actor=kam, today=today, owner=kam, decision="A")
    with pytest.raises(StaleVersion):
        services.change_kpi(kpi=late, version=1, actor=kam, today=today, owner=kam, decision="B")


def test_handing_over_keeps_the_decision(kpi: CaseKpi, kam: User, qm: User) -> None:
    services.hand_over(kpi.pk, qm, kam)
    kpi.refresh_from_db()
    assert (kpi.owner, kpi.decision) == (qm, "")


def test_ending_keeps_what_was_recorded_and_owes_nothing(
    running: CaseKpi, kam: User, today: dt.date
) -> None:
    stop(running, kam, today)
    running.refresh_from_db()
    assert (running.ended_on, running.end_reason, running.due_on) == (
        today,
        "Los entfallen",
        None,
    )
    assert running.measurements.count() == 2
    assert verbs(running.case) == [Verb.ENDED]


# baseline and target


def release(kpi: CaseKpi, kam: User, today: dt.date, version: int = 1, **more: Any) -> Any:
    return services.release_baseline(
        kpi=kpi, version=version, actor=kam, today=today, changes=BASELINE | more
    )


def test_a_baseline_is_frozen_at_once(kpi: CaseKpi, kam: User, today: dt.date) -> None:
    baseline = release(kpi, kam, today)
    assert (baseline.number, baseline.released_by, baseline.released_on) == (1, kam, today)
    assert baseline.replaced_on is None
    event = kpi.case.events.get()
    assert event.verb == Verb.BASELINE_RELEASED
    assert event.data["title"] == "SLA-Erfüllung Reaktionszeit: 78,0\u202f%"


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    running: CaseKpi, kam: User, today: dt.date
) -> None:
    release(running, kam, today, value=D(92), reason="Zählfehler im August")
    old, new = running.baselines.order_by("number")
    assert (old.value, old.replaced_on) == (78, today)
    assert (new.number, new.value, new.reason) == (2, 92, "Zählfehler im August")
    kpi = reread(running)
    assert kpi.baseline == new
    assert (kpi.gain, kpi.judgement) == (D("-0.8"), Standing.WORSE)


def test_a_correction_needs_a_reason(running: CaseKpi, kam: User, today: dt.date) -> None:
    with pytest.raises(RuleBroken) as broken:
        release(running, kam, today)
    assert broken.value.field == "reason"
    assert running.baselines.count() == 1


def test_a_baseline_that_came_meanwhile_is_not_replaced(
    running: CaseKpi, kam: User, today: dt.date
) -> None:
    with pytest.raises(StaleVersion) as stale:
        release(running, kam, today, version=2, reason="x")
    assert stale.value.current == running.baselines.get()


def test_two_first_baselines_at_once_leave_one(kpi: CaseKpi, kam: User, today: dt.date) -> None:
    late = reread(kpi)
    first = release(kpi, kam, today)
    with pytest.raises(StaleVersion) as stale:
        release(late, kam, today, value=D(60))
    assert stale.value.current == first
    assert kpi.baselines.count() == 1


def test_two_corrections_at_once_leave_one(running: CaseKpi, kam: User, today: dt.date) -> None:
    late = reread(running)
    release(running, kam, today, value=D(80), reason="A")
    with pytest.raises(StaleVersion) as stale:
        release(late, kam, today, value=D(70), reason="B")
    assert stale.value.current.value == 80
    assert list(running.baselines.in_force().values_list("number", "value")) == [(2, 80)]


def test_a_target_is_set_and_judged(kpi: CaseKpi, kam: User, today: dt.date) -> None:
    release(kpi, kam, today)
    services.measure(case=kpi.case, actor=kam, entries=[Entry(reread(kpi), OCTOBER, D("83.5"))])
    services.set_target(kpi=reread(kpi), version=2, actor=kam, changes=TARGET)
    assert reread(kpi).judgement == Standing.BEHIND
    event = kpi.case.events.first()
    assert event is not None
    assert event.data["title"] == "SLA-Erfüllung Reaktionszeit: 95,0\u202f%, 28.02.2027"


def test_changing_a_target_keeps_the_former_one(running: CaseKpi, kam: User) -> None:
    services.set_target(
        kpi=running, version=1, actor=kam, changes={"value": D(90)}, reason="Kunde wünscht es"
    )
    kpi = reread(running)
    assert kpi.goal is not None
    assert (kpi.goal.value, kpi.goal.version) == (90, 2)
    assert kpi.judgement == Standing.REACHED
    assert [row.value for row in kpi.goal.history.all()] == [90, 95]
    assert kpi.goal.history.first().history_user == kam
    event = kpi.case.events.get()
    assert event.data["reason"] == "Kunde wünscht es"


def test_a_band_is_written_with_both_ends(kpi: CaseKpi, kam: User) -> None:
    KpiDefinition.objects.update(direction="range", unit="°C")
    changes = {"value": D(21), "upper": D(24), "due_on": dt.date(2027, 2, 28)}
    services.set_target(kpi=reread(kpi), version=1, actor=kam, changes=changes)
    title = kpi.case.events.get().data["title"]
    assert title == "SLA-Erfüllung Reaktionszeit: 21,0\u00a0°C–24,0\u00a0°C, 28.02.2027"


@pytest.mark.parametrize("version", [0, 2])
def test_a_target_that_was_changed_meanwhile_is_not_overwritten(
    running: CaseKpi, kam: User, version: int
) -> None:
    with pytest.raises(StaleVersion) as stale:
        services.set_target(kpi=running, version=version, actor=kam, changes={"value": D(1)})
    assert stale.value.current == running.goal


# measuring


def test_measuring_fills_the_copies_and_the_history(
    running: CaseKpi, kam: User, today: dt.date
) -> None:
    (row,) = services.measure(
        case=running.case,
        actor=kam,
        entries=[Entry(running, NOVEMBER, D("95.5"), 101, "CAFM", "Handzählung")],
        reason="vorab",
    )
    assert (row.entered_by, row.source, row.note) == (kam, "CAFM", "Handzählung")
    assert row.history.get().history_user == kam
    kpi = reread(running)
    assert (kpi.value, kpi.sample_size, kpi.judgement) == (D("95.5"), 101, Standing.REACHED)
    assert kpi.due_on == dt.date(2027, 1, 1)
    event = running.case.events.get()
    assert event.data["title"] == "SLA-Erfüllung Reaktionszeit: 95,5\u202f% (November 2026)"
    assert event.data["reason"] == "vorab"


def test_no_data_answers_the_period_without_a_value(running: CaseKpi, kam: User) -> None:
    services.measure(case=running.case, actor=kam, entries=[Entry(running, NOVEMBER, None, 0)])
    kpi = reread(running)
    assert (kpi.answered, kpi.value_period, kpi.value) == (NOVEMBER, OCTOBER, D("91.2"))
    assert "keine Daten" in kpi.case.events.get().data["title"]


def test_an_old_value_recorded_late_is_not_the_current_one(running: CaseKpi, kam: User) -> None:
    services.measure(
        case=running.case, actor=kam, entries=[Entry(running, dt.date(2026, 3, 1), D(60))]
    )
    kpi = reread(running)
    assert (kpi.value_period, kpi.value) == (OCTOBER, D("91.2"))


def test_several_values_are_one_entry_of_the_history(case: Case, kam: User) -> None:
    kpis = [measured_kpi(kam, case) for _each in range(3)]
    entries = [Entry(kpi, NOVEMBER, D(90 + n)) for n, kpi in enumerate(kpis)]
    services.measure(case=case, actor=kam, entries=entries)
    assert [reread(kpi).value for kpi in kpis] == [90, 91, 92]
    event = case.events.get()
    assert event.data["title"] == "3 Werte"
    assert [each["value"] for each in event.data["values"]] == ["90", "91", "92"]


def test_entering_a_period_twice_is_refused_and_nothing_is_saved(
    case: Case, kam: User, running: CaseKpi
) -> None:
    other = measured_kpi(kam, case)
    entries = [Entry(other, NOVEMBER, D(50)), Entry(running, OCTOBER, D(99))]
    with pytest.raises(AlreadyMeasured) as taken:
        services.measure(case=case, actor=kam, entries=entries)
    assert str(taken.value) == (
        "Für Oktober 2026 gibt es schon einen Eintrag: 91,2\u202f%."
        " Korrigieren Sie ihn stattdessen."
    )
    assert (taken.value.kpi_id, taken.value.period) == (running.pk, OCTOBER)
    assert taken.value.field == "period"
    assert not other.measurements.filter(period_start=NOVEMBER).exists()
    assert running.measurements.get(period_start=OCTOBER).value == D("91.2")
    assert verbs(case) == []


def test_a_correction_keeps_the_old_value(running: CaseKpi, kam: User, qm: User) -> None:
    row = running.measurements.select_related("kpi__definition", "kpi__case").get(
        period_start=OCTOBER
    )
    services.correct(
        measurement=row,
        version=1,
        actor=qm,
        changes={"value": D("77.0"), "sample_size": 95},
        reason="Doppelte Meldungen",
    )
    assert [each.value for each in row.history.all()] == [77, D("91.2")]
    newest = row.history.first()
    assert (newest.history_user, newest.history_change_reason) == (qm, "Doppelte Meldungen")
    kpi = reread(running)
    assert (kpi.value, kpi.judgement) == (77, Standing.WORSE)
    assert kpi.case.events.get().data["title"] == (
        "SLA-Erfüllung Reaktionszeit (Oktober 2026): 91,2\u202f% → 77,0\u202f%"
    )


def test_a_correction_to_no_data_falls_back_to_the_period_before(
    running: CaseKpi, kam: User
) -> None:
    row = running.measurements.get(period_start=OCTOBER)
    services.correct(measurement=row, version=1, actor=kam, changes={"value": None}, reason="n = 0")
    kpi = reread(running)
    assert (kpi.answered, kpi.value_period, kpi.value) == (OCTOBER, dt.date(2026, 9, 1), 84)


def test_two_corrections_of_a_value_at_once_leave_the_first(running: CaseKpi, kam: User) -> None:
    rows = running.measurements.select_related("kpi__case", "kpi__definition")
    first, late = (rows.get(period_start=OCTOBER) for _each in range(2))
    services.correct(measurement=first, version=1, actor=kam, changes={"value": D(90)}, reason="A")
    with pytest.raises(StaleVersion) as stale:
        services.correct(
            measurement=late, version=1, actor=kam, changes={"value": D(80)}, reason="B"
        )
    assert stale.value.current == first
    assert Measurement.objects.get(pk=late.pk).value == 90


def every_verb(kpi: CaseKpi, kam: User, today: dt.date) -> list[Any]:
    row = kpi.measurements.select_related("kpi__case", "kpi__definition").first()
    assert row is not None
    return [
        lambda: services.change_kpi(
            kpi=kpi, version=kpi.version, actor=kam, today=today, owner=kam, decision=""
        ),
        lambda: stop(kpi, kam, today),
        lambda: release(kpi, kam, today, reason="x"),
        lambda: services.set_target(kpi=kpi, version=1, actor=kam, changes=TARGET),
        lambda: services.measure(case=kpi.case, actor=kam, entries=[Entry(kpi, NOVEMBER, D(1))]),
        lambda: services.correct(
            measurement=row, version=1, actor=kam, changes={"value": D(1)}, reason="x"
        ),
    ]


def test_no_verb_touches_an_ended_kpi(running: CaseKpi, kam: User, today: dt.date) -> None:
    kpi = reread(stop(running, kam, today))
    for verb in every_verb(kpi, kam, today):
        with pytest.raises(KpiEnded):
            verb()
    assert verbs(kpi.case) == [Verb.ENDED]


def test_no_verb_touches_an_ended_case(running: CaseKpi, kam: User, today: dt.date) -> None:
    kpi = end_case(running)
    for verb in every_verb(kpi, kam, today):
        with pytest.raises(IllegalTransition):
            verb()
    assert verbs(kpi.case) == []


# the catalogue


def test_the_catalogue_is_loaded_once(catalogue: dict[str, Any]) -> None:
    assert services.load_kpis(data=catalogue) == 3
    assert services.load_kpis(data=catalogue) == 0
    rate = KpiDefinition.objects.get(key="maintenance_rate")
    assert (rate.position, rate.unit, rate.decimals, rate.example_target) == (3, "%", 2, None)
    assert rate.benchmark["value"] == 0.64
    assert rate.note_de == "Nur zur Einordnung."
    assert KpiDefinition.objects.get(key="response_time_sla").example_target == 95


def test_what_follows_no_calendar_is_measured_as_it_occurs(catalogue: dict[str, Any]) -> None:
    services.load_kpis(data=catalogue)
    row = KpiDefinition.objects.get(key="repeat_findings")
    assert row.frequency == Frequency.OCCASIONAL


def test_a_new_edition_changes_rows_but_not_edited_or_dropped_ones(
    catalogue: dict[str, Any],
) -> None:
    services.load_kpis(data=catalogue)
    KpiDefinition.objects.filter(key="maintenance_rate").update(edited=True, unit="Promille")
    first, _second, third = catalogue["kpis"]
    newer = {"kpis": [first | {"decimals": 0}, third | {"unit": "€"}]}
    assert services.load_kpis(data=newer) == 1
    assert KpiDefinition.objects.get(key="response_time_sla").decimals == 0
    assert KpiDefinition.objects.get(key="maintenance_rate").unit == "Promille"
    assert KpiDefinition.objects.filter(key="repeat_findings").exists()


def test_another_name_judges_nothing_anew(running: CaseKpi, catalogue: dict[str, Any]) -> None:
    CaseKpi.objects.update(judgement=Standing.WORSE)  # would be corrected by judging anew
    definition = running.definition
    kept = {name: getattr(definition, name) for name in ("unit", "decimals", "direction")}
    entry = catalogue["kpis"][0] | kept | {"key": "sla", "name_de": "Reaktion in Zeit"}
    assert services.load_kpis(data={"kpis": [entry]}) == 1
    running.refresh_from_db()
    assert running.definition.name_de == "Reaktion in Zeit"
    assert running.judgement == Standing.WORSE


def test_another_direction_judges_the_measured_kpis_anew(
    running: CaseKpi, catalogue: dict[str, Any]
) -> None:
    entry = catalogue["kpis"][0] | {"key": "sla", "direction": "down"}
    assert running.judgement == Standing.ON_PATH
    services.load_kpis(data={"kpis": [entry]})
    assert reread(running).judgement == Standing.REACHED
    assert reread(running).gain == D("-13.2")


@pytest.mark.parametrize(
    ("field", "value"),
    [("category", "unsinn"), ("direction", "seitwärts"), ("frequency", "täglich")],
)
def test_an_unknown_word_in_the_catalogue_is_an_error(
    catalogue: dict[str, Any], field: str, value: str
) -> None:
    catalogue["kpis"][0][field] = value
    with pytest.raises(ValueError, match=value):
        services.load_kpis(data=catalogue)
    assert KpiDefinition.objects.count() == 0
