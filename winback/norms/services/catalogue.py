"""The shipped catalogue of norms and inspections, and its care by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common import clock
from winback.common.claims import RuleBroken, claim, sign
from winback.norms.enums import Confidence, NormKind, NormStatus
from winback.norms.models import InspectionRule, Norm

Row = TypeVar("Row", Norm, InspectionRule)
_KEY_LENGTH = 80


class NormError(RuleBroken):
    """A rule of the catalogue forbids the change."""


@transaction.atomic
def load_norms(*, data: Mapping[str, Any]) -> int:
    """Take over ``norms.yaml``; returns how many rows were written.

    Loading the same data again writes nothing. Rows somebody edited stay, rows that are gone
    from the data become inactive, because inspections and questions may refer to them.

    Raises KeyError or ValueError when the data does not have the agreed form.
    """
    checked_on = date.fromisoformat(data["meta"]["checked_on"])
    norms = Norm.objects.in_bulk(field_name="key")
    entries = data["norms"]
    written = 0
    for position, entry in enumerate(entries, start=1):
        row = norms.setdefault(entry["key"], Norm(key=entry["key"]))
        written += _write(row, _norm_values(entry, checked_on, position))
    for entry in entries:
        written += _write(norms[entry["key"]], {"superseded_by_id": _successor(entry, norms)})
    written += _retire(norms, {entry["key"] for entry in entries})
    return written + _load_rules(data["inspection_intervals"], norms, checked_on)


def _load_rules(entries: list[dict[str, Any]], norms: Mapping[str, Norm], checked_on: date) -> int:
    rules = InspectionRule.objects.in_bulk(field_name="key")
    written = 0
    for position, entry in enumerate(entries, start=1):
        row = rules.setdefault(entry["key"], InspectionRule(key=entry["key"]))
        values = _rule_values(entry, checked_on, position)
        values["norm_id"] = norms[entry["norm"]].pk if entry["norm"] else None
        written += _write(row, values)
    return written + _retire(rules, {entry["key"] for entry in entries})


def _retire(known: Mapping[str, Row], named: set[str]) -> int:
    """Take out of use what the file no longer names; rows of our own are edited and stay."""
    return sum(_write(row, {"active": False}) for key, row in known.items() if key not in named)


def _norm_values(entry: Mapping[str, Any], checked_on: date, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "active": True,
        "code": entry["code"],
        "issuer": entry["issuer"],
        "kind": NormKind(entry["kind"]).value,
        "name_de": entry["title_de"],
        "name_en": entry["title_en"],
        "edition": entry["edition"] or "",
        "status": NormStatus(entry["status"]).value,
        "topics": entry["topics"],
        "covers_de": entry["covers_de"],
        "covers_en": entry["covers_en"],
        "remark_de": entry.get("remark_de", ""),
        "remark_en": entry.get("remark_en", ""),
        "confidence": Confidence(entry["confidence"]).value,
        "source": entry["source"],
        "checked_on": checked_on,
    }


def _rule_values(entry: Mapping[str, Any], checked_on: date, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "active": True,
        "name_de": entry["asset_de"],
        "name_en": entry["asset_en"],
        "task_de": entry["task_de"],
        "task_en": entry["task_en"],
        "interval_months": entry["interval_months"],
        "max_interval_months": entry.get("max_interval_months"),
        "offset_months": entry.get("offset_months"),
        "by_de": entry["by_de"],
        "by_en": entry["by_en"],
        "binding_de": entry["binding_de"],
        "binding_en": entry["binding_en"],
        "is_safety": entry["safety"],
        "confidence": Confidence(entry["confidence"]).value,
        "source": entry["source"],
        "checked_on": checked_on,
    }


def _successor(entry: Mapping[str, Any], norms: Mapping[str, Norm]) -> int | None:
    keys = entry["superseded_by"]
    if len(keys) > 1:
        raise ValueError(f"{entry['key']}: more than one successor")
    return norms[keys[0]].pk if keys else None


def _write(row: Row, values: dict[str, Any]) -> bool:
    """Save what differs; True when something did."""
    changed = {field for field, value in values.items() if getattr(row, field) != value}
    if row.edited or (row.pk and not changed):
        return False
    for field in changed:
        setattr(row, field, values[field])
    if isinstance(row, Norm):
        row.fill_keys()
        row._history_date = clock.now()  # type: ignore[attr-defined]  # read by django-simple-history
    row.save()
    return True


@transaction.atomic
def add_norm(*, actor: User, today: date, changes: dict[str, Any]) -> Norm:
    """Add a norm of our own; its key for checklists is made from the code.

    Raises NormError where another norm has that code in other letters.
    """
    key = slugify(changes["code"]).replace("-", "_")[:_KEY_LENGTH]
    if not key or Norm.objects.filter(key=key).exists():
        raise NormError(_("A norm with this code exists already."), field="code")
    norm = Norm(key=key)
    sign(norm, actor)
    return _keep(norm, actor, today, changes)


@transaction.atomic
def change_norm(
    *, norm: Norm, version: int, actor: User, today: date, changes: dict[str, Any]
) -> Norm:
    """Change a norm; from now on the shipped catalogue leaves it alone.

    Who changes it has checked it today, unless another day is given. Raises NormError where it
    would supersede itself in a circle, StaleVersion.
    """
    claim(norm, version=version, actor=actor)
    return _keep(norm, actor, today, changes)


def _keep(norm: Norm, actor: User, today: date, changes: dict[str, Any]) -> Norm:
    for name, value in changes.items():
        setattr(norm, name, value)
    _refuse_circle(norm)
    norm.checked_on = norm.checked_on or today
    norm.checked_by, norm.edited = actor, True
    norm.fill_keys()
    norm.save()
    return norm


def _refuse_circle(norm: Norm) -> None:
    """A chain of successors ends somewhere."""
    successor, seen = norm.superseded_by, {norm.pk}
    while successor is not None:
        if successor.pk in seen:
            raise NormError(_("This norm would be superseded by itself."), field="superseded_by")
        seen.add(successor.pk)
        successor = successor.superseded_by
