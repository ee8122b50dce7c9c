"""Every page of the table of access: no violation in light and dark, no sideways scrolling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from tests.access.test_access import ROLES, ROWS, Row, url_of
from tests.access.world import People, own_case
from tests.browser.conftest import AxeCheck, PageFor
from tests.reports.factories import full_case, made
from winback.cases.models import Case
from winback.cases.services import let_see

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

#: Who looks at a page: the first of these whom the table lets in.
VIEWERS = ("kam", "leitung", "qm", "auditor", "operativ", "admin")
WIDTHS = (1360, 768, 390)
PHONE = 390
#: Pages people use on the way: these are checked on a narrow screen as well.
ON_THE_WAY = {
    "dashboards:my_work",
    "dashboards:case",
    "dashboards:month",
    "dashboards:finding",
    "cases:list",
    "cases:create",
    "audits:question",
    "plans:detail",
    "plans:measure_complete",
    "kpis:enter",
    "reports:case_reports",
}
#: Addresses that give a file.
FILES = (
    "export",
    "_xlsx",
    ":values",
    ":download",
    ":paper",
    ":proof",
    "_file",
    ":document_view",
    ":personal_data",
    ":evidence",
    ":preview",
    ":worker",
    ":transfer",
)
#: Pages that need another case: one without a plan, one that rests.
APART = {"plans:create", "plans:resume"}


def room(row: Row) -> str:
    return row.name.partition(":")[0]


def pages() -> list[Row]:
    """The rows of the access table that somebody may read; a URL without a row fails there."""
    readable = (row for row in ROWS if row.method == "GET" and (row.public or 200 in row.own))
    return sorted((row for row in readable if not row.name.endswith(FILES)), key=room)


FAMILIES = {name: list(rows) for name, rows in groupby(pages(), key=room)}


@pytest.fixture
def people(
    transactional_db: None,
    kam: User,
    kollegin: User,
    qm: User,
    operativ: User,
    leitung: User,
    auditor: User,
    admin_user: User,
) -> People:
    return People(kam, kollegin, qm, operativ, leitung, auditor, admin_user)


@pytest.fixture
def case(today: date, people: People) -> Case:
    """A case with everything in it, the reports in every state."""
    case = full_case(people.kam, people.auditor)
    for person in (people.kollegin, people.operativ):
        let_see(case, person, today)
    for status in ("queued", "failed"):
        made(case, people.kam, status=status, error="Die Platte ist voll.")
    return case


def viewer(row: Row) -> str:
    """Whom the table lets in; nobody in particular where it is open to everybody."""
    codes = dict(zip(ROLES, row.own, strict=True)) if not row.public else {}
    return next((name for name in VIEWERS if codes.get(name) == 200), "")


def fits(page: Page, widths: Iterable[int] = WIDTHS) -> None:
    """No width of a screen makes the page scroll sideways."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{wide} px too wide at {width} px"


@pytest.mark.parametrize("family", FAMILIES)
def test_pages_of_a_room_are_accessible_and_fit_the_screen(
    family: str,
    case: Case,
    people: People,
    browser_page: Page,
    page_for: PageFor,
    axe_check: AxeCheck,
) -> None:
    windows = {"": browser_page}
    wrong = []
    for row in FAMILIES[family]:
        name = viewer(row)
        page = windows[name] = windows.get(name) or page_for(getattr(people, name))
        url = url_of(row, own_case(people) if row.name in APART else case, people)
        try:
            visit(page, row, url, axe_check)
        except AssertionError as error:
            wrong.append(f"{row.name} ({url}): {error}")
    assert wrong == [], "\n".join(wrong)


def visit(page: Page, row: Row, url: str, axe_check: AxeCheck) -> None:
    response = page.goto(url)
    assert response is not None
    assert response.status == 200
    axe_check(page)
    fits(page)
    if row.name in ON_THE_WAY:
        page.set_viewport_size({"width": PHONE, "height": 844})
        axe_check(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


@pytest.mark.parametrize("name", ["cases:create", "clients:create", "audits:plan"])
def test_form_with_errors_is_accessible(
    name: str, case: Case, people: People, page_for: PageFor, axe_check: AxeCheck
) -> None:
    page = page_for(people.kam)
    page.goto(reverse(name, args=[case.number] if name == "audits:plan" else []))
    page.locator("main form button[type=submit]").last.click()
    page.locator(".errsum").wait_for()
    axe_check(page)
    fits(page)


def test_refusals_are_accessible(people: People, page_for: PageFor, axe_check: AxeCheck) -> None:
    page = page_for(people.operativ)
    for url in (reverse("accounts:user_list"), reverse("cases:edit", args=["RG-2026-9999"])):
        page.goto(url)
        axe_check(page)
        fits(page)


def test_pages_are_found_in_every_room_with_pages() -> None:
    """A resolver that hid its pages from the table would make these tests empty."""
    assert {"cases", "clients", "plans", "audits", "dashboards"} <= set(FAMILIES)
    assert sum(map(len, FAMILIES.values())) > 70
