"""What was set up for a promise, an amendment or a talk, for the pages of lower rooms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from winback.common.duties import Duty, Source
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure
from winback.plans.rows.measures import standing


def commitment_duties(keys: Collection[int], today: date) -> dict[int, list[Duty]]:
    """The measures for each commitment, dropped ones left out; one statement."""
    return _duties("commitment", keys, today)


def amendment_duties(keys: Collection[int], today: date) -> dict[int, list[Duty]]:
    """What we owe under each amendment, dropped measures left out; one statement."""
    return _duties("amendment", keys, today)


def interaction_duties(keys: Collection[int], today: date) -> dict[int, list[Duty]]:
    """The measures that came of each talk, dropped ones left out; one statement."""
    return _duties("interaction", keys, today)


def _duties(thing: str, keys: Collection[int], today: date) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = {}
    rows = Measure.objects.filter(**{f"{thing}__in": keys}).exclude(status=MeasureStatus.DROPPED)
    for measure in rows.select_related("plan__case", "owner").order_by("due_on", "pk"):
        found.setdefault(getattr(measure, f"{thing}_id"), []).append(_duty(measure, today))
    return found


def _duty(measure: Measure, today: date) -> Duty:
    shape, word = standing(measure, today)
    return Duty(
        title=measure.title,
        url=measure.get_absolute_url(),
        owner=measure.owner.short_name,
        due_on=measure.due_on,
        original_due_on=measure.original_due_on,
        shape=shape,
        word=word,
        is_open=measure.is_open,
        is_blocked=measure.status == MeasureStatus.BLOCKED,
        has_begun=measure.has_begun,
    )


#: What measures answer → who knows them.
SOURCES: dict[str, Source] = {
    "amendment": amendment_duties,
    "commitment": commitment_duties,
    "interaction": interaction_duties,
}
