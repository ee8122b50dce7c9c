"""Facts: what they add up to, and that they survive being stored."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from audits.enums import FindingStatus, Grade, Result
from tests.reports import facts
from tests.reports.facts import LATER, TODAY, YESTERDAY
from winback.dialogue.enums import CommitmentState
from winback.kpis.enums import Standing
from winback.plans.enums import MeasureStatus
from winback.reports.rules.facts import AuditFacts, GroupFacts
from winback.reports.rules.freezing import freeze, thaw
from winback.reports.rules.progress import PointFacts, ProgressFacts


def test_frozen_facts_are_plain_json() -> None:
    frozen = freeze(facts.progress())
    assert frozen["today"] == "2026-11-23"
    assert frozen["kpis"][0]["value"] == "91.2"
    assert frozen["phases"][0]["measures"][0]["due_on"] == "2026-11-30"
    assert frozen["resting_until"] is None


@pytest.mark.parametrize(
    ("kind", "stated"),
    [
        (ProgressFacts, facts.progress(majors=(facts.finding(),), steps=(facts.step(TODAY),))),
        (ProgressFacts, facts.progress(kpis=(), phases=(), commitments=(), last_audit=None)),
        (AuditFacts, facts.audit(findings=(facts.finding(measures=(facts.done(),)),))),
        (AuditFacts, facts.audit(score=None, groups=())),
    ],
)
def test_thawed_facts_equal_the_frozen_ones(
    kind: type[ProgressFacts | AuditFacts], stated: object
) -> None:
    assert thaw(kind, freeze(stated)) == stated


def test_thawing_takes_the_default_of_a_field_that_came_later() -> None:
    frozen = freeze(facts.progress())
    del frozen["situation"], frozen["kpis"][0]["points"]
    thawed = thaw(ProgressFacts, frozen)
    assert thawed.situation == ""
    assert thawed.kpis[0].points == ()


def test_thawing_ignores_what_no_longer_exists() -> None:
    assert thaw(ProgressFacts, freeze(facts.progress()) | {"gone": 1}) == facts.progress()


def test_thawing_without_a_needed_field_is_refused() -> None:
    frozen = freeze(facts.progress())
    del frozen["client"]
    with pytest.raises(TypeError, match="client"):
        thaw(ProgressFacts, frozen)


def test_measure_is_judged_by_its_current_and_by_its_first_date() -> None:
    late = facts.measure(due_on=YESTERDAY)
    assert late.is_overdue(TODAY)
    assert not facts.measure(due_on=TODAY).is_overdue(TODAY)
    assert not facts.done(due_on=YESTERDAY).is_overdue(TODAY)
    assert facts.done().was_on_time
    assert not facts.done(original_due_on=YESTERDAY).was_on_time
    assert not late.was_on_time


def test_dropped_measure_is_neither_open_nor_done() -> None:
    dropped = facts.measure(status=MeasureStatus.DROPPED)
    assert not dropped.is_open
    assert not dropped.is_done


def test_group_counts_points_of_rated_questions_only() -> None:
    group = GroupFacts(
        "Leistung",
        (
            facts.question("S1", Result.PARTLY, 3),
            facts.question("S2", Result.MET, 2),
            facts.question("S3", Result.NOT_APPLICABLE, 5),
            facts.question("S4", "", 5),
        ),
    )
    assert (group.points, group.possible) == (7, 10)
    assert group.percent == Decimal("70.00")


def test_group_without_a_rated_question_has_no_score() -> None:
    group = GroupFacts("Leistung", (facts.question("S1", Result.NOT_APPLICABLE),))
    assert group.percent is None
    assert group.possible == 0


def test_audit_adds_its_groups_and_gathers_findings_and_measures() -> None:
    minor = facts.finding(number="F-2", grade=Grade.MINOR, measures=(facts.measure(),))
    audit = facts.audit(findings=(facts.finding(), minor))
    assert (audit.points, audit.possible) == (2, 2)
    assert [each.number for each in audit.majors] == ["F-0001"]
    assert audit.graded(Grade.MINOR, Grade.MAJOR) == [facts.finding(), minor]
    assert audit.measures == [facts.measure()]


def test_finding_is_overdue_only_while_it_is_open() -> None:
    assert facts.finding(due_on=YESTERDAY).is_overdue(TODAY)
    settled = facts.finding(due_on=YESTERDAY, is_open=False, status=FindingStatus.DONE)
    assert not settled.is_overdue(TODAY)


@pytest.mark.parametrize(
    ("more", "suppressed"),
    [
        ({"sample_size": 4}, True),
        ({"sample_size": 5}, False),
        ({"sample_size": None}, False),
        ({"sample_size": 4, "unit": "min"}, False),
        ({"sample_size": 4, "value": None}, False),
    ],
)
def test_percentage_of_fewer_than_five_says_nothing(
    more: dict[str, object], suppressed: bool
) -> None:
    kpi = facts.kpi(**more)
    assert kpi.is_suppressed is suppressed
    assert kpi.judged == (Standing.UNJUDGED if suppressed else Standing.ON_PATH)


def test_pictures_leave_out_percentages_of_too_few_cases() -> None:
    points = (
        PointFacts(dt.date(2026, 8, 1), Decimal(70), 4),
        PointFacts(dt.date(2026, 9, 1), None, None),
        PointFacts(dt.date(2026, 10, 1), Decimal(80), 5),
    )
    assert facts.kpi(points=points).values == {
        dt.date(2026, 9, 1): None,
        dt.date(2026, 10, 1): Decimal(80),
    }
    assert len(facts.kpi(points=points, unit="min").values) == 3


def test_progress_finds_what_is_late() -> None:
    overdue = facts.commitment(CommitmentState.BROKEN, is_overdue=True)
    broken = facts.commitment(CommitmentState.BROKEN)
    report = facts.progress(
        phases=(facts.phase(measures=(facts.measure(due_on=YESTERDAY), facts.done())),),
        commitments=(overdue, broken, facts.commitment()),
        kpis=(facts.kpi(standing=Standing.WORSE), facts.kpi(standing=Standing.STALE)),
        steps=(facts.step(YESTERDAY), facts.step(TODAY)),
    )
    assert len(report.overdue_measures) == 1
    assert report.overdue_commitments == [overdue]
    assert report.broken == [overdue, broken]
    assert report.behind == [facts.kpi(standing=Standing.WORSE)]
    assert report.silent == [facts.kpi(standing=Standing.STALE)]
    assert report.overdue_steps == [facts.step(YESTERDAY)]


def test_kept_ratio_leaves_out_released_and_not_yet_due() -> None:
    states = [*[CommitmentState.KEPT] * 4, "kept_late", "broken", "released", "open"]
    kept = facts.progress(commitments=tuple(facts.commitment(s) for s in states)).kept
    assert (kept.on_time, kept.late, kept.broken, kept.due) == (4, 1, 1, 6)


def test_phase_closes_on_its_day_when_everything_open_is_due_before() -> None:
    phase = facts.phase(measures=(facts.measure(due_on=LATER),))
    report = facts.progress(phases=(phase,))
    assert report.earliest_end(phase) == phase.ends_on
    assert report.late_phases == []


def test_phase_waits_for_its_last_open_measure() -> None:
    late = facts.phase(measures=(facts.measure(due_on=dt.date(2026, 12, 18)), facts.done()))
    assert facts.progress(phases=(late,)).late_phases == [(late, dt.date(2026, 12, 18))]


def test_done_measures_hold_no_phase_open() -> None:
    phase = facts.phase(measures=(facts.done(due_on=dt.date(2027, 1, 8)),))
    assert facts.progress(phases=(phase,)).late_phases == []


def test_open_majors_hold_the_third_phase_open_but_not_the_first() -> None:
    majors = (facts.finding(due_on=dt.date(2026, 12, 11)),)
    first, third = facts.phase("1"), facts.phase("3")
    report = facts.progress(phases=(first, third), majors=majors)
    assert report.late_phases == [(third, dt.date(2026, 12, 11))]


def test_phase_whose_end_is_over_can_close_today_at_the_earliest() -> None:
    phase = facts.phase(ends_on=dt.date(2026, 11, 15), measures=(facts.measure(due_on=YESTERDAY),))
    assert facts.progress(phases=(phase,)).late_phases == [(phase, TODAY)]


def test_passed_phases_and_ended_cases_are_not_late() -> None:
    late = facts.measure(due_on=dt.date(2027, 1, 8))
    passed = facts.phase(passed_on=YESTERDAY, measures=(late,))
    assert facts.progress(phases=(passed,)).late_phases == []
    ended = facts.progress(phases=(facts.phase(measures=(late,)),), closed_on=TODAY)
    assert ended.late_phases == []
