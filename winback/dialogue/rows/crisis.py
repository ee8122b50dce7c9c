"""The agenda of a crisis talk as ready strings."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from winback.common.agenda import Agenda

#: so many points fit into the agenda of a talk; more are said to be more
MOST_POINTS = 20


def parts() -> list[str]:
    """What an honest crisis talk goes through once the facts are on the table."""
    return [
        _("Admit which failures are ours"),
        _("Take responsibility, without excuses"),
        _("Apologise: who, and in which form"),
        _("Offer solutions, with dates"),
        _("Ask how the damage can be made good"),
    ]


def agenda_text(agenda: Agenda) -> str:
    """The agenda as a text, one point per line."""
    lines = []
    if agenda:
        lines.append(_("Tell first: what we have found"))
        lines += [f"– {point.word}: {point.title}" for point in agenda.points[:MOST_POINTS]]
        more = len(agenda.points) - MOST_POINTS
        if more > 0:
            text = ngettext("and %(count)d more finding", "and %(count)d more findings", more)
            lines.append(f"– {text % {'count': more}}")
    return "\n".join([*lines, *parts()])
