"""What the printed reports say, before they are laid out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from audits.enums import FindingStatus, Grade, Result
from tests.reports import facts
from tests.reports.facts import LATER, TODAY, YESTERDAY
from winback.cases.enums import Health, Status
from winback.dialogue.enums import CommitmentState
from winback.kpis.enums import Direction, Standing
from winback.plans.enums import MeasureStatus, Recurrence
from winback.reports.models import Report
from winback.reports.rules.facts import GroupFacts
from winback.reports.rules.freezing import freeze
from winback.reports.rules.progress import PointFacts
from winback.reports.services.printing import document
from winback.reports.services.printing.audit import audit_context
from winback.reports.services.printing.commitments import commitment_lines
from winback.reports.services.printing.findings import answer_groups, card, finding_sections
from winback.reports.services.printing.head import Stamp, chapters
from winback.reports.services.printing.kpis import (
    LINE_CHARTS,
    baseline_notes,
    kpi_figures,
    kpi_lines,
)
from winback.reports.services.printing.measures import measure_line
from winback.reports.services.printing.plan import done_lines, phase_groups, plan_chart
from winback.reports.services.printing.progress import progress_context

pytestmark = pytest.mark.usefixtures("english")

MOMENT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
STAMP = Stamp("en", 3, MOMENT, "Aylin Kaya")


def printed(stated: Any, language: str = "en") -> str:
    """The HTML of a report about these facts, without a database row."""
    kind = "audit" if type(stated).__name__ == "AuditFacts" else "progress"
    return document(
        Report(
            kind=kind,
            number=3,
            language=language,
            as_of=MOMENT,
            snapshot=freeze(stated),
            requested_by=User(first_name="Aylin", last_name="Kaya"),
        )
    )


def test_stamp_names_version_and_moment() -> None:
    assert STAMP.text == "Version 3 · as of 23\u00a0Nov\u00a02026, 09:00"


def test_chapters_are_numbered_in_their_order() -> None:
    toc = chapters(("a", "Eins"), ("b", "Zwei"))
    assert [(each.anchor, each.number, each.title) for each in toc.values()] == [
        ("a", "1", "Eins"),
        ("b", "2", "Zwei"),
    ]


@pytest.mark.parametrize("stated", [facts.audit(), facts.progress()])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_entry_of_the_contents_has_its_heading(stated: Any, language: str) -> None:
    html = printed(stated, language)
    assert f'<html lang="{language}">' in html
    anchors = {part.split('"')[0] for part in html.split('class="toc"')[1].split('href="#')[1:]}
    assert anchors
    for anchor in anchors:
        assert f'id="{anchor}"' in html


def test_measure_line_marks_lateness_moves_and_notes() -> None:
    line = measure_line(
        facts.measure(
            due_on=YESTERDAY, moves=2, original_due_on=dt.date(2026, 11, 1), note="wartet",
            recurrence=Recurrence.WEEKLY, finding="F-0311",
        ),
        TODAY,
        show_finding=True,
    )  # fmt: skip
    assert (line.shape, line.word, line.late) == ("late", "1 day overdue", True)
    assert line.moved == "moved 2 times, first 1\u00a0Nov\u00a02026"
    assert line.note == "F-0311 · weekly · wartet"


@pytest.mark.parametrize(
    ("measure", "shape", "word"),
    [
        (facts.measure(), "open", "Open"),
        (facts.measure(status=MeasureStatus.BLOCKED), "warn", "Blocked"),
        (facts.done(), "done", "done on 23\u00a0Nov\u00a02026"),
        (facts.done(original_due_on=YESTERDAY), "done", "done on 23\u00a0Nov\u00a02026, late"),
    ],
)
def test_measure_line_says_how_it_stands(measure: Any, shape: str, word: str) -> None:
    line = measure_line(measure, TODAY)
    assert (line.shape, line.word, line.moved) == (shape, word, "")


def test_card_has_the_first_sentence_as_title_and_the_whole_text_below() -> None:
    made = card(facts.finding(statement="Anlage steht. Kein Auftrag.", place="Dach"), TODAY)
    assert made.title == "Anlage steht"
    assert ("What was found", "Anlage steht. Kein Auftrag.") in made.rows
    assert ("Place", "Dach") in made.rows
    assert ("Measures", "No measure is set yet.") in made.rows


def test_card_repeats_no_short_statement() -> None:
    made = card(facts.finding(measures=(facts.measure(),)), TODAY)
    assert "What was found" not in dict(made.rows)
    assert dict(made.rows)["Measures"] == "M-1 Aufzugsnotruf prüfen"


def test_card_of_an_idea_asks_for_no_measure() -> None:
    assert "Measures" not in dict(card(facts.finding(grade=Grade.IMPROVEMENT), TODAY).rows)


def test_card_tells_lateness_and_when_it_was_settled() -> None:
    assert card(facts.finding(due_on=YESTERDAY), TODAY).late == "1 day overdue"
    settled = facts.finding(status=FindingStatus.DONE, is_open=False, done_on=TODAY)
    assert card(settled, TODAY).status == "Done, 23\u00a0Nov\u00a02026"


def test_sections_leave_out_grades_without_findings_and_strengths() -> None:
    found = (
        facts.finding(number="F-1", grade=Grade.IMPROVEMENT),
        facts.finding(number="F-2", grade=Grade.STRENGTH),
        facts.finding(number="F-3"),
    )
    sections = finding_sections(facts.audit(findings=found), "4")
    assert [(each.number, each.title) for each in sections] == [
        ("4.1", "Major nonconformities"),
        ("4.2", "Opportunities for improvement"),
    ]


def test_answers_show_points_notes_and_findings() -> None:
    group = GroupFacts(
        "Leistung",
        (
            facts.question("S1", Result.PARTLY, 3, note="Stichprobe", findings=("F-1", "F-2")),
            facts.question("S2", Result.NOT_APPLICABLE),
            facts.question("S3", ""),
        ),
    )
    ((title, rows),) = answer_groups(facts.audit(groups=(group,)))
    assert title == "Leistung: 3 of 6 points"
    assert (rows[0].answer, rows[0].points, rows[0].findings) == ("partly met", "3 / 6", "F-1, F-2")
    assert (rows[1].answer, rows[1].points, rows[1].findings) == ("not applicable", "–", "–")
    assert rows[2].answer == "not assessed"


def test_audit_report_without_findings_says_so() -> None:
    html = printed(facts.audit())
    assert "neither a nonconformity nor anything to improve" in html
    assert "Nothing was found that asks for a measure." in html
    assert "No good practice was recorded." in html
    assert "No conclusion was written." in html
    assert "not recorded" in html


def test_audit_report_without_a_score() -> None:
    context = audit_context(facts.audit(score=None, groups=()), STAMP)
    assert context["score"] == "–"
    assert context["verdict"] == "no verdict"
    assert not context["is_passed"]
    assert "no verdict" in printed(facts.audit(score=None, groups=()))


def test_audit_report_puts_score_and_majors_side_by_side() -> None:
    context = audit_context(facts.audit(findings=(facts.finding(),)), STAMP)
    assert context["score"] == "90.0"
    assert context["majors"] == [("F-0001", "Fluchtweg verstellt")]
    assert context["majors_open"] == "1 of them still open"
    assert context["verdict"] == "not passed"
    assert context["signs"][1] == ("R. Ott", "answers for the correction")


def test_measure_catalogue_marks_gaps() -> None:
    found = (facts.finding(), facts.finding(number="F-2", measures=(facts.done(),)))
    html = printed(facts.audit(findings=found))
    catalogue = html.split('id="measures"')[1].split('id="conclusion"')[0]
    assert "No measure is set yet." in catalogue
    assert "Aufzugsnotruf prüfen" in catalogue


EVIL = "<script>alert(1)</script><img src=http://127.0.0.1/x>"


def test_whatever_people_wrote_is_escaped_in_the_audit_report() -> None:
    nasty = facts.finding(
        statement=EVIL, criterion=EVIL, place=EVIL, containment=EVIL, owner=EVIL, question=EVIL,
        measures=(facts.measure(title=EVIL, note=EVIL, owner=EVIL),),
    )  # fmt: skip
    html = printed(
        facts.audit(
            client=EVIL, site=EVIL, objective=EVIL, participants=EVIL, conclusion=EVIL, lead=EVIL,
            findings=(nasty, facts.finding(grade=Grade.STRENGTH, statement=EVIL)),
            withdrawn=(facts.finding(withdrawn_reason=EVIL),), team=(EVIL,), provider=EVIL,
            groups=(GroupFacts(EVIL, (facts.question(EVIL, Result.MET, note=EVIL),)),),
        )
    )  # fmt: skip
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") > 20


def test_whatever_people_wrote_is_escaped_in_the_progress_report() -> None:
    nasty = facts.phase(measures=(facts.measure(title=EVIL, note=EVIL, owner=EVIL),), gate=EVIL)
    html = printed(
        facts.progress(
            client=EVIL, owner=EVIL, situation=EVIL, situation_by=EVIL, situation_on=TODAY,
            health_reasons=(EVIL,), kpis=(facts.kpi(name=EVIL, owner=EVIL, agreed_by=EVIL),),
            phases=(nasty,), majors=(facts.finding(statement=EVIL),), provider=EVIL,
            commitments=(facts.commitment("open", what=EVIL, to=EVIL, owner=EVIL),),
            steps=(facts.step(TODAY, EVIL),),
        )
    )  # fmt: skip
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") > 15


def test_progress_report_of_a_bare_case_says_what_is_missing() -> None:
    bare = facts.progress(
        has_plan=False,
        phases=(),
        kpis=(),
        commitments=(),
        last_audit=None,
        value_at_stake=Decimal(0),
    )
    html = printed(bare)
    for sentence in (
        "No KPI is measured yet.",
        "There is no recovery plan yet.",
        "No commitment to the client is recorded yet.",
        "No audit is finished yet",
        "No next step is set",
        "Nobody has described the situation yet.",
        "no contract or no notice date",
    ):
        assert sentence in html


@pytest.mark.parametrize(
    ("more", "shape", "word"),
    [
        ({"health": Health.AT_RISK}, "warn", "At risk"),
        ({"health": "", "status": Status.RESTING, "resting_until": LATER}, "na", "Resting"),
        ({"health": "", "status": Status.WON, "closed_on": TODAY}, "done", "Won back"),
    ],
)
def test_standing_is_the_health_or_else_the_status(
    more: dict[str, Any], shape: str, word: str
) -> None:
    context = progress_context(facts.progress(**more), STAMP)
    assert context["standing"] == (shape, word)
    assert context["head"].title == f"Norhagen Bau AG: {word}"


def test_five_figures_on_top() -> None:
    states = [*[CommitmentState.KEPT] * 4, "kept_late", "broken"]
    report = facts.progress(
        notice_on=dt.date(2027, 1, 16),
        commitments=tuple(facts.commitment(state) for state in states),
    )
    assert progress_context(report, STAMP)["keys"] == [
        ("Value at stake", "€1.90m", "", "per year"),
        ("Commitments kept", "4", "of 6", "1 late, 1 broken or overdue"),
        ("Audit result", "90.0%", "", "A-0107 · passed"),
        ("Last day to give notice", "16\u00a0Jan\u00a02027", "", "in 54 days"),
    ]


def test_notice_date_that_is_over_counts_no_days() -> None:
    keys = progress_context(facts.progress(notice_on=YESTERDAY), STAMP)["keys"]
    assert keys[-1][3] == "over"


def test_kpi_line_shows_value_change_and_standing() -> None:
    (line,) = kpi_lines(facts.progress())
    assert (line.value, line.change, line.change_css) == ("91.2", "+13.2", "good")
    assert line.baseline == "78.0% (06–08/2026)"
    assert (line.target, line.target_on) == ("95.0%", "by 28\u00a0Feb\u00a02027")
    assert (line.shape, line.word) == ("ok", "On the target path")
    assert line.note == "in % · higher is better · n = 96"
    assert "91.2%" in line.spark


def test_kpi_whose_value_fell_is_coloured_by_direction() -> None:
    worse = facts.kpi(gain=Decimal("-2.0"), value=Decimal(76))
    (line,) = kpi_lines(facts.progress(kpis=(worse,)))
    assert (line.change, line.change_css) == ("−2.0", "bad")
    fewer = facts.kpi(unit="min", direction=Direction.DOWN, decimals=0, value=Decimal(60))
    (line,) = kpi_lines(facts.progress(kpis=(fewer,)))
    assert (line.change, line.change_css) == ("−18", "good")


def test_percentage_of_too_few_cases_is_not_printed() -> None:
    few = facts.kpi(sample_size=4, points=(PointFacts(dt.date(2026, 10, 1), Decimal("91.2"), 4),))
    (line,) = kpi_lines(facts.progress(kpis=(few,)))
    assert (line.value, line.change, line.word, line.shape) == (
        "n<5",
        "–",
        "too few cases",
        "na",
    )
    assert "91.2" not in printed(facts.progress(kpis=(few,)))


def test_kpi_without_anything_agreed_or_measured() -> None:
    empty = facts.kpi(
        value=None, period=None, answered=None, baseline=None, target=None, points=(), gain=None,
        standing=Standing.NO_DATA, sample_size=None, unit="",
    )  # fmt: skip
    (line,) = kpi_lines(facts.progress(kpis=(empty,)))
    assert (line.value, line.baseline, line.target, line.period) == ("–", "–", "–", "–")
    assert line.word == "No current data"
    assert kpi_figures(facts.progress(kpis=(empty,))) == []


def test_at_most_four_lines_are_drawn_the_worst_first() -> None:
    kpis = tuple(
        facts.kpi(name=name, standing=standing)
        for name, standing in (
            ("A", Standing.REACHED),
            ("B", Standing.ON_PATH),
            ("C", Standing.BEHIND),
            ("D", Standing.STALE),
            ("E", Standing.WORSE),
        )
    )
    figures = kpi_figures(facts.progress(kpis=kpis))
    assert len(figures) == LINE_CHARTS
    assert [figure.message[0] for figure in figures] == ["E", "C", "D", "B"]


def test_line_behind_its_path_names_value_and_path() -> None:
    behind = facts.kpi(standing=Standing.BEHIND, value=Decimal("79.0"))
    (figure,) = kpi_figures(facts.progress(kpis=(behind,)))
    assert figure.message == "SLA-Erfüllung: Behind the target path, 79.0% instead of 83.7%"
    unset = facts.kpi(standing=Standing.BEHIND, target=None, target_on=None)
    (figure,) = kpi_figures(facts.progress(kpis=(unset,)))
    assert figure.message == "SLA-Erfüllung: Behind the target path"


def test_baselines_agreed_with_the_client_are_told() -> None:
    agreed = facts.kpi(agreed_by="B. Brandt", discussed_on=dt.date(2026, 9, 14))
    alone = facts.kpi(name="B", discussed_on=dt.date(2026, 9, 14))
    silent = facts.kpi(name="C")
    assert baseline_notes((agreed, alone, silent, facts.kpi(baseline=None))) == [
        "SLA-Erfüllung (B. Brandt, 14\u00a0Sep\u00a02026)",
        "B (14\u00a0Sep\u00a02026)",
    ]


def test_plan_shows_open_measures_and_the_annex_the_done_ones() -> None:
    phases = (
        facts.phase("1", passed_on=YESTERDAY, gate="Audit liegt vor", measures=(facts.done(),)),
        facts.phase("3", gate="Wege in Betrieb", measures=(facts.measure(), facts.done())),
        facts.phase("5"),
    )
    report = facts.progress(phases=phases)
    first, third, fifth = phase_groups(report)
    assert (first.rows, first.empty, first.gate) == ([], "All measures are done.", "")
    assert (len(third.rows), third.gate) == (1, "Wege in Betrieb")
    assert fifth.empty == "No measure is planned."
    assert [title[0] for title, _rows in done_lines(report)] == ["1", "3"]


def test_plan_chart_marks_a_phase_that_cannot_close() -> None:
    late = facts.phase(measures=(facts.measure(due_on=dt.date(2026, 12, 18)),))
    chart = plan_chart(facts.progress(phases=(late,), notice_on=dt.date(2027, 1, 16)))
    assert "0 of 1, not before 18\u00a0Dec" in chart
    assert "not before" not in plan_chart(facts.progress())


def test_commitments_put_overdue_first_and_leave_out_kept_ones() -> None:
    report = facts.progress(
        commitments=(
            facts.commitment(what="gehalten"),
            facts.commitment(CommitmentState.BROKEN, what="gebrochen", ended_on=YESTERDAY),
            facts.commitment(CommitmentState.OPEN, what="offen"),
            facts.commitment(
                CommitmentState.BROKEN, what="überfällig", due_on=YESTERDAY, is_overdue=True, to=""
            ),
            facts.commitment(CommitmentState.KEPT_LATE, what="spät"),
        )
    )
    lines = commitment_lines(report)
    assert [line.what for line in lines] == ["überfällig", "offen", "gebrochen", "spät"]
    assert (lines[0].word, lines[0].to) == ("1 day overdue", "–")
    assert lines[1].word == "not due yet"
    assert lines[2].ended == "22\u00a0Nov\u00a02026"


def test_overdue_step_is_marked() -> None:
    steps = (facts.step(YESTERDAY, "Anrufen"), facts.step(TODAY, "Besuchen"))
    context = progress_context(facts.progress(steps=steps), STAMP)
    assert [late for *_rest, late in context["steps"]] == ["1 day overdue", ""]


def test_report_speaks_its_own_language_not_the_readers() -> None:
    html = printed(facts.progress(), "de")
    assert "23.11.2026" in html
    assert timezone.is_aware(MOMENT)
