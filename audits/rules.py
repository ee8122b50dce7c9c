"""Pure rules of audits: score, verdict, what an answer asks for, terms of findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from audits.enums import NEED_JUSTIFICATION, Change, Grade, OwnWork, Result, Verdict

#: Percent of the possible points from which an audit is passed, majors apart.
PASS_MARK = Decimal(80)
MAX_POINTS = 2
#: Points per answer; "not applicable" has none and does not count.
POINTS: dict[str, int] = {Result.MET: MAX_POINTS, Result.PARTLY: 1, Result.NOT_MET: 0}
#: Calendar days until a finding of the grade is due; None: nothing is owed.
DUE_DAYS: dict[str, int | None] = {
    Grade.MAJOR: 14,
    Grade.MINOR: 30,
    Grade.OBSERVATION: 30,
    Grade.IMPROVEMENT: 60,
    Grade.STRENGTH: None,
}
#: Calendar days after which the effect of a correction is checked; None: no check is asked for.
CHECK_DAYS: dict[str, int | None] = {Grade.MAJOR: 60, Grade.MINOR: 90}
#: What a device kept longer than this counts as no older: nobody audits for half a year.
OLDEST = timedelta(days=180)
_CENT = Decimal("0.01")


def score(answers: Iterable[tuple[int, str]]) -> Decimal | None:
    """Percent reached, of (weight, result) pairs: sum(weight × points) / sum(weight × 2).

    Over answered questions that are not "not applicable"; None where nothing is left to judge.
    Rounded half up to two decimals, which is also what the pass mark is held against.
    """
    rated = [(weight, POINTS[result]) for weight, result in answers if result in POINTS]
    possible = sum(weight * MAX_POINTS for weight, _points in rated)
    if not possible:
        return None
    reached = sum(weight * points for weight, points in rated)
    return (Decimal(100 * reached) / possible).quantize(_CENT, ROUND_HALF_UP)


def verdict(percent: Decimal | None, *, has_major: bool) -> Verdict | None:
    """Any major means not passed, whatever the score; without score and major there is none."""
    if has_major:
        return Verdict.NOT_PASSED
    if percent is None:
        return None
    return Verdict.PASSED if percent >= PASS_MARK else Verdict.NOT_PASSED


def proposed_grade(result: str, *, is_critical: bool) -> Grade:
    """The grade the finding form starts with; a person decides."""
    if result == Result.NOT_MET:
        return Grade.MAJOR if is_critical else Grade.MINOR
    if result == Result.PARTLY:
        return Grade.OBSERVATION
    return Grade.STRENGTH if result == Result.MET else Grade.IMPROVEMENT


def due_on(grade: str, today: date) -> date:
    """When a finding recorded on ``today`` is due; the day itself where nothing is owed."""
    return today + timedelta(days=DUE_DAYS[grade] or 0)


def check_on(grade: str, done_on: date) -> date | None:
    """When the effect of what was done on ``done_on`` can be judged; None where nothing asks."""
    days = CHECK_DAYS.get(grade)
    return None if days is None else done_on + timedelta(days=days)


def lacks_justification(result: str, note: str, *, has_finding: bool) -> bool:
    """Whether "partly" or "not met" stands there with neither a note nor a finding."""
    return result in NEED_JUSTIFICATION and not note.strip() and not has_finding


def unanswered(questions: Iterable[int], answered: Collection[int]) -> list[int]:
    """The questions not assessed yet, in their order; they keep the audit from being finished."""
    return [pk for pk in questions if pk not in answered]


def own_work(
    people: Iterable[int],
    *,
    case_owner: int | None,
    in_charge: Collection[int],
    corrected: Collection[int],
) -> tuple[int, OwnWork] | None:
    """The first of the auditors who would judge what they answer for, and why; None when nobody.

    In charge of what is audited are the owner of the case and whoever runs the service there;
    a follow-up audit also judges the corrections of those who owned the earlier findings.
    """
    for person in people:
        if person == case_owner:
            return person, OwnWork.CASE
        if person in in_charge:
            return person, OwnWork.SERVICE
        if person in corrected:
            return person, OwnWork.CORRECTION
    return None


def entered(entered_at: datetime, sent_at: datetime, now: datetime) -> datetime:
    """When something was entered, by our clock: ``now`` less its age by the device's own clock.

    So a device whose clock is wrong neither wins nor loses by that. Nothing is older than OLDEST
    or lies in the future.
    """
    age = max(entered_at, sent_at) - entered_at
    return now - min(age, OLDEST)


def change(before: str, after: str) -> Change:
    """How an answer stands against the earlier one; only those with points can be compared."""
    if before not in POINTS or after not in POINTS:
        return Change.NONE
    if POINTS[before] == POINTS[after]:
        return Change.SAME
    return Change.BETTER if POINTS[after] > POINTS[before] else Change.WORSE
