"""The main ways through the product for a browser that runs no script."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from audits.enums import AuditStatus, Result
from audits.models import Answer
from tests.audits.factories import AuditFactory
from tests.browser.conftest import PageFor
from tests.browser.person import Person
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory
from tests.plans.factories import MeasureFactory, plan_of
from winback.cases.models import Case
from winback.clients.models import Client
from winback.plans.enums import MeasureStatus

pytestmark = pytest.mark.browser


@pytest.fixture
def case(transactional_db: None, today: date, kam: User, qm: User) -> Case:
    return active_case(owner=kam, client=ClientFactory(name="Klinikum Auental"), team=[qm])


def test_list_is_filtered_by_its_form(plain_page_for: PageFor, kam: User, case: Case) -> None:
    other = active_case(owner=kam, client=ClientFactory(name="Feinwerk Ostermark GmbH"))
    page = plain_page_for(kam)
    page.goto(reverse("cases:list"))
    table = page.get_by_role("table")
    expect(table).to_contain_text(other.client.name)
    page.get_by_label("Kunde oder Nummer", exact=True).fill("auental")
    page.get_by_role("button", name="Anwenden").click()
    expect(page).to_have_url(re.compile("q=auental"))
    expect(table).to_contain_text("Klinikum Auental")
    expect(table).not_to_contain_text(other.client.name)
    page.get_by_role("columnheader", name="Wert p. a.").get_by_role("link").click()
    expect(page).to_have_url(re.compile("q=auental.*sort=wert|sort=wert.*q=auental"))
    expect(table).not_to_contain_text(other.client.name)


def test_measure_is_completed_with_one_click(
    plain_page_for: PageFor, kam: User, case: Case
) -> None:
    measure = MeasureFactory(plan=plan_of(case), title="Notruf der Aufzüge prüfen")
    page = plain_page_for(kam)
    page.goto(reverse("plans:measure_list"))
    page.get_by_role("button", name=re.compile("Erledigt ?: Notruf")).click()
    expect(page.locator(".messages")).to_contain_text("ist erledigt")
    expect(page).to_have_url(re.compile(reverse("plans:measure_list")))
    measure.refresh_from_db()
    assert (measure.status, measure.done_on) == (MeasureStatus.DONE, date(2026, 11, 23))


def test_audit_question_is_answered(plain_page_for: PageFor, qm: User, case: Case) -> None:
    audit = AuditFactory(case=case, owner=qm, status=AuditStatus.IN_PROGRESS)
    page = plain_page_for(qm)
    page.goto(reverse("audits:question", args=[audit.number, "S1"]))
    page.get_by_text("teilweise erfüllt").click()
    page.get_by_label("Notiz").fill("Zwei Räume offen.")
    page.get_by_role("button", name="Weiter zu S2").click()
    expect(page.locator("h1")).to_contain_text("S2")
    given = Answer.objects.get()
    assert (given.result, given.note) == (Result.PARTLY, "Zwei Räume offen.")


def test_form_with_an_error_keeps_the_input_and_names_the_field(
    plain_page_for: PageFor, kam: User, case: Case
) -> None:
    page = plain_page_for(kam)
    page.goto(reverse("clients:create"))
    writer = Person(page, kam)
    writer.enter({"Name": "Hochschule Lindenrode", "Kunde seit": "31.02.2020"})
    writer.press()
    problem = page.locator(".errsum")
    expect(problem).to_contain_text("Kunde seit")
    expect(writer.control("Name")).to_have_value("Hochschule Lindenrode")
    expect(writer.control("Kunde seit")).to_have_value("31.02.2020")
    assert not Client.objects.filter(name="Hochschule Lindenrode").exists()
    problem.get_by_role("link").click()
    expect(writer.control("Kunde seit")).to_be_in_viewport()
    writer.enter({"Kunde seit": "1.2.2020"})
    writer.press()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hochschule Lindenrode")


def test_menus_open_and_the_mark_of_the_way_out_works(
    plain_page_for: PageFor, kam: User, case: Case
) -> None:
    page = plain_page_for(kam)
    page.goto(case.get_absolute_url())
    person = Person(page, kam)
    person.act("Nächsten Schritt festlegen")
    person.enter({"Nächster Schritt": "Anruf", "Nächster Schritt am": "+7"})
    person.save("gespeichert")
    expect(page.get_by_role("main")).to_contain_text("30.11.2026")
    person.leave()


def test_date_is_typed_where_the_calendar_needs_script(
    plain_page_for: PageFor, kam: User, case: Case
) -> None:
    """What only works with script is not offered."""
    page = plain_page_for(kam)
    page.goto(reverse("cases:next_step", args=[case.number]))
    expect(page.locator("[data-pick]")).to_have_count(1)
    expect(page.locator("[data-pick]")).to_be_hidden()
    expect(page.locator("[data-rail-toggle]")).to_be_hidden()


def test_several_rows_change_together(
    plain_page_for: PageFor, kam: User, kollegin: User, case: Case
) -> None:
    page = plain_page_for(kam)
    page.goto(reverse("cases:list"))
    page.get_by_label("Klinikum Auental auswählen").check()
    page.get_by_role("button", name="Verantwortlichen ändern").click()
    page.get_by_label("Neu verantwortlich").select_option(label=kollegin.full_name)
    page.get_by_role("button", name="Vorschau anzeigen").click()
    page.get_by_role("button", name="1 Zeile ändern").click()
    expect(page.locator("main")).to_contain_text("1 Zeile ist geändert.")
    case.refresh_from_db()
    assert case.owner == kollegin


def test_a_list_is_saved_as_a_view(plain_page_for: PageFor, kam: User, case: Case) -> None:
    page = plain_page_for(kam)
    page.goto(f"{reverse('cases:list')}?q=auental&seite=1")
    page.get_by_role("link", name="Ansicht speichern").click()
    page.get_by_label("Name").fill("Nur Auental")
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_url(re.compile(r"/faelle/\?q=auental$"))
    expect(page.get_by_role("link", name="Nur Auental")).to_have_attribute("aria-current", "page")
