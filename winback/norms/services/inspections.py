"""Verbs on the register of inspections. Sites stand below cases: row versions, not case events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import Site
from winback.common.claims import RuleBroken, claim, sign
from winback.contracts.services.core import Papers, keep_papers
from winback.norms.models import Inspection, InspectionRule
from winback.norms.rules import first_due, next_due


class InspectionError(RuleBroken):
    """A rule of the register forbids the step."""


class InspectionEnded(RuleBroken):
    """The plant is no longer inspected."""


@transaction.atomic
def add_inspection(
    *, site: Site, actor: User, changes: Mapping[str, Any], papers: Papers
) -> Inspection:
    """Enter a plant and its inspection; without a due date it follows from the last one.

    Raises InspectionError where neither is known.
    """
    inspection = Inspection(site=site, **changes)
    inspection.due_on = _first_date(changes)
    inspection.original_due_on = inspection.due_on
    keep_papers(inspection, papers, str(inspection), actor)
    sign(inspection, actor)
    inspection.save()
    return inspection


def _first_date(changes: Mapping[str, Any]) -> date:
    """The date that was given, else the one that follows from the last round."""
    given: date | None = changes.get("due_on")
    last: date | None = changes.get("last_done_on")
    if given is not None:
        return given
    if last is not None:
        return next_due(last, changes["interval_months"])
    raise InspectionError(_("Say when it was last done, or when it is due next."), field="due_on")


@transaction.atomic
def propose_inspections(
    *, site: Site, actor: User, owner: User, start: date, rules: Iterable[InspectionRule]
) -> list[Inspection]:
    """Take inspections of the catalogue over for a site, as rows to be made more precise.

    The first ones are due as for plants that run, or were last inspected, on ``start``. What the
    site already has from the same rule is left out, so doing it twice adds nothing.
    """
    known = set(Inspection.objects.open().filter(site=site).values_list("rule", flat=True))
    return [_from_rule(site, actor, owner, start, rule) for rule in rules if rule.pk not in known]


def _from_rule(
    site: Site, actor: User, owner: User, start: date, rule: InspectionRule
) -> Inspection:
    due_on = first_due(start, rule.interval_months, rule.offset_months)
    inspection = Inspection(
        site=site,
        rule=rule,
        norm=rule.norm,
        plant=rule.name,
        task=rule.task,
        basis="" if rule.norm else rule.binding,
        interval_months=rule.interval_months,
        interval_source=source_of(rule),
        interval_checked_on=rule.checked_on,
        is_safety=rule.is_safety,
        qualification=rule.by,
        owner=owner,
        due_on=due_on,
        original_due_on=due_on,
    )
    sign(inspection, actor)
    inspection.save()
    return inspection


def source_of(rule: InspectionRule) -> str:
    """What the interval rests on, as it is written into the row and printed for the client.

    Where the catalogue itself was looked up stays in the catalogue, unless it says nothing else.
    """
    norm = rule.norm.citation if rule.norm else ""
    return ("; ".join(filter(None, (norm, rule.binding))) or rule.source)[:400]


@transaction.atomic
def change_inspection(
    *,
    inspection: Inspection,
    version: int,
    actor: User,
    changes: Mapping[str, Any],
    papers: Papers,
) -> Inspection:
    """Correct facts of the inspection; dates of coming rounds are moved, not corrected.

    Raises InspectionEnded, StaleVersion.
    """
    must_be_open(inspection)
    claim(inspection, version=version, actor=actor)
    for name, value in changes.items():
        setattr(inspection, name, value)
    keep_papers(inspection, papers, str(inspection), actor)
    inspection.save()
    return inspection


@transaction.atomic
def move_inspection(
    *, inspection: Inspection, version: int, actor: User, to: date, reason: str
) -> Inspection:
    """Plan the coming round for another day; lateness is still judged by the first one.

    The reason stands at the version of the row. Raises InspectionEnded, StaleVersion.
    """
    must_be_open(inspection)
    if to == inspection.due_on:
        return inspection
    claim(inspection, version=version, actor=actor)
    inspection.due_on = to
    _save_because(inspection, reason)
    return inspection


@transaction.atomic
def hand_over_inspection(
    *, inspection: Inspection, version: int, actor: User, owner: User, reason: str = ""
) -> Inspection:
    """Let somebody else see to it, who then sees it; a deputy leaves that place.

    Raises InspectionEnded, StaleVersion.
    """
    must_be_open(inspection)
    if owner.pk == inspection.owner_id:
        return inspection
    claim(inspection, version=version, actor=actor)
    inspection.owner = owner
    if inspection.deputy_id == owner.pk:
        inspection.deputy = None
    _save_because(inspection, reason)
    return inspection


@transaction.atomic
def end_inspection(
    *, inspection: Inspection, version: int, actor: User, today: date, reason: str
) -> Inspection:
    """The plant is gone, or no longer ours to inspect; what was done stays.

    Raises InspectionEnded, StaleVersion.
    """
    must_be_open(inspection)
    claim(inspection, version=version, actor=actor)
    inspection.ended_on, inspection.ended_reason = today, reason
    inspection.save()
    return inspection


def reassign_inspection(pk: int, owner: User, actor: User) -> None:
    """Hand one over for the registry, for instance because its owner leaves."""
    inspection = Inspection.objects.get(pk=pk)
    hand_over_inspection(
        inspection=inspection, version=inspection.version, actor=actor, owner=owner
    )


def must_be_open(inspection: Inspection) -> None:
    if not inspection.is_open:
        raise InspectionEnded(_("This plant is no longer inspected."))


def _save_because(inspection: Inspection, reason: str) -> None:
    inspection._change_reason = reason[:100]  # type: ignore[attr-defined]  # read by django-simple-history
    inspection.save()
