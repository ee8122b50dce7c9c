"""Step 5: KPIs with baseline, target and measurements."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.journey.opening import CLIENT
from tests.browser.person import Person

SLA = "SLA-Erfüllung Reaktionszeit"
REPEATS = "Wiederholstörungen innerhalb 30 Tagen"


def pick(qm: Person) -> None:
    qm.open_case(CLIENT)
    qm.tab("Kennzahlen")
    qm.follow("Kennzahlen aufnehmen")
    for name in (SLA, REPEATS):
        qm.main.get_by_role("checkbox", name=name).check()
    qm.enter(
        {"Verantwortlich": "Tim Wolf", "Löst diese Entscheidung aus": "Verstärkung der Zentrale"}
    )
    qm.save("Die Kennzahlen sind aufgenommen", "Aufnehmen")


def agree(qm: Person, name: str, before: str, target: str) -> None:
    """What it was and where it must go: frozen baseline, target with its day."""
    qm.follow(name)
    qm.follow("Baseline erfassen")
    qm.enter({
        "Baseline-Wert": before, "Gemessen von": "01.06.2026", "Gemessen bis": "31.08.2026",
        "Stichprobe n": "214", "Mit dem Kunden besprochen am": "10.11.2026",
        "Bestätigt durch": "Jörg Brandt",
    })  # fmt: skip
    qm.save("Die Baseline ist gesperrt")
    qm.follow("Ziel setzen")
    qm.enter({"Zielwert": target, "Zu erreichen bis": "31.05.2027"})
    qm.save("Das Ziel ist gesetzt")


def measure(qm: Person) -> None:
    """October for both at once, recorded late and doubted; November for one."""
    qm.tab("Kennzahlen")
    qm.follow("Messwerte eintragen")
    qm.follow("Oktober 2026")
    qm.enter({f"{SLA}, Oktober 2026": "81,5", f"{REPEATS}, Oktober 2026": "9,4",
              f"Stichprobe n: {SLA}, Oktober 2026": "96"})  # fmt: skip
    qm.press()
    doubt = "Der Zeitraum liegt vor der Anlage des Falls am 20.11.2026"
    qm.insist(doubt, "Aus dem Ticketsystem nachgetragen", "Die Werte sind eingetragen")
    qm.tab("Kennzahlen")
    qm.follow(SLA)
    qm.follow("Messwert erfassen")
    qm.enter({"Zeitraum": "11.2026", "Wert": "87", "Stichprobe n": "61"})
    qm.save("Der Wert ist eingetragen")
    qm.tab("Kennzahlen")
    line = qm.row(SLA)
    for words in ("87,0", "95,0", "78,0"):  # actual, target, baseline
        expect(line).to_contain_text(words)
    expect(line.locator("svg")).not_to_have_count(0)
