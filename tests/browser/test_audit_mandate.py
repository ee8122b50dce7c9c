"""Planning a follow-up audit and writing its record, with and without script, on three widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from audits.enums import AuditKind, AuditStatus
from audits.models import Audit
from tests.audits.factories import AuditFactory, FindingFactory
from tests.browser.conftest import AxeCheck, PageFor
from tests.cases.factories import active_case
from winback.cases.models import Case

pytestmark = pytest.mark.browser


@pytest.fixture
def case(transactional_db: None, kam: User, operativ: User) -> Case:
    return active_case(owner=kam, team=[operativ])


@pytest.fixture
def earlier(case: Case, qm: User, operativ: User) -> Audit:
    """Finished, with a finding that ``operativ`` had to correct."""
    audit = AuditFactory(case=case, owner=qm, status=AuditStatus.FINISHED)
    FindingFactory(audit=audit, owner=operativ)
    return audit


def fill_plan(page: Page, case: Case, earlier: Audit, kind: str, lead: User) -> None:
    page.goto(reverse("audits:plan", args=[case.number]))
    page.get_by_label("Auditvorlage").select_option(label=earlier.template.name)
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=site]").select_option(str(earlier.site_id))
    page.get_by_label("Audittermin").fill("2026-12-07")
    page.get_by_label("Auditleitung").select_option(label=lead.full_name)


def test_follow_up_is_planned_without_script_after_the_predecessor_was_asked_for(
    plain_page_for: PageFor, kam: User, qm: User, case: Case, earlier: Audit
) -> None:
    page = plain_page_for(kam)
    fill_plan(page, case, earlier, AuditKind.FOLLOW_UP, qm)
    page.get_by_label("Ziel").fill("Wirkt die Korrektur?")
    page.get_by_role("main").locator("button[type=submit]").last.click()
    expect(page.get_by_text("dessen Feststellungen").first).to_be_visible()
    expect(page.get_by_label("Ziel")).to_have_value("Wirkt die Korrektur?")
    page.get_by_label("Vorheriges Audit").select_option(label=earlier.title)
    page.get_by_role("main").locator("button[type=submit]").last.click()
    expect(page.get_by_role("link", name=earlier.number)).to_be_visible()
    planned = Audit.objects.get(previous=earlier)
    assert (planned.kind, planned.owner) == (AuditKind.FOLLOW_UP, qm)


@pytest.mark.parametrize("width", [1360, 768, 390])
def test_record_of_the_visit_is_written_on_every_width(
    page_for: PageFor, qm: User, case: Case, width: int, axe_check: AxeCheck
) -> None:
    audit = AuditFactory(case=case, owner=qm, status=AuditStatus.IN_PROGRESS)
    page = page_for(qm)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(reverse("audits:record", args=[audit.number]))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Tag des Eröffnungsgesprächs").fill("2026-11-23")
    page.get_by_label("Uhrzeit des Eröffnungsgesprächs").fill("08:30")
    page.get_by_label("Stichprobe").fill("12 von 48 Räumen")
    axe_check(page)
    page.get_by_role("main").locator("button[type=submit]").last.click()
    record = page.get_by_role("region", name="Protokoll der Begehung")
    expect(record).to_contain_text("23.11.2026, 08:30")
    expect(record).to_contain_text("12 von 48 Räumen")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
