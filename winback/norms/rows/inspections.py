"""Inspections as ready strings, for the list, the registers and their own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.models import User
from winback.clients.models import Site
from winback.common.formats import DASH, days_phrase, format_date
from winback.norms.enums import InspectionResult, InspectionState
from winback.norms.models import Inspection
from winback.norms.permissions import can_keep_inspections, can_record

Fact = tuple[str, str, str]
STATE_SHAPE = {
    InspectionState.PLANNED: "open",
    InspectionState.NEAR: "warn",
    InspectionState.OVERDUE: "late",
    InspectionState.ENDED: "na",
}
RESULT_SHAPE: dict[str, str] = {
    InspectionResult.OK: "ok",
    InspectionResult.DEFECTS: "part",
    InspectionResult.FAILED: "crit",
}


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One line of the register."""

    pk: int
    plant: str
    url: str
    task: str
    client: str
    site: str
    norm: str
    norm_url: str
    is_doubtful: bool
    interval: str
    source: str
    last: str
    last_shape: str
    last_word: str
    due: str
    due_note: str
    late: bool
    owner: str
    duty: str
    shape: str
    word: str
    defects: str
    record_url: str


@dataclass(frozen=True, slots=True)
class SiteRegister:
    """The inspections of one site; addresses empty where the user may not add."""

    name: str
    anchor: str
    rows: list[InspectionRow]
    add_url: str
    propose_url: str


def months_phrase(months: int) -> str:
    """``every 2 years``, ``every 18 months``."""
    if months % 12 == 0:
        years = months // 12
        return ngettext("every year", "every %(count)d years", years) % {"count": years}
    return ngettext("every month", "every %(count)d months", months) % {"count": months}


def inspection_row(inspection: Inspection, user: User, today: date) -> InspectionRow:
    """Needs ``with_row()``; no further statement."""
    state, norm = inspection.state(today), inspection.norm
    record = reverse("norms:record", args=[inspection.pk])
    return InspectionRow(
        pk=inspection.pk,
        plant=inspection.plant,
        url=inspection.get_absolute_url(),
        task=inspection.task,
        client=inspection.site.client.name,
        site=inspection.site.name,
        norm=norm.code if norm else inspection.basis,
        norm_url=norm.get_absolute_url() if norm else "",
        is_doubtful=bool(norm and (norm.is_doubtful or norm.is_outdated)),
        interval=months_phrase(inspection.interval_months),
        source=inspection.interval_source,
        last=format_date(inspection.last_done_on) if inspection.last_done_on else "",
        last_shape=RESULT_SHAPE.get(inspection.last_result, ""),
        last_word=inspection.get_last_result_display() if inspection.last_result else "",
        due=format_date(inspection.due_on),
        due_note=days_phrase(today, inspection.due_on) if inspection.is_open else "",
        late=state == InspectionState.OVERDUE,
        owner=inspection.owner.short_name,
        duty=inspection.get_duty_holder_display(),
        shape=STATE_SHAPE[state],
        word=str(state.label),
        defects=_defects(inspection.open_defects),
        record_url=record if can_record(user, inspection) else "",
    )


def _defects(count: int) -> str:
    words = ngettext("defects of %(count)d round open", "defects of %(count)d rounds open", count)
    return words % {"count": count} if count else ""


#: Heads of the exported columns.
INSPECTION_COLUMNS = (
    gettext_lazy("Client"),
    gettext_lazy("Site"),
    pgettext_lazy("inspection", "Plant"),
    pgettext_lazy("inspection", "Task"),
    gettext_lazy("Norm"),
    gettext_lazy("Duty holder"),
    gettext_lazy("Interval in months"),
    gettext_lazy("Source of the interval"),
    gettext_lazy("Last done"),
    gettext_lazy("Last result"),
    gettext_lazy("Next due"),
    pgettext_lazy("person", "Owner"),
    gettext_lazy("Carried out by"),
    gettext_lazy("Rounds with open defects"),
    pgettext_lazy("inspection", "Status"),
)


def inspection_record(inspection: Inspection, today: date) -> list[Any]:
    """One exported line below ``INSPECTION_COLUMNS``; dates and numbers as such."""
    return [
        inspection.site.client.name,
        inspection.site.name,
        inspection.plant,
        inspection.task,
        inspection.cited,
        inspection.get_duty_holder_display(),
        inspection.interval_months,
        inspection.interval_source,
        inspection.last_done_on,
        inspection.get_last_result_display() if inspection.last_result else "",
        inspection.due_on,
        inspection.owner.full_name,
        carried_out_by(inspection),
        inspection.open_defects,
        str(inspection.state(today).label),
    ]


def carried_out_by(inspection: Inspection) -> str:
    """Who inspects: a named firm or person, else of which kind."""
    return inspection.executor or inspection.get_executor_kind_display()


def site_registers(
    sites: Iterable[Site], inspections: Iterable[Inspection], user: User, today: date
) -> list[SiteRegister]:
    """The inspections below their sites; sites without any stand there too."""
    keeps = can_keep_inspections(user)
    ordered = sorted(inspections, key=lambda each: each.site_id)
    found = {pk: list(rows) for pk, rows in groupby(ordered, key=lambda each: each.site_id)}
    return [
        SiteRegister(
            name=site.name,
            anchor=f"site-{site.pk}",
            rows=[inspection_row(each, user, today) for each in found.get(site.pk, [])],
            add_url=_below(site, "norms:add") if keeps else "",
            propose_url=_below(site, "norms:propose") if keeps else "",
        )
        for site in sites
    ]


def _below(site: Site, name: str) -> str:
    return reverse(name, args=[site.client_id, site.pk])


def inspection_facts(inspection: Inspection) -> list[Fact]:
    """Everything the register says about the inspection; needs ``with_row()``."""
    checked = inspection.interval_checked_on
    note = _("checked on %(day)s") % {"day": format_date(checked)} if checked else ""
    deputy = inspection.deputy
    source = "; ".join(filter(None, [inspection.interval_source, note]))
    rows = [
        (_("Site"), inspection.site.name, inspection.site.client.name),
        (_("Duty holder"), inspection.get_duty_holder_display(), ""),
        (_("Interval"), months_phrase(inspection.interval_months), source),
        (_("Last done"), _day(inspection.last_done_on), _result(inspection)),
        (_("Next due"), format_date(inspection.due_on), _moved(inspection)),
        (
            pgettext("person", "Owner"),
            str(inspection.owner),
            _("deputy: %(name)s") % {"name": deputy} if deputy else "",
        ),
        (_("Carried out by"), carried_out_by(inspection), inspection.qualification),
        (_("Relevant to safety"), _("yes") if inspection.is_safety else _("no"), ""),
        (_("Ended on"), _day(inspection.ended_on), inspection.ended_reason),
    ]
    return [row for row in rows if row[1]]


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _result(inspection: Inspection) -> str:
    return inspection.get_last_result_display() if inspection.last_result else ""


def _moved(inspection: Inspection) -> str:
    if inspection.original_due_on == inspection.due_on:
        return ""
    return _("first due on %(day)s") % {"day": format_date(inspection.original_due_on)}


def norm_line(inspection: Inspection) -> str:
    """Norm with edition and title, or the other basis."""
    norm = inspection.norm
    return f"{norm.citation} · {norm.name}" if norm else inspection.basis or DASH
