"""Rounds that were done, and what refers to the register elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import Client
from winback.common.clientpages import Panel, PanelRow
from winback.common.formats import DASH, format_date
from winback.common.history import Entry, Topic, moment
from winback.common.papers import Paper
from winback.documents.enums import DocumentKind
from winback.documents.models import Document, newest
from winback.norms.models import Inspection, InspectionRecord
from winback.norms.permissions import can_record
from winback.norms.rows.inspections import RESULT_SHAPE

_MOST = 25


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One round as the page of the inspection lists it."""

    done: str
    due_note: str
    shape: str
    result: str
    executor: str
    protocol_url: str
    defects: str
    remedy: str
    is_open: bool
    told: str
    change_url: str


def paper_url(inspection_id: int, document_id: int | None) -> str:
    """Where a paper of the inspection is handed out; empty without one."""
    return reverse("norms:paper", args=[inspection_id, document_id]) if document_id else ""


def record_rows(inspection: Inspection, user: User) -> list[RecordRow]:
    """Every round, newest first; one statement."""
    may = can_record(user, inspection)
    return [_row(record, may=may) for record in inspection.records.all()]


def _row(record: InspectionRecord, *, may: bool) -> RecordRow:
    due = format_date(record.original_due_on)
    note = _("on time") if record.was_on_time else _("was due on %(day)s") % {"day": due}
    change = reverse("norms:follow_up", args=[record.inspection_id, record.pk])
    return RecordRow(
        done=format_date(record.done_on),
        due_note=note,
        shape=RESULT_SHAPE[record.result],
        result=record.get_result_display(),
        executor=record.executor,
        protocol_url=paper_url(record.inspection_id, record.protocol_id),
        defects=record.defects,
        remedy=_remedy(record),
        is_open=record.has_open_defects,
        told=format_date(record.told_client_on) if record.told_client_on else DASH,
        change_url=change if may else "",
    )


def _remedy(record: InspectionRecord) -> str:
    if record.defects_done_on:
        return _("remedied on %(day)s") % {"day": format_date(record.defects_done_on)}
    if record.defects_due_on:
        return _("remedy by %(day)s") % {"day": format_date(record.defects_due_on)}
    return ""


def client_panel(user: User, client: Client) -> Panel:
    """The way from the client to its register; no statement."""
    return Panel(
        key="inspections",
        title=_("Inspections"),
        rows=[],
        empty=_("What must be inspected at the sites of the client stands in the register."),
        action_label=_("Open register"),
        action_url=reverse("norms:client", args=[client.pk]),
    )


def norm_panel(user: User, norm: Any) -> Panel:
    """Plants inspected by this norm, as far as the user sees them; one statement."""
    seen = Inspection.objects.visible_to(user).open().filter(norm=norm)
    rows = seen.select_related("site__client").order_by("due_on", "pk")[:_MOST]
    return Panel(
        key="inspections",
        title=_("Plants inspected by it"),
        rows=[
            PanelRow(
                label=each.plant,
                url=each.get_absolute_url(),
                shape="",
                word="",
                note=f"{each.task} · {each.place} · {format_date(each.due_on)}",
            )
            for each in rows
        ],
        empty=_("No plant in the register is inspected by this norm."),
        action_label=_("In the register"),
        action_url=f"{reverse('norms:inspections')}?norm={norm.key}",
    )


def inspection_entries(user: User, case: Any) -> Iterable[Entry]:
    """Rounds done at the sites of the case since it was opened; one statement."""
    seen = Inspection.objects.at_sites_of(case)
    records = InspectionRecord.objects.filter(inspection__in=seen, done_on__gte=case.opened_on)
    for record in records.select_related("inspection", "recorded_by"):
        yield Entry(
            at=moment(record.done_on),
            topic=Topic.CHANGES,
            title=_("Plant inspected"),
            by=record.recorded_by.short_name,
            text=f"{record.inspection}, {record.get_result_display()}",
            url=record.inspection.get_absolute_url(),
            whole_day=True,
        )


def inspection_papers(user: User, case: Any) -> Iterable[Paper]:
    """Protocols of rounds at the sites of the case; one statement."""
    seen = Inspection.objects.at_sites_of(case)
    records = InspectionRecord.objects.filter(inspection__in=seen, protocol__isnull=False)
    of_paper = records.filter(protocol=OuterRef("pk"))
    found = Document.objects.filter(pk__in=records.values("protocol")).annotate(
        inspection_id=Subquery(of_paper.values("inspection")[:1]),
        plant=Subquery(of_paper.values("inspection__plant")[:1]),
        file_name=newest("original_name"),
        filed_at=newest("uploaded_at"),
    )
    return [_paper(document) for document in found]


def _paper(document: Any) -> Paper:
    return Paper(
        title=document.title,
        kind=str(DocumentKind(document.kind).label),
        belongs_to=document.plant,
        belongs_url=reverse("norms:inspection", args=[document.inspection_id]),
        file_url=paper_url(document.inspection_id, document.pk),
        file_name=document.file_name,
        on=document.filed_at.date(),
        valid_until=document.valid_until,
    )
