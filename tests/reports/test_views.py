"""Pages of reports: lists, requests, progress while it renders, download."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audits.enums import AuditStatus
from tests.audits.factories import AuditFactory
from tests.conftest import ClientFor
from tests.reports.factories import finished_audit, full_case, made, norhagen, queued
from tests.statements import statements
from winback.cases.models import Case
from winback.reports.enums import ReportStatus
from winback.reports.models import Report
from winback.reports.rows import file_name
from winback.reports.services import queue

HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.7 example"

pytestmark = pytest.mark.usefixtures("today", "media")


def ready(report: Report, pages: int = 7) -> Report:
    """The report as a worker leaves it."""
    taken = queue.claim(report.pk, timezone.now())
    assert taken is not None
    queue.finish(taken, pdf=PDF, pages=pages, sha256="ab" * 32)
    report.refresh_from_db()
    return report


def failed(report: Report, reason: str = "Datenträger voll") -> Report:
    taken = queue.claim(report.pk, timezone.now())
    assert taken is not None
    queue.fail(taken, reason)
    report.refresh_from_db()
    return report


def get(client: Client, name: str, *args: object, htmx: bool = False) -> str:
    response = client.get(reverse(name, args=args), headers=HTMX if htmx else None)
    assert response.status_code == 200
    return response.content.decode()


def test_case_page_offers_progress_and_finished_audits(kam: User, client_for: ClientFor) -> None:
    case = norhagen(kam)
    finished, planned = finished_audit(case), AuditFactory(case=case)
    content = get(client_for(kam), "reports:case_reports", case.number)
    assert reverse("reports:request_progress", args=[case.number]) in content
    assert reverse("reports:request_audit", args=[finished.number]) in content
    assert reverse("reports:request_audit", args=[planned.number]) not in content
    assert content.index('value="de"') < content.index('value="en"')


def test_first_button_speaks_the_language_of_the_user(kam: User, client_for: ClientFor) -> None:
    kam.language = "en"
    kam.save()
    content = get(client_for(kam), "reports:case_reports", norhagen(kam).number)
    assert content.index('value="en"') < content.index('value="de"')


def test_operations_read_reports_but_ask_for_none(
    kam: User, operativ: User, client_for: ClientFor
) -> None:
    case = norhagen(kam, team=[operativ])
    report = ready(queued(case, kam))
    client = client_for(operativ)
    content = get(client, "reports:case_reports", case.number)
    assert reverse("reports:request_progress", args=[case.number]) not in content
    assert reverse("reports:download", args=[report.token]) in content
    assert client.post(reverse("reports:request_progress", args=[case.number])).status_code == 403


@pytest.mark.parametrize("language", ["de", "en"])
def test_request_queues_a_report_and_returns_to_the_case(
    kam: User, client_for: ClientFor, language: str
) -> None:
    case = norhagen(kam)
    response = client_for(kam).post(
        reverse("reports:request_progress", args=[case.number]), {"language": language}
    )
    assert response.status_code == 302
    assert response["Location"] == reverse("reports:case_reports", args=[case.number])
    report = Report.objects.get()
    assert (report.language, report.requested_by, report.status) == (language, kam, "queued")


@pytest.mark.parametrize("data", [{}, {"language": "fr"}, {"language": ""}])
def test_request_without_a_known_language_is_refused(
    kam: User, client_for: ClientFor, data: dict[str, str]
) -> None:
    case = norhagen(kam)
    audit = finished_audit(case)
    for name, number in (
        ("reports:request_progress", case.number),
        ("reports:request_audit", audit.number),
    ):
        response = client_for(kam).post(reverse(name, args=[number]), data)
        assert response.status_code == 422
        assert 'class="errsum' in response.content.decode()
    assert not Report.objects.exists()


def test_request_of_an_audit_report_returns_to_where_it_was_asked(
    kam: User, client_for: ClientFor
) -> None:
    audit = finished_audit(norhagen(kam))
    url, client = reverse("reports:request_audit", args=[audit.number]), client_for(kam)
    page = reverse("reports:audit_reports", args=[audit.number])
    assert client.post(url, {"language": "de"})["Location"] == page
    page = reverse("reports:case_reports", args=[audit.case.number])
    assert client.post(f"{url}?zurueck=fall", {"language": "en"})["Location"] == page
    assert Report.objects.filter(audit=audit).count() == 2


def test_unfinished_audit_is_refused_with_its_reason(kam: User, client_for: ClientFor) -> None:
    audit = AuditFactory(case=norhagen(kam), status=AuditStatus.IN_PROGRESS)
    client = client_for(kam)
    url = reverse("reports:request_audit", args=[audit.number])
    assert client.post(url, {"language": "de"}).status_code == 422
    content = get(client, "reports:audit_reports", audit.number)
    assert url not in content
    assert 'class="msg"' in content


@pytest.mark.parametrize("name", ["request_progress", "request_audit", "retry"])
def test_requests_are_posts(kam: User, client_for: ClientFor, name: str) -> None:
    audit = finished_audit(norhagen(kam))
    report = queued(audit, kam)
    argument = {"request_progress": audit.case.number, "request_audit": audit.number}.get(
        name, report.token
    )
    assert client_for(kam).get(reverse(f"reports:{name}", args=[argument])).status_code == 405


def test_waiting_report_polls_and_a_finished_one_stops(kam: User, client_for: ClientFor) -> None:
    report, client = queued(norhagen(kam), kam), client_for(kam)
    waiting = get(client, "reports:status", report.token, htmx=True)
    assert 'hx-trigger="every 2s"' in waiting
    assert f'id="report-{report.token}"' in waiting
    assert "<html" not in waiting
    assert "data-announce" not in waiting
    ready(report)
    done = get(client, "reports:status", report.token, htmx=True)
    assert "hx-trigger" not in done
    assert "data-announce" in done
    assert reverse("reports:download", args=[report.token]) in done


def test_status_is_a_whole_page_without_htmx(kam: User, client_for: ClientFor) -> None:
    report = queued(norhagen(kam), kam)
    content = get(client_for(kam), "reports:status", report.token)
    assert "<html" in content
    assert report.case.number in content
    assert 'hx-trigger="every 2s"' in content


def test_report_nobody_takes_says_so(kam: User, client_for: ClientFor) -> None:
    report, client = queued(norhagen(kam), kam), client_for(kam)
    kam.language = "en"
    kam.save()
    assert "few seconds" in get(client, "reports:status", report.token, htmx=True)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=3), tick=False):
        content = get(client, "reports:status", report.token, htmx=True)
    assert "No worker has taken it yet" in content
    assert 'hx-trigger="every 2s"' in content


def test_failed_report_says_why_and_can_be_tried_again(kam: User, client_for: ClientFor) -> None:
    report = failed(queued(norhagen(kam), kam))
    client, url = client_for(kam), reverse("reports:retry", args=[report.token])
    content = get(client, "reports:status", report.token, htmx=True)
    assert "Datenträger voll" in content
    assert url in content
    assert "hx-trigger" not in content
    again = client.post(url, headers=HTMX)
    assert 'hx-trigger="every 2s"' in again.content.decode()
    report.refresh_from_db()
    assert report.status == ReportStatus.QUEUED


def test_retry_without_htmx_returns_to_the_list(kam: User, client_for: ClientFor) -> None:
    report = failed(queued(norhagen(kam), kam))
    response = client_for(kam).post(reverse("reports:retry", args=[report.token]))
    assert response["Location"] == reverse("reports:case_reports", args=[report.case.number])


def test_reason_of_a_failure_is_escaped(kam: User, client_for: ClientFor) -> None:
    report = failed(queued(norhagen(kam), kam), "<script>alert(1)</script>")
    assert "<script>alert" not in get(client_for(kam), "reports:status", report.token)


def test_download_is_an_attachment_nothing_can_run_in(kam: User, client_for: ClientFor) -> None:
    report = ready(queued(norhagen(kam), kam))
    response = client_for(kam).get(reverse("reports:download", args=[report.token]))
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    disposition = response["Content-Disposition"]
    assert disposition == f'attachment; filename="{file_name(report)}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-store"
    assert response["ETag"] == f'"{report.sha256}"'


def test_download_known_already_is_not_sent_again(kam: User, client_for: ClientFor) -> None:
    report = ready(queued(norhagen(kam), kam))
    url, client = reverse("reports:download", args=[report.token]), client_for(kam)
    same = client.get(url, headers={"If-None-Match": f'"{report.sha256}"'})
    assert same.status_code == 304
    other = client.get(url, headers={"If-None-Match": '"other"'})
    assert other.content == PDF


def test_download_of_an_unfinished_or_lost_file_is_not_found(
    kam: User, client_for: ClientFor, media: Path
) -> None:
    waiting, lost = queued(norhagen(kam), kam), ready(queued(norhagen(kam), kam))
    for path in media.rglob("*.pdf"):
        path.unlink()
    for token in (waiting.token, lost.token, uuid.uuid4()):
        response = client_for(kam).get(reverse("reports:download", args=[token]))
        assert response.status_code == 404


@pytest.mark.parametrize(
    ("client_name", "part"),
    [
        ("Norhagen Bau AG", "_Norhagen-Bau-AG_"),
        ("Übergröße & Söhne", "_Uebergroesse-Soehne_"),
        ("../../etc/passwd\r\nX: y", "_etc-passwd-X-y_"),
        ("Норхаген", "_Version"),
    ],
)
def test_file_name_speaks_and_is_plain(kam: User, client_name: str, part: str) -> None:
    case = norhagen(kam)
    case.client.name = client_name
    report = made(case, kam, language="en")
    report.case = case
    name = file_name(report)
    assert name.isascii()
    assert name.startswith(f"Progress-report_{case.number}_")
    assert part in name
    assert name.endswith("Version-1_2026-11-23.pdf")


def test_file_name_of_an_audit_report_names_the_audit(kam: User) -> None:
    audit = finished_audit(norhagen(kam))
    assert f"_{audit.number}_Norhagen-Bau-AG_" in file_name(made(audit, kam))


def test_external_auditor_reads_reports_of_own_audits_only(
    kam: User, auditor: User, client_for: ClientFor
) -> None:
    case = norhagen(kam)
    own, other = finished_audit(case, auditor), finished_audit(case)
    mine, foreign = ready(queued(own, kam)), ready(queued(other, kam))
    progress = ready(queued(case, kam))
    client = client_for(auditor)
    content = get(client, "reports:audit_reports", own.number)
    assert reverse("reports:download", args=[mine.token]) in content
    assert reverse("reports:request_audit", args=[own.number]) in content
    assert case.get_absolute_url() not in content
    listed = get(client, "reports:list")
    assert str(mine.token) in listed
    assert str(foreign.token) not in listed
    assert str(progress.token) not in listed
    assert reverse("reports:case_reports", args=[case.number]) not in listed
    for token in (foreign.token, progress.token):
        assert client.get(reverse("reports:download", args=[token])).status_code == 404
        assert client.get(reverse("reports:status", args=[token])).status_code == 404
    assert client.get(reverse("reports:audit_reports", args=[other.number])).status_code == 404


def test_external_auditor_asks_for_and_retries_the_own_report(
    kam: User, auditor: User, client_for: ClientFor
) -> None:
    audit = finished_audit(norhagen(kam), auditor)
    client = client_for(auditor)
    page = reverse("reports:audit_reports", args=[audit.number])
    url = reverse("reports:request_audit", args=[audit.number])
    assert client.post(f"{url}?zurueck=fall", {"language": "de"})["Location"] == page
    report = failed(Report.objects.get())
    again = client.post(reverse("reports:retry", args=[report.token]))
    assert again["Location"] == page


def test_strangers_find_nothing(kam: User, fremde: User, client_for: ClientFor) -> None:
    report = ready(queued(norhagen(kam), kam))
    client = client_for(fremde)
    for name in ("status", "download"):
        assert client.get(reverse(f"reports:{name}", args=[report.token])).status_code == 404
    assert client.post(reverse("reports:retry", args=[report.token])).status_code == 404
    assert str(report.token) not in get(client, "reports:list")


def test_list_has_pages_and_an_empty_state(kam: User, client_for: ClientFor) -> None:
    client = client_for(kam)
    assert 'class="empty"' in get(client, "reports:list")
    case = norhagen(kam)
    for _number in range(26):
        made(case, kam)
    assert "?seite=2" in get(client, "reports:list")


def many(case: Case, kam: User, count: int) -> None:
    """One waiting, one ready and one failed report for every count."""
    for _number in range(count):
        made(case, kam)
        made(case, kam, status=ReportStatus.FAILED, error="x")
        stored = made(case, kam)
        stored.file.save("x.pdf", ContentFile(PDF), save=False)
        stored.sha256, stored.status = "a" * 64, ReportStatus.READY
        stored.save()


def test_list_costs_the_same_for_one_and_three(kam: User, client_for: ClientFor) -> None:
    case, client, url = norhagen(kam), client_for(kam), reverse("reports:list")
    many(case, kam, 1)
    few = statements(client, url)
    many(norhagen(kam), kam, 2)
    assert len(statements(client, url)) == len(few) <= 8


def test_case_page_costs_the_same_for_one_and_three(kam: User, client_for: ClientFor) -> None:
    case, client = norhagen(kam), client_for(kam)
    url = reverse("reports:case_reports", args=[case.number])
    many(case, kam, 1)
    finished_audit(case)
    few = statements(client, url)
    many(case, kam, 2)
    finished_audit(case)
    assert len(statements(client, url)) == len(few) <= 12


def test_audit_page_and_fragment_stay_cheap(kam: User, client_for: ClientFor) -> None:
    audit = finished_audit(norhagen(kam))
    report, client = queued(audit, kam), client_for(kam)
    page = reverse("reports:audit_reports", args=[audit.number])
    assert len(statements(client, page)) <= 12
    assert len(statements(client, reverse("reports:status", args=[report.token]))) <= 8


def test_lists_leave_the_snapshots_in_the_database(kam: User, client_for: ClientFor) -> None:
    case, client = norhagen(kam), client_for(kam)
    queued(case, kam)
    asked = statements(client, reverse("reports:case_reports", args=[case.number]))
    assert not any('"reports_report"."snapshot"' in sql for sql in asked)


def test_request_costs_the_same_for_a_full_case(kam: User, client_for: ClientFor) -> None:
    """Assembling is a report of its own: more than a write may cost, but flat."""
    case, client = full_case(kam), client_for(kam)
    url = reverse("reports:request_progress", args=[case.number])
    few = len(statements(client, url, {"language": "de"}))
    finished_audit(case)
    assert abs(len(statements(client, url, {"language": "en"})) - few) <= 1
    assert few <= 45
