"""Rounds that were done, and what they left to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common.claims import claim, sign
from winback.contracts.services.core import Papers, keep_papers
from winback.norms.models import Inspection, InspectionRecord
from winback.norms.rules import next_due
from winback.norms.services.inspections import InspectionError, must_be_open


@transaction.atomic
def record_inspection(
    *,
    inspection: Inspection,
    version: int,
    actor: User,
    changes: Mapping[str, Any],
    papers: Papers,
) -> InspectionRecord:
    """The coming round was done: keep it, and plan the next one.

    Effects: stores the protocol; last date and result of the inspection follow; the next round is
    due after the interval, after a failed one by the day named for the repetition.

    Raises InspectionEnded, InspectionError where a later round is recorded already, StaleVersion.
    """
    must_be_open(inspection)
    done_on = changes["done_on"]
    if inspection.last_done_on is not None and done_on <= inspection.last_done_on:
        raise InspectionError(_("A round on this day or later is recorded."), field="done_on")
    claim(inspection, version=version, actor=actor)
    record = InspectionRecord(
        inspection=inspection,
        due_on=inspection.due_on,
        original_due_on=inspection.original_due_on,
        recorded_by=actor,
        **changes,
    )
    keep_papers(record, papers, str(inspection), actor)
    sign(record, actor)
    record.save()
    _plan_next(inspection, record)
    return record


def _plan_next(inspection: Inspection, record: InspectionRecord) -> None:
    inspection.last_done_on, inspection.last_result = record.done_on, record.result
    inspection.due_on = next_due(
        record.done_on, inspection.interval_months, record.result, record.defects_due_on
    )
    inspection.original_due_on = inspection.due_on
    inspection.save()


@transaction.atomic
def follow_up(
    *,
    record: InspectionRecord,
    version: int,
    actor: User,
    remedied_on: date | None,
    told_client_on: date | None,
) -> InspectionRecord:
    """Say when the defects were remedied and when the client was told.

    Raises InspectionError for days before the inspection, or defects there were none of;
    StaleVersion.
    """
    for name, day in (("remedied_on", remedied_on), ("told_client_on", told_client_on)):
        if day is not None and day < record.done_on:
            raise InspectionError(_("The day lies before the inspection."), field=name)
    if remedied_on is not None and not record.defects:
        raise InspectionError(_("This inspection found no defects."), field="remedied_on")
    claim(record.inspection, version=version, actor=actor)
    record.inspection.save()
    record.defects_done_on, record.told_client_on = remedied_on, told_client_on
    sign(record, actor)
    record.save()
    return record
