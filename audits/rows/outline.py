"""The cards of an audit as a device keeps them."""

from __future__ import annotations

from typing import TypedDict

from audits.models import Audit
from audits.rows.entry import question_url


class Card(TypedDict):
    code: str
    url: str
    group: str
    answered: bool


def outline(audit: Audit) -> list[Card]:
    """Every question in order; two statements."""
    answered = set(audit.answers.values_list("question", flat=True))
    return [
        Card(
            code=each.code,
            url=question_url(audit, each),
            group=each.group.name,
            answered=each.pk in answered,
        )
        for each in audit.questions()
    ]
