"""Steps 6 and 7: the recovery plan and the commitments to the client."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.journey.auditing import FINDING
from tests.browser.journey.opening import CLIENT
from tests.browser.person import Person

OWNERS = {
    "Key-Account-Manager": "Aylin Kaya", "Qualitätsmanager": "Tim Wolf",
    "Geschäftsführung": "Maria Lindner", "Objektleitung": "Ralf Ott",
    "Regionalleitung": "Ralf Ott", "Vertragsmanagement und Recht": "Greta Sommer",
    "Personalentwicklung": "Greta Sommer", "Einkauf und Nachunternehmersteuerung": "Greta Sommer",
}  # fmt: skip
DONE = "Entschuldigung und Absichtserklärung schriftlich übermitteln"
MOVED = "Krisengespräch mit dem Kunden führen"
HANDED_OVER = "Überfällige Prüfungen nachholen"
#: Phase 2 begins on 23.11.; 32 days later is Christmas Day, a Friday.
AFTER_CHRISTMAS = "Verbesserungsplan vereinbaren"
OWN = "Schließplan der Zentrale erneuern"
REMEDY = "Hygieneinspektion beauftragen"
KEPT = "Störmeldungen werden ab heute binnen zwei Stunden angenommen"
OVERDUE = "Liste der offenen Mängel an Herrn Brandt senden"


def start(kam: Person) -> None:
    """The owners are asked for once; the team and the only holder of a role are suggested."""
    kam.open_case(CLIENT)
    kam.act("Plan starten")
    expect(kam.control("Objektleitung").locator("option:checked")).to_have_text("Ralf Ott")
    kam.enter({"Beginn des Plans": "20.11.2026", "Bundesland": "Hessen", **OWNERS})
    kam.reads("38 Maßnahmen")
    kam.save("Der Plan steht", "Plan starten")
    expect(kam.main.locator(".t tbody tr:not(.group):has(th a)")).to_have_count(38)
    expect(kam.row(AFTER_CHRISTMAS)).to_contain_text("28.12.2026")
    expect(kam.row(AFTER_CHRISTMAS)).to_contain_text("Kaya")


def work_on_measures(kam: Person) -> None:
    kam.row(DONE).get_by_role("button", name="Erledigt").click()
    kam.reads(f"„{DONE}“ ist erledigt.")
    kam.follow(MOVED)
    kam.follow("Verschieben")
    kam.enter({"Neuer Termin": "08.12.2026",
               "Grund der Verschiebung": "Herr Brandt ist bis 7. Dezember verreist"})  # fmt: skip
    kam.save("Der ursprüngliche Termin bleibt erhalten", "Maßnahme verschieben")
    kam.reads("08.12.2026", "04.12.2026", "Herr Brandt ist bis 7. Dezember verreist")
    kam.tab("Plan")
    kam.follow(HANDED_OVER)
    kam.act_on_measure("Übergeben")
    kam.enter(
        {"Neuer Verantwortlicher": "Greta Sommer", "Begründung": "Prüfkataster liegt bei ihr"}
    )
    kam.save("Übergeben.", "Übergeben")
    kam.reads("Greta Sommer")


def add_own(kam: Person) -> None:
    """First without owner and date, which nobody may save."""
    kam.tab("Plan")
    kam.follow("Maßnahme anlegen")
    kam.enter({"Maßnahme": OWN, "Verantwortlich": "Bitte wählen"})
    kam.press()
    kam.reads("2 Angaben")
    expect(kam.control("Maßnahme")).to_have_value(OWN)
    kam.enter({"Phase": "1 Analyse & Audit", "Verantwortlich": "Aylin Kaya", "Fällig am": "heute"})
    kam.save("Maßnahme angelegt")


def answer_finding(qm: Person) -> None:
    qm.go("Audits")
    qm.follow("Feststellungen")
    qm.follow("F-0001")
    qm.reads(FINDING)
    qm.follow("Maßnahme ableiten")
    qm.reads("Antwort auf die Feststellung")
    qm.enter({"Maßnahme": REMEDY, "Phase": "3 Sofortmaßnahmen"})
    qm.save("Maßnahme angelegt")
    qm.go("Audits")
    qm.follow("Feststellungen")
    qm.follow("F-0001")
    expect(qm.row(REMEDY)).to_contain_text("Ott")


def promise(kam: Person, what: str) -> None:
    kam.act("Zusage erfassen")
    kam.enter({"Was wir zugesagt haben": what, "Zugesagt an": "Jörg Brandt",
               "Fällig am": "heute", "Verantwortlich": "Aylin Kaya",
               "Machbarkeit bestätigt von": "Ralf Ott", "Bestätigt am": "heute",
               "Grundlage der Bestätigung": "Bereitschaft ist besetzt"})  # fmt: skip
    kam.save("Erfasst.")


def keep(kam: Person, what: str) -> None:
    kam.tab("Kommunikation")
    kam.row(what).get_by_role("link", name="Einlösen").click()
    kam.save("Die Zusage ist gehalten", "Zusage ist gehalten")
    kam.tab("Kommunikation")
    expect(kam.row(what)).to_contain_text("Gehalten")
