"""KPIs in a real browser: accessible in both colour schemes, and entered without a mouse."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import AxeCheck, PageFor
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory
from tests.kpis.factories import CaseKpiFactory, DefinitionFactory, measured_kpi
from winback.cases.models import Case
from winback.kpis.models import CaseKpi, Measurement

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server")]


@pytest.fixture
def owner(transactional_db: None, kam: User) -> User:
    return kam


@pytest.fixture
def kpi(owner: User) -> CaseKpi:
    """Agreed and measured, as the page of one KPI shows it."""
    case = active_case(owner=owner, client=ClientFactory(name="Norhagen Bau AG"))
    return measured_kpi(owner, case, key="sla", name_de="SLA-Erfüllung Reaktionszeit")


def entry_url(case: Case) -> str:
    day = dt.date.today().replace(day=1)  # the browser and the server share the real clock
    return f"/faelle/{case.number}/kennzahlen/eintragen/?periode={day:%Y-%m}"


@pytest.mark.parametrize("width", [390, 768, 1360])
def test_pages_are_accessible_and_fit_the_window(
    page_for: PageFor, axe_check: AxeCheck, owner: User, kpi: CaseKpi, width: int
) -> None:
    page = page_for(owner)
    page.set_viewport_size({"width": width, "height": 900})
    base = kpi.get_absolute_url()
    case = f"/faelle/{kpi.case.number}/kennzahlen/"
    for url in ("/kennzahlen/", case, base, f"{base}ziel/", entry_url(kpi.case)):
        page.goto(url)
        axe_check(page)
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wider, (url, width)


def test_a_month_is_entered_with_the_keyboard_alone(
    page_for: PageFor, owner: User, kpi: CaseKpi
) -> None:
    second = CaseKpiFactory(
        case=kpi.case, definition=DefinitionFactory(name_de="Erstlösungsquote", key="fix")
    )
    page = page_for(owner)
    page.goto(entry_url(kpi.case))
    page.get_by_label(re.compile("^SLA-Erfüllung Reaktionszeit,")).focus()
    keys = page.keyboard
    keys.type("95,5")
    keys.press("Tab")  # no data
    keys.press("Tab")
    keys.type("101")  # n
    keys.press("Tab")  # source
    keys.press("Tab")  # the name of the next KPI
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")  # no data for the second
    keys.press("Enter")
    expect(page.get_by_text("Die Werte sind eingetragen.")).to_be_visible()
    month = dt.date.today().replace(day=1)
    entered = Measurement.objects.filter(period_start=month).order_by("kpi")
    assert [(each.kpi_id, each.value and float(each.value)) for each in entered] == [
        (kpi.pk, 95.5),
        (second.pk, None),
    ]


def test_a_mistake_keeps_every_input_and_gets_the_focus(
    page_for: PageFor, owner: User, kpi: CaseKpi
) -> None:
    page = page_for(owner)
    page.goto(entry_url(kpi.case))
    value = page.get_by_label(re.compile("^SLA-Erfüllung Reaktionszeit,"))
    value.fill("95.5")
    page.get_by_label(re.compile("^Stichprobe n: SLA")).fill("40")
    page.get_by_role("button", name="Speichern").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Diese Zahl ist nicht eindeutig")
    expect(value).to_have_value("95.5")
    expect(page.get_by_label(re.compile("^Stichprobe n: SLA"))).to_have_value("40")
    summary.get_by_role("link").click()
    expect(value).to_be_focused()


def test_the_list_is_filtered_without_loading_the_page(
    page_for: PageFor, owner: User, kpi: CaseKpi
) -> None:
    measured_kpi(owner, kpi.case, name_de="Besetzungsgrad", category="people")
    page = page_for(owner)
    page.goto("/kennzahlen/")
    expect(page.get_by_role("link", name="Besetzungsgrad")).to_be_visible()
    page.get_by_label("Kategorie").select_option("people")
    page.get_by_role("button", name="Anwenden").click()
    expect(page).to_have_url(re.compile("kategorie=people"))
    expect(page.get_by_role("link", name="Besetzungsgrad")).to_be_visible()
    expect(page.get_by_role("link", name="SLA-Erfüllung Reaktionszeit")).to_have_count(0)
    page.get_by_role("link", name=re.compile("Kategorie: Personal")).click()
    expect(page.get_by_role("link", name="SLA-Erfüllung Reaktionszeit")).to_be_visible()


def test_charts_follow_the_colour_scheme(page_for: PageFor, owner: User, kpi: CaseKpi) -> None:
    page = page_for(owner)
    page.goto(kpi.get_absolute_url())

    def colour(page: Page) -> str:
        found: str = page.evaluate(
            "getComputedStyle(document.querySelector('.chart--kpi .c-t')).fill"
        )
        return found

    page.emulate_media(color_scheme="light")
    light = colour(page)
    page.emulate_media(color_scheme="dark")
    assert colour(page) != light
