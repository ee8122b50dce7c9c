"""What a value is worth: against the baseline, the target and the path between them.

Every direction is turned into one score of which more is better: the value itself, its negative,
or the negative distance to the target band. So one formula serves all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from winback.kpis.enums import Direction, Standing

_ZERO = Decimal(0)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Course:
    """Baseline, target and how to read them. ``begins_on``: last day of the baseline window.

    ``upper`` is the upper end of a target band; without it the band is the one value ``target``.
    """

    direction: str
    decimals: int
    baseline: Decimal | None = None
    begins_on: date | None = None
    target: Decimal | None = None
    upper: Decimal | None = None
    due_on: date | None = None


def nearest_edge(course: Course, value: Decimal) -> Decimal | None:
    """The end of the target band next to ``value``, or ``value`` inside it; else the target."""
    if course.target is None or course.direction != Direction.RANGE:
        return course.target
    upper = course.target if course.upper is None else course.upper
    return min(max(value, course.target), upper)


def score_of(course: Course, value: Decimal) -> Decimal | None:
    """More is better; None for a band that is not agreed yet."""
    if course.direction == Direction.UP:
        return value
    if course.direction == Direction.DOWN:
        return -value
    edge = nearest_edge(course, value)
    return None if edge is None else -abs(value - edge)


def goal_score(course: Course) -> Decimal | None:
    return None if course.target is None else score_of(course, course.target)


def _start(course: Course) -> Decimal | None:
    return None if course.baseline is None else score_of(course, course.baseline)


def _rounded(course: Course, value: Decimal) -> Decimal:
    """What is not visible at the decimals of the KPI is no difference."""
    return value.quantize(Decimal(1).scaleb(-course.decimals), ROUND_HALF_UP)


def gain(course: Course, value: Decimal) -> Decimal | None:
    """How much better than the baseline, in the unit; negative is worse, 0 unchanged.

    Product rule: sign(current - baseline) x direction; a band counts the distance to it.
    """
    start, score = _start(course), score_of(course, value)
    return None if start is None or score is None else _rounded(course, score - start)


def progress(course: Course, value: Decimal) -> Decimal | None:
    """Share of the way from baseline to target, uncut: below 0 is worse, above 1 is beyond.

    Product rule: (current - baseline) / (target - baseline), for both directions alike. None for
    a KPI that only has to hold (target = baseline) and where either is missing.
    """
    start, goal, score = _start(course), goal_score(course), score_of(course, value)
    if start is None or goal is None or score is None or goal == start:
        return None
    return (score - start) / (goal - start)


def is_reached(course: Course, value: Decimal) -> bool:
    """At least as good as the target, or inside the band."""
    goal, score = goal_score(course), score_of(course, value)
    return goal is not None and score is not None and score >= goal


def expected(course: Course, on: date) -> Decimal | None:
    """What the target path foresees on a day: linear from the baseline window's end to the date.

    Before the path it is the baseline, after it the target. None where either is missing.
    """
    share = _share(course, on)
    if share is None or course.baseline is None:
        return None
    goal = nearest_edge(course, course.baseline)
    assert goal is not None  # there is a share only with a target
    return course.baseline + (goal - course.baseline) * share


def _share(course: Course, on: date) -> Decimal | None:
    if course.begins_on is None or course.due_on is None or course.target is None:
        return None
    if on >= course.due_on:
        return _ONE
    if on <= course.begins_on:
        return _ZERO
    return Decimal((on - course.begins_on).days) / (course.due_on - course.begins_on).days


def judge(course: Course, value: Decimal | None, on: date) -> Standing:
    """How the value of a period that ends ``on`` stands; its age is judged by ``standing_on``.

    A reached target outweighs everything; worse than the baseline outweighs the path.
    """
    if value is None:
        return Standing.NO_DATA
    if is_reached(course, value):
        return Standing.REACHED
    better = gain(course, value)
    if better is not None and better < 0:
        return Standing.WORSE
    wanted = expected(course, on)
    if wanted is None:
        late = course.target is not None and course.due_on is not None and on >= course.due_on
        return Standing.BEHIND if late else Standing.UNJUDGED
    score, path = score_of(course, value), score_of(course, wanted)
    assert score is not None  # there is a path only with a target
    assert path is not None
    return Standing.ON_PATH if _rounded(course, score - path) >= 0 else Standing.BEHIND


def standing_on(today: date, judgement: str, due_on: date | None, fresh: date | None) -> Standing:
    """The judgement of the last value, unless nobody answered in time or the value is too old.

    Answered with "no data" again and again is not overdue, but the old value no longer counts.
    """
    if due_on is not None and due_on < today:
        return Standing.STALE
    if fresh is not None and fresh < today:
        return Standing.NO_DATA
    return Standing(judgement)
