"""The law in a browser: a period over a holiday of one Land, and a suspension at risk."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import AxeCheck, PageFor
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory
from tests.contracts.factories import AmendmentFactory
from tests.plans.factories import MeasureFactory, plan_of
from winback.cases.models import Case
from winback.contracts.models import Deadline

pytestmark = pytest.mark.browser


@pytest.fixture
def case(transactional_db: None, today: date, kam: User) -> Case:
    return active_case(owner=kam, client=ClientFactory(name="Norhagen Bau AG"))


def start_warning(page: Page) -> None:
    """A formal warning received on Friday, 17 October 2025, with two weeks to remedy."""
    page.get_by_role("link", name="Frist erfassen").click()
    page.get_by_label("Art", exact=True).select_option(label="Abhilfefrist")
    page.get_by_label("Frist", exact=True).fill("Abhilfefrist aus Abmahnung")
    page.get_by_label("Grundlage").select_option(value="bgb_314")
    page.get_by_label("Zugang am").fill("17.10.2025")
    page.get_by_label("Weg des Zugangs").select_option(label="Einschreiben")
    page.get_by_label("Dauer").fill("2")


def test_two_weeks_end_on_a_holiday_in_one_land_only(
    page_for: PageFor, kam: User, case: Case, axe_check: AxeCheck
) -> None:
    page = page_for(kam)
    page.goto(reverse("cases:contract", args=[case.number]))
    start_warning(page)
    preview = page.locator("#preview")
    page.get_by_label("Feiertage von").select_option(label="Bayern")
    expect(preview).to_contain_text("Werktag in Bayern. Das Ende verschiebt sich nicht.")
    expect(preview.locator(".sum output")).to_have_text("Fr., 31.10.2025")
    page.get_by_label("Feiertage von").select_option(label="Sachsen")
    expect(preview).to_contain_text("Reformationstag")
    expect(preview.locator(".sum output")).to_have_text("Mo., 03.11.2025")
    assert not Deadline.objects.exists()
    axe_check(page)
    page.get_by_label("Was zu tun ist").fill("Abhilfe nachweisen")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", name="Abhilfefrist aus Abmahnung")).to_be_visible()
    expect(page.locator(".calc")).to_contain_text("§ 187 Abs. 1 BGB")
    axe_check(page)
    assert Deadline.objects.get().due_on == date(2025, 11, 3)


def test_preview_works_without_script(plain_page_for: PageFor, kam: User, case: Case) -> None:
    page = plain_page_for(kam)
    page.goto(reverse("cases:contract", args=[case.number]))
    start_warning(page)
    page.get_by_label("Feiertage von").select_option(label="Sachsen")
    page.get_by_role("button", name="Ende berechnen").click()
    expect(page.locator(".calc .sum output")).to_have_text("Mo., 03.11.2025")
    expect(page.get_by_label("Frist", exact=True)).to_have_value("Abhilfefrist aus Abmahnung")
    assert not Deadline.objects.exists()


def test_slipping_obligation_puts_the_amendment_at_risk(
    page_for: PageFor, kam: User, case: Case, axe_check: AxeCheck
) -> None:
    plan = plan_of(case)
    amendment = AmendmentFactory(contract=case.contract, owner=kam)
    measure = MeasureFactory(
        plan=plan, amendment=amendment, title="Grundreinigung Haus B", owner=kam,
        due_on=date(2026, 11, 26), original_due_on=date(2026, 11, 26),
    )  # fmt: skip
    page = page_for(kam)
    contract_tab = reverse("cases:contract", args=[case.number])
    page.goto(contract_tab)
    row = page.get_by_role("row", name="2. Nachtrag")
    expect(row).to_contain_text("In Kraft")
    page.goto(measure.url("move"))
    page.get_by_label("Neuer Termin").fill("27.11.2026")
    page.get_by_label("Grund der Verschiebung").fill("Maschine fehlt")
    page.get_by_role("button", name="Maßnahme verschieben").click()
    page.goto(contract_tab)
    expect(row).to_contain_text("Gefährdet")
    expect(page.get_by_text("Das Ruhen ist gefährdet.")).to_be_visible()
    expect(page.get_by_text("Grundreinigung Haus B, fällig 27.11.2026")).to_be_visible()
    axe_check(page)
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="2. Nachtrag")).to_be_visible()
    axe_check(page)
