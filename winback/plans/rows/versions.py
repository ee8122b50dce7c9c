"""Row versions of a measure in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.common.formats import format_date, format_datetime
from winback.plans.models import Measure


@dataclass(frozen=True, slots=True)
class Change:
    """One row version: a sentence, or several folded below a title."""

    when: str
    iso: str
    title: str
    by: str
    changes: list[str]


def _fields() -> dict[str, str]:
    return {
        "title": pgettext("measure", "Measure"),
        "description": _("Description"),
        "phase": _("Phase"),
        "owner": pgettext("person", "Owner"),
        "deputy": pgettext("person", "Deputy"),
        "due_on": _("Due on"),
        "recurrence": _("Recurrence"),
        "status": pgettext("measure", "Status"),
        "status_note": pgettext("measure", "Note on the status"),
        "result": _("Result"),
    }


def changes_of(measure: Measure) -> list[Change]:
    """The row versions, newest first, each against the one before; one statement.

    Versions in which nothing shown here differs are left out.
    """
    versions = list(
        measure.history.select_related("history_user", "phase", "owner", "deputy").order_by(
            "-history_date", "-history_id"
        )
    )
    pairs = zip(versions, [*versions[1:], None], strict=True)
    shown = [_change(after, before) for after, before in pairs]
    return [each for each in shown if each.title]


def _change(after: Any, before: Any) -> Change:
    who = after.history_user.short_name if after.history_user else "Winback"
    when, iso = format_datetime(after.history_date), after.history_date.isoformat()
    if before is None:
        title = _("Measure created, due on %(date)s") % {"date": format_date(after.due_on)}
        return Change(when, iso, title, who, [])
    lines = [
        f"{label}: {_value(before, name)} → {_value(after, name)}"
        for name, label in _fields().items()
        if _value(before, name) != _value(after, name)
    ]
    if len(lines) == 1:
        return Change(when, iso, lines[0], who, [])
    title = _("%(who)s changed %(count)d fields") % {"who": who, "count": len(lines)}
    return Change(when, iso, title if lines else "", who, lines)


def _value(version: Any, name: str) -> str:
    """One field of a row version in words."""
    if name in {"status", "recurrence"}:
        return str(getattr(version, f"get_{name}_display")())
    value = getattr(version, name)
    return format_date(value) if isinstance(value, date) else str(value or "–")
