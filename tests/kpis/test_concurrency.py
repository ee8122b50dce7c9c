"""Two people at the same moment: one value per period, one baseline, copies that stay true."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.factories import UserFactory
from tests.kpis.factories import measured_kpi, renewed
from winback.common.claims import StaleVersion
from winback.kpis import services
from winback.kpis.models import Baseline, CaseKpi, Measurement, Target
from winback.kpis.services import AlreadyMeasured, Entry

D = Decimal
RIVALS = 4
Verb = Callable[[CaseKpi, int], Any]


@pytest.fixture
def rivals(transactional_db: None, tmp_path: Path) -> list[BaseDatabaseWrapper]:
    """Connections of one's own, made once the test has written what they are to see.

    On SQLite to a copy in a file: the test's own database lives in memory, where nobody waits.
    """
    return []


def connect(rivals: list[BaseDatabaseWrapper], folder: Path) -> None:
    """Fill ``rivals``, one connection each."""
    file = folder / "copy.sqlite3"
    for _each in range(RIVALS):
        own = connection.copy()
        own.inc_thread_sharing()
        if connection.vendor == "sqlite":
            if not file.exists():
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM INTO %s", [str(file)])
            own.settings_dict["NAME"] = str(file)
        rivals.append(own)


def race(
    rivals: list[BaseDatabaseWrapper], folder: Path, kpi: CaseKpi, verb: Verb
) -> tuple[list[str], After]:
    """Let everybody read the KPI, then run ``verb`` at once; the outcomes, and the KPI after it."""
    connect(rivals, folder)
    everybody_has_read = threading.Barrier(RIVALS)

    def run(number: int) -> str:
        connections["default"] = rivals[number]
        try:
            row = read(kpi.pk)
            everybody_has_read.wait(timeout=20)
            verb(row, number)
        except (AlreadyMeasured, StaleVersion) as refused:
            return type(refused).__name__
        else:
            return "done"
        finally:
            rivals[number].close()

    with ThreadPoolExecutor(RIVALS) as people:
        outcomes = sorted(people.map(run, range(RIVALS)))
    return outcomes, after(rivals[0], kpi.pk)


def read(pk: int) -> CaseKpi:
    return CaseKpi.objects.with_course().select_related("case__client").get(pk=pk)


@dataclass(frozen=True)
class After:
    """What stands in the database of the rivals when all is over."""

    kpi: CaseKpi
    baselines: list[Baseline]
    values: list[Measurement]
    targets: list[Target]
    recomputed: CaseKpi

    @property
    def copies_are_true(self) -> bool:
        """The stored copies are what a new computation gives."""
        names = ("answered", "value_period", "value", "sample_size", "due_on", "gain", "judgement")
        return all(getattr(self.kpi, name) == getattr(self.recomputed, name) for name in names)


def after(own: BaseDatabaseWrapper, pk: int) -> After:
    mine = connections["default"]
    connections["default"] = own
    try:
        kpi = read(pk)
        return After(
            kpi,
            list(Baseline.objects.filter(kpi=pk).order_by("number")),
            list(Measurement.objects.filter(kpi=pk)),
            list(Target.objects.filter(kpi=pk)),
            renewed(kpi),
        )
    finally:
        own.close()
        connections["default"] = mine


def test_one_period_is_measured_once_by_people_at_the_same_moment(
    rivals: list[BaseDatabaseWrapper], tmp_path: Path
) -> None:
    actor = UserFactory()
    kpi = measured_kpi(actor)

    def enter(row: CaseKpi, number: int) -> None:
        entry = Entry(row, dt.date(2026, 11, 1), D(90 + number))
        services.measure(case=row.case, actor=actor, entries=[entry])

    outcomes, now = race(rivals, tmp_path, kpi, enter)
    assert outcomes == ["AlreadyMeasured"] * (RIVALS - 1) + ["done"]
    november = [each for each in now.values if each.period_start.month == 11]
    assert [each.value for each in november] == [now.kpi.value]
    assert now.copies_are_true


def test_different_periods_at_the_same_moment_leave_the_newest_value(
    rivals: list[BaseDatabaseWrapper], tmp_path: Path
) -> None:
    actor = UserFactory()
    kpi = measured_kpi(actor)

    def enter(row: CaseKpi, number: int) -> None:
        entry = Entry(row, dt.date(2026, 8 - number, 1), D(80 + number))
        late = Entry(row, dt.date(2026, 11 + number % 2, 1), D(90)) if number < 2 else entry
        services.measure(case=row.case, actor=actor, entries=[late])

    outcomes, now = race(rivals, tmp_path, kpi, enter)
    assert outcomes == ["done"] * RIVALS
    assert now.kpi.answered == dt.date(2026, 12, 1)
    assert now.copies_are_true


def test_one_correction_of_the_baseline_wins(
    rivals: list[BaseDatabaseWrapper], tmp_path: Path
) -> None:
    actor = UserFactory()
    kpi = measured_kpi(actor)

    def correct(row: CaseKpi, number: int) -> None:
        changes = {
            "value": D(70 + number),
            "window_start": dt.date(2026, 6, 1),
            "window_end": dt.date(2026, 8, 31),
            "source": "CAFM",
            "reason": "Zählfehler",
        }
        services.release_baseline(
            kpi=row,
            version=row.version,
            actor=actor,
            today=dt.date(2026, 11, 23),
            changes=changes,
        )

    outcomes, now = race(rivals, tmp_path, kpi, correct)
    assert outcomes == ["StaleVersion"] * (RIVALS - 1) + ["done"]
    numbers = [(each.number, each.replaced_on is None) for each in now.baselines]
    assert numbers == [(1, False), (2, True)]
    assert now.copies_are_true


def test_one_first_target_wins(rivals: list[BaseDatabaseWrapper], tmp_path: Path) -> None:
    actor = UserFactory()
    kpi = measured_kpi(actor)
    Target.objects.all().delete()

    def aim(row: CaseKpi, number: int) -> None:
        changes = {"value": D(90 + number), "due_on": dt.date(2027, 2, 28)}
        services.set_target(kpi=row, version=row.version, actor=actor, changes=changes)

    outcomes, now = race(rivals, tmp_path, kpi, aim)
    assert outcomes == ["StaleVersion"] * (RIVALS - 1) + ["done"]
    assert len(now.targets) == 1
    assert now.copies_are_true


def test_a_value_and_a_target_at_the_same_moment_are_both_judged(
    rivals: list[BaseDatabaseWrapper], tmp_path: Path
) -> None:
    """Half enter values of different months, the others agree a target: nobody judges the past."""
    actor = UserFactory()
    kpi = measured_kpi(actor)

    def either(row: CaseKpi, number: int) -> None:
        if number % 2:
            entry = Entry(row, dt.date(2026, 11 + number // 2, 1), D(99))
            services.measure(case=row.case, actor=actor, entries=[entry])
        else:
            changes = {"value": D(98), "due_on": dt.date(2027, 2, 28)}
            services.set_target(kpi=row, version=row.version, actor=actor, changes=changes)

    outcomes, now = race(rivals, tmp_path, kpi, either)
    assert outcomes.count("done") == RIVALS - 1
    assert now.kpi.goal is not None
    assert (now.kpi.goal.value, now.kpi.value, now.kpi.judgement) == (98, 99, "reached")
    assert now.copies_are_true
