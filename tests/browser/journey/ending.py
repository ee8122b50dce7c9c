"""Steps 8 to 11: the reminder mail, both PDFs, the month page, the history."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pikepdf
from django.core.management import call_command
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.journey import auditing, measuring, planning
from tests.browser.journey.opening import CLIENT, SECOND_CAUSE
from tests.browser.person import Person

NUMBER = "RG-2026-0001"
#: What has happened to the case, in the words of its history.
HISTORY = (
    "Fall eröffnet", "Teammitglied aufgenommen", "Go-Entscheidung getroffen", "Ursache benannt",
    "Beleg zu einer Ursache ergänzt", "Hauptursache gewählt", "Audit geplant", "Audit begonnen",
    "Feststellung erfasst", "Audit abgeschlossen und gesperrt", "Kennzahl aufgenommen",
    "Baseline erfasst", "Ziel gesetzt", "Messwert eingetragen", "Rückgewinnungsplan gestartet",
    "Maßnahme erledigt", "Maßnahme verschoben", "Maßnahme übergeben", "Maßnahme angelegt",
    "Feststellung in Arbeit", "Zusage gegeben", "Zusage gehalten", "Bericht angefordert",
    "Bericht erstellt",
)  # fmt: skip


def mails(folder: Path) -> Iterator[EmailMessage]:
    """The mails in the folder of an installation without a mail server."""
    for path in sorted(folder.glob("*.log")):
        for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            if part.strip():
                yield message_from_bytes(part.strip(), policy=policy.default)


def tick(folder: Path) -> dict[str, EmailMessage]:
    """What cron does without Celery; the second time has nothing to say. Recipient → mail."""
    call_command("tick")
    found = {str(mail["To"]): mail for mail in mails(folder)}
    call_command("tick")
    assert len(list(mails(folder))) == len(found)
    return found


def read_digest(kam: Person, mail: EmailMessage) -> None:
    """In German, late things marked, with links that lead to the page."""
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    assert "überfällig" in str(mail["Subject"])
    assert f"{CLIENT}" in text
    assert f"! Zusage „{planning.OVERDUE}“ einlösen" in text
    assert planning.OWN in text
    assert planning.KEPT not in text
    assert "Sie sind verantwortlich" in text
    html = mail.get_body(preferencelist=("html",))
    assert html is not None
    assert 'lang="de"' in html.get_content()
    path = re.search(r"https?://[^/\s]+(/faelle/\S+/zusagen/\d+/)", text)
    assert path is not None
    kam.page.goto(path[1])
    expect(kam.page).to_have_url(re.compile("/anmelden/"))  # the session of Friday has ended
    kam.sign_in_here()
    kam.reads(planning.OVERDUE)


def see_own_work(kam: Person) -> None:
    kam.go("Meine Arbeit")
    late = kam.main.get_by_role("region", name="Überfällig")
    expect(late).to_contain_text(planning.OVERDUE)
    expect(late).to_contain_text(planning.OWN)


def request_reports(kam: Person) -> None:
    """Both are asked for; the page shows that they are being made, and then that they are ready."""
    kam.open_case(CLIENT)
    kam.tab("Berichte")
    for title in ("Fortschrittsbericht", "Befundbericht"):
        line = kam.main.get_by_role("table", name="Neuer Bericht").get_by_role("row")
        with kam.page.expect_navigation():
            line.filter(has_text=title).get_by_role("button", name="Auf Deutsch").click()
        kam.reads("Der Bericht wird erstellt")
    expect(kam.main.locator(".report-state")).to_have_count(2)
    expect(kam.main.get_by_role("link", name="PDF herunterladen")).to_have_count(0)
    call_command("render_reports")  # as the worker does
    ready = kam.main.get_by_role("link", name="PDF herunterladen")
    expect(ready).to_have_count(2, timeout=20_000)  # the page asks every two seconds


def read_progress(kam: Person) -> None:
    text = _read(kam, "Fortschrittsbericht")
    says(text, (
        NUMBER, CLIENT, measuring.SLA, "87,0", "78,0", "95,0", planning.OVERDUE, planning.OWN,
        planning.REMEDY, "G. Sommer", "28.12.2026", "Inhalt",
    ))  # fmt: skip


def read_audit_report(kam: Person) -> None:
    text = _read(kam, "Befundbericht")
    says(text, (
        "A-0001", "F-0001", CLIENT, auditing.FINDING.rstrip("."), auditing.NOTE, auditing.SCORE,
        "nicht bestanden", planning.REMEDY, "R. Ott", "Inhalt",
    ))  # fmt: skip


def says(text: str, expected: tuple[str, ...]) -> None:
    missing = [words for words in expected if words not in text]
    assert missing == [], text


def _read(kam: Person, title: str) -> str:
    """Download through the browser; tagged, German, with bookmarks. Its words on one line."""
    link = kam.main.get_by_role("link", name=re.compile(f"PDF herunterladen ?: {title}"))
    data = kam.download(link).read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert title in meta["dc:title"], meta["dc:title"]
    reader = PdfReader(io.BytesIO(data))
    assert reader.outline
    text = " ".join(page.extract_text() for page in reader.pages)
    return plain(text)


def plain(text: str) -> str:
    """Without hyphens at line ends, every white space one blank, as ``SCORE`` is written."""
    joined = re.sub(r"(\w)[-\u00ad\u2010]\s*\n\s*(?=[a-zäöüß])", r"\1", text).replace("\u00ad", "")
    return " ".join(joined.split())


def see_month(management: Person) -> None:
    """The case is counted; a number leads to the list behind it."""
    expect(management.page.get_by_role("heading", level=1)).to_contain_text("gefährdet")
    management.reads("November 2026", "1,25 Mio. €", "1 von 2")
    late = management.main.locator(".numbers > *").filter(has_text="Überfällige Maßnahmen")
    expect(late).to_contain_text("1")
    table = management.main.get_by_role("region", name="Fälle nach Phase und Ampel")
    line = table.get_by_role("row").filter(has_text="Analyse")
    with management.page.expect_navigation():
        line.get_by_role("link", name="1", exact=True).first.click()
    expect(management.page).to_have_url(re.compile(r"/faelle/\?.*phase=1"))
    management.reads(CLIENT, NUMBER)
    management.follow(CLIENT)


def see_history(management: Person) -> None:
    management.tab("Verlauf")
    told = management.main.locator(".tl")
    words = told.text_content() or ""
    while management.main.get_by_role("link", name="Weiter").count():
        management.follow("Weiter")
        words += told.text_content() or ""
    missing = [verb for verb in HISTORY if verb not in words]
    assert missing == []
    assert SECOND_CAUSE in words
    assert "Herr Brandt ist bis 7. Dezember verreist" in words
