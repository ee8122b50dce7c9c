"""Step 4: the audit, from its plan to the lock."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.journey.opening import CLIENT, SITE
from tests.browser.person import Person

TEMPLATE = "Internes Service-Audit"
CODES = ("S1", "S2", "S3", "S4", "S5", "P1", "P2", "P3", "P4", "P5",
         "O1", "O2", "O3", "O4", "K1", "K2", "K3")  # fmt: skip
#: Everything else is met (key 1): partly, not met, not applicable.
KEYS: Mapping[str, str] = {"S1": "2", "P2": "3", "O4": "4"}
NOTE = "Zwei von zwölf Räumen unter Niveau."
FINDING = "Hygieneinspektion der Lüftungsanlage seit 2023 überfällig."
#: Weights 40, without O4 38; S1 counts half of 3, P2 none of 3: 33.5 of 38.
SCORE = "88,2 %"


def plan(qm: Person) -> None:
    qm.open_case(CLIENT)
    qm.act("Audit planen")
    qm.enter({"Auditvorlage": TEMPLATE, "Objekt": SITE, "Audittermin": "heute",
              "Auditleitung": "Tim Wolf", "Ziel": "Lage vor dem Krisengespräch"})  # fmt: skip
    qm.save("Das Audit ist geplant", "Audit planen")


def answer_everything(qm: Person) -> None:
    """On the entry screen, by the keys 1 to 4."""
    qm.follow("Audit beginnen")
    for code in CODES:
        heading = qm.page.get_by_role("group").filter(has_text=re.compile(f"Frage {code} "))
        expect(heading).to_be_visible()
        with qm.page.expect_response(re.compile(f"/erfassung/{code}/")):
            qm.page.keyboard.press(KEYS.get(code, "1"))
        expect(qm.page.locator("#saved")).to_contain_text("Gespeichert")
        if code == "S1":
            _note(qm)
        if code == "P2":
            _record_finding(qm)
        _next_card(qm)
    qm.reads("Alles ist bewertet")


def _note(qm: Person) -> None:
    """Saved on leaving the field. Waited for: the tests on SQLite share one connection."""
    qm.enter({"Notiz": NOTE})
    with qm.page.expect_response(re.compile("/erfassung/S1/")):
        qm.control("Notiz").blur()


def _next_card(qm: Person) -> None:
    with qm.page.expect_navigation():
        qm.page.locator(".onsite__nav .btn--main").click()


def _record_finding(qm: Person) -> None:
    """From the answer: the card suggests the grade."""
    expect(qm.page.locator("#proposal")).to_contain_text("Hauptabweichung?")
    qm.page.get_by_role("link", name="Feststellung anlegen").click()
    expect(qm.control("Grad")).to_have_value("major")
    qm.enter({"Beobachtung vor Ort": FINDING, "Verantwortlich": "Ralf Ott",
              "Sofortmaßnahme": "Anlage gesperrt"})  # fmt: skip
    qm.page.locator("#finding").get_by_role("button", name="Speichern").click()
    expect(qm.page.get_by_text("Feststellungen zu dieser Frage")).to_be_visible()


def finish(qm: Person) -> None:
    qm.reads(SCORE, "nicht bestanden")
    qm.enter({
        "Teilnehmende des Kunden": "Jörg Brandt, Leiter Gebäudemanagement",
        "Fazit": "Leistung gut, Prüfpflichten nicht erfüllt. Die Hygieneinspektion hat Vorrang.",
    })  # fmt: skip
    qm.save("Das Audit ist abgeschlossen und gesperrt", "Abschließen und sperren")
    qm.reads("nicht bestanden", SCORE, "17 von 17", FINDING, NOTE)
    expect(qm.main.get_by_role("link", name="Audit fortsetzen")).to_have_count(0)
