"""What script adds: parts renewed in place, one submit, keys; and what an expired session does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from accounts.models import User
from audits.enums import AuditStatus
from audits.models import Audit, Finding
from tests.audits.factories import AuditFactory
from tests.browser.conftest import AxeCheck, PageFor
from tests.browser.person import Person
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory, ContactFactory
from tests.factories import PASSWORD
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.cases.models import Case
from winback.dialogue.models import Commitment

pytestmark = pytest.mark.browser

#: Every list that renews its results in place.
LISTS = (
    "cases:list",
    "clients:list",
    "plans:measure_list",
    "dialogue:list",
    "kpis:list",
    "audits:list",
    "audits:findings",
)


@pytest.fixture
def case(transactional_db: None, today: date, kam: User, qm: User) -> Case:
    case = active_case(owner=kam, client=ClientFactory(name="Klinikum Auental"), team=[qm])
    ContactFactory(client=case.client)
    return case


@pytest.fixture
def audit(case: Case, qm: User) -> Audit:
    return AuditFactory(case=case, owner=qm, status=AuditStatus.IN_PROGRESS)


def mark(page: Page) -> None:
    """Leave a mark that only survives while no new page is loaded."""
    page.evaluate("document.body.dataset.mark = 'here'")


def is_same_page(page: Page) -> bool:
    return bool(page.evaluate("document.body.dataset.mark === 'here'"))


def test_filter_renews_the_results_and_the_address_only(
    page_for: PageFor, kam: User, case: Case, axe_check: AxeCheck
) -> None:
    other = active_case(owner=kam, client=ClientFactory(name="Feinwerk Ostermark GmbH"))
    page = page_for(kam)
    page.goto(reverse("cases:list"))
    mark(page)
    page.get_by_label("Kunde oder Nummer", exact=True).fill("auental")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/faelle/\?.*q=auental"))
    expect(page.get_by_role("table")).not_to_contain_text(other.client.name)
    assert is_same_page(page)
    expect(page.locator("#results #results")).to_have_count(0)
    expect(page.get_by_label("Kunde oder Nummer", exact=True)).to_be_focused()
    expect(page.locator("[data-live]")).to_have_text("1 Fall")
    axe_check(page)
    page.go_back()
    expect(page.get_by_role("table")).to_contain_text(other.client.name)
    expect(page.get_by_role("navigation", name="Hauptnavigation")).to_be_visible()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_filters_in_place_twice(
    name: str, page_for: PageFor, kam: User, case: Case
) -> None:
    """Twice: what was swapped in must be able to swap again."""
    page = page_for(kam)
    page.goto(reverse(name))
    mark(page)
    for _ in range(2):
        with page.expect_response(lambda response: reverse(name) in response.url) as waiting:
            page.locator("#results form.filter button[type=submit]").click()
        assert waiting.value.status == 200
        assert "<html" not in waiting.value.text()
        expect(page.locator("#results form.filter")).to_have_count(1)
    assert is_same_page(page)


def test_tabs_heads_chips_and_pages_renew_the_results_only(
    page_for: PageFor, kam: User, case: Case
) -> None:
    page = page_for(kam)
    page.goto(reverse("cases:list") + "?q=auental&status=active")
    mark(page)
    page.get_by_role("link", name="Kunde", exact=True).click()
    expect(page).to_have_url(re.compile("sort=kunde"))
    expect(page.get_by_role("link", name="Kunde", exact=True)).to_be_focused()
    page.get_by_role("link", name="Fallstatus: Aktiv entfernen").click()
    expect(page).not_to_have_url(re.compile("status="))
    page.get_by_role("link", name="Team", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?ansicht=team$"))
    expect(page.get_by_role("table")).to_contain_text("Klinikum Auental")
    assert is_same_page(page)


def test_rows_are_ticked_counted_and_changed_together(
    page_for: PageFor, kam: User, kollegin: User, case: Case, axe_check: AxeCheck
) -> None:
    other = active_case(owner=kam, client=ClientFactory(name="Feinwerk Ostermark GmbH"))
    page = page_for(kam)
    page.goto(reverse("cases:list"))
    bar = page.locator("#bulk")
    expect(bar).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar).to_contain_text("1 von 2 ausgewählt")
    page.get_by_label("Alle Zeilen dieser Seite auswählen").check()
    expect(bar).to_contain_text("2 von 2 ausgewählt")
    axe_check(page)
    bar.get_by_role("button", name="Verantwortlichen ändern").click()
    page.get_by_label("Neu verantwortlich").select_option(label="Nele Brunner")
    page.get_by_role("button", name="Vorschau anzeigen").click()
    expect(page.get_by_role("table")).to_contain_text("Nele Brunner")
    axe_check(page)
    page.get_by_role("button", name="2 Zeilen ändern").click()
    expect(page.get_by_role("alert")).to_contain_text("2 Zeilen sind geändert.")
    for each in (case, other):
        each.refresh_from_db()
        assert each.owner == kollegin


def test_a_measure_is_moved_without_leaving_my_work(
    page_for: PageFor, kam: User, case: Case, today: date
) -> None:
    measure = MeasureFactory(plan=PlanFactory(case=case), owner=kam, due_on=today)
    page = page_for(kam)
    page.goto(reverse("dashboards:my_work"))
    mark(page)
    row = page.locator(".work > li", has_text=measure.title)
    row.get_by_role("link", name="Verschieben").click()
    row.get_by_label("Neuer Termin").fill("27.11.2026")
    row.get_by_role("button", name="Maßnahme verschieben").click()
    expect(row.locator(".errsum")).to_be_focused()
    assert is_same_page(page)
    row.get_by_label("Grund der Verschiebung").fill("Kunde ist verreist")
    row.get_by_role("button", name="Maßnahme verschieben").click()
    expect(page.locator(".messages")).to_contain_text("verschoben")
    measure.refresh_from_db()
    assert measure.due_on == date(2026, 11, 27)


def test_refused_part_is_swapped_in_and_gets_the_focus(
    page_for: PageFor, qm: User, audit: Audit
) -> None:
    page = page_for(qm)
    page.goto(reverse("audits:question", args=[audit.number, "P1"]))
    mark(page)
    page.get_by_role("link", name="Feststellung anlegen").click()
    form = page.locator("#finding")
    expect(form.get_by_label("Grad")).to_be_visible()
    with page.expect_response(re.compile("/feststellungen/neu/")) as waiting:
        form.get_by_role("button", name="Speichern").click()
    assert waiting.value.status == 422
    expect(form.locator(".errsum")).to_be_focused()
    form.get_by_label("Beobachtung vor Ort").fill("Prüfbuch fehlt.")
    form.get_by_label("Grad").select_option(label="Nebenabweichung")
    form.get_by_label("Verantwortlich").select_option(label="Tim Wolf")
    form.get_by_label("Anforderung").fill("Prüfbuch liegt vor.")
    form.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Feststellungen zu dieser Frage")).to_be_visible()
    assert Finding.objects.get().statement == "Prüfbuch fehlt."


def test_expired_session_leads_to_the_sign_in_page_and_back(
    page_for: PageFor, kam: User, case: Case
) -> None:
    page = page_for(kam)
    page.goto(reverse("cases:list"))
    page.context.clear_cookies()
    page.get_by_role("button", name="Anwenden").click()
    expect(page).to_have_url(re.compile(f"{reverse('accounts:sign_in')}.*next="))
    expect(page.get_by_role("navigation", name="Hauptnavigation")).to_have_count(0)
    person = Person(page, kam)
    person.enter({"E-Mail-Adresse": kam.email, "Passwort": PASSWORD})
    person.press("Anmelden")
    expect(page).to_have_url(re.compile(reverse("cases:list")))
    expect(page.get_by_role("table")).to_contain_text("Klinikum Auental")


def test_double_click_sends_a_form_once(page_for: PageFor, kam: User, case: Case) -> None:
    page = page_for(kam)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto(reverse("dialogue:give", args=[case.number]))
    person = Person(page, kam)
    person.enter({"Was wir zugesagt haben": "Bericht bis Freitag", "Fällig am": "27.11.2026",
                  "Verantwortlich": "Aylin Kaya"})  # fmt: skip
    person.control("Zugesagt an").select_option(index=1)
    person.control("Machbarkeit bestätigt von").select_option(index=1)
    person.enter({"Bestätigt am": "heute", "Grundlage der Bestätigung": "Aufmaß vom Montag"})
    page.get_by_role("button", name="Speichern").dblclick()
    expect(page.locator(".messages")).to_contain_text("Erfasst.")
    assert len(sent) == 1
    assert Commitment.objects.get().what == "Bericht bis Freitag"


def test_form_that_was_sent_can_be_sent_again_after_going_back(
    page_for: PageFor, kam: User, case: Case
) -> None:
    page = page_for(kam)
    page.goto(reverse("clients:edit", args=[case.client_id]))
    person = Person(page, kam)
    person.enter({"Branche": "Gesundheit"})
    person.press()
    page.go_back()
    person.enter({"Name": ""})
    person.press()
    expect(page.locator(".errsum, .msg--warn").first).to_be_focused()


def test_keys_lead_through_the_product(page_for: PageFor, kam: User, case: Case) -> None:
    page = page_for(kam)
    page.goto(reverse("dashboards:my_work"))
    for keys, path in (("gf", "/faelle/"), ("gk", "/kunden/"), ("gm", "/meine-arbeit/")):
        for key in keys:
            page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"{path}$"))
        page.wait_for_load_state()  # a key pressed before the script is there is lost
    page.keyboard.press("n")
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile(f"{reverse('cases:create')}$"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.locator("#global-search")).to_be_focused()
    page.keyboard.type("gm auental")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/suche/\?q=gm"))


def test_no_key_means_two_things(page_for: PageFor, leitung: User, case: Case) -> None:
    page = page_for(leitung)
    page.goto(reverse("cases:list"))
    found = page.evaluate(
        "[...document.querySelectorAll('a[data-keys]')].map(e => [e.dataset.keys, e.pathname])"
    )
    places = {(keys, path) for keys, path in found}  # an area stands in rail and bar
    assert len(places) >= 8
    assert len({keys for keys, _path in places}) == len(places), sorted(places)


def test_keys_walk_the_rows_and_escape_closes_a_menu(
    page_for: PageFor, kam: User, case: Case
) -> None:
    active_case(owner=kam, client=ClientFactory(name="Feinwerk Ostermark GmbH"))
    page = page_for(kam)
    page.goto(reverse("cases:list"))
    links = page.locator("table tbody th a")
    for key, index in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(links.nth(index)).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_label("Kunde oder Nummer", exact=True)).to_be_focused()
    menu = page.locator(".topbar details.menu", has=page.locator(".avatar"))
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_keys_are_silent_for_those_who_switched_them_off(
    page_for: PageFor, kam: User, case: Case
) -> None:
    kam.shortcuts = False
    kam.save()
    page = page_for(kam)
    page.goto(reverse("dashboards:my_work"))
    page.keyboard.press("g")
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile("/meine-arbeit/$"))
