"""The page that takes the values of all KPIs of a month."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from tests.conftest import ClientFor
from tests.kpis.factories import (
    CaseKpiFactory,
    DefinitionFactory,
    enter,
    measured_kpi,
    renewed,
    reread,
)
from tests.kpis.pages import refused, text_of
from winback.cases.models import Case
from winback.kpis import services
from winback.kpis.models import CaseKpi, Measurement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

NOVEMBER = dt.date(2026, 11, 1)
D = dt.date


def url(case: Case, month: str = "2026-11") -> str:
    return f"/faelle/{case.number}/kennzahlen/eintragen/?periode={month}"


def name(kpi: CaseKpi, part: str = "value", day: str = "20261101") -> str:
    return f"{part}-{kpi.pk}-{day}"


def test_several_values_are_entered_at_once(client_for: ClientFor, case: Case, kam: User) -> None:
    first, second, third = (measured_kpi(kam, case) for _each in range(3))
    data = {
        name(first): "95,1",
        name(first, "n"): "101",
        name(first, "source"): "Handzählung",
        name(second, "no_data"): "on",
        name(third, "source"): "CAFM",  # prefilled: no entry
    }
    response = client_for(kam).post(url(case), data)
    assert response.status_code == 302
    assert response["Location"] == f"/faelle/{case.number}/kennzahlen/"
    entered = {row.kpi_id: row for row in Measurement.objects.filter(period_start=NOVEMBER)}
    assert set(entered) == {first.pk, second.pk}
    row = entered[first.pk]
    assert (float(row.value or 0), row.sample_size, row.source) == (95.1, 101, "Handzählung")
    assert entered[second.pk].value is None
    assert case.events.count() == 1


def test_one_wrong_line_saves_none(client_for: ClientFor, case: Case, kam: User) -> None:
    good, bad = measured_kpi(kam, case), measured_kpi(kam, case)
    data = {name(good): "95,1", name(bad): "95.1"}
    message = "Diese Zahl ist nicht eindeutig. Schreiben Sie zum Beispiel 1250,50."
    refused(client_for(kam), url(case), data, name(bad), message)
    assert not Measurement.objects.filter(period_start=NOVEMBER).exists()


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"n": "12"}, "value", "Geben Sie einen Wert ein oder wählen Sie „keine Daten“."),
        (
            {"value": "90,0", "no_data": "on"},
            "no_data",
            "Entweder ein Wert oder „keine Daten“, nicht beides.",
        ),
        (
            {"value": "90,0", "n": "0"},
            "n",
            "Bei n = 0 gibt es keinen Wert: Lassen Sie ihn leer und wählen Sie „keine Daten“.",
        ),
        ({"value": "90,0", "n": "zehn"}, "n", "Geben Sie eine ganze Zahl ein."),
        (
            {"value": "900,0"},
            "value",
            "Ein Anteil liegt in der Regel zwischen 0 und 100 Prozent.",
        ),
    ],
)
def test_bad_input_is_named_at_its_line(
    client_for: ClientFor,
    running: CaseKpi,
    kam: User,
    values: dict[str, str],
    field: str,
    message: str,
) -> None:
    data = {name(running, part): value for part, value in values.items()}
    refused(client_for(kam), url(running.case), data, name(running, field), message)
    assert running.measurements.count() == 2


def test_an_empty_page_is_not_saved(client_for: ClientFor, running: CaseKpi, kam: User) -> None:
    response = client_for(kam).post(url(running.case), {name(running, "source"): "CAFM"})
    assert response.status_code == 422
    assert "Tragen Sie mindestens einen Wert ein." in text_of(response)


def test_an_entered_period_is_shown_and_not_asked_again(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    page = text_of(client_for(kam).get(url(running.case, "2026-10")))
    assert "91,2 %" in page
    assert f'name="{name(running, day="20261001")}"' not in page


def test_a_value_that_came_meanwhile_is_refused_with_the_input_kept(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    field = name(running, day="20261001")
    message = (
        "Für Oktober 2026 gibt es schon einen Eintrag: 91,2 %. Korrigieren Sie ihn stattdessen."
    )
    response = client_for(kam).post(url(running.case, "2026-10"), {field: "50,0"})
    page = text_of(response)
    assert response.status_code == 422
    assert message in page
    assert 'value="50,0"' in page
    assert " ".join(response.context["form"].errors[field][0].split()) == message
    assert running.measurements.count() == 2


def test_a_month_before_the_case_needs_a_reason(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    client, july = client_for(kam), url(running.case, "2026-07")
    field = name(running, day="20260701")
    message = "Der Zeitraum liegt vor der Anlage des Falls am 31.08.2026."
    refused(client, july, {field: "80,0"}, field, message)
    data = {field: "80,0", "warning_reason": "aus dem Altsystem"}
    assert client.post(july, data).status_code == 302
    assert running.measurements.filter(period_start=D(2026, 7, 1)).exists()


def test_weeks_stand_in_the_month_they_end_in_and_none_begins_later(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    kpi = CaseKpiFactory(case=case, definition=DefinitionFactory(frequency="weekly"))
    response = client_for(kam).get(url(case))
    periods = [line.period for line in response.context["form"].lines]
    assert periods == [D(2026, 10, 26), *(D(2026, 11, day) for day in (2, 9, 16, 23))]
    field = name(kpi, day="20261116")
    assert client_for(kam).post(url(case), {field: "12,0"}).status_code == 302
    assert kpi.measurements.get().period_start == D(2026, 11, 16)


def test_a_quarter_is_asked_in_its_last_month(client_for: ClientFor, case: Case, kam: User) -> None:
    CaseKpiFactory(case=case, definition=DefinitionFactory(frequency="quarterly"))
    client = client_for(kam)
    assert client.get(url(case, "2026-09")).context["form"].lines
    page = text_of(client.get(url(case, "2026-10")))
    assert "In diesem Monat endet kein Zeitraum dieser Kennzahlen." in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("2026-10", "Oktober 2026"), ("2027-03", "November 2026"), ("unsinn", "November 2026")],
)
def test_a_month_that_is_not_there_yet_shows_the_present(
    client_for: ClientFor, running: CaseKpi, kam: User, asked: str, shown: str
) -> None:
    months = client_for(kam).get(url(running.case, asked)).context["months"]
    assert months["month"] == shown
    assert bool(months["after"]) == (shown == "Oktober 2026")


def test_the_earliest_owed_month_is_proposed(client_for: ClientFor, case: Case, kam: User) -> None:
    measured_kpi(kam, case)
    behind = CaseKpiFactory(case=case)
    enter(behind, D(2026, 9, 1), "50")
    renewed(behind)
    page = client_for(kam).get(f"/faelle/{case.number}/kennzahlen/eintragen/")
    assert page.context["months"]["month"] == "Oktober 2026"


def test_an_owner_enters_own_values_only(
    client_for: ClientFor, case: Case, kam: User, operativ: User
) -> None:
    own, other = CaseKpiFactory(case=case, owner=operativ), measured_kpi(kam, case)
    client = client_for(operativ)
    lines = client.get(url(case)).context["form"].lines
    assert [line.kpi for line in lines] == [own]
    response = client.post(url(case), {name(own): "70,0", name(other): "1,0"})
    assert response.status_code == 302
    assert reread(own).value == 70
    assert reread(other).value_period == D(2026, 10, 1)


def test_the_page_is_closed_for_those_who_own_none(
    client_for: ClientFor, running: CaseKpi, operativ: User
) -> None:
    assert client_for(operativ).get(url(running.case)).status_code == 403
    assert client_for(operativ).post(url(running.case), {}).status_code == 403


def test_a_case_without_kpis_offers_to_add_some(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    page = text_of(client_for(kam).get(url(case)))
    assert f'href="/faelle/{case.number}/kennzahlen/auswahl/"' in page


def test_an_ended_kpi_is_not_asked(client_for: ClientFor, running: CaseKpi, kam: User) -> None:
    services.end_kpi(kpi=running, version=1, actor=kam, today=D(2026, 11, 23), reason="Los weg")
    assert client_for(kam).get(url(running.case)).context["form"].lines == []
