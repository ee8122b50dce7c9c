"""Steps 1 to 3: client, contract, case, go decision, causes."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.person import Person

CLIENT = "Norhagen Bau AG"
SITE = "Verwaltung Nord"
MAIN_CAUSE = "Zuständigkeit unklar oder weitergeschoben"
SECOND_CAUSE = "Qualitätsmängel in der Reinigung"


def record_client(kam: Person) -> None:
    kam.go("Kunden")
    kam.reads("Hier steht noch kein Kunde")
    kam.follow("Neuer Kunde")
    kam.enter({
        "Name": CLIENT, "Kundennummer": "K-4711", "Segment": "Industrie",
        "Kunde seit": "01.04.2019", "Geschäftsziele des Kunden": "Verlässlicher Betrieb im Umbau.",
    })  # fmt: skip
    kam.press()
    expect(kam.page.get_by_role("heading", level=1)).to_have_text(CLIENT)
    kam.follow("Neues Objekt")
    kam.enter({
        "Name": SITE, "Art": "Bürogebäude", "Straße und Hausnummer": "Lindenallee 4",
        "Postleitzahl": "60311", "Ort": "Frankfurt am Main", "Bundesland": "Hessen",
        "Fläche in m²": "12.400,50",
    })  # fmt: skip
    kam.press()
    kam.reads(SITE, "Hessen", "12.401 m²")
    kam.follow("Neuer Ansprechpartner")
    kam.enter({
        "Anrede": "Herr", "Vorname": "Jörg", "Nachname": "Brandt",
        "Funktion": "Leiter Gebäudemanagement", "Entscheider": True,
        "E-Mail-Adresse": "joerg.brandt@norhagen.example",
    })  # fmt: skip
    kam.press()
    kam.reads("Brandt", "Entscheider")
    kam.follow(CLIENT)


def record_contract(kam: Person) -> None:
    kam.follow("Neuer Vertrag")
    kam.enter({
        "Bezeichnung": "Gebäudedienste Nord", "Vertragsnummer": "V-2019-07",
        "Vertragsart": "Werkvertrag", "Beginn": "01.04.2019", "Ende": "31.03.2027",
        "Letzter Kündigungstag": "31.12.2026", "Vertragswert p. a.": "1.250.000,00", SITE: True,
    })  # fmt: skip
    kam.press()
    kam.reads("Gebäudedienste Nord")


def open_case(kam: Person) -> None:
    kam.follow("Neuer Fall")
    kam.enter({
        "Vertrag": "Gebäudedienste Nord", SITE: True, "Anlass": "Kündigung angedroht",
        "Art des Verlusts": "Gefährdet, noch Kunde", "Erstes Anzeichen am": "14.09.2026",
        "Gefährdeter Jahresumsatz": "1.250.000,00",
        "Nächster Schritt": "Krisengespräch vorbereiten",
        "Nächster Schritt am": "24.11.",
    })  # fmt: skip
    kam.save("Der Fall ist eröffnet", "Fall eröffnen")
    kam.reads("RG-2026-0001", "24.11.2026", "Krisengespräch vorbereiten", "noch kein Plan")


def join_team(kam: Person) -> None:
    """The functions in the team are what the plan will suggest as owners."""
    kam.tab("Team")
    for name, function in (("Ralf Ott", "Objektleitung"), ("Tim Wolf", "Qualitätsmanager")):
        kam.enter({"Person": name, "Funktion im Fall": function})
        kam.save("Teammitglied aufgenommen", "Aufnehmen")
        expect(kam.row(name)).to_contain_text(function)


def decide(management: Person) -> None:
    management.open_case(CLIENT)
    management.act("Go-Entscheidung erfassen")
    management.enter({
        "Go: Wir versuchen, den Kunden zurückzugewinnen": True, "Entschieden von": "Maria Lindner",
        "Entschieden am": "heute", "Gründe": "Größter Kunde der Region, Mängel sind abstellbar.",
    })  # fmt: skip
    management.save("Entscheidung erfasst")


def name_causes(kam: Person) -> None:
    kam.tab("Ursachen")
    kam.follow("Ursache benennen")
    _cause(
        kam, MAIN_CAUSE, "Störmeldungen wurden zwischen Zentrale und Objekt weitergereicht.", "60"
    )
    kam.tab("Ursachen")
    kam.follow("Ursache benennen")
    _cause(kam, SECOND_CAUSE, "Stichproben fielen seit Juni aus.", "40")
    kam.enter({"Quelle in Worten": "Begehungsprotokoll vom 02.11.2026"})
    kam.press("Beleg ergänzen")
    kam.reads("Begehungsprotokoll vom 02.11.2026")
    kam.follow("Zur Hauptursache machen")
    kam.save("Dies ist jetzt die Hauptursache", "Zur Hauptursache machen")
    kam.tab("Ursachen")
    expect(kam.main.get_by_text("Hauptursache", exact=True)).to_have_count(1)
    expect(kam.row(SECOND_CAUSE)).to_contain_text("Hauptursache")


def _cause(kam: Person, category: str, statement: str, share: str) -> None:
    kam.enter({"Kategorie": category, "Aussage": statement, "Sicht": "intern",
               "Anteil in Prozent": share, "Für die Zukunft veränderbar": True})  # fmt: skip
    kam.press()
    kam.reads(statement)
