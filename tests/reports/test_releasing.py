"""A second person signs for an audit report; what is signed says the same for ever."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from audits.models import Audit, Finding
from tests.conftest import ClientFor
from tests.reports.factories import full_audit, norhagen, queued, ready
from tests.statements import statements
from winback.reports import tasks
from winback.reports.enums import ReportStatus, Verb
from winback.reports.models import Report
from winback.reports.permissions import can_release
from winback.reports.rows import report_row
from winback.reports.services import NotReleasable, release_report

pytestmark = pytest.mark.usefixtures("today", "media")
DAY = date(2026, 11, 23)


@pytest.fixture
def audit(kam: User, qm: User) -> Audit:
    """Finished, led by ``qm``, in a case of ``kam``."""
    return full_audit(norhagen(kam), qm)


@pytest.fixture
def draft(audit: Audit, kam: User) -> Report:
    """Its facts are assembled, its file is made up."""
    report = queued(audit, kam)
    report.status, report.sha256, report.file = ReportStatus.READY, "ab" * 32, "reports/x.pdf"
    report.save()
    return report


def release(draft: Report, actor: User) -> Report:
    return release_report(report=draft, actor=actor, today=DAY)


def row(report: Report, user: User) -> tuple[tuple[str, str], str]:
    shown = report_row(Report.objects.with_row().get(pk=report.pk), user, report.as_of)
    return shown.release, shown.state.release_url


# --- the verb -------------------------------------------------------------------------------


def test_release_is_the_next_version_with_the_same_facts_and_a_name(
    draft: Report, leitung: User
) -> None:
    signed = release(draft, leitung)
    assert (signed.number, signed.status) == (draft.number + 1, ReportStatus.QUEUED)
    assert (signed.released_by, signed.draft) == (leitung, draft)
    assert (signed.as_of, signed.language) == (draft.as_of, draft.language)
    assert signed.snapshot.pop("released_by") == leitung.full_name
    assert signed.snapshot.pop("released_on") == "2026-11-23"
    same = {key: value for key, value in draft.snapshot.items() if not key.startswith("released")}
    assert signed.snapshot == same
    event = draft.case.events.latest("pk")
    assert (event.verb, event.actor) == (Verb.RELEASED, leitung)


def test_release_says_what_the_draft_said_whatever_changed_since(
    draft: Report, audit: Audit, leitung: User
) -> None:
    found = audit.findings.first()
    assert found is not None
    Finding.objects.filter(pk=found.pk).update(statement="Nachträglich geschönt.")
    assert "geschönt" not in str(release(draft, leitung).snapshot)


def test_release_twice_is_one_version(draft: Report, leitung: User) -> None:
    assert release(draft, leitung) == release(draft, leitung)
    assert Report.objects.filter(audit=draft.audit).count() == 2


def test_lead_auditor_does_not_release_the_own_report(draft: Report, qm: User) -> None:
    with pytest.raises(NotReleasable, match="Auditleitung"):
        release(draft, qm)
    assert not Report.objects.filter(draft=draft).exists()


def test_only_a_finished_draft_of_an_audit_report_can_be_released(
    audit: Audit, draft: Report, kam: User, leitung: User
) -> None:
    signed = release(draft, leitung)
    signed.status, signed.sha256, signed.file = ReportStatus.READY, "cd" * 32, "reports/y.pdf"
    signed.save()
    waiting = Report.objects.create(
        kind="audit", case=audit.case, audit=audit, number=9, language="de",
        as_of=draft.as_of, requested_by=kam,
    )  # fmt: skip
    for report in (signed, waiting, ready(audit.case, kam)):
        with pytest.raises(NotReleasable, match="Entwurf"):
            release(report, leitung)


@pytest.mark.parametrize("facts", [{"draft": None}, {"released_by": None}])
def test_database_keeps_signature_and_draft_together(
    draft: Report, leitung: User, facts: dict[str, None]
) -> None:
    signed = release(draft, leitung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=signed.pk).update(**facts)


# --- who, and what is shown -----------------------------------------------------------------


def test_quality_managers_and_the_board_may_release_but_not_the_lead(
    draft: Report, kam: User, qm: User, leitung: User, operativ: User, auditor: User
) -> None:
    people = (kam, qm, leitung, operativ, auditor)
    assert [user for user in people if can_release(user, draft)] == [leitung]
    draft.status = ReportStatus.QUEUED
    assert not can_release(leitung, draft)


def test_reports_of_a_case_are_not_released(draft: Report, kam: User, leitung: User) -> None:
    progress = ready(draft.case, kam)
    assert not can_release(leitung, progress)
    assert row(progress, leitung) == (("", ""), "")


def test_rows_say_draft_then_who_released_it(draft: Report, leitung: User, kam: User) -> None:
    url = reverse("reports:release", args=[draft.token])
    assert row(draft, leitung) == (("open", "Entwurf"), url)
    assert row(draft, kam) == (("open", "Entwurf"), "")
    signed = release(draft, leitung)
    assert row(signed, leitung) == (("lock", f"freigegeben durch {leitung.short_name}"), "")
    assert row(draft, leitung) == (("", ""), "")


def test_list_of_reports_asks_no_more_for_released_ones(
    draft: Report, leitung: User, client_for: ClientFor
) -> None:
    client = client_for(leitung)
    before = statements(client, reverse("reports:list"))
    release(draft, leitung)
    after = statements(client, reverse("reports:list"))
    assert len(before) == len(after) <= 8, after


def test_page_asks_for_one_word_and_then_releases(
    draft: Report, leitung: User, client_for: ClientFor
) -> None:
    client, url = client_for(leitung), reverse("reports:release", args=[draft.token])
    assert "Wort für Wort" in client.get(url).content.decode()
    refused = client.post(url, {})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["read"])
    done = client.post(url, {"read": "on"})
    signed = Report.objects.get(draft=draft)
    assert done["Location"] == signed.get_absolute_url()
    assert client.post(url, {"read": "on"}).status_code == 403


# --- the print ------------------------------------------------------------------------------


@pytest.mark.slow
def test_draft_says_so_and_the_release_prints_name_and_day(
    draft: Report, audit: Audit, kam: User, leitung: User
) -> None:
    Report.objects.filter(pk=draft.pk).update(status=ReportStatus.QUEUED)
    tasks.render(draft.pk)
    draft.refresh_from_db()
    assert "Entwurf, noch nicht freigegeben" in text_of(draft)
    signed = release(draft, leitung)
    tasks.render(signed.pk)
    signed.refresh_from_db()
    printed = text_of(signed)
    assert printed.count(f"freigegeben durch {leitung.full_name} am 23.11.2026") == 2
    assert "Entwurf, noch" not in printed
    assert len({draft.sha256, signed.sha256}) == 2


def text_of(report: Report) -> str:
    assert report.status == ReportStatus.READY, report.error
    with report.file.open("rb") as stored:
        pages = PdfReader(io.BytesIO(stored.read())).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)
