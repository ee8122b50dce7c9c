"""A person at the screen: the few words in which a journey is told."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from tests.factories import PASSWORD

SAVE = "Speichern"


class Person:
    """Types and clicks as ``user`` does; names everything by the German words on the screen."""

    def __init__(self, page: Page, user: User) -> None:
        self.page = page
        self.user = user

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    # --- going somewhere ------------------------------------------------------------------

    def sign_in(self) -> None:
        """By e-mail address and password."""
        self.page.goto("/")
        self.sign_in_here()

    def sign_in_here(self) -> None:
        """On the page the product has sent a stranger to."""
        self.enter({"E-Mail-Adresse": self.user.email, "Passwort": PASSWORD})
        self.press("Anmelden")
        expect(self.page.get_by_role("navigation", name="Hauptnavigation")).to_be_visible()

    def go(self, area: str) -> None:
        """Choose an area in the main navigation."""
        rail = self.page.get_by_role("navigation", name="Hauptnavigation")
        self._leave_by(rail.get_by_role("link", name=area).first)

    def follow(self, name: str) -> None:
        """Click the first link of the page whose words begin with ``name``."""
        self._leave_by(self.main.get_by_role("link", name=_begins(name)).first)

    def tab(self, name: str) -> None:
        """Choose a sub page of the case."""
        tabs = self.page.get_by_role("navigation", name="Bereiche des Falls")
        self._leave_by(tabs.get_by_role("link", name=name))
        expect(tabs.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")

    def act(self, name: str) -> None:
        """Choose something to do from the header of the case: its button, or in its menu."""
        self._choose(self.main.locator(".casehead"), name)

    def act_on_measure(self, name: str) -> None:
        """Choose a step from the header of the measure."""
        self._choose(self.main.locator(".pagehead"), name)

    def _choose(self, header: Locator, name: str) -> None:
        link = header.locator("a").filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        if not link.is_visible():
            header.locator("details.menu summary").click()
        self._leave_by(link)

    def open_case(self, client: str) -> None:
        """From the list of cases, as anybody finds one."""
        self.go("Fälle")
        self.follow(client)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(client)

    def _leave_by(self, thing: Locator) -> None:
        """Click what loads a page, and wait for that page."""
        with self.page.expect_navigation():
            thing.click()

    # --- filling forms --------------------------------------------------------------------

    def enter(self, values: dict[str, str | bool]) -> None:
        """Fill controls by their labels: type, choose by word, or tick."""
        for label, value in values.items():
            self._fill(self.control(label), value)

    def control(self, label: str) -> Locator:
        """The visible control of that label, with or without the word "optional" behind it."""
        exact = re.compile(rf"^\s*{re.escape(label)}\s*(\(freiwillig\)|\(optional\))?\s*$")
        return self.main.get_by_label(exact).first

    def _fill(self, control: Locator, value: str | bool) -> None:
        if isinstance(value, bool):
            control.set_checked(value)
        elif control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.clear()
            control.press_sequentially(value)

    def press(self, name: str = SAVE) -> None:
        """Send a form by the button whose words begin with ``name``."""
        self._leave_by(self.main.get_by_role("button", name=_begins(name)).first)

    def save(self, said: str, button: str = SAVE) -> None:
        """Send the form and read what the product says to it."""
        self.press(button)
        expect(self.main.locator(".messages")).to_contain_text(said)

    def insist(self, doubt: str, reason: str, said: str) -> None:
        """Read the doubt at a field, give the reason, save all the same."""
        expect(self.main.locator(".warn").first).to_contain_text(doubt)
        self.enter({"Begründung": reason})
        self.save(said, "Mit dieser Begründung speichern")

    # --- reading --------------------------------------------------------------------------

    def reads(self, *words: str) -> None:
        for each in words:
            expect(self.main).to_contain_text(each)

    def row(self, words: str) -> Locator:
        """The line of a table that contains ``words``."""
        return self.main.get_by_role("row").filter(has_text=words).first

    def download(self, link: Locator) -> Path:
        with self.page.expect_download() as waiting:
            link.click()
        return Path(waiting.value.path())

    def leave(self) -> None:
        """Sign out by the account menu."""
        menu = self.page.locator(".topbar details.menu", has=self.page.locator(".avatar"))
        menu.locator("summary").click()
        menu.get_by_role("button", name="Abmelden").click()
        expect(self.page).to_have_url(re.compile(reverse("accounts:sign_in")))


def _begins(words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(words)}")
