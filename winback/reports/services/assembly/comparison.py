"""The audit against its predecessor, in the language of the report."""

from __future__ import annotations

from audits.enums import Grade
from audits.models import Audit
from audits.rows.comparison import ComparedQuestion, comparison
from winback.reports.rules.facts import ComparedFacts, ComparisonFacts


def comparison_facts(audit: Audit) -> ComparisonFacts | None:
    """Five statements; none without a predecessor. Needs ``with_head()``."""
    compared = comparison(audit)
    if compared is None or audit.previous is None:
        return None
    return ComparisonFacts(
        number=compared.number,
        date=compared.date,
        score=audit.previous.score,
        majors=audit.previous.findings.counting().filter(grade=Grade.MAJOR).count(),
        message=compared.message,
        rows=tuple(_facts(row) for row in compared.rows),
    )


def _facts(row: ComparedQuestion) -> ComparedFacts:
    """``found`` names what was found then and now."""
    before = ", ".join(number for number, _url in row.found_before)
    after = ", ".join(number for number, _url in row.found_after)
    return ComparedFacts(
        code=row.code,
        text=row.text,
        before=row.before[1],
        after=row.after[1],
        shape=row.shape,
        word=row.word,
        recurs=row.recurs,
        found=" → ".join(part for part in (before, after) if part),
    )
