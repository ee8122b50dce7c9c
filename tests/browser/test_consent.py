"""Advertising without consent is blocked, passes with a proved one, and is blocked again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.conftest import AxeCheck, PageFor
from tests.browser.person import Person
from tests.clients.factories import ClientFactory, ContactFactory
from tests.documents.files import PDF
from winback.clients.models import Contact, OutwardMessage

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("live_server")]

NEWS = "Informationen über Verbesserungen"
TEXT = "Guten Tag, Haus B liegt wieder auf dem vereinbarten Niveau."


@pytest.fixture
def contact(transactional_db: None) -> Contact:
    client = ClientFactory(name="Norhagen Bau AG")
    return ContactFactory(
        client=client,
        first_name="Henrik",
        last_name="Brandt",
        email="henrik.brandt@norhagen-bau.example",
        is_decision_maker=True,
        influence="high",
        attitude="critical",
    )


def write(kam: Person, contact: Contact, subject: str) -> None:
    """From the client's page to a filled mail, sent by the button."""
    kam.page.goto(contact.client.get_absolute_url())
    kam.follow("Info-Mail schreiben")
    kam.main.get_by_label(NEWS).check()
    kam.main.get_by_label("Henrik Brandt").check()
    kam.enter({"Betreff": subject})
    kam.main.get_by_label("Text").fill(TEXT)
    kam.press("Entwurf erfassen")


def blocked(kam: Person, reason: str) -> None:
    """The form names the person and the reason, and what was typed is still there."""
    expect(kam.main.locator(".errsum")).to_contain_text(f"Henrik Brandt {reason}")
    expect(kam.main.get_by_label("Text")).to_have_value(TEXT)
    expect(kam.main.get_by_label("Henrik Brandt")).to_be_checked()


def test_advertising_waits_for_a_consent_that_can_be_proved(
    page_for: PageFor, axe_check: AxeCheck, kam: User, contact: Contact, tmp_path: Path
) -> None:
    person = Person(page_for(kam), kam)
    write(person, contact, "Neuer Reinigungsplan")
    blocked(person, "hat keine Einwilligung")
    axe_check(person.page)

    person.page.goto(contact.get_absolute_url())
    person.follow("Einwilligung erfassen")
    proof = tmp_path / "einwilligung.pdf"
    proof.write_bytes(PDF)
    person.enter(
        {
            "Weg": "E-Mail",
            "Zweck": NEWS,
            "Wortlaut": "Ja, ich möchte per E-Mail informiert werden.",
            "Erteilt durch": "Unterschriebenes Formular oder Brief",
        }
    )
    person.main.get_by_label("Nachweis").set_input_files(proof)
    person.save("Gespeichert.")
    person.reads("Einwilligung nachgewiesen", "„Ja, ich möchte per E-Mail informiert werden.“")
    axe_check(person.page)

    write(person, contact, "Neuer Reinigungsplan")
    person.reads("Entwurf", "Einwilligung vom")
    expect(person.main.get_by_role("textbox", name="Text")).to_have_value(
        f"{TEXT}\n\nSie erhalten diese Mail, weil Sie eingewilligt haben. Sie können dem jederzeit "
        "widersprechen, ohne dass andere als die Übermittlungskosten nach den Basistarifen "
        "entstehen: Eine kurze Antwort genügt."
    )
    link = person.main.get_by_role("link", name="Im E-Mail-Programm öffnen")
    expect(link).to_have_attribute(
        "href", re.compile(r"^mailto:henrik\.brandt%40[\w.-]+\?subject=")
    )
    axe_check(person.page)
    person.follow("Als versendet vermerken")
    person.save("Als versendet vermerkt.", "Vermerken")
    write(person, contact, "Noch etwas")
    blocked(person, "hat vor Kurzem schon eine solche Mail bekommen")

    person.page.goto(contact.get_absolute_url())
    person.follow("Widerspruch erfassen")
    person.save("Gespeichert.")
    person.reads("Widersprochen", "alle Wege")
    write(person, contact, "Ein letztes")
    blocked(person, "hat der Werbung widersprochen")
    assert OutwardMessage.objects.get().sent_by == kam


@pytest.mark.parametrize("width", [390, 1360])
def test_pages_fit_the_window(
    page_for: PageFor, axe_check: AxeCheck, kam: User, contact: Contact, width: int
) -> None:
    page = page_for(kam)
    page.set_viewport_size({"width": width, "height": 900})
    client = contact.client.get_absolute_url()
    pages = (client, contact.get_absolute_url(), f"{client}mitteilungen/neu/", "/kunden/ruhende/",
             "/verwaltung/datenqualitaet/")  # fmt: skip
    for url in pages:
        page.goto(url)
        axe_check(page)
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wider, (url, width)
