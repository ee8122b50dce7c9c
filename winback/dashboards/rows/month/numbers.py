"""The figures above the month page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from winback.common.formats import (
    format_money_short,
    format_percent,
    format_signed,
)
from winback.dashboards.rules import share
from winback.dialogue.rules import kept_ratio
from winback.kpis.enums import Standing

Number = tuple[str, str, str, str, str]


def running_number(stock: Mapping[str, Any], flow: Mapping[str, Any]) -> Number:
    ended = flow["won"] + flow["lost"] + flow["parted"]
    note = _("%(opened)s new, %(ended)s ended") % {
        "opened": format_signed(flow["opened"]),
        "ended": format_signed(-ended),
    }
    return (_("Running cases"), str(stock["count"]), "", note, reverse("cases:list"))


def at_stake_number(stock: Mapping[str, Any]) -> Number:
    link = f"{reverse('cases:list')}?sort=-wert"
    return (_("Yearly revenue at stake"), format_money_short(stock["value"]), "", "", link)


def won_number(flow: Mapping[str, Any]) -> Number:
    ended = flow["won"] + flow["lost"] + flow["parted"]
    counts = _("%(part)s of %(whole)s") % {"part": flow["won"], "whole": ended}
    figure = counts if ended else "–"
    note = _("%(won)s won, %(lost)s lost") % {
        "won": format_money_short(flow["won_value"]),
        "lost": format_money_short(flow["lost_value"] + flow["parted_value"]),
    }
    if not ended:
        note = _("none ended yet")
    return (_("Won back this month"), figure, "", note, f"{reverse('cases:list')}?ansicht=beendet")


def critical_number(critical: int, *, is_now: bool) -> Number:
    figure, note = (str(critical), "") if is_now else ("–", _("known for today only"))
    return (_("Critical cases"), figure, "", note, f"{reverse('cases:list')}?ampel=critical")


def late_number(overdue: int | None) -> Number:
    figure, note = (str(overdue), "") if overdue is not None else ("–", _("known for today only"))
    link = f"{reverse('plans:measure_list')}?ansicht=ueberfaellig"
    return (_("Overdue measures"), figure, "", note, link)


def _ratio(part: int, whole: int) -> tuple[str, str]:
    """Percent with n, or counts only below five."""
    percent = share(part, whole)
    counts = _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    if percent is None:
        return (counts, "") if whole else ("–", _("none yet"))
    return format_percent(percent, 0), counts


def on_time_number(done: tuple[int, int]) -> Number:
    figure, note = _ratio(done[1], done[0])
    return (_("Measures on time"), figure, "", note, reverse("plans:measure_list"))


def kept_number(states: Mapping[str, int]) -> Number:
    ratio = kept_ratio(states)
    figure, note = _ratio(ratio.on_time, ratio.due)
    return (_("Commitments kept on time"), figure, "", note, reverse("dialogue:list"))


def kpi_number(standings: Mapping[str, int]) -> Number:
    good = standings.get(Standing.REACHED, 0) + standings.get(Standing.ON_PATH, 0)
    judged = good + standings.get(Standing.BEHIND, 0) + standings.get(Standing.WORSE, 0)
    figure, note = _ratio(good, judged)
    return (_("KPIs on the target path"), figure, "", note, reverse("kpis:list"))
