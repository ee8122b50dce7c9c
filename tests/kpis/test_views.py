"""Reading pages: the list over all cases, the KPIs of a case, one KPI, and the exports."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory
from tests.conftest import ClientFor
from tests.kpis.factories import CaseKpiFactory, DefinitionFactory, enter, measured_kpi, renewed
from tests.kpis.pages import text_of
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common import casepages
from winback.kpis.enums import Standing
from winback.kpis.models import CaseKpi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def mixed(case: Case, kam: User, qm: User) -> dict[str, CaseKpi]:
    """Three KPIs of two cases: one on its path, one worse, one overdue and of somebody else."""
    other = CaseFactory(owner=kam, client=ClientFactory(name="Klinikum Auental"))
    good = measured_kpi(kam, case, name_de="Erstlösungsquote", category="service")
    worse = measured_kpi(kam, other, name_de="Wartungsgrad", category="maintenance")
    stale = measured_kpi(qm, case, name_de="Besetzungsgrad", category="people")
    CaseKpi.objects.filter(pk=worse.pk).update(judgement=Standing.WORSE)
    CaseKpi.objects.filter(pk=stale.pk).update(due_on=dt.date(2026, 11, 2))
    return {"good": good, "worse": worse, "stale": stale}


def names(response: Any) -> list[str]:
    return [row.name for row in response.context["rows"]]


def read_csv(response: Any) -> list[list[str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Wartungsgrad", "Besetzungsgrad", "Erstlösungsquote"]),
        ("?sort=stand", ["Erstlösungsquote", "Besetzungsgrad", "Wartungsgrad"]),
        ("?sort=faellig", ["Besetzungsgrad", "Wartungsgrad", "Erstlösungsquote"]),
        ("?sort=kunde", ["Wartungsgrad", "Erstlösungsquote", "Besetzungsgrad"]),
        ("?sort=unsinn", ["Wartungsgrad", "Besetzungsgrad", "Erstlösungsquote"]),
        ("?ansicht=meine", ["Wartungsgrad", "Erstlösungsquote"]),
        ("?stand=stale", ["Besetzungsgrad"]),
        ("?stand=worse", ["Wartungsgrad"]),
        ("?stand=unsinn&sort=kennzahl", ["Erstlösungsquote", "Wartungsgrad", "Besetzungsgrad"]),
        ("?kategorie=people", ["Besetzungsgrad"]),
        ("?q=auental", ["Wartungsgrad"]),
        ("?q=gibtesnicht", []),
    ],
)
def test_the_list_is_narrowed_and_ordered_by_its_url(
    client_for: ClientFor, kam: User, query: str, shown: list[str]
) -> None:
    assert names(client_for(kam).get(f"/kennzahlen/{query}")) == shown


def test_the_list_knows_owners_and_shows_active_filters(
    client_for: ClientFor, mixed: dict[str, CaseKpi], kam: User, qm: User
) -> None:
    response = client_for(kam).get(f"/kennzahlen/?verantwortlich={qm.pk}&stand=stale")
    assert names(response) == ["Besetzungsgrad"]
    assert [label for label, _url in response.context["chips"]] == [
        "Stand: Wert überfällig",
        "Verantwortlich: Tim Wolf",
    ]


def test_the_list_leaves_out_what_is_not_measured_any_more(
    client_for: ClientFor, mixed: dict[str, CaseKpi], kam: User
) -> None:
    CaseKpi.objects.filter(pk=mixed["good"].pk).update(
        ended_on=dt.date(2026, 11, 1), end_reason="Los entfallen"
    )
    Case.objects.filter(pk=mixed["worse"].case_id).update(
        status=Status.LOST, closed_on=dt.date(2026, 11, 1)
    )
    assert names(client_for(kam).get("/kennzahlen/")) == ["Besetzungsgrad"]


def test_an_empty_list_says_what_belongs_here(client_for: ClientFor, kam: User) -> None:
    page = text_of(client_for(kam).get("/kennzahlen/"))
    assert "Hier stehen die Kennzahlen Ihrer laufenden Fälle" in page
    filtered = text_of(client_for(kam).get("/kennzahlen/?stand=stale"))
    assert "Keine Kennzahl passt zu diesen Filtern." in filtered


def test_htmx_gets_the_results_only(
    client_for: ClientFor, mixed: dict[str, CaseKpi], kam: User
) -> None:
    response = client_for(kam).get("/kennzahlen/", headers={"HX-Request": "true"})
    page = text_of(response)
    assert "<html" not in page
    assert "Wartungsgrad" in page


def test_the_export_is_the_list(
    client_for: ClientFor, mixed: dict[str, CaseKpi], kam: User
) -> None:
    header, *rows = read_csv(client_for(kam).get("/kennzahlen/export.csv?stand=stale"))
    assert header[:4] == ["Kennzahl", "Fallnummer", "Kunde", "Stand"]
    assert len(rows) == 1
    assert rows[0][0] == "Besetzungsgrad"
    assert rows[0][3] == "Wert überfällig"
    assert rows[0][-1] == "02.11.2026"


def test_the_case_page_shows_pictures_words_and_what_ended(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    CaseKpiFactory(
        case=running.case,
        definition=DefinitionFactory(name_de="Malus"),
        ended_on=dt.date(2026, 11, 2),
        end_reason="Vertrag geändert",
    )
    page = text_of(client_for(kam).get(f"/faelle/{running.case.number}/kennzahlen/"))
    assert "+13,2 Punkte zur Baseline, besser" in page
    assert "78 % des Weges" in page
    assert page.count('class="chart chart--spark"') == 1
    assert page.count('class="chart chart--bullet"') == 1
    assert "Nicht mehr gemessen" in page
    assert "Vertrag geändert" in page


def test_a_case_without_kpis_invites_those_who_may_add(
    client_for: ClientFor, case: Case, kam: User, operativ: User
) -> None:
    url = f"/faelle/{case.number}/kennzahlen/"
    link = f'href="{url}auswahl/"'
    assert link in text_of(client_for(kam).get(url))
    assert link not in text_of(client_for(operativ).get(url))


def test_the_kpi_page_links_to_everything_that_can_be_done(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    page = text_of(client_for(kam).get(running.get_absolute_url()))
    row = running.measurements.get(period_start=dt.date(2026, 10, 1))
    base = running.get_absolute_url()
    for each in ("baseline", "ziel", "bearbeiten", "ende", f"messwerte/{row.pk}", "messwerte/neu"):
        assert f'href="{base}{each}/"' in page
    assert "13,2 Punkte besser als Baseline, 3,8 Punkte unter Ziel; 78 % des Weges." in page
    assert 'class="chart chart--kpi"' in page


def test_the_page_of_a_new_kpi_says_what_is_missing(
    client_for: ClientFor, kpi: CaseKpi, kam: User
) -> None:
    page = text_of(client_for(kam).get(kpi.get_absolute_url()))
    assert "Noch kein Wert eingetragen." in page
    assert "Ohne abgestimmte Baseline lässt sich keine Verbesserung belegen." in page


def test_the_measurements_are_exported_without_formulas(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    enter(running, dt.date(2026, 11, 1), None, note="=1+1")
    renewed(running)
    header, *rows = read_csv(client_for(kam).get(f"{running.get_absolute_url()}messwerte.csv"))
    assert header == [
        "Zeitraum",
        "Ist",
        "Zielpfad",
        "Abweichung",
        "Stichprobe n",
        "Quelle",
        "Notiz",
        "Eingetragen von",
    ]
    assert rows[0][:2] == ["November 2026", "keine Daten"]
    assert rows[0][6] == "'=1+1"
    assert rows[1][:3] == ["Oktober 2026", "91,2", "83,7"]


def test_the_timeline_tells_what_was_entered(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    url = f"{running.get_absolute_url()}messwerte/neu/"
    client_for(kam).post(url, {"period": "11.2026", "value": "95,5"})
    page = text_of(client_for(kam).get(f"/faelle/{running.case.number}/verlauf/"))
    assert "Messwert eingetragen" in page
    assert "SLA-Erfüllung Reaktionszeit: 95,5 % (November 2026)" in page


def test_tab_action_and_navigation_lead_here(case: Case, kam: User, operativ: User) -> None:
    tabs = {link.key: link.url for link in casepages.tabs(kam, case)}
    assert tabs["kpis"] == f"/faelle/{case.number}/kennzahlen/"
    assert "kpis" in {link.key for link in casepages.actions(kam, case, primary=False)}
    assert "kpis" not in {link.key for link in casepages.actions(operativ, case, primary=False)}
    assert reverse("kpis:list") == "/kennzahlen/"
