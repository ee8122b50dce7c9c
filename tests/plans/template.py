"""A plan template of the shipped shape: five phases that overlap, 38 measures.

Only what dates and owners depend on; the wording is the business of the shipped catalogue.
"""

from __future__ import annotations

from typing import Any

# key, number, start offset, duration, name, and measures "owner:due offset[:recurrence][?]"
_PHASES = [
    ("analysis_audit", 1, 0, 28, "Analyse & Audit",
     ("key_account_manager:3 quality_manager:14 quality_manager:10? quality_manager:21 "
     "key_account_manager:14 key_account_manager:24 legal:10")),
    ("communication_reset", 2, 3, 39, "Kommunikations-Reset",
     ("executive:2 executive:11 executive:13 executive:14 key_account_manager:32 "
     "key_account_manager:14:weekly executive:30? key_account_manager:5")),
    ("immediate_measures", 3, 10, 60, "Sofortmaßnahmen",
     ("operations_lead:21 operations_lead:14 key_account_manager:20? operations_lead:7:weekly "
     "operations_lead:14 regional_lead:28? key_account_manager:30")),
    ("strategic_realignment", 4, 45, 90, "Strategische Neuausrichtung",
     ("executive:14 executive:30 key_account_manager:60 key_account_manager:75 hr_development:80 "
     "procurement:60 quality_manager:45 quality_manager:45 executive:45")),
    ("monitoring_feedback", 5, 90, 275, "Monitoring & Feedback",
     ("key_account_manager:14:monthly quality_manager:10:monthly quality_manager:60 "
     "key_account_manager:45:quarterly key_account_manager:5:monthly key_account_manager:60 "
     "key_account_manager:270")),
]  # fmt: skip


def template_data() -> dict[str, Any]:
    """The template as its YAML parses."""
    return {
        "phases": [
            {
                "key": key,
                "number": number,
                "de": name,
                "en": f"{name} (en)",
                "start_offset_days": offset,
                "duration_days": duration,
                "gate_de": f"Kriterien der Phase {number}",
                "measures": [_measure(key, n, each) for n, each in enumerate(measures.split())],
            }
            for key, number, offset, duration, name, measures in _PHASES
        ]
    }


def _measure(phase: str, number: int, text: str) -> dict[str, Any]:
    owner, offset, *rest = text.rstrip("?").split(":")
    return {
        "key": f"{phase}_{number}",
        "de": f"Maßnahme {number} in {phase}",
        "en": f"Measure {number} in {phase}",
        "owner": owner,
        "due_offset_days": int(offset),
        "mandatory": not text.endswith("?"),
        **({"recurrence": rest[0]} if rest else {}),
    }
