"""Real PDFs: readable, tagged, in both languages; and what happens when rendering fails."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from django.core.management import call_command
from django.utils import translation
from pypdf import PdfReader

from accounts.models import User
from audits.enums import Grade
from tests.reports.factories import (
    finding,
    finished_audit,
    full_audit,
    full_case,
    norhagen,
    queued,
)
from winback.cases.models import CaseEvent
from winback.common.pdf import RenderError
from winback.reports import tasks
from winback.reports.enums import ReportStatus, Verb
from winback.reports.models import Report
from winback.reports.services import queue, rendering, retry_report

pytestmark = pytest.mark.usefixtures("today", "media")

#: The checker looks for /Scope on the heads; the renderer sets /Headers on the cells instead.
ALLOWED = {"UA-15-003"}


def rendered(report: Report) -> bytes:
    """Render as the worker does and read the stored file."""
    tasks.render(report.pk)
    report.refresh_from_db()
    assert report.status == ReportStatus.READY, report.error
    with report.file.open("rb") as stored:
        return bytes(stored.read())


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def faults(pdf: bytes, folder: Path) -> set[str]:
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    return {found.rule_id for found in pdfua.validate(str(path)).findings}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_audit_report_is_tagged_numbered_and_complete(
    kam: User, media: Path, language: str
) -> None:
    audit = full_audit(norhagen(kam))
    report = queued(audit, kam, language)
    pdf = rendered(report)
    texts = pages(pdf)
    assert report.pages == len(texts) > 5
    assert report.size == len(pdf)
    everything = " ".join(texts)
    for word in ("Norhagen Bau AG", "F-0001", "46", "Hygieneinspektion", "B. Brandt", "A-0001"):
        assert word in everything
    for number, text in enumerate(texts[1:], start=2):
        assert f"{number} {'von' if language == 'de' else 'of'} {len(texts)}" in text or (
            f"{number} of {len(texts)}" in text
        )
    assert faults(pdf, media) <= ALLOWED
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.Lang == language
        assert opened.Root.MarkInfo.Marked
        assert "Haus B" in str(opened.docinfo["/Title"])
        with opened.open_outline() as outline:
            assert len(outline.root) == 8


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_progress_report_is_tagged_and_complete(kam: User, media: Path, language: str) -> None:
    report = queued(full_case(kam), kam, language)
    pdf = rendered(report)
    everything = " ".join(pages(pdf))
    name = "SLA-Erfüllung" if language == "de" else "SLA compliance"
    for word in (name, "M-8", "F-0002", "Review-Meeting", "n<5", "Betriebskonzept", "91"):
        assert word in everything
    assert faults(pdf, media) <= ALLOWED
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.Lang == language
        assert "Norhagen Bau AG" in str(opened.docinfo["/Title"])


@pytest.mark.slow
def test_report_of_a_bare_case_still_renders(kam: User, media: Path) -> None:
    report = queued(norhagen(kam), kam, "en")
    pdf = rendered(report)
    everything = " ".join(pages(pdf))
    for sentence in ("No KPI is measured yet", "no recovery plan yet", "No audit is finished yet"):
        assert sentence in everything
    assert faults(pdf, media) <= ALLOWED


@pytest.mark.slow
def test_table_heads_repeat_on_every_page_of_a_long_table(kam: User) -> None:
    audit = finished_audit(norhagen(kam))
    for index in range(40):
        finding(audit, "S1", Grade.MINOR, f"Feststellung Nummer {index}.")
    with_heads = [
        text
        for text in pages(rendered(queued(audit, kam, "en")))
        if "No. Grade Finding Question" in text
    ]
    assert len(with_heads) > 1


PAYLOADS = (
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    "http://169.254.169.254/latest",
    "url(file:///etc/passwd)",
    "{{ settings.SECRET_KEY }} {% include 'x' %}",
    "--><svg onload=1><image href=http://127.0.0.1/>",
)


@pytest.mark.slow
def test_payloads_in_findings_are_printed_as_text(kam: User) -> None:
    audit = finished_audit(norhagen(kam))
    for payload in PAYLOADS:
        finding(audit, "P1", Grade.MINOR, payload, containment=payload)
    printed = "".join(" ".join(pages(rendered(queued(audit, kam)))).split()).replace("-", "")
    for payload in PAYLOADS:
        assert "".join(payload.split()).replace("-", "") in printed


def test_sha256_is_that_of_the_file(kam: User) -> None:
    report = queued(norhagen(kam), kam)
    pdf = rendered(report)
    assert report.sha256 == hashlib.sha256(pdf).hexdigest()


def test_render_error_is_told_to_the_person_who_asked(
    kam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(html: str, **kwargs: Any) -> None:
        raise RenderError(translation.gettext("The report is being made."))

    monkeypatch.setattr(rendering, "print_pdf", refuse)
    kam.language = "en"
    kam.save()
    report = queued(norhagen(kam), kam, "de")
    tasks.render(report.pk)
    report.refresh_from_db()
    assert report.status == ReportStatus.FAILED
    assert report.error == "The report is being made."
    event = CaseEvent.objects.get(verb=Verb.FAILED)
    assert event.data["reason"] == report.error


def test_disk_that_is_full_is_told_and_can_be_retried(
    kam: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(report: Report, **_more: object) -> bool:
        raise OSError(28, "No space left on device")

    report = queued(norhagen(kam), kam)
    with monkeypatch.context() as patched:
        patched.setattr(queue, "finish", full)
        tasks.render(report.pk)
    report.refresh_from_db()
    assert report.status == ReportStatus.FAILED
    assert report.error
    retry_report(report=report, actor=kam)
    assert rendered(report).startswith(b"%PDF")


def test_fault_of_ours_fails_the_report_and_reaches_the_log(
    kam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(report: Report) -> str:
        raise KeyError("gone")

    monkeypatch.setattr(rendering, "document", broken)
    report = queued(norhagen(kam), kam)
    with pytest.raises(KeyError):
        tasks.render(report.pk)
    report.refresh_from_db()
    assert report.status == ReportStatus.FAILED
    assert report.error


def test_ready_report_is_not_rendered_again(kam: User) -> None:
    report = queued(norhagen(kam), kam)
    first = rendered(report)
    assert rendered(report) == first
    tasks.sweep()
    report.refresh_from_db()
    assert report.attempts == 1


def test_task_tolerates_a_report_that_is_gone(db: None) -> None:
    tasks.render(4711)


def test_sweep_renders_what_no_bell_was_heard_for(kam: User) -> None:
    first, second = queued(norhagen(kam), kam), queued(norhagen(kam), kam)
    tasks.sweep()
    assert {first.pk, second.pk} == set(
        Report.objects.filter(status=ReportStatus.READY).values_list("pk", flat=True)
    )


def test_one_failing_report_does_not_stop_the_others(
    kam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = queued(norhagen(kam), kam), queued(norhagen(kam), kam)
    real = rendering.print_pdf
    calls = []

    def once(html: str, **kwargs: Any) -> object:
        calls.append(html)
        if len(calls) == 1:
            raise RenderError("kaputt")
        return real(html, **kwargs)

    monkeypatch.setattr(rendering, "print_pdf", once)
    tasks.sweep()
    states = dict(Report.objects.values_list("pk", "status"))
    assert states == {first.pk: ReportStatus.FAILED, second.pk: ReportStatus.READY}


def test_command_renders_without_celery(kam: User) -> None:
    queued(norhagen(kam), kam)
    said = io.StringIO()
    call_command("render_reports", stdout=said)
    assert said.getvalue() == "1 reports rendered.\n"
    call_command("render_reports", stdout=said)
    assert said.getvalue().endswith("0 reports rendered.\n")
