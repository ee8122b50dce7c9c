"""What the catalogue says about a KPI."""

from __future__ import annotations

from django.utils.translation import gettext as _

from winback.kpis.models import KpiDefinition
from winback.kpis.rows.words import written


def set_up_facts(definition: KpiDefinition) -> list[tuple[str, str, str]]:
    """Label, value and note: formula, direction, rhythm, source, market value."""
    facts = [
        (_("Formula"), definition.formula, definition.note_de),
        (_("Direction"), str(definition.get_direction_display()), ""),
        (_("Frequency"), str(definition.get_frequency_display()), ""),
        (_("Usual source"), definition.source_de, ""),
    ]
    if definition.example_target is not None:
        value = written(definition, definition.example_target)
        facts.append((_("Starting point for the talk"), value, _("an example, no market value")))
    if mark := definition.benchmark:
        value = f"{mark['value']} {mark['unit']}".replace(".", ",")
        facts.append((_("Market value"), value, f"{mark['scope_de']}. {mark['source']}"))
    return [fact for fact in facts if fact[1]]
