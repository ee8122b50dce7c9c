"""Entry on site in a real browser: keys, saving at once, the finding form in the card."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from accounts.models import User
from audits.enums import AuditStatus, Grade, Result
from audits.models import Answer, Audit, Evidence, Finding
from tests.audits.factories import AuditFactory, FindingFactory, answer, answer_all
from tests.browser.conftest import AxeCheck, PageFor
from tests.cases.factories import active_case
from tests.documents.files import picture

pytestmark = pytest.mark.browser


@pytest.fixture
def audit(transactional_db: None, kam: User, operativ: User, auditor: User) -> Audit:
    """Led by an external auditor; S1 (weight 3), S2 (1), P1 (3, critical)."""
    case = active_case(owner=kam, team=[operativ])
    return AuditFactory(case=case, owner=auditor, status=AuditStatus.IN_PROGRESS)


def camera(name: str) -> FilePayload:
    """What the camera of a phone hands over."""
    data = picture(size=(640, 480))
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def open_card(page: Page, audit: Audit, code: str) -> None:
    page.goto(reverse("audits:question", args=[audit.number, code]))


def test_key_answers_and_saves_at_once(page_for: PageFor, auditor: User, audit: Audit) -> None:
    page = page_for(auditor)
    open_card(page, audit, "P1")
    page.keyboard.press("3")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    expect(page.locator("#saved")).to_contain_text("1 von 3")
    expect(page.locator("#proposal")).to_contain_text("Hauptabweichung?")
    page.keyboard.press("2")
    expect(page.locator("#proposal")).to_contain_text("Beobachtung?")
    given = Answer.objects.get()
    assert (given.result, given.history.count()) == (Result.PARTLY, 2)


def test_answers_are_large_enough_for_a_glove(
    page_for: PageFor, auditor: User, audit: Audit
) -> None:
    page = page_for(auditor)
    for width in (1360, 768, 390):
        page.set_viewport_size({"width": width, "height": 844})
        open_card(page, audit, "S1")
        for label in page.locator(".answer").all():
            box = label.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 56
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_note_is_saved_on_leaving_the_field_and_digits_stay_in_it(
    page_for: PageFor, auditor: User, audit: Audit
) -> None:
    page = page_for(auditor)
    open_card(page, audit, "S1")
    page.keyboard.press("1")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    page.get_by_label("Notiz").fill("Raum 3, 4 Stichproben")
    with page.expect_response(re.compile("/erfassung/S1/")):
        page.get_by_label("Notiz").blur()
    given = Answer.objects.get()
    assert (given.result, given.note) == (Result.MET, "Raum 3, 4 Stichproben")


def test_note_without_an_answer_is_refused_and_kept(
    page_for: PageFor, auditor: User, audit: Audit
) -> None:
    page = page_for(auditor)
    open_card(page, audit, "S1")
    page.get_by_label("Notiz").fill("Protokoll fehlt.")
    page.get_by_label("Notiz").blur()
    expect(page.locator("#saved")).to_contain_text("Nicht gespeichert")
    expect(page.locator("#problem")).to_contain_text("Wählen Sie zuerst eine Antwort")
    expect(page.get_by_label("Notiz")).to_have_value("Protokoll fehlt.")
    assert not Answer.objects.exists()


def test_finding_is_recorded_inside_the_card(
    page_for: PageFor, auditor: User, audit: Audit
) -> None:
    page = page_for(auditor)
    open_card(page, audit, "P1")
    page.keyboard.press("3")
    expect(page.locator("#proposal")).to_contain_text("Hauptabweichung?")
    page.get_by_role("link", name="Feststellung anlegen").click()
    form = page.locator("#finding form")
    expect(form.get_by_label("Grad")).to_have_value(Grade.MAJOR)
    form.get_by_role("button", name="Speichern").click()
    expect(form.locator(".err").first).to_be_visible()
    form.locator("[name=statement]").fill("Protokoll von 2023, Anlage mit Befeuchtung.")
    form.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Feststellungen zu dieser Frage")).to_be_visible()
    found = Finding.objects.get()
    assert (found.grade, found.question) == (Grade.MAJOR, audit.questions().get(code="P1"))


def test_photo_is_sent_at_once_and_shown_in_the_card(
    page_for: PageFor, axe_check: AxeCheck, auditor: User, audit: Audit
) -> None:
    page = page_for(auditor)
    page.set_viewport_size({"width": 390, "height": 844})
    open_card(page, audit, "S1")
    page.keyboard.press("2")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    for count in (1, 2):
        page.locator("[name=photo]").set_input_files(camera(f"{count}.jpg"))
        expect(page.locator("#photos img")).to_have_count(count)
    expect(page.locator("#photos")).to_contain_text("Fotos (2)")
    for thumbnail in page.locator("#photos img").all():
        thumbnail.scroll_into_view_if_needed()
        expect(thumbnail).to_have_js_property("naturalWidth", 256)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe_check(page)
    assert Evidence.objects.filter(answer__question__code="S1").count() == 2


def test_photo_without_script_comes_with_the_answer(
    plain_page_for: PageFor, auditor: User, audit: Audit
) -> None:
    page = plain_page_for(auditor)
    open_card(page, audit, "S1")
    page.get_by_text("teilweise erfüllt").click()
    page.locator("[name=photo]").set_input_files(camera("Fleck.jpg"))
    page.get_by_role("button", name="Weiter zu S2").click()
    expect(page.locator("h1")).to_contain_text("S2")
    page.get_by_role("button", name="Zurück").click()
    expect(page.locator("#photos img")).to_have_count(1)


def test_entry_without_script_saves_by_its_buttons(
    page_for: PageFor, auditor: User, audit: Audit
) -> None:
    page = page_for(auditor)
    page.route("**/*.js", lambda route: route.abort())
    open_card(page, audit, "S1")
    page.get_by_text("teilweise erfüllt").click()
    page.get_by_label("Notiz").fill("Zwei Räume offen.")
    page.get_by_role("button", name="Weiter zu S2").click()
    expect(page.locator("h1")).to_contain_text("S2")
    page.get_by_role("button", name="Zurück").click()
    expect(page.get_by_label("Notiz")).to_have_value("Zwei Räume offen.")


def test_pages_are_accessible_in_light_and_dark(
    page_for: PageFor, axe_check: AxeCheck, qm: User, audit: Audit
) -> None:
    answer(audit, "S1", Result.NOT_MET)
    finding = FindingFactory(audit=audit, question=audit.questions().get(code="S1"))
    done = AuditFactory(case=audit.case, owner=qm, status=AuditStatus.FINISHED, score=91)
    answer_all(done)
    page = page_for(qm)
    for url in (
        reverse("audits:list"),
        reverse("audits:findings"),
        reverse("audits:case_list", args=[audit.case.number]),
        reverse("audits:plan", args=[audit.case.number]),
        reverse("audits:mandate", args=[audit.number]),
        reverse("audits:record", args=[audit.number]),
        audit.get_absolute_url(),
        done.get_absolute_url(),
        reverse("audits:question", args=[audit.number, "S1"]),
        reverse("audits:check", args=[audit.number]),
        reverse("audits:finding_create", args=[audit.number]) + "?frage=S1",
        reverse("audits:finding_edit", args=[finding.number]),
    ):
        page.goto(url)
        axe_check(page)
