"""A paper in a real browser: uploaded, looked at, renewed, found again, with and without script."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import PageFor
from tests.browser.person import Person
from tests.cases.factories import active_case
from tests.cases.papers import incident_in
from tests.documents.files import PDF, picture
from winback.cases.models import Case

pytestmark = pytest.mark.browser
TITLE = "Übergabeprotokoll Fußböden"


@pytest.fixture
def case(transactional_db: None, kam: User) -> Case:
    return active_case(owner=kam)


def documents(page: Page, case: Case) -> None:
    page.goto(reverse("cases:documents", args=[case.number]))


def test_paper_is_uploaded_shown_renewed_and_found(
    page_for: PageFor, kam: User, case: Case, tmp_path: Path
) -> None:
    photo, paper = tmp_path / "Flur.jpg", tmp_path / "Protokoll 2.pdf"
    photo.write_bytes(picture(size=(80, 60)))
    paper.write_bytes(PDF)
    page = page_for(kam)
    person = Person(page, kam)
    documents(page, case)
    person.follow("Dokument hochladen")
    person.control("Datei").set_input_files(photo)
    person.enter({"Bezeichnung": TITLE, "Art": "Foto"})
    person.save("Das Dokument ist abgelegt.")

    shown = page.get_by_role("img", name=f"Vorschau von {TITLE}")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 80

    person.follow("Neue Fassung hochladen")
    person.control("Datei").set_input_files(paper)
    person.enter({"Gültig bis": "+14"})
    person.save("Die neue Fassung ist abgelegt.")
    person.reads("in 14")
    expect(person.row("Protokoll 2.pdf")).to_contain_text("2")
    expect(person.row("Flur.jpg")).to_contain_text("1")
    saved = person.download(page.get_by_role("link", name="Protokoll 2.pdf", exact=True))
    assert saved.read_bytes() == PDF

    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name=re.compile("Alles durchsuchen"))
    expect(field).to_be_focused()
    field.fill("ubergabeprotokoll fussboden")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.reads("1 Treffer")
    person.follow(TITLE)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def test_hostile_file_is_refused_at_the_field_and_the_words_stay(
    page_for: PageFor, kam: User, case: Case, tmp_path: Path
) -> None:
    hostile = tmp_path / "rechnung.pdf"
    hostile.write_bytes(b"<html><script>alert(1)</script></html>")
    page = page_for(kam)
    person = Person(page, kam)
    page.goto(reverse("cases:document_create", args=[case.number]))
    person.control("Datei").set_input_files(hostile)
    person.enter({"Bezeichnung": TITLE, "Art": "Sonstiges Dokument"})
    person.press()
    person.reads("Der Inhalt der Datei passt nicht zur Endung „.pdf“.")
    expect(person.control("Bezeichnung")).to_have_value(TITLE)


def test_search_and_history_work_without_script(
    plain_page_for: PageFor, kam: User, case: Case
) -> None:
    incident_in(case, what="Schlüssel verlegt")
    page = plain_page_for(kam)
    person = Person(page, kam)
    page.goto(reverse("cases:history", args=[case.number]))
    person.follow("Vorfälle")
    person.reads("Schlüssel verlegt")
    page.get_by_role("searchbox", name=re.compile("Alles durchsuchen")).fill("schlussel")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.reads("1 Treffer für „schlussel“")
    person.follow("Schlüssel verlegt")
    person.reads("Schlüssel verlegt")


@pytest.mark.parametrize("width", [1360, 768, 390])
def test_pages_fit_the_screen(page_for: PageFor, kam: User, case: Case, width: int) -> None:
    page = page_for(kam)
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("cases:documents", "cases:document_create", "cases:history"):
        page.goto(reverse(name, args=[case.number]))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
