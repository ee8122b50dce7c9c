"""The whole way of one KPI through the pages, as three people walk it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.conftest import ClientFor
from tests.kpis.pages import text_of
from winback.cases.models import Case
from winback.cases.services import refresh_health
from winback.common.obligations import Query, find
from winback.kpis.enums import Standing
from winback.kpis.models import CaseKpi, KpiDefinition
from winback.kpis.rows import portfolio_progress
from winback.kpis.services import load_kpis

pytestmark = pytest.mark.django_db


def at(day: str) -> time_machine.travel:
    """Nine in the morning of that day, in Berlin's winter or summer."""
    return time_machine.travel(f"{day} 08:00 +0000", tick=False)


def send(client: Client, url: str, **data: object) -> None:
    response = client.post(url, data)
    assert response.status_code == 302, text_of(response)[:3000]
    assert "anmelden" not in response["Location"]


def standing(case: Case, today: dt.date) -> Standing:
    return CaseKpi.objects.get(case=case).standing_at(today)


@pytest.fixture
def base(case: Case) -> str:
    return f"/faelle/{case.number}/kennzahlen/"


@pytest.fixture
def picked(
    client_for: ClientFor, case: Case, kam: User, operativ: User, base: str, catalogue: object
) -> str:
    """On 14 September the KAM picks a KPI of the catalogue for site management; its address."""
    load_kpis(data=catalogue)  # type: ignore[arg-type]  # parsed YAML
    definition = KpiDefinition.objects.get(key="response_time_sla")
    with at("2026-09-14"):
        send(
            client_for(kam),
            f"{base}auswahl/",
            definitions=definition.pk,
            owner=operativ.pk,
            decision="Zweimal unter dem Pfad: Regionalleitung",
        )
    return f"{base}response_time_sla/"


def agree(client: Client, url: str) -> None:
    with at("2026-09-15"):
        send(
            client,
            f"{url}baseline/",
            value="78,0",
            window_start="01.06.2026",
            window_end="31.08.2026",
            source="CAFM-Export",
            sample_size="214",
            discussed_on="14.09.2026",
            agreed_by="Bernd Brandt",
            version="1",
        )
        send(client, f"{url}ziel/", value="95,0", due_on="28.02.2027", version="2")


def test_a_kpi_goes_from_the_catalogue_to_its_target(
    client_for: ClientFor, case: Case, kam: User, operativ: User, picked: str
) -> None:
    agree(client_for(kam), picked)
    for day, period, value, expected in (
        ("2026-10-05", "09.2026", "82,0", Standing.ON_PATH),
        ("2026-11-04", "10.2026", "83,0", Standing.BEHIND),
        ("2026-12-03", "11.2026", "77,0", Standing.WORSE),
        ("2027-01-05", "12.2026", "92,0", Standing.ON_PATH),
        ("2027-02-02", "01.2027", "95,0", Standing.REACHED),
    ):
        with at(day):
            site = client_for(operativ)  # signs in anew: nobody stays signed in for a month
            send(site, f"{picked}messwerte/neu/", period=period, value=value, sample_size="90")
        assert standing(case, dt.date.fromisoformat(day)) == expected
    with at("2027-02-02"):
        page = text_of(client_for(kam).get(picked))
    assert "17,0 Punkte besser als Baseline, genau im Ziel; 100 % des Weges." in page
    assert "Ziel erreicht" in page
    assert case.events.count() == 8


def test_who_owes_a_value_is_told_until_it_is_entered(
    client_for: ClientFor, case: Case, kam: User, operativ: User, picked: str
) -> None:
    agree(client_for(kam), picked)

    def owed(until: dt.date) -> list[str]:
        items = find(Query(owner_ids=[operativ.pk], due_until=until))
        return [item.title for item in items if item.kind == "kpi_value"]

    september = ["Wert für September 2026 eintragen: SLA-Erfüllung Reaktionszeit"]
    assert owed(dt.date(2026, 10, 1)) == []
    assert owed(dt.date(2026, 10, 2)) == september
    with at("2026-10-05"):
        send(client_for(operativ), f"{picked}messwerte/neu/", period="09.2026", value="82,0")
    assert owed(dt.date(2026, 10, 31)) == []
    assert len(owed(dt.date(2026, 11, 2))) == 1


def test_silence_makes_the_case_a_risk_and_a_value_heals_it(
    client_for: ClientFor, case: Case, kam: User, operativ: User, picked: str
) -> None:
    agree(client_for(kam), picked)
    word = "Messwert überfällig: SLA-Erfüllung Reaktionszeit"
    late = dt.datetime(2026, 10, 20, 8, tzinfo=dt.UTC)
    refresh_health(case.pk, today=late.date(), now=late)
    case.refresh_from_db()
    assert word in case.health_reasons
    with at("2026-10-20"):
        send(client_for(operativ), f"{picked}messwerte/neu/", period="09.2026", value="90,0")
    refresh_health(case.pk, today=late.date(), now=late)
    case.refresh_from_db()
    assert word not in case.health_reasons


def test_the_quality_manager_corrects_and_everything_follows(
    client_for: ClientFor, case: Case, kam: User, qm: User, operativ: User, picked: str
) -> None:
    agree(client_for(kam), picked)
    with at("2026-11-04"):
        send(client_for(operativ), f"{picked}messwerte/neu/", period="10.2026", value="90,0")
    kpi = CaseKpi.objects.get(case=case)
    assert kpi.judgement == Standing.ON_PATH
    row = kpi.measurements.get()
    with at("2026-11-05"):
        send(
            client_for(qm),
            f"{picked}messwerte/{row.pk}/",
            value="76,5",
            correction="Doppelte Meldungen",
            version=kpi.version,
        )
    day = dt.date(2026, 11, 5)
    assert standing(case, day) == Standing.WORSE
    found = portfolio_progress(Case.objects.filter(pk=case.pk), day)
    assert (found.worse, found.better, found.by_standing[Standing.WORSE]) == (1, 0, 1)
    with at("2026-11-06"):
        page = text_of(client_for(operativ).get(picked))
    assert "korrigiert am 05.11.2026 von T. Wolf, vorher: 90,0 % (Doppelte Meldungen)" in page
    assert "1,5 Punkte schlechter als Baseline" in page


def test_a_corrected_baseline_changes_what_was_reached(
    client_for: ClientFor, case: Case, kam: User, operativ: User, picked: str
) -> None:
    lead = client_for(kam)
    agree(lead, picked)
    with at("2026-11-04"):
        send(client_for(operativ), f"{picked}messwerte/neu/", period="10.2026", value="86,5")
        assert "50 % des Weges" in text_of(lead.get(picked))
        send(
            lead,
            f"{picked}baseline/",
            value="68,0",
            window_start="01.05.2026",
            window_end="31.07.2026",
            source="Stichprobe",
            discussed_on="03.11.2026",
            agreed_by="Bernd Brandt",
            reason="Kunde hat nachgezählt",
            version="3",
        )
        page = text_of(lead.get(picked))
    assert "18,5 Punkte besser als Baseline, 8,5 Punkte unter Ziel; 69 % des Weges." in page
    assert "05–07/2026 · Stichprobe" in page
    assert "Korrektur: Kunde hat nachgezählt" in page
    history = text_of(lead.get(f"/faelle/{case.number}/verlauf/"))
    assert history.count("Baseline erfasst") == 2
    assert "Kunde hat nachgezählt" in history
