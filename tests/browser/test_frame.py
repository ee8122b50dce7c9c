"""The browser fixtures themselves: what they promise is what a page test relies on."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import AxeCheck, PageFor

pytestmark = pytest.mark.browser


def test_sign_in_page_is_accessible_in_light_and_dark(
    browser_page: Page, axe_check: AxeCheck
) -> None:
    browser_page.goto(reverse("accounts:sign_in"))
    expect(browser_page.locator("html")).to_have_attribute("lang", "de")
    axe_check(browser_page)


def test_axe_check_sees_a_planted_fault(browser_page: Page, axe_check: AxeCheck) -> None:
    browser_page.goto(reverse("accounts:sign_in"))
    browser_page.evaluate("document.body.append(document.createElement('img'))")
    browser_page.evaluate("document.querySelector('img:last-child').src = 'data:,'")
    with pytest.raises(AssertionError, match="image-alt"):
        axe_check(browser_page)


def test_two_people_have_windows_of_their_own(page_for: PageFor, kam: User, qm: User) -> None:
    for user in (kam, qm):
        page = page_for(user)
        page.goto(reverse("accounts:profile"))
        expect(page.locator("body")).to_contain_text(user.last_name)
