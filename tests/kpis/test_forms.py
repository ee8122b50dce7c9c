"""Every form with bad input: 422, a German message at the field, the input kept, nothing saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.conftest import ClientFor
from tests.kpis.factories import CaseKpiFactory, DefinitionFactory, enter, reread
from tests.kpis.pages import refused, text_of
from winback.cases.models import Case
from winback.kpis.models import Baseline, CaseKpi, KpiDefinition, Measurement, Target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

REQUIRED = "Dieses Feld ist zwingend erforderlich."
MISSING = "Geben Sie einen Wert ein oder wählen Sie „keine Daten“."
FUTURE = "Das Datum liegt in der Zukunft."
UNCLEAR = "Diese Zahl ist nicht eindeutig. Schreiben Sie zum Beispiel 1250,50."
LONG = "x" * 251
OCTOBER = dt.date(2026, 10, 1)


def too_long(limit: int, length: int) -> str:
    return (
        f"Bitte sicherstellen, dass der Wert aus höchstens {limit} Zeichen besteht."
        f" (Er besteht aus {length} Zeichen.)"
    )


def at(kpi: CaseKpi, page: str) -> str:
    return f"{kpi.get_absolute_url()}{page}/"


# picking


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"definitions": []}, "definitions", "Wählen Sie mindestens eine Kennzahl."),
        ({"owner": ""}, "owner", REQUIRED),
        ({"decision": LONG}, "decision", too_long(250, 251)),
    ],
)
def test_picking_with_bad_input(
    client_for: ClientFor,
    case: Case,
    kam: User,
    definition: KpiDefinition,
    change: dict[str, Any],
    field: str,
    message: str,
) -> None:
    data = {"definitions": [definition.pk], "owner": str(kam.pk), "decision": ""} | change
    url = f"/faelle/{case.number}/kennzahlen/auswahl/"
    refused(client_for(kam), url, data, field, message)
    assert not case.kpis.exists()


def test_picking_what_the_case_measures_or_nobody_knows_is_refused(
    client_for: ClientFor, kpi: CaseKpi, kam: User
) -> None:
    url = f"/faelle/{kpi.case.number}/kennzahlen/auswahl/"
    data = {"definitions": [kpi.definition_id, 999_999], "owner": kam.pk}
    response = client_for(kam).post(url, data)
    assert response.status_code == 422
    assert "definitions" in response.context["form"].errors
    assert kpi.case.kpis.count() == 1


def test_more_than_a_dozen_need_a_reason(client_for: ClientFor, case: Case, kam: User) -> None:
    chosen = [each.pk for each in DefinitionFactory.create_batch(13)]
    url = f"/faelle/{case.number}/kennzahlen/auswahl/"
    data: dict[str, Any] = {"definitions": chosen, "owner": str(kam.pk), "decision": ""}
    message = "Der Fall hätte damit 13 Kennzahlen. Ein Dutzend wird noch gelesen."
    refused(client_for(kam), url, data, "definitions", message)
    assert not case.kpis.exists()
    reasoned = client_for(kam).post(url, data | {"warning_reason": "Kunde verlangt alle"})
    assert reasoned.status_code == 302
    assert case.kpis.count() == 13
    assert case.events.get().data["reason"] == "Kunde verlangt alle"


def test_picking_shows_the_catalogue_by_category_with_formula(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    DefinitionFactory(category="people", name_de="Besetzungsgrad", formula_de="besetzt / Soll")
    DefinitionFactory(category="service", name_de="Erstlösungsquote")
    DefinitionFactory(active=False, name_de="Abgeschafft")
    page = text_of(client_for(kam).get(f"/faelle/{case.number}/kennzahlen/auswahl/"))
    places = [page.index(word) for word in ("Leistung und Reaktion", "Erstlösungsquote")]
    places += [page.index(word) for word in ("Personal und Nachunternehmer", "Besetzungsgrad")]
    assert places == sorted(places)
    assert "% · höher ist besser · monatlich · besetzt / Soll" in page
    assert "Abgeschafft" not in page


# owner, decision and end


def test_owner_and_decision_with_bad_input(client_for: ClientFor, kpi: CaseKpi, kam: User) -> None:
    data = {"owner": "", "decision": LONG, "version": "1"}
    client = client_for(kam)
    refused(client, at(kpi, "bearbeiten"), data, "owner", REQUIRED)
    refused(client, at(kpi, "bearbeiten"), data, "decision", too_long(250, 251))
    kpi.refresh_from_db()
    assert (kpi.owner, kpi.version) == (kam, 1)


def test_two_editors_of_a_kpi_see_both_versions(
    client_for: ClientFor, kpi: CaseKpi, kam: User, qm: User
) -> None:
    url = at(kpi, "bearbeiten")
    client_for(qm).post(url, {"owner": qm.pk, "decision": "QM-Runde", "version": "1"})
    late = {"owner": kam.pk, "decision": "Regionalleitung", "version": "1"}
    response = client_for(kam).post(url, late)
    page = text_of(response)
    assert response.status_code == 409
    assert "Tim Wolf" in page
    assert "QM-Runde" in page
    assert "Regionalleitung" in page
    assert client_for(kam).post(url, late | {"version": "2"}).status_code == 302


def test_ending_needs_a_reason(client_for: ClientFor, kpi: CaseKpi, kam: User) -> None:
    client, url = client_for(kam), at(kpi, "ende")
    refused(client, url, {"note": "", "version": "1"}, "note", REQUIRED)
    refused(client, url, {"note": LONG, "version": "1"}, "note", too_long(250, 251))
    kpi.refresh_from_db()
    assert kpi.is_measured
    assert client.post(url, {"note": "Los entfallen", "version": "1"}).status_code == 302
    page = text_of(client.get(kpi.get_absolute_url()))
    assert "Nicht mehr gemessen seit 23.11.2026: Los entfallen" in page
    assert client.get(url).status_code == 403


# baseline

GOOD_BASELINE = {
    "value": "78,0",
    "window_start": "01.06.2026",
    "window_end": "31.08.2026",
    "source": "CAFM-Export",
    "sample_size": "214",
    "discussed_on": "14.09.2026",
    "agreed_by": "Bernd Brandt",
    "version": "1",
}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"value": ""}, "value", REQUIRED),
        ({"value": "78.0"}, "value", UNCLEAR),
        ({"value": "viel"}, "value", "Geben Sie eine Zahl ein."),
        ({"value": "78,05"}, "value", "Höchstens 1 Nachkommastelle."),
        ({"window_start": ""}, "window_start", REQUIRED),
        ({"window_start": "24.11.2026"}, "window_start", FUTURE),
        ({"window_end": "31.12.2026"}, "window_end", FUTURE),
        ({"window_end": "31.05.2026"}, "window_end", "Das Ende liegt vor dem Beginn."),
        ({"source": ""}, "source", REQUIRED),
        ({"source": LONG}, "source", too_long(250, 251)),
        ({"discussed_on": "24.11.2026"}, "discussed_on", FUTURE),
        (
            {"discussed_on": ""},
            "discussed_on",
            "Geben Sie an, wann es mit dem Kunden abgestimmt wurde.",
        ),
        (
            {"sample_size": "0"},
            "sample_size",
            "Bei n = 0 gibt es keinen Wert, nur „keine Daten“.",
        ),
        ({"agreed_by": "x" * 121}, "agreed_by", too_long(120, 121)),
        (
            {"discussed_on": "01.08.2026"},
            "discussed_on",
            "Das liegt vor dem Ende der Messung.",
        ),
        (
            {"value": "120,0"},
            "value",
            "Ein Anteil liegt in der Regel zwischen 0 und 100 Prozent.",
        ),
    ],
)
def test_baseline_with_bad_input(
    client_for: ClientFor,
    kpi: CaseKpi,
    kam: User,
    change: dict[str, str],
    field: str,
    message: str,
) -> None:
    refused(client_for(kam), at(kpi, "baseline"), GOOD_BASELINE | change, field, message)
    assert not Baseline.objects.exists()


def test_a_good_baseline_is_frozen(client_for: ClientFor, kpi: CaseKpi, kam: User) -> None:
    client = client_for(kam)
    form = client.get(at(kpi, "baseline")).context["form"]
    assert form["source"].value() == "CAFM"
    assert "reason" not in form.fields
    assert client.post(at(kpi, "baseline"), GOOD_BASELINE).status_code == 302
    page = text_of(client.get(kpi.get_absolute_url()))
    assert "06–08/2026 · CAFM-Export · n = 214" in page
    assert "Bernd Brandt, 14.09.2026" in page


def test_correcting_a_baseline_needs_a_reason_and_shows_both(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    client, url = client_for(kam), at(running, "baseline")
    data = GOOD_BASELINE | {"value": "80,0", "version": "1", "reason": ""}
    refused(client, url, data, "reason", REQUIRED)
    assert running.baselines.count() == 1
    assert client.post(url, data | {"reason": "Zählfehler"}).status_code == 302
    page = text_of(client.get(running.get_absolute_url()))
    assert "Korrektur: Zählfehler" in page
    assert "ersetzt" in page
    assert "80,0 %" in page
    assert "78,0 %" in page


def test_two_corrections_of_a_baseline_show_both_values(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    client, url = client_for(kam), at(running, "baseline")
    data = GOOD_BASELINE | {"value": "80,0", "version": "1", "reason": "Zählfehler"}
    client.post(url, data)
    response = client.post(url, data | {"value": "70,0", "reason": "Andere Quelle"})
    assert response.status_code == 409
    page = text_of(response)
    assert "Zählfehler" in page
    assert "Andere Quelle" in page
    assert running.baselines.in_force().get().value == 80
    assert response.context["form"].data["version"] == "2"


# target

GOOD_TARGET = {"value": "95,0", "due_on": "28.02.2027", "preconditions": "", "version": "1"}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"value": ""}, "value", REQUIRED),
        ({"value": "95.5"}, "value", UNCLEAR),
        ({"due_on": ""}, "due_on", REQUIRED),
        (
            {"due_on": "31.02.2027"},
            "due_on",
            "Der Februar 2027 hat 28 Tage. Meinten Sie 28.02.2027?",
        ),
        (
            {"due_on": "31.08.2026"},
            "due_on",
            "Das Datum muss nach der Baseline liegen, die bis 31.08.2026 gemessen wurde.",
        ),
        ({"due_on": "22.11.2026"}, "due_on", "Das Datum liegt in der Vergangenheit."),
        ({"preconditions": LONG}, "preconditions", too_long(250, 251)),
        ({"value": "77,0"}, "value", "Das Ziel ist schlechter als die Baseline."),
        (
            {"value": "101,0"},
            "value",
            "Ein Anteil liegt in der Regel zwischen 0 und 100 Prozent.",
        ),
    ],
)
def test_target_with_bad_input(
    client_for: ClientFor,
    running: CaseKpi,
    kam: User,
    change: dict[str, str],
    field: str,
    message: str,
) -> None:
    refused(client_for(kam), at(running, "ziel"), GOOD_TARGET | change, field, message)
    target = Target.objects.get()
    assert (target.value, target.kpi.version) == (95, 1)


def test_a_band_needs_both_ends_in_order(client_for: ClientFor, kpi: CaseKpi, kam: User) -> None:
    KpiDefinition.objects.update(direction="range", unit="°C")
    client, url = client_for(kam), at(kpi, "ziel")
    data = {"value": "24,0", "upper": "", "due_on": "28.02.2027", "version": "1"}
    refused(client, url, data, "upper", REQUIRED)
    order = "Die obere Grenze liegt unter der unteren."
    refused(client, url, data | {"upper": "21,0"}, "upper", order)
    assert not Target.objects.exists()
    good = data | {"value": "21,0", "upper": "24,0"}
    assert client.post(url, good).status_code == 302
    assert "21,0–24,0 °C" in text_of(client.get(kpi.get_absolute_url()))


def test_a_worse_target_is_taken_with_a_reason(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    data = GOOD_TARGET | {"value": "77,0", "warning_reason": "Leistung gekürzt"}
    assert client_for(kam).post(at(running, "ziel"), data).status_code == 302
    assert running.case.events.get().data["reason"] == "Leistung gekürzt"


def test_two_first_targets_show_both(client_for: ClientFor, kpi: CaseKpi, kam: User) -> None:
    client, url = client_for(kam), at(kpi, "ziel")
    first = GOOD_TARGET
    assert client.post(url, first).status_code == 302
    response = client.post(url, first | {"value": "90,0"})
    assert response.status_code == 409
    page = text_of(response)
    assert "Aylin Kaya" in page
    assert Target.objects.get().value == 95


def test_the_target_page_says_what_is_realistic(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    KpiDefinition.objects.update(
        example_target=92,
        benchmark={"value": 0.64, "unit": "%", "scope_de": "Büro", "source": "Bericht 2023"},
    )
    page = text_of(client_for(kam).get(at(running, "ziel")))
    assert "13,2 Punkte besser als Baseline" in page
    assert "92,0 %" in page
    assert "Büro. Bericht 2023" in page


# one measurement

GOOD_VALUE = {
    "period": "11.2026",
    "value": "93,4",
    "sample_size": "40",
    "source": "CAFM-Export",
    "note": "",
}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"period": ""}, "period", REQUIRED),
        (
            {"period": "Brumaire"},
            "period",
            "Nennen Sie den Zeitraum wie 11.2026 oder einen Tag darin.",
        ),
        ({"period": "12.2026"}, "period", "Der Zeitraum liegt in der Zukunft."),
        (
            {"period": "1" * 5000},
            "period",
            "Nennen Sie den Zeitraum wie 11.2026 oder einen Tag darin.",
        ),
        (
            {"period": "07.2026"},
            "period",
            "Der Zeitraum liegt vor der Anlage des Falls am 31.08.2026.",
        ),
        (
            {"period": "10.2026"},
            "period",
            (
                "Für Oktober 2026 gibt es schon einen Eintrag: 91,2\u202f%."
                " Korrigieren Sie ihn stattdessen."
            ),
        ),
        ({"value": ""}, "value", MISSING),
        ({"value": "93.4"}, "value", UNCLEAR),
        ({"value": "93,45"}, "value", "Höchstens 1 Nachkommastelle."),
        (
            {"value": "-1,0"},
            "value",
            "Ein Anteil liegt in der Regel zwischen 0 und 100 Prozent.",
        ),
        (
            {"no_data": "on"},
            "no_data",
            "Entweder ein Wert oder „keine Daten“, nicht beides.",
        ),
        (
            {"sample_size": "0"},
            "sample_size",
            "Bei n = 0 gibt es keinen Wert: Lassen Sie ihn leer und wählen Sie „keine Daten“.",
        ),
        ({"sample_size": "viele"}, "sample_size", "Geben Sie eine ganze Zahl ein."),
        ({"sample_size": "-1"}, "sample_size", "Dieser Wert muss größer oder gleich 0 sein."),
        ({"source": LONG}, "source", too_long(250, 251)),
        ({"note": LONG}, "note", too_long(250, 251)),
    ],
)
def test_measurement_with_bad_input(
    client_for: ClientFor,
    running: CaseKpi,
    kam: User,
    change: dict[str, str],
    field: str,
    message: str,
) -> None:
    url = at(running, "messwerte/neu")
    refused(client_for(kam), url, GOOD_VALUE | change, field, message)
    assert Measurement.objects.count() == 2
    assert not running.case.events.exists()


def test_a_value_far_beyond_what_is_stored_is_refused(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    KpiDefinition.objects.update(unit="€", decimals=0)
    url = at(running, "messwerte/neu")
    response = client_for(kam).post(url, GOOD_VALUE | {"value": "123456789012"})
    assert response.status_code == 422
    assert "value" in response.context["form"].errors
    assert client_for(kam).post(url, GOOD_VALUE | {"value": "99999999999"}).status_code == 302


def test_a_negative_amount_is_doubted_and_an_index_is_not(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    client, url = client_for(kam), at(running, "messwerte/neu")
    KpiDefinition.objects.update(unit="min")
    data = GOOD_VALUE | {"value": "-4,0"}
    refused(client, url, data, "value", "Der Wert ist negativ.")
    KpiDefinition.objects.update(unit="Punkte")
    assert client.post(url, data).status_code == 302


def test_a_count_may_have_no_sample(client_for: ClientFor, running: CaseKpi, kam: User) -> None:
    KpiDefinition.objects.update(unit="Anzahl", decimals=0)
    data = GOOD_VALUE | {"value": "0", "sample_size": "0"}
    url = at(running, "messwerte/neu")
    assert client_for(kam).post(url, data).status_code == 302
    assert reread(running).value == 0


def test_a_value_from_before_the_case_is_taken_with_a_reason(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    data = GOOD_VALUE | {"period": "07.2026", "warning_reason": "aus dem Altsystem"}
    url = at(running, "messwerte/neu")
    assert client_for(kam).post(url, data).status_code == 302
    assert running.measurements.filter(period_start=dt.date(2026, 7, 1)).exists()
    assert running.case.events.get().data["reason"] == "aus dem Altsystem"


def test_no_data_is_an_answer(client_for: ClientFor, running: CaseKpi, kam: User) -> None:
    data = GOOD_VALUE | {"value": "", "no_data": "on", "sample_size": "0"}
    url = at(running, "messwerte/neu")
    assert client_for(kam).post(url, data).status_code == 302
    page = text_of(client_for(kam).get(running.get_absolute_url()))
    assert "keine Daten" in page
    assert "01.01.2027" in page  # the next value is owed after December


@pytest.mark.parametrize(
    ("query", "proposed"),
    [("", "11.2026"), ("?periode=09.2026", "09.2026"), ("?periode=unsinn", "11.2026")],
)
def test_the_owed_period_is_proposed(
    client_for: ClientFor, running: CaseKpi, kam: User, query: str, proposed: str
) -> None:
    response = client_for(kam).get(at(running, "messwerte/neu") + query)
    assert f'value="{proposed}"' in text_of(response)


# correcting

GOOD_CORRECTION = {
    "value": "90,2",
    "sample_size": "95",
    "source": "CAFM-Export",
    "note": "",
    "correction": "Doppelte Meldungen",
    "version": "1",
}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"value": ""}, "value", MISSING),
        ({"value": "90.2"}, "value", UNCLEAR),
        ({"correction": ""}, "correction", REQUIRED),
        ({"correction": "x" * 101}, "correction", too_long(100, 101)),
        ({"source": LONG}, "source", too_long(250, 251)),
        (
            {"no_data": "on"},
            "no_data",
            "Entweder ein Wert oder „keine Daten“, nicht beides.",
        ),
    ],
)
def test_correction_with_bad_input(
    client_for: ClientFor,
    running: CaseKpi,
    kam: User,
    change: dict[str, str],
    field: str,
    message: str,
) -> None:
    row = running.measurements.get(period_start=OCTOBER)
    url = at(running, f"messwerte/{row.pk}")
    refused(client_for(kam), url, GOOD_CORRECTION | change, field, message)
    row.refresh_from_db()
    assert float(row.value or 0) == 91.2


def test_a_correction_shows_the_old_value_and_the_reason(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    row = running.measurements.get(period_start=OCTOBER)
    url = at(running, f"messwerte/{row.pk}")
    client = client_for(kam)
    assert client.get(url).context["form"]["value"].value() == row.value
    assert client.post(url, GOOD_CORRECTION).status_code == 302
    page = text_of(client.get(running.get_absolute_url()))
    assert "korrigiert am 23.11.2026 von A. Kaya, vorher: 91,2 % (Doppelte Meldungen)" in page
    assert "12,2" in page


def test_two_correctors_see_both_values(
    client_for: ClientFor, running: CaseKpi, kam: User, qm: User
) -> None:
    row = running.measurements.get(period_start=OCTOBER)
    url = at(running, f"messwerte/{row.pk}")
    client_for(qm).post(url, GOOD_CORRECTION)
    response = client_for(kam).post(url, GOOD_CORRECTION | {"value": "88,0"})
    assert response.status_code == 409
    assert "Tim Wolf" in text_of(response)
    row.refresh_from_db()
    assert float(row.value or 0) == 90.2


def test_the_measurement_of_another_kpi_is_not_there(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    other = CaseKpiFactory(case=running.case)
    row = enter(other, OCTOBER, "1")
    assert client_for(kam).get(at(running, f"messwerte/{row.pk}")).status_code == 404
