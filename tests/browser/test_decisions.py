"""Two stories of decisions in a real browser: a new key account manager, an amicable parting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from accounts.models import User
from tests.browser.conftest import AxeCheck
from tests.browser.person import Person
from tests.cases import decisions
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import ClientFactory
from winback.cases.enums import Function, Status
from winback.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.slow]


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def client_name(transactional_db: None) -> str:
    return "Talwiese Logistik GmbH"


def sit_down(new_context: NewContext, user: User) -> Person:
    person = Person(new_context().new_page(), user)
    person.sign_in()
    return person


def test_case_gets_a_new_key_account_manager(
    client_name: str,
    new_context: NewContext,
    axe_check: AxeCheck,
    kam: User,
    kollegin: User,
    leitung: User,
) -> None:
    case = active_case(owner=kam, client=ClientFactory(name=client_name))
    decisions.step(case, kam, title="Reaktionszeiten prüfen", due_on=decisions.TODAY)
    board = sit_down(new_context, leitung)
    board.open_case(client_name)
    board.act("Key-Account-Manager wechseln")
    board.reads("Die bisherige Person bleibt als Berater im Team", "Reaktionszeiten prüfen")
    axe_check(board.page)
    board.enter({
        "Neuer Key-Account-Manager": "Nele Brunner", "Grund des Wechsels": "Vertrauen verbraucht",
        "Profil der neuen Person": "Ingenieurin, geduldig, erfahren",
        "Gewährte Ressourcen und Freiräume": "Ein Jahr Zeit", "Gewährt von": "Maria Lindner",
        "Übergabe abgeschlossen bis": "heute",
    })  # fmt: skip
    board.save("Der Fall hat einen neuen Key-Account-Manager", "Speichern")
    board.reads("Aylin Kaya → Nele Brunner", "Ein Jahr Zeit")
    nele = sit_down(new_context, kollegin)
    nele.go("Meine Arbeit")
    nele.reads("Übergabe abschließen", "Reaktionszeiten prüfen")
    nele.open_case(client_name)
    nele.act("Entscheidungen")
    nele.follow("A. Kaya → N. Brunner")
    nele.follow("Mitteilung an den Kunden erfassen")
    nele.enter({"Kunde informiert am": "heute", "Wie": "Antrittsbesuch mit der Geschäftsführung"})
    nele.save("Gespeichert")
    while nele.main.get_by_role("button", name="Erledigt").count():
        nele.press("Erledigt")
    nele.reads("Antrittsbesuch mit der Geschäftsführung", "Liste erledigt, Kunde informiert.")
    nele.go("Meine Arbeit")
    expect(nele.main).not_to_contain_text("Übergabe abschließen")
    nele.open_case(client_name)
    nele.tab("Team")
    expect(nele.row("Aylin Kaya").last).to_be_visible()
    former = case.members.get(user=kam, left_on=None)
    assert former.function == Function.ADVISER


def test_case_without_hope_ends_on_good_terms(
    client_name: str, new_context: NewContext, axe_check: AxeCheck, kam: User, leitung: User
) -> None:
    CaseFactory(owner=kam, client=ClientFactory(name=client_name))
    aylin = sit_down(new_context, kam)
    aylin.open_case(client_name)
    aylin.act("Entscheidungen")
    aylin.follow("Chancen einschätzen")
    aylin.enter({
        "War der Kunde schon lange vor dem Anlass unzufrieden?": "ja",
        "Ist nichts mehr zu retten?": "ja",
        "Die Ursache liegt in unserer Hand": "trifft nicht zu",
    })  # fmt: skip
    aylin.save("Gespeichert")
    aylin.reads("Faktoren sind noch nicht beurteilt")
    axe_check(aylin.page)
    aylin.follow("Go-Entscheidung erfassen")
    aylin.enter({
        "No-Go: Wir lassen den Kunden im Guten gehen": True, "Entschieden von": "Maria Lindner",
        "Entschieden am": "heute", "Gründe": "Der Standort wird aufgegeben.",
    })  # fmt: skip
    aylin.save("Entscheidung erfasst")
    aylin.act("Entscheidungen")
    aylin.reads("No-Go", "Der Standort wird aufgegeben.")
    aylin.follow("Abschiedsgespräch erfassen")
    aylin.enter({
        "Gespräch geführt am": "heute", "Gespräch geführt von": "Aylin Kaya",
        "Form des Gesprächs": "Persönlich",
        "Was wir ehrlich erklärt haben": "Übergabe und Referenz vereinbart",
        "Frei werdende Kapazität": "Das Team wechselt nach Süden",
    })  # fmt: skip
    aylin.save("Gespeichert")
    aylin.act("Fall abschließen")
    aylin.reads("Für Vorlagen und Standards ist keine Lehre vorgeschlagen.")
    expect(aylin.main).not_to_contain_text("Das Abschiedsgespräch ist nicht erfasst.")
    aylin.enter({
        "Ergebnis": "Einvernehmlich beendet", "Beendet am": "heute",
        "Gründe": "Standort aufgegeben", "Lessons Learned": "Standortpläne früher erfragen",
    })  # fmt: skip
    aylin.press()
    aylin.insist("keine Lehre vorgeschlagen", "Lehre folgt nächste Woche", "Der Fall ist beendet")
    aylin.reads("Einvernehmlich beendet", "Standortpläne früher erfragen")
    aylin.tab("Verlauf")
    aylin.reads("Einvernehmlich beendet · Lehre folgt nächste Woche")
    assert Case.objects.get().status == Status.PARTED
