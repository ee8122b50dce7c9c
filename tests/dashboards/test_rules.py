"""Months and shares."""

from __future__ import annotations

import datetime as dt

import pytest

from winback.dashboards.rules import Month, last_months, share


def test_month_spans_its_days() -> None:
    assert Month(2024, 2).end == dt.date(2024, 2, 29)
    assert Month(2026, 11).start == dt.date(2026, 11, 1)
    assert Month.of(dt.date(2026, 11, 23)) == Month(2026, 11)


@pytest.mark.parametrize(
    ("months", "shifted"),
    [
        (1, Month(2026, 12)),
        (2, Month(2027, 1)),
        (-10, Month(2026, 1)),
        (-11, Month(2025, 12)),
        (0, Month(2026, 11)),
        (-23, Month(2024, 12)),
    ],
)
def test_month_shifts_over_the_year(months: int, shifted: Month) -> None:
    assert Month(2026, 11).shifted(months) == shifted


def test_last_months_end_with_the_month() -> None:
    months = last_months(Month(2026, 2), 3)
    assert months == [Month(2025, 12), Month(2026, 1), Month(2026, 2)]
    assert len(last_months(Month(2026, 2))) == 12


@pytest.mark.parametrize(("part", "whole", "percent"), [(4, 4, None), (4, 5, 80.0), (0, 5, 0.0)])
def test_share_says_nothing_below_five(part: int, whole: int, percent: float | None) -> None:
    assert share(part, whole) == percent
