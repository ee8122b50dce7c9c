"""Lines of the lists of reports, from rows nobody had to store."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from audits.models import Audit, AuditTemplate, TemplateVersion
from winback.cases.models import Case
from winback.clients.models import Client
from winback.reports.enums import PENDING, ReportKind, ReportStatus
from winback.reports.models import Report
from winback.reports.permissions import can_request_audit, can_request_progress, can_retry
from winback.reports.rows import (
    SHAPE,
    audit_requests,
    file_name,
    home,
    report_row,
    report_state,
    title,
)

NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
TOKEN = uuid.UUID("12345678-1234-5678-1234-567812345678")
KAYA = User(pk=1, first_name="Aylin", last_name="Kaya", role=Role.KEY_ACCOUNT_MANAGER)
OTT = User(pk=2, first_name="Ralf", last_name="Ott", role=Role.OPERATIONS)
WOLF = User(pk=3, first_name="Tim", last_name="Wolf", role=Role.QUALITY_MANAGER)
SEIDEL = User(pk=4, first_name="Hanna", last_name="Seidel", role=Role.EXTERNAL_AUDITOR)
LINDNER = User(pk=5, first_name="Maria", last_name="Lindner", role=Role.MANAGEMENT)
CASE = Case(pk=1, number="RG-2026-0042", client=Client(name="Norhagen Bau AG"), owner=KAYA)


def audit(lead: User = WOLF, **facts: Any) -> Audit:
    """Finished on 17 November."""
    template = AuditTemplate(name_de="Internes Service-Audit", name_en="Internal service audit")
    version = TemplateVersion(template=template, number=1)
    known = {"status": "finished", "done_on": dt.date(2026, 11, 17)}
    return Audit(
        pk=7, number="A-0107", case=CASE, owner=lead, version_used=version, **{**known, **facts}
    )


def report(**facts: Any) -> Report:
    """A progress report in German, asked for a minute ago by Aylin Kaya; nothing stored."""
    known = {
        "token": TOKEN,
        "kind": ReportKind.PROGRESS,
        "case": CASE,
        "number": 3,
        "language": "de",
        "as_of": NOW - dt.timedelta(minutes=1),
        "requested_by": KAYA,
    }
    return Report(**{**known, **facts})


def about(lead: User = WOLF, **facts: Any) -> Report:
    return report(kind=ReportKind.AUDIT, audit=audit(lead), **facts)


READY = {"status": ReportStatus.READY, "pages": 7, "size": 210_000}
FAILED = {"status": ReportStatus.FAILED, "error": "Datenträger voll"}


def test_row_names_report_version_and_person() -> None:
    row = report_row(report(), KAYA, NOW)
    assert (row.title, row.version, row.by) == ("Fortschrittsbericht", "3", "A. Kaya")
    assert (row.client, row.subject) == ("Norhagen Bau AG", "RG-2026-0042")
    assert row.as_of == "23.11.2026, 08:59\u00a0Uhr"
    assert row.url == f"/berichte/{TOKEN}/"
    assert row.language == "Deutsch"
    assert report_row(report(language="en"), KAYA, NOW).language == "English"


def test_report_about_an_audit_carries_its_number() -> None:
    assert title(about()) == "Befundbericht A-0107"
    assert title(report()) == "Fortschrittsbericht"
    assert (about().subject, report().subject) == ("A-0107", "RG-2026-0042")


@pytest.mark.parametrize(
    ("row", "user", "place"),
    [
        (report(), KAYA, "/faelle/RG-2026-0042/berichte/"),
        (about(), KAYA, "/faelle/RG-2026-0042/berichte/"),
        (about(), SEIDEL, "/audits/A-0107/berichte/"),
    ],
)
def test_row_leads_where_its_versions_are(row: Report, user: User, place: str) -> None:
    assert home(row, user) == place
    assert report_row(row, user, NOW).subject_url == place


@pytest.mark.parametrize(
    ("facts", "shape", "word", "note", "announce"),
    [
        ({}, "wait", "In der Warteschlange", "Das dauert einige Sekunden.", ""),
        (
            {"status": ReportStatus.RENDERING},
            "run",
            "Wird erstellt",
            "Das dauert einige Sekunden.",
            "",
        ),
        (READY, "done", "Fertig", "7 Seiten, 205\u00a0KB", "Fortschrittsbericht: Fertig"),
        (FAILED, "late", "Fehlgeschlagen", "", "Fortschrittsbericht: Fehlgeschlagen"),
    ],
)
def test_state_says_how_far_it_is(
    facts: dict[str, Any], shape: str, word: str, note: str, announce: str
) -> None:
    found = report_state(report(**facts), KAYA, NOW)
    assert (found.shape, found.word, found.note) == (shape, word, note)
    assert found.announce == announce
    assert found.pending is (announce == "")


@pytest.mark.parametrize(
    ("pages", "size", "note"),
    [
        (1, 1, "1 Seite, 1\u00a0KB"),
        (1, 1500, "1 Seite, 1\u00a0KB"),
        (2, 1536, "2 Seiten, 2\u00a0KB"),
        (12, 2_500_000, "12 Seiten, 2.441\u00a0KB"),
    ],
)
def test_ready_report_says_its_size(pages: int, size: int, note: str) -> None:
    row = report(status=ReportStatus.READY, pages=pages, size=size)
    assert report_state(row, KAYA, NOW).note == note


@pytest.mark.parametrize(("seconds", "waits"), [(0, False), (120, False), (121, True)])
def test_report_nobody_takes_says_so_after_two_minutes(seconds: int, waits: bool) -> None:
    row = report(as_of=NOW - dt.timedelta(seconds=seconds))
    assert row.waits_long(NOW) is waits
    assert report_state(row, KAYA, NOW).note == (
        "Noch hat ihn kein Hintergrunddienst übernommen. Er wird erstellt, sobald einer läuft."
        if waits
        else "Das dauert einige Sekunden."
    )


def test_report_that_is_being_made_does_not_wait() -> None:
    row = report(status=ReportStatus.RENDERING, as_of=NOW - dt.timedelta(hours=1))
    assert not row.waits_long(NOW)


@pytest.mark.parametrize(
    ("facts", "download", "retry", "error"),
    [
        ({}, False, False, ""),
        ({"status": ReportStatus.RENDERING}, False, False, ""),
        (READY, True, False, ""),
        (FAILED, False, True, "Datenträger voll"),
    ],
)
def test_state_offers_what_is_possible_now(
    facts: dict[str, Any], download: bool, retry: bool, error: str
) -> None:
    found = report_state(report(**facts), KAYA, NOW)
    assert (bool(found.download_url), bool(found.retry_url)) == (download, retry)
    assert found.error == error
    assert found.status_url == f"/berichte/{TOKEN}/"


def test_failed_report_is_tried_again_only_by_who_may_ask() -> None:
    assert report_state(report(**FAILED), OTT, NOW).retry_url == ""
    assert report_state(about(OTT, **FAILED), OTT, NOW).retry_url
    assert report_state(about(WOLF, **FAILED), OTT, NOW).retry_url == ""


def test_every_state_has_a_shape() -> None:
    assert set(SHAPE) == set(ReportStatus)
    assert {ReportStatus.QUEUED, ReportStatus.RENDERING} == PENDING


@pytest.mark.parametrize(
    ("user", "progress", "own_audit", "other_audit"),
    [
        (KAYA, True, True, True),
        (WOLF, True, True, True),
        (LINDNER, True, True, True),
        (OTT, False, True, False),
        (SEIDEL, False, True, True),
    ],
)
def test_who_may_ask_for_what(
    user: User, progress: bool, own_audit: bool, other_audit: bool
) -> None:
    other = LINDNER if user != LINDNER else WOLF
    assert can_request_progress(user, CASE) is progress
    assert can_request_audit(user, audit(user)) is own_audit
    assert can_request_audit(user, audit(other)) is other_audit
    assert can_retry(user, report()) is progress
    assert can_retry(user, about(other)) is other_audit


def test_finished_audit_offers_its_report() -> None:
    (found,) = audit_requests(audit(), KAYA)
    assert found.title == "Befundbericht A-0107"
    assert found.note == "Internes Service-Audit, abgeschlossen am 17.11.2026"
    assert found.url == "/audits/A-0107/berichte/befund/"
    assert [key for key, _label in found.languages] == ["de", "en"]


@pytest.mark.parametrize("status", ["planned", "in_progress", "cancelled"])
def test_unfinished_audit_offers_none(status: str) -> None:
    assert audit_requests(audit(status=status, done_on=None), KAYA) == []


def test_audit_offers_its_report_to_who_may_ask() -> None:
    assert audit_requests(audit(WOLF), OTT) == []
    assert len(audit_requests(audit(OTT), OTT)) == 1


def test_first_language_is_that_of_the_reader() -> None:
    reader = User(pk=9, role=Role.MANAGEMENT, language="en")
    (found,) = audit_requests(audit(), reader)
    assert [key for key, _label in found.languages] == ["en", "de"]


@pytest.mark.parametrize(
    ("client", "part"),
    [
        ("Norhagen Bau AG", "Norhagen-Bau-AG"),
        ("Müller & Söhne", "Mueller-Soehne"),
        ("Ärztehaus Straße", "Aerztehaus-Strasse"),
        ("Café Zoë", "Cafe-Zoe"),
        ("  --  ", ""),
    ],
)
def test_file_name_is_plain_and_keeps_umlauts_as_pairs(client: str, part: str) -> None:
    case = Case(number="RG-2026-0042", client=Client(name=client))
    middle = f"_{part}" if part else ""
    name = f"Fortschrittsbericht_RG-2026-0042{middle}_Version-3_2026-11-23.pdf"
    assert file_name(report(case=case)) == name


def test_file_name_carries_the_day_in_berlin() -> None:
    late = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
    assert file_name(report(as_of=late)).endswith("_2026-11-24.pdf")
