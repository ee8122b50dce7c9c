"""Measures as ready strings: formatted once per row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.models import User
from winback.common.formats import format_date, format_date_short
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure
from winback.plans.permissions import (
    can_change_measure,
    can_do_measure,
    can_plan_check,
    can_reopen_measure,
)
from winback.plans.rules import rounds

STATUS_SHAPE = {
    MeasureStatus.OPEN: "open",
    MeasureStatus.IN_PROGRESS: "run",
    MeasureStatus.BLOCKED: "lock",
    MeasureStatus.WAITING: "wait",
    MeasureStatus.DONE: "done",
    MeasureStatus.DROPPED: "na",
}


def standing(measure: Measure, today: date) -> tuple[str, str]:
    """Shape and words: how it stands, with its lateness by the date that counts."""
    if measure.is_overdue(today):
        days = (today - measure.due_on).days
        text = ngettext("Overdue, %(count)d day", "Overdue, %(count)d days", days)
        return "late", text % {"count": days}
    status = MeasureStatus(measure.status)
    shape, word = STATUS_SHAPE[status], str(status.label)
    if measure.done_on is not None:
        near = abs((today - measure.done_on).days) < 300  # the year would be a guess beyond
        day = format_date_short(measure.done_on) if near else format_date(measure.done_on)
        text = _("Done %(date)s") if measure.was_on_time else _("Done %(date)s (late)")
        return shape, text % {"date": day}
    return shape, word


def rounds_of(measure: Measure) -> int:
    """How many rounds a recurring measure has until its phase ends; never less than were done."""
    assert measure.repeats_from is not None  # held by a constraint
    total = rounds(
        measure.repeats_from,
        measure.recurrence,
        measure.phase.ends_on,
        measure.plan.bundesland,
    )
    return max(total, measure.times_done)


def rounds_phrase(measure: Measure) -> str:
    """``wöchentlich, 7 von 8``; empty for what happens once. Needs ``with_row()``."""
    if not measure.recurrence:
        return ""
    return _("%(rhythm)s, %(done)d of %(total)d") % {
        "rhythm": measure.get_recurrence_display(),
        "done": measure.times_done,
        "total": rounds_of(measure),
    }


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One line of a plan or of the list over all cases."""

    pk: int
    code: str
    title: str
    url: str
    owner: str
    due: str
    late: bool
    moved_from: str
    shape: str
    status: str
    note: str
    sources: list[tuple[str, str]]
    case_number: str
    client: str
    case_url: str
    phase: str
    done_url: str


def measure_row(measure: Measure, user: User, today: date) -> MeasureRow:
    """Needs ``with_row()``; no further statement."""
    shape, word = standing(measure, today)
    case = measure.case
    return MeasureRow(
        pk=measure.pk,
        code=measure.code,
        title=measure.title,
        url=measure.get_absolute_url(),
        owner=measure.owner.short_name,
        due=format_date(measure.due_on),
        late=measure.is_overdue(today),
        moved_from=format_date(measure.original_due_on) if measure.was_moved else "",
        shape=shape,
        status=word,
        note=rounds_phrase(measure) or measure.status_note,
        sources=sources(measure),
        case_number=case.number,
        client=case.client.name,
        case_url=reverse("plans:detail", args=[case.number]),
        phase=str(measure.phase).replace(" ", "\u00a0", 1),
        done_url=measure.done_url if can_do_measure(user, measure) else "",
    )


#: Heads of the exported columns.
MEASURE_COLUMNS = (
    gettext_lazy("Case number"),
    gettext_lazy("Client"),
    gettext_lazy("Phase"),
    pgettext_lazy("measure", "Number"),
    pgettext_lazy("measure", "Measure"),
    pgettext_lazy("person", "Owner"),
    gettext_lazy("Due on"),
    gettext_lazy("Original due date"),
    pgettext_lazy("measure", "Status"),
)


def measure_record(measure: Measure, user: User, today: date) -> list[Any]:
    """One exported line below ``MEASURE_COLUMNS``; dates as such."""
    row = measure_row(measure, user, today)
    words = [row.case_number, row.client, row.phase, row.code, row.title, row.owner]
    return [*words, measure.due_on, measure.original_due_on, row.status]


def sources(measure: Measure) -> list[tuple[str, str]]:
    """What the measure answers: words and addresses."""
    number, found = measure.case.number, []
    if measure.finding is not None:
        found.append((measure.finding.number, measure.finding.get_absolute_url()))
    if measure.cause is not None:
        url = reverse("causes:detail", args=[number, measure.cause_id])
        found.append((_("Cause: %(name)s") % {"name": measure.cause}, url))
    if measure.commitment is not None:
        url = reverse("dialogue:detail", args=[number, measure.commitment_id])
        found.append((pgettext("measure", "Commitment"), url))
    if measure.interaction is not None:
        url = reverse("dialogue:talk_detail", args=[number, measure.interaction_id])
        found.append((pgettext("measure", "Talk"), url))
    if measure.amendment is not None:
        found.append((pgettext("measure", "Amendment"), measure.amendment.get_absolute_url()))
    return found


def measure_facts(measure: Measure) -> list[tuple[str, str, str]]:
    """The facts of its page: label, value, small print. Needs ``with_page()``."""
    due = format_date(measure.due_on)
    moved = format_date(measure.original_due_on) if measure.was_moved else ""
    optional = [
        (pgettext("person", "Deputy"), str(measure.deputy or ""), ""),
        (pgettext("measure", "Note on the status"), measure.status_note, ""),
        (_("Description"), measure.description, ""),
        (_("Result"), measure.result, ""),
    ]
    return [
        (_("Phase"), str(measure.phase), _("mandatory") if measure.is_mandatory else ""),
        (pgettext("person", "Owner"), measure.owner.full_name, ""),
        (_("Due on"), due, _("originally %(date)s") % {"date": moved} if moved else ""),
        (_("Recurrence"), rounds_phrase(measure) or measure.get_recurrence_display(), ""),
        *(fact for fact in optional if fact[1]),
    ]


def measure_actions(measure: Measure, user: User) -> list[tuple[str, str]]:
    """What else this user may do with it now, in the menu: words and addresses."""
    does, plans = can_do_measure(user, measure), can_change_measure(user, measure)
    offered = [
        (does, _("Complete with result"), "complete"),
        (does, _("Set status"), "status"),
        (plans, _("Hand over"), "reassign"),
        (plans, _("Edit"), "edit"),
        (plans, pgettext("measure", "Drop"), "drop"),
        (can_plan_check(user, measure), _("Plan effectiveness check"), "check_plan"),
        (can_reopen_measure(user, measure), pgettext("measure", "Reopen"), "reopen"),
    ]
    return [(word, measure.url(what)) for allowed, word, what in offered if allowed]
