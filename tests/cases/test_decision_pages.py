"""Every page of facts once with everything filled in, and what the history says about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import TODAY, assess, finish, plan_effort, step, swap, tender
from tests.cases.factories import CaseFactory, active_case
from tests.conftest import ClientFor
from winback.cases import services
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.views.decisions import PAGES

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *args])


def text(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.replace("\xa0", " ").replace("\u202f", " ")


#: page → what is typed, and the words that stand on the page it leads back to
FULL: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "beziehung": (
        {
            "stage": "threatened",
            "revenue_share": "11,5",
            "dependency": "dependent",
            "dependency_note": "Zwei Teams umsetzen",
            "trust_note": "Fühlt sich nicht ernst genommen",
            "strain": "high",
            "dispute_risk": "medium",
            "dispute_note": "Rechtsabteilung liest mit",
        },
        (
            "Kündigung angedroht",
            "11,5 %",
            "Wir sind von diesem Kunden abhängig",
            "Zwei Teams umsetzen",
            "Fühlt sich nicht ernst genommen",
            "hoch",
            "mittel",
            "Rechtsabteilung liest mit",
        ),
    ),
    "verlust": (
        {
            "provider_since": "01.10.2026",
            "competitor": "Zehn Prozent weniger",
            "outside_reasons": "Budget gekürzt",
            "went_silently": "yes",
            "unspoken": "Sanitärräume",
            "in_absence": "unknown",
            "absence_note": "Niemand stand ein",
        },
        (
            "01.10.2026",
            "Zehn Prozent weniger",
            "Budget gekürzt",
            "ja",
            "Sanitärräume",
            "nicht bekannt",
            "Niemand stand ein",
        ),
    ),
    "einschaetzung": (
        {
            "long_unhappy": "yes",
            "hopeless": "no",
            "controllable": "partly",
            "decider": "yes",
            "complaints": "yes",
            "note": "Nach dem Gespräch neu urteilen",
        },
        ("28 von 100", "4 Faktoren sind noch nicht beurteilt", "Nach dem Gespräch neu urteilen"),
    ),
    "wert": (
        {
            "contribution": "120.000",
            "care_cost": "20.000",
            "years": "3",
            "survival": "100",
            "interest": "0",
            "belief": "40",
            "belief_reason": "Entscheider ruft an",
        },
        ("300.000,00 €", "3 Jahre, Bestand 100 % pro Jahr, Zins 0 %", "Nur zum Vergleich"),
    ),
    "aufwand-geplant": (
        {"hours": "100,5", "rate": "90", "goodwill": "1.000", "note": "Befristet auf drei Monate"},
        ("10.045,00 €", "100,5 Stunden", "Kulanz 1.000,00 €", "Befristet auf drei Monate"),
    ),
    "aufwand-tatsaechlich": (
        {"hours": "10", "rate": "90", "audit": "500", "mediation_cost": "250"},
        ("1.650,00 €", "Audit 500,00 €", "Mediation 250,00 €"),
    ),
    "erste-ansprache": (
        {
            "way": "personal",
            "way_reason": "Zu viele Briefe",
            "suitability": "Hält Ablehnung aus",
            "support": "Rollenspiel",
            "conflict": "Keine Provision",
        },
        ("Persönlicher Besuch", "Zu viele Briefe", "Hält Ablehnung aus", "Keine Provision"),
    ),
    "mediation": (
        {
            "considered": "yes",
            "reasons": "Verhärtet",
            "neutral_person": "Frau Sanders",
            "subject": "price",
            "starts_on": "01.11.2026",
            "ended_on": "10.11.2026",
            "is_confidential": "on",
            "result": "partly",
            "result_note": "Preis offen",
        },
        ("Verhärtet", "Frau Sanders", "01.11.2026", "Teilweise geeinigt", "Preis offen"),
    ),
    "plan-b": (
        {
            "revenue_at_risk": "1.900.000",
            "alternatives": "Zwei Kliniken",
            "trigger": "Frist ohne Ergebnis",
            "due_on": "18.12.2026",
        },
        ("1.900.000,00 €", "Zwei Kliniken", "Frist ohne Ergebnis", "fällig am 18.12.2026"),
    ),
    "abschied": (
        {
            "held_on": "20.11.2026",
            "form": "phone",
            "explanation": "Übergabe vereinbart",
            "released_capacity": "Zwei Kräfte nach Süden",
        },
        ("20.11.2026", "Telefonisch", "Übergabe vereinbart", "Zwei Kräfte nach Süden"),
    ),
    "auslastung": (
        {
            "load": "overloaded",
            "note": "Zwei Stellen unbesetzt",
            "support": "Zwei Springer",
            "briefed_on": "02.11.2026",
        },
        ("Überlastet", "Zwei Stellen unbesetzt", "Zwei Springer", "02.11.2026"),
    ),
    "nachbetreuung": (
        {"every_days": "45", "topics": "Energiebericht", "due_on": "01.12.2026"},
        ("alle 45 Tage", "Energiebericht", "fällig am 01.12.2026"),
    ),
}


def test_every_page_of_facts_is_told_here() -> None:
    assert set(FULL) == set(PAGES)


@pytest.mark.parametrize("key", FULL)
def test_what_is_typed_stands_where_the_page_leads_back_to(
    key: str, desk: Client, case: Case, kam: User
) -> None:
    data, words = FULL[key]
    owner = {"owner": str(kam.pk)} if "due_on" in data else {}
    response = desk.post(url("sheet", case, key), {**data, **owner, "version": "0"})
    assert response.status_code == 302, response.context["form"].errors
    page = text(desk, response["Location"])
    assert [word for word in words if word not in page] == []
    again = desk.get(url("sheet", case, key)).context["form"]
    assert again["version"].value() == 1
    assert all(again[name].value() not in (None, "") for name in data)


@pytest.mark.parametrize("key", FULL)
def test_page_of_facts_cannot_be_changed_by_operations(
    key: str, case: Case, operativ: User, client_for: ClientFor
) -> None:
    step(case, operativ)
    reader = client_for(operativ)
    assert reader.get(url("sheet", case, key)).status_code == 403
    assert reader.post(url("sheet", case, key), {"version": "0"}).status_code == 403


def story(case: Case, kam: User, kollegin: User, qm: User) -> None:
    """One of every step a decision can take."""
    services.set_escalation(case=case, version=1, actor=kam, level=2, reason="Streit")
    finish(step(case, kam, title="Runder Tisch").duty, kam, "Einigung im Kern")
    row = swap(case, kollegin, actor=kam)
    item = row.items.all()[0]
    item.handover = row
    services.tick(item=item, actor=kam, today=TODAY)
    services.tell_client(handover=row, version=1, actor=kam, today=TODAY, on=TODAY, how="Besuch")
    lost = tender(case, title="Los Ost")
    services.set_criterion(tender=lost, actor=kam, changes={"name": "Preis", "weight": 60})
    lesson = decisions.lesson(case, what="Zu spät gemessen")
    services.decide_lesson(
        lesson=lesson, version=1, actor=qm, today=TODAY, state="accepted", reason="Stimmt"
    )
    changes: dict[str, Any] = {"kind": "order", "happened_on": TODAY, "what": "Los West"}
    services.record_success(case=case, actor=kam, changes=changes)


GERMAN = (
    "Eskalationsstufe gesetzt",
    "2 Regionalleitung · Streit",
    "Eskalationsschritt geplant",
    "Schritt erledigt",
    "Runder Tisch · Einigung im Kern",
    "Key-Account-Manager gewechselt",
    "Aylin Kaya → Nele Brunner",
    "Übergabepunkt erledigt",
    "Kunde über neue Ansprechperson informiert",
    "Ausschreibung erfasst",
    "Zuschlagskriterium erfasst",
    "Los Ost: Preis",
    "Lehre vorgeschlagen",
    "Über Lehre entschieden",
    "Zu spät gemessen",
    "Erfolg erfasst",
    "Folgeauftrag · Los West",
)


def test_history_tells_every_step(
    desk: Client, case: Case, kam: User, kollegin: User, qm: User
) -> None:
    story(case, kam, kollegin, qm)
    page = text(desk, url("history", case))
    assert [words for words in GERMAN if words not in page] == []


ENGLISH = {
    "decisions": ("Qualification", "Effort of the win-back", "First approach", "90 of 100"),
    "escalation": ("Escalation", "2 Regional management", "Mediation"),
    "tenders": ("Plan B", "Tenders", "Date of the award"),
    "team": ("Work load", "Conflicts over resources", "Adviser without main responsibility"),
    "history": ("Key account manager changed", "Escalation level set"),
}
WORDS_OF_OTHERS = ("Qualifizierung", "Eskalationsstufe", "Ausschreibungen", "Auslastung")


@pytest.mark.parametrize("name", ENGLISH)
def test_english_reader_reads_english(
    name: str, case: Case, kam: User, kollegin: User, qm: User, client_for: ClientFor
) -> None:
    kam.language = "en"
    kam.save()
    assess(case, window="")
    plan_effort(case)
    story(case, kam, kollegin, qm)
    page = text(client_for(kam), url(name, case))
    assert [words for words in ENGLISH[name] if words not in page] == []
    assert [words for words in WORDS_OF_OTHERS if words in page] == []


@pytest.mark.parametrize("status", [Status.WON, Status.LOST, Status.PARTED])
def test_ended_case_is_read_and_only_its_afterlife_changes(
    status: Status, kam: User, desk: Client
) -> None:
    case = CaseFactory(owner=kam, status=status, closed_on=TODAY)
    for name in ("decisions", "escalation", "tenders", "team"):
        assert desk.get(url(name, case)).status_code == 200
    open_forms = {key for key in FULL if desk.get(url("sheet", case, key)).status_code == 200}
    assert open_forms == {"nachbetreuung"}
    for name in ("escalation_level", "handover_create", "decide", "close"):
        assert desk.get(url(name, case)).status_code == 403


def test_contact_after_the_end_is_recorded_and_owed_again(kam: User, desk: Client) -> None:
    case = CaseFactory(owner=kam, status=Status.PARTED, closed_on=TODAY)
    row = decisions.aftercare(case)
    assert "Kontakt festhalten" in text(desk, url("decisions", case))
    data = {"result": "Grüße zum Jahresende", "version": "1"}
    assert desk.post(url("duty_done", case, row.duty_id), data).status_code == 302
    page = text(desk, url("decisions", case))
    assert "fällig am 23.12.2026 · Grüße zum Jahresende" in page
    assert "Kontakt zum Kunden halten" in text(desk, reverse("dashboards:my_work"))
