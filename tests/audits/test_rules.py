"""Score, verdict, proposals and terms: pure, so every edge is cheap."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits import rules
from audits.enums import Grade, Result, Verdict

MET, PARTLY, NOT_MET, NA = Result.MET, Result.PARTLY, Result.NOT_MET, Result.NOT_APPLICABLE
DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(1, MET)], "100.00"),
        ([(1, PARTLY)], "50.00"),
        ([(1, NOT_MET)], "0.00"),
        ([(3, MET), (1, NOT_MET)], "75.00"),
        ([(1, MET), (3, NOT_MET)], "25.00"),
        ([(3, MET), (2, PARTLY), (1, NOT_MET)], "66.67"),
        ([(1, MET), (1, MET), (1, NOT_MET)], "66.67"),
        ([(3, NOT_MET), (2, NA), (3, MET)], "50.00"),
    ],
)
def test_score_weighs_answers(answers: list[tuple[int, str]], expected: str) -> None:
    assert rules.score(answers) == Decimal(expected)


@pytest.mark.parametrize("answers", [[], [(3, NA)], [(3, NA), (1, NA)], [(0, MET)]])
def test_score_without_anything_to_judge_is_none(answers: list[tuple[int, str]]) -> None:
    assert rules.score(answers) is None


def test_score_leaves_not_applicable_out_on_both_sides() -> None:
    assert rules.score([(3, MET), (2, PARTLY)]) == rules.score([(3, MET), (2, PARTLY), (9, NA)])


def test_score_rounds_half_up() -> None:
    # 1/16 of 2 points in 100: 3.125 → 3.13, where banker's rounding would give 3.12
    assert rules.score([(1, PARTLY), (15, NOT_MET)]) == Decimal("3.13")


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([MET, PARTLY, NOT_MET])),
        min_size=1,
        max_size=60,
    )
)
def test_score_is_a_percentage_and_a_better_answer_never_lowers_it(
    answers: list[tuple[int, str]],
) -> None:
    before = rules.score(answers)
    after = rules.score([(answers[0][0], MET), *answers[1:]])
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 100


@pytest.mark.parametrize(
    ("percent", "has_major", "expected"),
    [
        ("100", False, Verdict.PASSED),
        ("80.00", False, Verdict.PASSED),
        ("79.99", False, Verdict.NOT_PASSED),
        ("0", False, Verdict.NOT_PASSED),
        ("100", True, Verdict.NOT_PASSED),
    ],
)
def test_verdict_needs_the_pass_mark_and_no_major(
    percent: str, has_major: bool, expected: Verdict
) -> None:
    assert rules.verdict(Decimal(percent), has_major=has_major) == expected


def test_verdict_without_score_is_none_unless_a_major_says_no() -> None:
    assert rules.verdict(None, has_major=False) is None
    assert rules.verdict(None, has_major=True) == Verdict.NOT_PASSED


@pytest.mark.parametrize(
    ("result", "is_critical", "grade"),
    [
        (NOT_MET, True, Grade.MAJOR),
        (NOT_MET, False, Grade.MINOR),
        (PARTLY, True, Grade.OBSERVATION),
        (PARTLY, False, Grade.OBSERVATION),
        (MET, True, Grade.STRENGTH),
        (NA, False, Grade.IMPROVEMENT),
    ],
)
def test_proposed_grade_follows_answer_and_criticality(
    result: str, is_critical: bool, grade: Grade
) -> None:
    assert rules.proposed_grade(result, is_critical=is_critical) == grade


@pytest.mark.parametrize(
    ("grade", "day"),
    [
        (Grade.MAJOR, dt.date(2026, 12, 7)),
        (Grade.MINOR, dt.date(2026, 12, 23)),
        (Grade.OBSERVATION, dt.date(2026, 12, 23)),
        (Grade.IMPROVEMENT, dt.date(2027, 1, 22)),
        (Grade.STRENGTH, DAY),
    ],
)
def test_due_on_is_the_term_of_the_grade(grade: Grade, day: dt.date) -> None:
    assert rules.due_on(grade, DAY) == day


def test_every_grade_has_a_term() -> None:
    assert set(rules.DUE_DAYS) == set(Grade.values)


@pytest.mark.parametrize(
    ("result", "note", "has_finding", "lacks"),
    [
        (PARTLY, "", False, True),
        (NOT_MET, "", False, True),
        (NOT_MET, "  \n", False, True),
        (NOT_MET, "Protokoll fehlt.", False, False),
        (NOT_MET, "", True, False),
        (MET, "", False, False),
        (NA, "", False, False),
    ],
)
def test_partly_and_not_met_need_a_note_or_a_finding(
    result: str, note: str, has_finding: bool, lacks: bool
) -> None:
    assert rules.lacks_justification(result, note, has_finding=has_finding) is lacks


def test_unanswered_keeps_the_order_of_the_questions() -> None:
    assert rules.unanswered([5, 3, 9, 1], {3, 1}) == [5, 9]
    assert rules.unanswered([], {1}) == []
