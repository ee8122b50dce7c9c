"""How fast it goes, and how fast it would have to go: the realism of a target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from winback.kpis.rules.judging import Course, gain, goal_score, score_of

_DAYS_PER_MONTH = Decimal("30.4375")


def needed_pace(course: Course, value: Decimal, on: date) -> Decimal | None:
    """Improvement per month (30.4 days) still needed to reach the target in time; unit of the KPI.

    None when it is reached, the date is over, or nothing is agreed.
    """
    goal, score = goal_score(course), score_of(course, value)
    if goal is None or score is None or course.due_on is None:
        return None
    days = (course.due_on - on).days
    return (goal - score) / days * _DAYS_PER_MONTH if days > 0 and score < goal else None


def pace_so_far(course: Course, value: Decimal, on: date) -> Decimal | None:
    """Improvement per month (30.4 days) since the baseline; negative when it got worse."""
    better = gain(course, value)
    if better is None or course.begins_on is None or on <= course.begins_on:
        return None
    return better / (on - course.begins_on).days * _DAYS_PER_MONTH
