"""Answers from devices that came too late to count."""

from __future__ import annotations

from audits.models import Audit, Question, Transmission
from winback.common.formats import format_datetime


def late_answers(audit: Audit, question: Question) -> list[str]:
    """``nicht erfüllt: Tür klemmt. (23.11.2026, 08:59 Uhr, H. Seidel)``; one statement."""
    late = Transmission.objects.filter(
        answer__audit=audit, answer__question=question, counted=False
    ).select_related("entered_by")
    return [_line(each) for each in late]


def _line(late: Transmission) -> str:
    what = ": ".join(filter(None, (late.get_result_display(), late.note)))
    return f"{what} ({format_datetime(late.moment)}, {late.entered_by.short_name})"
