"""The figures of an audit beside those of its predecessor."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from winback.common.formats import DASH, format_percent, format_signed
from winback.reports.rules.facts import AuditFacts


def compared_values(facts: AuditFacts) -> list[tuple[str, str, str, str]]:
    """Label, then, now and the change with its sign; a lost score has no change."""
    before = facts.comparison
    assert before is not None  # the chapter stands only where there is one
    majors = len(facts.majors)
    return [
        (
            _("Score"),
            format_percent(before.score),
            format_percent(facts.score),
            _points(before.score, facts.score),
        ),
        (
            _("Major nonconformities"),
            str(before.majors),
            str(majors),
            format_signed(majors - before.majors),
        ),
    ]


def _points(before: Decimal | None, after: Decimal | None) -> str:
    """``+14,9 Punkte``."""
    if before is None or after is None:
        return DASH
    return _("%(change)s points") % {"change": format_signed(after - before, 1)}
