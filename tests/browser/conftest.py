"""A real Chromium: pages of the live server, signed in, checked with axe."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.conftest import ClientFor
from tests.plugins import absent

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Chromium as root has no sandbox; the rest keeps it from calling anybody but the live server.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP: ViewportSize = {"width": 1360, "height": 900}
# Colours fade when the scheme changes; axe would measure a colour on its way.
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(a => a.effect.getTiming().iterations !== Infinity)
    .map(a => a.finished.catch(() => null)))"""
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# What another colour scheme can break; the rest of the page is the same.
COLOURS = {"resultTypes": ["violations"], "runOnly": {
    "type": "rule", "values": ["color-contrast", "link-in-text-block"],
}}  # fmt: skip

PageFor = Callable[[User], Page]
AxeCheck = Callable[[Page], None]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the Chromium of the system."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        absent("needs Chromium on PATH")
    return {"executable_path": found, "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def connection_before() -> BaseDatabaseWrapper:
    """The connection of this thread before Playwright's event loop runs in it."""
    return connections["default"]


@pytest.fixture(scope="session")
def playwright(connection_before: BaseDatabaseWrapper, playwright: Playwright) -> Playwright:
    """Playwright, with the connection the thread already has.

    Where an event loop runs Django would open a second one, and PostgreSQL does not drop a test
    database that somebody still uses.
    """
    connections["default"] = connection_before
    return playwright


@pytest.fixture
def new_context(
    browser: Browser, live_server: LiveServer
) -> Iterator[Callable[..., BrowserContext]]:
    """``new_context()``: a person's own browser window, German, with the live server as base.

    Closed at the end, so that no connection outlives the live server.
    """
    opened: list[BrowserContext] = []

    def make(*, scripts: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=DESKTOP,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def browser_page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page on which nobody is signed in."""
    return new_context().new_page()


@pytest.fixture
def window_for(
    new_context: Callable[..., BrowserContext], client_for: ClientFor, live_server: LiveServer
) -> Callable[..., Page]:
    """``window_for(user, scripts=False)``: a page in a window of its own, the user signed in."""

    def make(user: User, *, scripts: bool = True) -> Page:
        session = client_for(user).cookies[settings.SESSION_COOKIE_NAME]
        context = new_context(scripts=scripts)
        context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return context.new_page()

    return make


@pytest.fixture
def page_for(window_for: Callable[..., Page]) -> PageFor:
    """``page_for(user)``: a page in a window of its own where the user is signed in."""
    return window_for


@pytest.fixture
def plain_page_for(window_for: Callable[..., Page]) -> PageFor:
    """``plain_page_for(user)``: the same with JavaScript switched off."""
    return partial(window_for, scripts=False)


@pytest.fixture
def axe_check() -> AxeCheck:
    """``axe_check(page)``: no accessibility violation, in light and in dark."""

    def check(page: Page) -> None:
        schemes: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...]
        schemes = (("light", RULES), ("dark", COLOURS))
        page.evaluate(Axe().axe_script)
        for scheme, rules in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SETTLED)
            results = AxeResults(page.evaluate("rules => axe.run(rules)", rules))
            assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"
        page.emulate_media(color_scheme="null", reduced_motion="null")

    return check
