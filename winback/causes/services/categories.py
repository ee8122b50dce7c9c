"""The catalogue of categories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from winback.causes.enums import Axis, Controllability
from winback.causes.models import CauseCategory


@transaction.atomic
def load_categories(*, data: Mapping[str, Any]) -> int:
    """Take over the taxonomy of ``root_causes.yaml``; returns how many rows were written.

    Loading the same data again writes nothing. Rows an administrator edited stay; rows that are
    gone from the data become inactive, because causes may refer to them.

    Raises KeyError or ValueError when the data does not have the agreed form.
    """
    known = CauseCategory.objects.in_bulk(field_name="key")
    named: set[str] = set()
    written = 0
    for position, (key, values) in enumerate(_categories(data)):
        named.add(key)
        parent = known[values.pop("parent")] if "parent" in values else None
        values |= {"parent_id": parent.pk if parent else None, "position": position}
        row = known.setdefault(key, CauseCategory(key=key))
        written += _write(row, {**values, "active": True})
    for key in known.keys() - named:
        written += _write(known[key], {"active": False})
    return written


def _categories(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Groups and the causes below them, in the order of the file: key → values."""
    for group in data["groups"]:
        axis = Axis(group.get("axis", Axis.METHOD)).value
        yield group["key"], {"name_de": group["de"], "name_en": group["en"], "axis": axis}
        for cause in group["causes"]:
            values = {"name_de": cause["de"], "name_en": cause["en"], "parent": group["key"]}
            values["controllability"] = Controllability(cause["controllability"]).value
            values["axis"] = Axis(cause.get("axis", axis)).value
            yield cause["key"], values


def _write(row: CauseCategory, values: dict[str, Any]) -> bool:
    """Save what differs; True when something did."""
    changed = {field for field, value in values.items() if getattr(row, field) != value}
    if row.edited or (row.pk and not changed):
        return False
    for field in changed:
        setattr(row, field, values[field])
    row.save()
    return True
