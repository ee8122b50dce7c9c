"""The pages that are measured, as the people who use them all day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.enums import Role
from tests.bench.browser import Browser
from tests.bench.figures import Sample
from winback.demo.services import PASSWORD
from winback.demo.services.mass.crowd import address

CASE = re.compile(r'href="/faelle/(RG-\d{4}-\d{4,})/"')
MINE = "/faelle/?ansicht=meine"


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    who: Role
    path: str


#: ``{case}`` is a running case of the person.
READ = (
    Page("floor: fixed page", Role.KEY_ACCOUNT_MANAGER, "/bench/fixed"),
    Page("floor: 1 statement, 25 rows", Role.KEY_ACCOUNT_MANAGER, "/bench/rows"),
    Page("cases, filtered, page 3 (sees all)", Role.QUALITY_MANAGER, "/faelle/?phase=5&seite=3"),
    Page("cases, filtered (sees own)", Role.KEY_ACCOUNT_MANAGER, "/faelle/?ampel=critical"),
    Page("case", Role.KEY_ACCOUNT_MANAGER, "/faelle/{case}/"),
    Page("plan", Role.KEY_ACCOUNT_MANAGER, "/faelle/{case}/plan/"),
    Page("history", Role.KEY_ACCOUNT_MANAGER, "/faelle/{case}/verlauf/"),
    Page("my work", Role.KEY_ACCOUNT_MANAGER, "/meine-arbeit/"),
    Page("month", Role.MANAGEMENT, "/monat/"),
)
WRITE = Page("write: next step", Role.KEY_ACCOUNT_MANAGER, "/faelle/{case}/naechster-schritt/")


def signed_in(port: int, role: Role, number: int = 1) -> Browser:
    browser = Browser(port)
    browser.sign_in(address(role, number), PASSWORD)
    return browser


def case_of(browser: Browser) -> str:
    """A running case of the person who is signed in."""
    found = cases_of(browser)
    if not found:
        raise RuntimeError("The person leads no running case: measure with more cases.")
    return found[0]


def cases_of(browser: Browser) -> list[str]:
    """The running cases on the first page of the person's list; in a small load some lead none."""
    found = CASE.findall(browser.get(f"{MINE}&status=active").text)
    return list(dict.fromkeys(found))


def read(browser: Browser, page: Page, rounds: int) -> list[Sample]:
    """Ask for the page so often; the first answers only warm up."""
    path = page.path.format(case=case_of(browser)) if "{case}" in page.path else page.path
    return [browser.sample(path) for _ in range(rounds + 3)][3:]


def write(browser: Browser, rounds: int, today: date) -> list[Sample]:
    """Set the next step again and again."""
    path = WRITE.path.format(case=case_of(browser))
    return [browser.sample(path, data) for data in _inputs(browser, path, rounds + 3, today)][3:]


def _inputs(browser: Browser, path: str, count: int, today: date) -> Iterator[dict[str, str]]:
    for place in range(count):
        on = today + timedelta(days=7 + place % 5)
        step = {"next_step": f"Angebot abstimmen {place}", "next_step_on": on.isoformat()}
        yield browser.hidden(path) | step
