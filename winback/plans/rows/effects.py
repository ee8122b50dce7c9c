"""How often it worked, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from winback.plans.rules import Effects


def effects_phrase(effects: Effects) -> str:
    """``3 von 4 Prüfungen wirksam, 1 überfällig``; a percentage from five checks on."""
    sentences = []
    if effects.checked:
        percent = effects.effective_percent
        text = ngettext(
            "%(effective)d of %(count)d check effective",
            "%(effective)d of %(count)d checks effective",
            effects.checked,
        )
        values = {"effective": effects.effective, "count": effects.checked}
        share = f" ({percent}\u202f%)" if percent is not None else ""
        sentences.append(text % values + share)
    if effects.overdue:
        text = ngettext("%(count)d check overdue", "%(count)d checks overdue", effects.overdue)
        sentences.append(text % {"count": effects.overdue})
    return ", ".join(sentences) or _("No effect has been checked yet")
