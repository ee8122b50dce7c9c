"""The plants of a story: entered once, inspected round after round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from winback.demo.services.sheets import pdf_sheet
from winback.demo.services.story import Story
from winback.documents.rules import CheckedFile
from winback.norms import services
from winback.norms.models import Inspection, InspectionRecord, InspectionRule

ENTERING, INSPECTING, REMEDYING = 13, 14, 15


def plan_inspections(story: Story) -> None:
    """Plan when each plant is entered, every round, and when its defects are remedied."""
    for number, text in enumerate(story.part("inspections")):
        name = f"inspection-{number}"
        story.at(text["entered"], ENTERING, partial(_enter, story, name, text))
        for done in text.get("rounds", ()):
            _plan_round(story, name, done)


def _plan_round(story: Story, name: str, text: dict[str, Any]) -> None:
    story.at(text["day"], INSPECTING, partial(_inspect, story, name, text))
    if "remedied" in text:
        story.at(text["remedied"], REMEDYING, partial(_remedy, story, name))


def _enter(story: Story, name: str, text: dict[str, Any], on: date) -> None:
    rule = InspectionRule.objects.select_related("norm").get(key=text["rule"])
    changes = {
        "rule": rule,
        "norm": rule.norm,
        "basis": "" if rule.norm else rule.binding,
        "plant": text["plant"],
        "task": rule.task,
        "duty_holder": text.get("duty", "provider"),
        "interval_months": text.get("months", rule.interval_months),
        "interval_source": text.get("source") or services.source_of(rule),
        "interval_checked_on": rule.checked_on,
        "is_safety": rule.is_safety,
        "executor_kind": text.get("by", "body"),
        "executor": text.get("firm", ""),
        "qualification": rule.by,
        "owner": story.who(text["owner"]),
        "last_done_on": story.day(text["last"]),
    }
    inspection = services.add_inspection(
        site=story.sites[text.get("site", 0)],
        actor=story.case().owner,
        changes=changes,
        papers={},
    )
    story.rows[name] = inspection.pk


def _inspect(story: Story, name: str, text: dict[str, Any], on: date) -> None:
    inspection = Inspection.objects.select_related("owner").get(pk=story.rows[name])
    due = text.get("remedy_by")
    told = text.get("told", False)
    changes = {
        "done_on": on,
        "result": text.get("result", "ok"),
        "executor": text["by"],
        "defects": text.get("defects", ""),
        "defects_due_on": None if due is None else story.day(due),
        "told_client_on": on if told else None,
    }
    record = services.record_inspection(
        inspection=inspection,
        version=inspection.version,
        actor=inspection.owner,
        changes=changes,
        papers={"protocol": _protocol(inspection, changes)},
    )
    story.rows[f"{name}-round"] = record.pk


def _protocol(inspection: Inspection, changes: dict[str, Any]) -> CheckedFile:
    lines: Iterable[str] = filter(None, [changes["executor"], changes["defects"]])
    return pdf_sheet("pruefprotokoll.pdf", f"Prüfprotokoll {inspection.plant}", list(lines))


def _remedy(story: Story, name: str, on: date) -> None:
    row = InspectionRecord.objects.select_related("inspection__owner").get(
        pk=story.rows[f"{name}-round"]
    )
    services.follow_up(
        record=row,
        version=row.inspection.version,
        actor=row.inspection.owner,
        remedied_on=on,
        told_client_on=row.told_client_on,
    )
