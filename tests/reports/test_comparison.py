"""The audit report beside its predecessor: figures with their change, and what was found again."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from accounts.models import User
from audits.enums import Grade, Result
from audits.models import Audit
from tests.audits.factories import answer
from tests.reports import facts
from tests.reports.factories import finding, finished_audit, norhagen, queued, with_head
from tests.reports.test_printing import STAMP
from winback.reports import tasks
from winback.reports.enums import ReportStatus
from winback.reports.rules.facts import AuditFacts, ComparedFacts, ComparisonFacts
from winback.reports.rules.freezing import freeze, thaw
from winback.reports.services.assembly import assemble_audit
from winback.reports.services.printing.audit import audit_context
from winback.reports.services.printing.comparison import compared_values

pytestmark = pytest.mark.usefixtures("today", "media")
DAY = dt.date(2026, 11, 23)


def earlier(score: Decimal | None = Decimal("57.5"), majors: int = 1) -> ComparisonFacts:
    row = ComparedFacts(
        code="P2", text="Gültige Inspektion?", before="nicht erfüllt", after="nicht erfüllt",
        shape="run", word="unverändert", recurs=True, found="F-0274 → F-0311",
    )  # fmt: skip
    return ComparisonFacts("A-0093", "15.09.2026", score, majors, "Erneut.", (row,))


@pytest.fixture
def follow_up(kam: User) -> Audit:
    """Finished, with the same answers as its predecessor but one."""
    case = norhagen(kam)
    before, after = finished_audit(case), finished_audit(case)
    for each in (before, after):
        finding(each, "P1", Grade.MAJOR, "Prüfbuch fehlt.")
    before.answers.filter(question__code="S2").delete()
    answer(before, "S2", Result.NOT_MET)
    after.previous = before
    after.save()
    return with_head(after)


def test_facts_hold_the_predecessor_and_come_back_from_the_snapshot(follow_up: Audit) -> None:
    assembled = assemble_audit(follow_up, DAY)
    compared = assembled.comparison
    assert compared is not None
    assert follow_up.previous is not None
    assert (compared.number, compared.majors) == (follow_up.previous.number, 1)
    by_code = {row.code: row for row in compared.rows}
    assert (by_code["S2"].word, by_code["S2"].recurs) == ("besser", False)
    assert (by_code["P1"].word, by_code["P1"].recurs) == ("unverändert", True)
    assert " → " in by_code["P1"].found
    assert thaw(AuditFacts, freeze(assembled)).comparison == compared


def test_audit_without_predecessor_has_no_comparison(kam: User) -> None:
    assert assemble_audit(with_head(finished_audit(norhagen(kam))), DAY).comparison is None
    found = audit_context(facts.audit(), STAMP)
    assert "comparison" not in found["toc"]
    assert found["compared"] == []


@pytest.mark.parametrize(
    ("before", "majors", "score", "count"),
    [
        (Decimal("57.5"), 1, "+14,9 Punkte", "\u22121"),
        (Decimal("80"), 0, "\u22127,6 Punkte", "±0"),
        (None, 3, "–", "\u22123"),
    ],
)
def test_figures_stand_with_their_signed_change(
    before: Decimal | None, majors: int, score: str, count: str
) -> None:
    audit = facts.audit(score=Decimal("72.4"), comparison=earlier(before, majors))
    first, second = compared_values(audit)
    assert (first[0], first[3]) == ("Bewertung", score)
    assert (second[1], second[2], second[3]) == (str(majors), "0", count)


def test_chapter_stands_before_the_conclusion_and_counts(follow_up: Audit) -> None:
    found = audit_context(facts.audit(comparison=earlier()), STAMP)
    numbers = {key: entry.number for key, entry in found["toc"].items()}
    assert (numbers["comparison"], numbers["conclusion"]) == ("6", "7")


@pytest.mark.slow
def test_printed_report_names_the_recurrence(follow_up: Audit, kam: User) -> None:
    report = queued(follow_up, kam)
    tasks.render(report.pk)
    report.refresh_from_db()
    assert report.status == ReportStatus.READY, report.error
    with report.file.open("rb") as stored:
        pages = [
            " ".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(stored.read())).pages
        ]
    (chapter,) = [text for text in pages if "Größen im Vergleich" in text]
    assert "An 1 Frage wurde erneut etwas festgestellt." in chapter
    assert chapter.count("erneut festgestellt") == 1
