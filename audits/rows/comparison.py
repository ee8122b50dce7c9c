"""An audit against its predecessor, question by question: better, worse, and what came again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.enums import Change, Grade, Result
from audits.models import Answer, Audit, Finding, Question
from audits.rows.entry import RESULT_SHAPE
from audits.rules import change
from winback.common.formats import DASH, format_date, format_percent

CHANGE_SHAPE: Mapping[str, str] = {
    Change.BETTER: "ok",
    Change.WORSE: "crit",
    Change.SAME: "run",
    Change.NONE: "na",
}
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question in both audits; ``recurs``: something was found at it again."""

    code: str
    text: str
    before: tuple[str, str]
    after: tuple[str, str]
    shape: str
    word: str
    recurs: bool
    found_before: list[Link]
    found_after: list[Link]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``number`` is that of the previous audit; ``message`` says what the table shows."""

    number: str
    url: str
    date: str
    score_before: str
    score_after: str
    message: str
    rows: list[ComparedQuestion]

    @property
    def recurring(self) -> list[ComparedQuestion]:
        return [row for row in self.rows if row.recurs]


def comparison(audit: Audit) -> Comparison | None:
    """Four statements; None without a predecessor. Needs ``with_head()``."""
    previous = audit.previous
    if previous is None:
        return None
    results: dict[int, dict[str, str]] = {audit.pk: {}, previous.pk: {}}
    answers = Answer.objects.filter(audit__in=results).select_related("question")
    for answer in answers:
        results[answer.audit_id][answer.question.code] = answer.result
    found = _found_by_code(results)
    rows = [
        _row(question, results[previous.pk], results[audit.pk], found[previous.pk], found[audit.pk])
        for question in audit.questions()
    ]
    return Comparison(
        number=previous.number,
        url=previous.get_absolute_url(),
        date=format_date(previous.done_on),
        score_before=format_percent(previous.score),
        score_after=format_percent(audit.score),
        message=_message(rows),
        rows=rows,
    )


def _found_by_code(audits: Iterable[int]) -> dict[int, dict[str, list[Link]]]:
    """What was found at each question of each audit; neither strengths nor what was unfounded."""
    found: dict[int, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    findings = Finding.objects.filter(audit__in=audits, question__isnull=False).founded()
    for finding in findings.exclude(grade=Grade.STRENGTH).select_related("question").order_by("pk"):
        assert finding.question is not None  # the filter above
        link = (finding.number, finding.get_absolute_url())
        found[finding.audit_id][finding.question.code].append(link)
    return found


def _row(
    question: Question,
    before: Mapping[str, str],
    after: Mapping[str, str],
    found_before: Mapping[str, list[Link]],
    found_after: Mapping[str, list[Link]],
) -> ComparedQuestion:
    code = question.code
    turned = change(before.get(code, ""), after.get(code, ""))
    earlier, later = found_before.get(code, []), found_after.get(code, [])
    return ComparedQuestion(
        code=code,
        text=question.text,
        before=_answer(before.get(code, "")),
        after=_answer(after.get(code, "")),
        shape=CHANGE_SHAPE[turned],
        word=str(turned.label),
        recurs=bool(earlier and later),
        found_before=earlier,
        found_after=later,
    )


def _answer(result: str) -> tuple[str, str]:
    """Shape and word; a dash where the question was not assessed or not asked."""
    return (RESULT_SHAPE[result][0], str(Result(result).label)) if result else ("na", DASH)


def _message(rows: list[ComparedQuestion]) -> str:
    """What recurs comes first: it weighs most."""
    again = sum(row.recurs for row in rows)
    words = [str(row.word) for row in rows]
    better, worse = words.count(str(Change.BETTER.label)), words.count(str(Change.WORSE.label))
    text = ngettext(
        "At %(count)d question something was found again.",
        "At %(count)d questions something was found again.",
        again,
    )
    first = text % {"count": again} if again else _("Nothing was found again.")
    rest = _("Better: %(better)d, worse: %(worse)d.")
    return f"{first} {rest % {'better': better, 'worse': worse}}"
