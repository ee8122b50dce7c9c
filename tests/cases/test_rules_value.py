"""Score, second lifetime value, break-even probability and award: tables and properties."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from winback.cases.enums import Degree, Factor
from winback.cases.rules import (
    Effort,
    Points,
    SecondLife,
    award,
    break_even,
    cost,
    expected_value,
    gained,
    recency,
    return_on_effort,
    score,
    second_lifetime_value,
)

TODAY = dt.date(2026, 11, 23)
WEIGHTS = settings.QUALIFICATION_WEIGHTS
ALL_GOOD = {factor.value: Degree.YES for factor in Factor} | {Factor.COMPLAINTS: Degree.NO}
D = Decimal


def life(
    contribution: str = "100",
    care: str = "0",
    years: int = 1,
    survival: str = "100",
    interest: str = "0",
) -> SecondLife:
    return SecondLife(D(contribution), D(care), years, D(survival), D(interest))


SLTV = [
    (life(), "100.00"),
    (life(years=3), "300.00"),
    (life(care="30", years=3), "210.00"),
    (life(interest="10"), "90.91"),
    (life(years=2, survival="50"), "150.00"),
    (life(years=2, survival="0"), "100.00"),
    (life("120000", "20000", 4, "85", "6"), "279296.27"),
    (life("10", "30", 2), "-40.00"),
    (life("0", "0", 20), "0.00"),
    (life(years=0), "0.00"),
]


@pytest.mark.parametrize(("inputs", "expected"), SLTV, ids=str)
def test_second_lifetime_value_follows_the_formula(inputs: SecondLife, expected: str) -> None:
    assert second_lifetime_value(inputs) == D(expected)


def by_hand(inputs: SecondLife) -> float:
    """The sum of the formula in floating point, term by term."""
    yearly = float(inputs.contribution - inputs.care_cost)
    stay, rate = float(inputs.survival) / 100, float(inputs.interest) / 100
    return sum(
        yearly * stay ** (year - 1) / (1 + rate) ** year for year in range(1, inputs.years + 1)
    )


percents = st.decimals(0, 100, places=1)
amounts = st.decimals(0, 10_000_000, places=2)
lives = st.builds(SecondLife, amounts, amounts, st.integers(1, 20), percents, percents)


@given(lives)
def test_second_lifetime_value_agrees_with_the_sum_by_hand(inputs: SecondLife) -> None:
    assert float(second_lifetime_value(inputs)) == pytest.approx(by_hand(inputs), abs=0.02)


@given(lives)
def test_second_lifetime_value_is_never_more_than_all_years_undiscounted(
    inputs: SecondLife,
) -> None:
    undiscounted = (inputs.contribution - inputs.care_cost) * inputs.years
    assert abs(second_lifetime_value(inputs)) <= abs(undiscounted) + D("0.01")


@given(lives)
def test_one_more_year_never_lowers_a_profitable_life(inputs: SecondLife) -> None:
    longer = SecondLife(
        inputs.contribution, inputs.care_cost, inputs.years + 1, inputs.survival, inputs.interest
    )
    if inputs.contribution >= inputs.care_cost:
        assert second_lifetime_value(longer) >= second_lifetime_value(inputs)


EFFORTS = [
    (Effort(), "0.00"),
    (Effort(hours=D(80), rate=D("95")), "7600.00"),
    (Effort(hours=D("0.5"), rate=D("0.01")), "0.01"),
    (Effort(D(10), D(100), D(5000), D("2500.50"), D(3000)), "11500.50"),
    (Effort(hours=D(80)), "0.00"),
]


@pytest.mark.parametrize(("effort", "expected"), EFFORTS, ids=str)
def test_cost_is_hours_times_rate_and_the_rest(effort: Effort, expected: str) -> None:
    assert cost(effort) == D(expected)


BREAK_EVEN = [
    ("50", "100", "50.0"),
    ("0", "100", "0.0"),
    ("1", "3", "33.3"),
    ("2", "3", "66.7"),
    ("150", "100", "150.0"),
    ("50", "0", None),
    ("50", "-10", None),
]


@pytest.mark.parametrize(("spent", "value", "expected"), BREAK_EVEN)
def test_break_even_is_cost_by_value(spent: str, value: str, expected: str | None) -> None:
    assert break_even(D(spent), D(value)) == (None if expected is None else D(expected))


@given(amounts, st.decimals(1, 10_000_000, places=2))
def test_expected_value_changes_its_sign_at_the_break_even(spent: Decimal, value: Decimal) -> None:
    point = break_even(spent, value)
    assert point is not None
    tolerance = value / 1000 + D("0.01")  # the point is rounded to a tenth of a percent
    assert abs(expected_value(point, value, spent)) <= tolerance


EXPECTED = [("50", "100", "20", "30.00"), ("0", "100", "20", "-20.00"), ("100", "5", "5", "0.00")]


@pytest.mark.parametrize(("belief", "value", "spent", "expected"), EXPECTED)
def test_expected_value_is_belief_times_value_less_cost(
    belief: str, value: str, spent: str, expected: str
) -> None:
    assert expected_value(D(belief), D(value), D(spent)) == D(expected)


@pytest.mark.parametrize(
    ("value", "spent", "expected"),
    [("300", "100", "200"), ("50", "100", "-50"), ("100", "100", "0"), ("100", "0", None)],
)
def test_return_is_gain_by_cost(value: str, spent: str, expected: str | None) -> None:
    assert return_on_effort(D(value), D(spent)) == (None if expected is None else D(expected))


SCORES = [
    ({}, 0, 8),
    (ALL_GOOD, 100, 0),
    (ALL_GOOD | {Factor.COMPLAINTS: Degree.YES}, 90, 0),
    (ALL_GOOD | {Factor.COMPLAINTS: Degree.PARTLY}, 95, 0),
    (ALL_GOOD | {Factor.CONTROLLABLE: Degree.PARTLY}, 88, 0),
    (ALL_GOOD | {Factor.CONTROLLABLE: Degree.NO}, 75, 0),
    ({Factor.COMPLAINTS: Degree.YES}, 0, 7),
    ({Factor.STRATEGIC: Degree.YES, Factor.DECIDER: ""}, 15, 7),
]


@pytest.mark.parametrize(("degrees", "points", "missing"), SCORES)
def test_score_adds_up_what_is_judged(degrees: dict[str, str], points: int, missing: int) -> None:
    result = score(degrees, WEIGHTS)
    assert (result.points, result.missing) == (points, missing)


def test_shipped_weights_reach_100_and_know_every_factor() -> None:
    assert set(WEIGHTS) == set(Factor.values)
    assert sum(weight for weight in WEIGHTS.values() if weight > 0) == 100
    assert WEIGHTS["complaints"] == -10


def test_score_leaves_out_factors_without_weight() -> None:
    result = score(ALL_GOOD, {"strategic": 40, "window": 0})
    assert [line.factor for line in result.lines] == [Factor.STRATEGIC]
    assert result.points == 40


@given(
    st.dictionaries(st.sampled_from(Factor.values), st.sampled_from(["", *Degree.values])),
    st.dictionaries(st.sampled_from(Factor.values), st.integers(-200, 200)),
)
def test_score_stays_between_0_and_100(degrees: dict[str, str], weights: dict[str, int]) -> None:
    assert 0 <= score(degrees, weights).points <= 100


@pytest.mark.parametrize(
    ("days", "expected"),
    [(None, "yes"), (0, "yes"), (90, "yes"), (91, "partly"), (365, "partly"), (366, "no")],
)
def test_recency_falls_with_the_days_since_the_loss(days: int | None, expected: str) -> None:
    lost_on = None if days is None else TODAY - dt.timedelta(days=days)
    assert recency(lost_on, TODAY) == expected


def test_award_weighs_points_of_both_offers() -> None:
    result = award([Points(D(50), D(60), D(90)), Points(D(50), D(80), D(70))])
    assert (result.weight, result.ours, result.theirs, result.gap) == (100, 70, 80, 10)


def test_award_leaves_out_criteria_known_on_one_side_only() -> None:
    result = award([Points(D(60), D(50), D(100)), Points(D(40), D(90), None)])
    assert (result.weight, result.ours, result.theirs) == (100, 30, 60)


def test_award_of_nothing_is_nothing() -> None:
    assert award([]).gap == 0


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(2, 5, 3), (5, 2, -3), (None, 2, None), (2, None, None)]
)
def test_gained_needs_both_figures(
    before: int | None, after: int | None, expected: int | None
) -> None:
    assert gained(before, after) == expected
