"""Statements per request: within the budget, and the same with one row and with many."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.conftest import ClientFor
from tests.kpis.factories import CaseKpiFactory, DefinitionFactory, enter, measured_kpi, renewed
from tests.statements import statements
from winback.cases.models import Case
from winback.kpis.models import CaseKpi, Target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST, DETAIL, WRITE = 8, 12, 10


@pytest.mark.parametrize(
    ("url", "budget"),
    [
        ("/kennzahlen/", LIST),
        ("/kennzahlen/export.csv", LIST),
        ("/faelle/{number}/kennzahlen/", DETAIL),
        ("/faelle/{number}/kennzahlen/eintragen/", DETAIL),
        ("/faelle/{number}/kennzahlen/auswahl/", DETAIL),
    ],
)
def test_pages_over_many_kpis_ask_the_same_for_one_three_and_twenty(
    client_for: ClientFor, case: Case, kam: User, url: str, budget: int
) -> None:
    client, counts = client_for(kam), []
    for more in (1, 2, 17):
        for _each in range(more):
            measured_kpi(kam, case)
            DefinitionFactory()
        counts.append(len(statements(client, url.format(number=case.number))))
    assert counts[0] <= budget
    assert counts == [counts[0]] * 3


def test_the_kpi_page_asks_the_same_for_one_three_and_thirty_values(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    client, counts = client_for(kam), []
    for months in ((1,), (2, 3), range(4, 13)):
        for month in months:
            row = enter(running, dt.date(2025, month, 1), "70")
            row.value = row.value and row.value + 1
            row.save()
        counts.append(len(statements(client, renewed(running).get_absolute_url())))
    assert counts[0] <= DETAIL
    assert counts == [counts[0]] * 3


def test_one_value_is_written_within_the_budget(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    url = f"{running.get_absolute_url()}messwerte/neu/"
    data = {"period": "11.2026", "value": "95,5", "sample_size": "12", "source": "CAFM"}
    assert len(statements(client_for(kam), url, data)) <= WRITE


def test_many_values_are_written_like_one(client_for: ClientFor, case: Case, kam: User) -> None:
    counts = []
    url = f"/faelle/{case.number}/kennzahlen/eintragen/?periode=2026-11"
    for more in (1, 2, 9):
        kpis = [measured_kpi(kam, case) for _each in range(more)]
        data = {f"value-{kpi.pk}-20261101": "90,0" for kpi in kpis}
        counts.append(len(statements(client_for(kam), url, data)))
    assert counts[0] <= WRITE
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("bearbeiten", {"owner": "{owner}", "decision": "Regionalleitung", "version": "1"}),
        ("ende", {"note": "Los entfallen", "version": "1"}),
        ("ziel", {"value": "90,0", "due_on": "28.02.2027", "version": "1"}),
        (
            "baseline",
            {
                "value": "80,0",
                "window_start": "01.06.2026",
                "window_end": "31.08.2026",
                "source": "CAFM",
                "reason": "Zählfehler",
                "version": "1",
            },
        ),
        ("messwerte/{row}", {"value": "90,0", "correction": "Zählfehler", "version": "1"}),
    ],
)
def test_every_change_is_written_within_the_budget(
    client_for: ClientFor, running: CaseKpi, kam: User, path: str, data: dict[str, Any]
) -> None:
    row = running.measurements.get(period_start=dt.date(2026, 10, 1))
    url = f"{running.get_absolute_url()}{path.format(row=row.pk)}/"
    sent = {name: value.format(owner=kam.pk) for name, value in data.items()}
    found = statements(client_for(kam), url, sent)
    assert len(found) <= WRITE, [each[:60] for each in found]


def test_the_first_target_is_written_within_the_budget(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    Target.objects.all().delete()
    data = {"value": "90,0", "due_on": "28.02.2027", "version": "1"}
    assert len(statements(client_for(kam), f"{running.get_absolute_url()}ziel/", data)) <= WRITE


def test_picking_is_written_within_the_budget_for_one(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    CaseKpiFactory(case=case)
    data = {"definitions": [DefinitionFactory().pk], "owner": kam.pk}
    url = f"/faelle/{case.number}/kennzahlen/auswahl/"
    assert len(statements(client_for(kam), url, data)) <= 15
