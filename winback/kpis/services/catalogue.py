"""The shipped catalogue of KPIs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from winback.kpis.enums import Category, Direction, Frequency
from winback.kpis.models import CaseKpi, KpiDefinition
from winback.kpis.services.copies import hold, refresh_kpis

#: Frequencies of the catalogue that follow no calendar.
_AS_IT_OCCURS = {"per_audit", "per_case"}
_JUDGED_BY = ("direction", "frequency", "decimals")


@transaction.atomic
def load_kpis(*, data: dict[str, Any]) -> int:
    """Take over the shipped catalogue (parsed YAML with the key ``kpis``).

    New rows are added, unchanged rows left alone, changed ones updated; rows an administrator
    edited and rows that are no longer shipped stay. Running it twice changes nothing.

    Returns how many rows were added or updated. Raises ValueError for an unknown category,
    direction or frequency, KeyError for a missing field.
    """
    present = {row.key: row for row in KpiDefinition.objects.all()}
    changed = 0
    judged_anew = []
    for position, entry in enumerate(data["kpis"], start=1):
        values = _values(entry, position)
        row = present.get(entry["key"])
        if row is None:
            KpiDefinition.objects.create(key=entry["key"], **values)
            changed += 1
            continue
        different = [name for name, value in values.items() if getattr(row, name) != value]
        if row.edited or not different:
            continue
        for name in different:
            setattr(row, name, values[name])
        row.save(update_fields=different)
        changed += 1
        if set(different) & set(_JUDGED_BY):
            judged_anew.append(row.pk)
    _judge_anew(judged_anew)
    return changed


def _judge_anew(definition_ids: list[int]) -> None:
    uses = CaseKpi.objects.filter(definition__in=definition_ids).values_list("pk", flat=True)
    ids = list(uses) if definition_ids else []
    if ids:
        hold(ids)
        refresh_kpis(ids)


def _values(entry: dict[str, Any], position: int) -> dict[str, Any]:
    frequency, target = entry["frequency"], entry.get("example_target")
    occasional = frequency in _AS_IT_OCCURS
    return {
        "position": position,
        "category": Category(entry["category"]),
        "name_de": entry["name_de"],
        "name_en": entry["name_en"],
        "unit": entry["unit"],
        "decimals": entry["decimals"],
        "direction": Direction(entry["direction"]),
        "frequency": Frequency.OCCASIONAL if occasional else Frequency(frequency),
        "formula_de": entry["formula_de"],
        "formula_en": entry["formula_en"],
        "source_de": entry.get("source_de", ""),
        "note_de": entry.get("note_de", ""),
        "example_target": None if target is None else Decimal(str(target)),
        "benchmark": entry.get("benchmark"),
    }
