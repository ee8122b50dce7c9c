"""A promise kept late: given in a talk, about to break, the client told before, then kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.person import Person
from tests.cases.factories import active_case
from tests.plans.factories import PlanFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]

BERLIN = ZoneInfo("Europe/Berlin")
WHAT = "Messwerte je Objekt vorlegen"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Monday, 16 November 2026, ten o'clock; time passes."""
    with time_machine.travel(datetime(2026, 11, 16, 10, tzinfo=BERLIN), tick=True) as traveller:
        yield traveller


def talk(kam: Person) -> None:
    kam.act("Gespräch erfassen")
    kam.enter({"Art": "Krisengespräch", "Betreff": "Krisengespräch mit Herrn Brandt",
               "Weg": "Vor Ort", "Weitere Teilnehmende": "Herr Brandt",
               "Ergebnis in Kürze": "Er will Messwerte sehen.",
               "Stimmung des Kunden": "angespannt"})  # fmt: skip
    kam.save("Das Gespräch ist erfasst.")
    kam.reads("Im Protokoll des Krisengesprächs fehlt noch")


def promise(kam: Person) -> None:
    """From the talk; nobody has confirmed it, so the product asks why."""
    kam.follow("Zusagen und Maßnahmen erfassen")
    kam.enter({"Was": WHAT, "Verantwortlich": "Aylin Kaya", "Fällig am": "20.11.2026"})
    kam.press()
    kam.insist("Niemand hat bestätigt", "Herr Brandt drängte auf eine Antwort", "Erfasst.")
    kam.follow(WHAT)
    kam.follow("Maßnahme ableiten")
    kam.enter({"Maßnahme": "Messgeräte einbauen", "Fällig am": "19.11.2026"})
    kam.save("Maßnahme angelegt")


def tell_before(kam: Person) -> None:
    kam.go("Meine Arbeit")
    kam.reads(f"Kunden vorab informieren: Zusage „{WHAT}“ ist gefährdet")
    kam.follow(f"Kunden vorab informieren: Zusage „{WHAT}“")
    kam.reads("Diese Zusage ist gefährdet.")
    kam.follow("Kunden vorab informieren")
    kam.enter({"Was wir gesagt haben": "Ein Gerät fehlt; die Werte kommen am Dienstag."})
    kam.save("Der Kunde weiß vor dem Termin Bescheid.")


def keep(kam: Person) -> None:
    kam.tab("Kommunikation")
    kam.reads("1 Zusage ist überfällig.")
    kam.row(WHAT).get_by_role("link", name="Einlösen").click()
    kam.save("Die Zusage ist gehalten", "Zusage ist gehalten")


def test_promise_kept_late_is_told_before_and_counts_as_late(
    transactional_db: None, clock: time_machine.Traveller, browser_page: Page, kam: User
) -> None:
    case = PlanFactory(case=active_case(owner=kam), passed=2).case
    person = Person(browser_page, kam)
    person.sign_in()
    person.open_case(case.client.name)
    talk(person)
    promise(person)
    clock.move_to(datetime(2026, 11, 19, 9, tzinfo=BERLIN))
    person.sign_in()
    tell_before(person)
    clock.move_to(datetime(2026, 11, 24, 9, tzinfo=BERLIN))
    person.sign_in()
    person.open_case(case.client.name)
    keep(person)
    person.tab("Kommunikation")
    expect(person.row(WHAT)).to_contain_text("Verspätet gehalten")
    expect(person.row(WHAT)).to_contain_text("Kunde am 19.11.2026 vorab informiert")
    person.reads("0 von 1 pünktlich gehalten", "im Median 2 Arbeitstage")
    person.reads("3 Sofortmaßnahmen 0 von 1")
