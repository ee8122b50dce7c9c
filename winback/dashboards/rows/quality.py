"""The data-quality page: what is missing where, and what to mend first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.urls import reverse

from accounts.models import User
from winback.common import quality


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check with its result; no address where nothing is missing."""

    label: str
    why: str
    count: int
    shape: str
    url: str


def check_rows(user: User, today: date) -> list[CheckRow]:
    """All checks for what the user may see; one statement."""
    found = quality.counts(user, today)
    return [_row(check, found[check.key]) for check in quality.checks()]


def _row(check: quality.Check, count: int) -> CheckRow:
    return CheckRow(
        label=str(check.label),
        why=str(check.why),
        count=count,
        shape="warn" if count else "ok",
        url=reverse("dashboards:quality_check", args=[check.key]) if count else "",
    )


def gaps(check: quality.Check, rows: Page[object]) -> list[quality.Gap]:
    """The lines of one page."""
    return [check.gap(row) for row in rows]
