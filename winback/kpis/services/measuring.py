"""Values of periods: entered once, corrected with the old value kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import record
from winback.common import clock
from winback.common.claims import sign
from winback.common.formats import format_value
from winback.kpis.enums import Verb
from winback.kpis.models import CaseKpi, Measurement
from winback.kpis.rules import period_label
from winback.kpis.services.copies import (
    AlreadyMeasured,
    hold,
    must_be_live,
    must_be_measured,
    refresh_kpis,
    take,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was measured in the period that starts at ``period``; value None is "no data"."""

    kpi: CaseKpi
    period: date
    value: Decimal | None
    sample_size: int | None = None
    source: str = ""
    note: str = ""


@transaction.atomic
def measure(
    *, case: Case, actor: User, entries: Sequence[Entry], reason: str = ""
) -> list[Measurement]:
    """Enter the values of one or many KPIs of the case, all or none.

    Effects: the stored copies of the KPIs follow. ``reason`` is why an unusual value was insisted
    on.

    Raises:
        AlreadyMeasured: one of the periods already has a value; it is corrected, not entered again.
        KpiEnded, IllegalTransition
    """
    must_be_live(case)
    for entry in entries:
        must_be_measured(entry.kpi)
    ids = sorted({entry.kpi.pk for entry in entries})
    hold(ids)
    now = clock.now()
    rows = [_row(entry, actor, now) for entry in entries]
    try:
        with transaction.atomic():
            saved = bulk_create_with_history(
                rows, Measurement, default_user=actor, default_date=now
            )
    except IntegrityError:
        raise _already(entries) from None
    refresh_kpis(ids)
    values = [
        {"kpi": entry.kpi.definition.key, "period": entry.period, "value": entry.value}
        for entry in entries
    ]
    record(case, actor, Verb.MEASURED, title=_title(entries), reason=reason, values=values)
    return list(saved)


def _row(entry: Entry, actor: User, now: Any) -> Measurement:
    return Measurement(
        kpi=entry.kpi,
        period_start=entry.period,
        value=entry.value,
        sample_size=entry.sample_size,
        source=entry.source,
        note=entry.note,
        entered_by=actor,
        entered_at=now,
    )


def _already(entries: Sequence[Entry]) -> AlreadyMeasured:
    """Which of the periods was answered before, in words."""
    taken = Q()
    for entry in entries:
        taken |= Q(kpi=entry.kpi, period_start=entry.period)
    found = Measurement.objects.filter(taken).select_related("kpi__definition")[0]
    definition = found.kpi.definition
    message = _("%(period)s already has an entry: %(value)s. Correct it instead.") % {
        "period": period_label(found.period_start, definition.frequency),
        "value": _written(found.kpi, found.value),
    }
    return AlreadyMeasured(message, found)


def _written(kpi: CaseKpi, value: Decimal | None) -> str:
    if value is None:
        return _("no data")
    return format_value(value, kpi.definition.unit, kpi.definition.decimals)


def _title(entries: Sequence[Entry]) -> str:
    if len(entries) > 1:
        return ngettext("%(count)s value", "%(count)s values", len(entries)) % {
            "count": len(entries)
        }
    entry = entries[0]
    period = period_label(entry.period, entry.kpi.definition.frequency)
    return f"{entry.kpi}: {_written(entry.kpi, entry.value)} ({period})"


@transaction.atomic
def correct(
    *, measurement: Measurement, version: int, actor: User, changes: dict[str, Any], reason: str
) -> Measurement:
    """Correct what was entered for a period; a row version keeps the old value.

    ``version`` is that of the KPI as the user saw it.

    Raises StaleVersion, KpiEnded, IllegalTransition.
    """
    kpi = measurement.kpi
    must_be_measured(kpi)
    shown = Measurement.objects.filter(pk=measurement.pk)
    take(kpi, version=version, actor=actor, shown=shown)
    before = _written(kpi, measurement.value)
    for name, value in changes.items():
        setattr(measurement, name, value)
    sign(measurement, actor)
    measurement._change_reason = reason[:100]  # type: ignore[attr-defined]  # read by django-simple-history
    measurement.save()
    refresh_kpis([kpi.pk])
    period = period_label(measurement.period_start, kpi.definition.frequency)
    title = f"{kpi} ({period}): {before} → {_written(kpi, measurement.value)}"
    record(kpi.case, actor, Verb.CORRECTED, title=title, reason=reason)
    return measurement
