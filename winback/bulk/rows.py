"""Changes as ready strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from winback.bulk.services import Change
from winback.common.bulk import DATE, BulkRow
from winback.common.formats import format_day


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the preview or of the result."""

    title: str
    context: str
    url: str
    before: str
    after: str
    shape: str
    state: str
    token: str


def picked_row(row: BulkRow, step: str) -> ChangeRow:
    """A ticked row before anything is asked."""
    refusal = row.move_refusal if step == DATE else row.hand_over_refusal
    state = refusal or _("will be changed")
    return _row(row, step, "", "no" if refusal else "open", state, "")


def preview_row(change: Change, step: str) -> ChangeRow:
    """What would become of it."""
    if change.refusal:
        return _row(change.row, step, "", "no", change.refusal, "")
    after = _value(change.after)
    if change.done:
        return _row(change.row, step, after, "na", _("is so already"), "")
    return _row(change.row, step, after, "open", _("will be changed"), change.token)


def result_row(change: Change, step: str) -> ChangeRow:
    """What became of it."""
    if change.refusal:
        return _row(change.row, step, "", "no", change.refusal, "")
    return _row(change.row, step, _value(change.after), "done", _("changed"), "")


def summary(changes: Iterable[Change]) -> tuple[str, str]:
    """Level and words of the message above the result."""
    counted = list(changes)
    done = sum(change.done for change in counted)
    refused = len(counted) - done
    words = ngettext("%(count)d row is changed.", "%(count)d rows are changed.", done)
    text = words % {"count": done}
    if refused:
        more = ngettext("%(count)d was refused.", "%(count)d were refused.", refused)
        text = f"{text} {more % {'count': refused}}"
    return ("warning" if refused else "success"), text


def _row(row: BulkRow, step: str, after: str, shape: str, state: str, token: str) -> ChangeRow:
    before = format_day(row.due_on) if step == DATE else row.owner
    return ChangeRow(row.title, row.context, row.url, before, after, shape, state, token)


def _value(after: User | date | None) -> str:
    return after.full_name if isinstance(after, User) else format_day(after)
