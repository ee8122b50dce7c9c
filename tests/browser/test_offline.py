"""An audit without a connection: prepared, cut off, the browser closed, back, everything once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import BrowserContext, FilePayload, Page, Playwright, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from audits.enums import AuditStatus, Result
from audits.models import Answer, Audit, Evidence, Transmission
from tests.audits.factories import AuditFactory, answer
from tests.browser.conftest import FLAGS, AxeCheck
from tests.browser.test_audits import camera
from tests.cases.factories import active_case
from tests.conftest import ClientFor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Tablet = Callable[..., Page]


@pytest.fixture
def audit(transactional_db: None, kam: User, operativ: User, auditor: User) -> Audit:
    """Led by an external auditor; S1, S2 and P1."""
    case = active_case(owner=kam, team=[operativ])
    return AuditFactory(case=case, owner=auditor, status=AuditStatus.IN_PROGRESS)


@pytest.fixture
def tablet(
    playwright: Playwright,
    browser_type_launch_args: dict[str, Any],
    client_for: ClientFor,
    live_server: LiveServer,
    tmp_path: Path,
) -> Iterator[Tablet]:
    """``tablet(user)``: the one tablet, held upright; its browser closes before it opens again."""
    opened: list[BrowserContext] = []

    def take(user: User | None = None, *, offline: bool = False, width: int = 768) -> Page:
        for context in opened:
            context.close()
        opened[:] = [
            playwright.chromium.launch_persistent_context(
                tmp_path / "tablet",
                executable_path=browser_type_launch_args["executable_path"],
                args=FLAGS,
                base_url=live_server.url,
                viewport={"width": width, "height": 1024},
                has_touch=True,
                locale="de-DE",
                timezone_id="Europe/Berlin",
            )
        ]
        [context] = opened
        context.set_default_timeout(10_000)
        context.set_offline(offline)
        if user is not None:
            sign_in(context, user)
        return context.pages[0]

    def sign_in(context: BrowserContext, user: User) -> None:
        value = client_for(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": value,
                    "url": live_server.url,
                    "expires": 4_000_000_000,
                }
            ]
        )

    yield take
    for context in opened:
        context.close()


def card(page: Page, audit: Audit, code: str) -> None:
    page.goto(reverse("audits:question", args=[audit.number, code]))
    expect(page.locator(f"#question[data-code={code}]")).to_be_visible()


def prepare(page: Page, audit: Audit, code: str = "S1") -> None:
    card(page, audit, code)
    page.get_by_role("button", name="Für vor Ort vorbereiten").tap()
    expect(page.get_by_text("Für vor Ort vorbereitet")).to_be_visible()


def cut_off(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.get_by_text("Keine Verbindung.")).to_be_visible()


def back_online(page: Page) -> None:
    page.context.set_offline(False)


def choose(page: Page, word: str) -> None:
    page.locator(".answer").get_by_text(word, exact=True).tap()


def waits(page: Page, count: int) -> None:
    expect(page.get_by_text(f"Nicht übertragen: {count}")).to_be_visible()


def all_sent(page: Page) -> None:
    expect(page.get_by_text("Alles ist übertragen.")).to_be_visible()


def an_hour_ago() -> None:
    """The clock of the server stands still, the one of the tablet does not."""
    Answer.objects.update(answered_at="2026-11-23T07:00:00Z")


def given() -> dict[str, tuple[str, str]]:
    rows = Answer.objects.select_related("question")
    return {row.question.code: (row.result, row.note) for row in rows}


def test_tablet_goes_offline_closes_and_comes_back_with_everything_once(
    tablet: Tablet, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    prepare(page, audit)
    choose(page, "erfüllt")
    expect(page.locator("#saved")).to_contain_text("Gespeichert")
    an_hour_ago()
    cut_off(page)
    choose(page, "nicht erfüllt")
    page.get_by_label("Notiz").fill("Im Keller kein Netz.")
    page.get_by_label("Notiz").blur()
    page.locator("[name=photo]").set_input_files(camera("Keller.jpg"))
    waits(page, 2)
    expect(page.locator("#saved")).to_contain_text("Auf dem Gerät gesichert")
    page.get_by_role("button", name="Weiter zu S2").tap()
    expect(page.locator("h1")).to_contain_text("Ist S2 in Ordnung?")
    choose(page, "teilweise erfüllt")
    waits(page, 3)
    expect(page.locator("#saved")).to_contain_text("2 von 3")
    expect(page.locator("#groups")).to_contain_text("Gruppe 1 2/2")
    assert given() == {"S1": (Result.MET, "")}

    page = tablet(offline=True)
    page.goto(reverse("audits:entry", args=[audit.number]))
    expect(page.locator("h1")).to_contain_text("Ist S1 in Ordnung?")
    waits(page, 3)
    expect(page.get_by_label("Notiz")).to_have_value("Im Keller kein Netz.")
    expect(page.locator("[name=result]:checked")).to_have_value(Result.NOT_MET)
    expect(page.locator("#photos img")).to_have_js_property("naturalWidth", 640)
    back_online(page)
    all_sent(page)
    expect(page.locator("#photos img")).to_have_count(1)
    expect(page.locator("#saved")).to_contain_text("Gespeichert")

    page.reload()
    expect(page.get_by_text("Nicht übertragen")).not_to_be_visible()
    assert given() == {
        "S1": (Result.NOT_MET, "Im Keller kein Netz."),
        "S2": (Result.PARTLY, ""),
    }
    assert Evidence.objects.get().answer.question.code == "S1"  # type: ignore[union-attr]
    assert Transmission.objects.count() == 2
    assert Answer.history.count() == 3


def test_answer_given_elsewhere_meanwhile_stays_when_it_is_the_later_one(
    tablet: Tablet, qm: User, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    prepare(page, audit)
    cut_off(page)
    choose(page, "erfüllt")
    waits(page, 1)
    answer(audit, "S1", Result.NOT_MET, note="Später gesehen.")
    back_online(page)
    all_sent(page)
    expect(page.locator("[name=result]:checked")).to_have_value(Result.NOT_MET)
    assert given() == {"S1": (Result.NOT_MET, "Später gesehen.")}
    expect(page.get_by_label("Notiz")).to_have_value("Später gesehen.")
    expect(page.locator("#late")).to_contain_text("erfüllt")
    assert not Transmission.objects.get().counted


def test_connection_lost_without_preparing_keeps_the_answer_on_the_card(
    tablet: Tablet, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor, width=390)
    card(page, audit, "S1")
    cut_off(page)
    choose(page, "erfüllt")
    waits(page, 1)
    page.get_by_role("button", name="Weiter zu S2").tap()
    expect(page.locator("#problem")).to_contain_text("nicht für vor Ort vorbereitet")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    back_online(page)
    all_sent(page)
    assert given() == {"S1": (Result.MET, "")}


def test_check_page_waits_for_the_connection(tablet: Tablet, auditor: User, audit: Audit) -> None:
    page = tablet(auditor)
    prepare(page, audit, "P1")
    cut_off(page)
    choose(page, "erfüllt")
    page.locator(".onsite__nav .btn--main").tap()
    expect(page.locator("#problem")).to_contain_text("sobald Sie online sind")
    waits(page, 1)


def test_photo_and_note_without_an_answer_are_refused_and_kept_in_the_card(
    tablet: Tablet, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    prepare(page, audit)
    cut_off(page)
    page.locator("[name=photo]").set_input_files(camera("Keller.jpg"))
    expect(page.locator("#problem")).to_contain_text("zuerst eine Antwort")
    page.get_by_label("Notiz").fill("Noch ohne Urteil")
    page.get_by_role("button", name="Weiter zu S2").tap()
    expect(page.locator("#problem")).to_contain_text("zuerst eine Antwort")
    expect(page.get_by_label("Notiz")).to_have_value("Noch ohne Urteil")


def test_expired_session_keeps_the_answer_and_leads_to_sign_in(
    tablet: Tablet, axe_check: AxeCheck, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    card(page, audit, "S1")
    Session.objects.all().delete()
    choose(page, "erfüllt")
    expect(page.get_by_text("Sie sind abgemeldet")).to_be_visible()
    waits(page, 1)
    expect(page.get_by_role("link", name="Anmelden")).to_be_visible()
    axe_check(page)
    assert not Answer.objects.exists()
    page = tablet(auditor)
    card(page, audit, "S1")
    all_sent(page)
    assert given() == {"S1": (Result.MET, "")}


def test_next_person_on_the_device_neither_sends_nor_sees_what_waits(
    tablet: Tablet, qm: User, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    prepare(page, audit)
    cut_off(page)
    choose(page, "nicht erfüllt")
    waits(page, 1)
    page = tablet(qm)
    card(page, audit, "S1")
    expect(page.get_by_role("button", name="Für vor Ort vorbereiten")).to_be_visible()
    expect(page.get_by_text("Nicht übertragen")).not_to_be_visible()
    assert page.evaluate("caches.keys()") == []
    page.wait_for_load_state("networkidle")
    assert not Answer.objects.exists()
    page = tablet(auditor)
    card(page, audit, "S1")
    all_sent(page)
    assert Answer.objects.get().answered_by == auditor


def test_audit_finished_meanwhile_refuses_and_nothing_is_lost_on_the_device(
    tablet: Tablet, axe_check: AxeCheck, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    prepare(page, audit)
    cut_off(page)
    axe_check(page)
    choose(page, "nicht erfüllt")
    page.get_by_label("Notiz").fill("Tür klemmt.")
    page.get_by_label("Notiz").blur()
    waits(page, 1)
    axe_check(page)
    Audit.objects.update(status=AuditStatus.FINISHED, done_on="2026-11-23")
    back_online(page)
    expect(page.get_by_text("Nicht angenommen, es bleibt auf diesem Gerät")).to_be_visible()
    expect(page.locator("#device [role=status]").first).to_contain_text("Das Audit ist gesperrt")
    page.goto(audit.get_absolute_url())
    waits(page, 1)
    page.get_by_text("Anzeigen, was hier wartet").tap()
    expect(page.locator("#device li")).to_contain_text("S1 nicht erfüllt: Tür klemmt.")
    axe_check(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Vom Gerät löschen").tap()
    expect(page.locator("#device")).not_to_be_visible()
    assert not Answer.objects.exists()


def test_signing_out_leaves_no_prepared_audit_but_what_waits(
    tablet: Tablet, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    prepare(page, audit)
    assert len(page.evaluate("caches.keys()")) == 1
    page.goto(audit.get_absolute_url())
    page.locator("details.menu", has_text="Abmelden").locator("summary").tap()
    page.get_by_role("button", name="Abmelden").tap()
    expect(page.get_by_role("button", name="Anmelden")).to_be_visible()
    assert page.evaluate("caches.keys()") == []


def test_receipts_lost_on_the_way_leave_every_answer_and_photo_once(
    tablet: Tablet, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    card(page, audit, "S1")
    cut_off(page)
    choose(page, "nicht erfüllt")
    page.locator("[name=photo]").set_input_files(camera("Keller.jpg"))
    waits(page, 2)
    lost: list[str] = []

    def lose_the_first_two(route: Route) -> None:
        """The server stores it, the tablet never hears of it."""
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    page.route("**/uebertragung/", lose_the_first_two)
    back_online(page)
    expect(page.get_by_role("button", name="Jetzt übertragen")).to_be_visible()
    waits(page, 2)
    page.get_by_role("button", name="Jetzt übertragen").tap()
    expect(page.get_by_text("Keine Verbindung.")).to_be_visible()
    page.get_by_role("button", name="Jetzt übertragen").tap()
    all_sent(page)
    assert len(lost) == 2
    assert Answer.history.count() == Transmission.objects.count() == 1
    assert Evidence.objects.count() == 1


def test_file_that_is_no_photo_is_named_and_holds_up_nothing_else(
    tablet: Tablet, auditor: User, audit: Audit
) -> None:
    page = tablet(auditor)
    prepare(page, audit)
    cut_off(page)
    choose(page, "nicht erfüllt")
    hostile: FilePayload = {
        "name": "Foto.jpg",
        "mimeType": "image/jpeg",
        "buffer": b"<svg onload=alert(1)>",
    }
    page.locator("[name=photo]").set_input_files(hostile)
    page.locator("[name=photo]").set_input_files(camera("Keller.jpg"))
    waits(page, 3)
    back_online(page)
    waits(page, 1)
    expect(page.locator("#device [role=status]").first).to_contain_text("Nicht angenommen")
    assert given() == {"S1": (Result.NOT_MET, "")}
    assert Evidence.objects.count() == 1
