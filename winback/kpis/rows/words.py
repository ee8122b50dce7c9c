"""The sentences about a KPI: how far from the baseline, how far from the target, how fast."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.common.formats import format_date, format_percent, format_signed, format_value
from winback.kpis.enums import Direction, Standing
from winback.kpis.models import Baseline, CaseKpi, KpiDefinition, Target
from winback.kpis.rules import (
    expected,
    gain,
    nearest_edge,
    needed_pace,
    pace_so_far,
    period_end,
    period_label,
    progress,
)

SHAPE = {
    Standing.REACHED: "done",
    Standing.ON_PATH: "ok",
    Standing.BEHIND: "warn",
    Standing.WORSE: "crit",
    Standing.STALE: "late",
    Standing.NO_DATA: "na",
    Standing.UNJUDGED: "open",
}
_HUNDRED = Decimal(100)


def written(definition: KpiDefinition, value: Decimal | None) -> str:
    """A value of the KPI with its unit; a dash for none."""
    return format_value(value, definition.unit, definition.decimals)


def difference_unit(definition: KpiDefinition) -> str:
    """Two percentages differ by points, never by per cent."""
    return "Punkte" if definition.unit == "%" else definition.unit


def difference(definition: KpiDefinition, amount: Decimal) -> str:
    """``13,2 Punkte``, ``24 min``, ``16``: how far apart two values are, without a sign."""
    return format_value(abs(amount), difference_unit(definition), definition.decimals)


def goal_text(definition: KpiDefinition, target: Target | None) -> str:
    """``95,0 %`` or the band ``21,0–24,0 °C``; a dash for none."""
    if target is None or target.upper is None:
        return written(definition, target.value if target else None)
    lower = format_value(target.value, "", definition.decimals)
    return f"{lower}–{written(definition, target.upper)}"


def window_text(baseline: Baseline) -> str:
    """``06–08/2026`` for whole months of one year, else both days."""
    start, end = baseline.window_start, baseline.window_end
    whole = start.day == 1 and end == period_end(end.replace(day=1), "monthly")
    if not whole or start.year != end.year:
        return f"{format_date(start)}–{format_date(end)}"
    first = "" if start.month == end.month else f"{start.month:02d}–"
    return f"{first}{end.month:02d}/{end.year}"


def change_text(kpi: CaseKpi) -> str:
    """``+13,2 Punkte zur Baseline, besser``: movement with its sign, and its evaluation."""
    baseline, value = kpi.baseline, kpi.value
    if baseline is None or value is None:
        return ""
    definition = kpi.definition
    change = format_signed(value - baseline.value, definition.decimals, difference_unit(definition))
    return pgettext("kpi", "%(change)s against the baseline, %(word)s") % {
        "change": change,
        "word": _judgement_word(kpi),
    }


def _judgement_word(kpi: CaseKpi) -> str:
    if not kpi.gain:
        return pgettext("kpi", "unchanged")
    return pgettext("kpi", "better") if kpi.gain > 0 else pgettext("kpi", "worse")


def change_css(kpi: CaseKpi) -> str:
    """The colour that goes with the word."""
    if not kpi.gain:
        return ""
    return "better" if kpi.gain > 0 else "worse"


def sentence(kpi: CaseKpi) -> str:
    """``13,2 Punkte besser als Baseline, 3,8 Punkte unter Ziel; 78 % des Weges.``"""
    if kpi.value is None:
        return _("No value yet.")
    parts = [part for part in (_against_baseline(kpi), _against_target(kpi)) if part]
    way = progress_text(kpi)
    text = ", ".join(parts)
    if text and way:
        text = f"{text}; {way}"
    return f"{text[0].upper()}{text[1:]}." if text else _("Baseline and target are not agreed yet.")


def _against_baseline(kpi: CaseKpi) -> str:
    better = kpi.gain
    if better is None:
        return ""
    if better == 0:
        return pgettext("kpi", "unchanged against the baseline")
    words = {"amount": difference(kpi.definition, better)}
    if better > 0:
        return pgettext("kpi", "%(amount)s better than the baseline") % words
    return pgettext("kpi", "%(amount)s worse than the baseline") % words


def _against_target(kpi: CaseKpi) -> str:
    course, value = kpi.course, kpi.value
    assert value is not None
    edge = nearest_edge(course, value)
    if edge is None:
        return ""
    in_band = course.direction == Direction.RANGE
    apart = round(value - edge, course.decimals)
    if apart == 0:
        return (
            pgettext("kpi", "inside the target band") if in_band else pgettext("kpi", "on target")
        )
    words = {"amount": difference(kpi.definition, apart)}
    if in_band:
        if apart > 0:
            return pgettext("kpi", "%(amount)s above the target band") % words
        return pgettext("kpi", "%(amount)s below the target band") % words
    if apart > 0:
        return pgettext("kpi", "%(amount)s above the target") % words
    return pgettext("kpi", "%(amount)s below the target") % words


def progress_text(kpi: CaseKpi) -> str:
    """``78 % des Weges``; empty where there is no way: nothing agreed, or a value to be held."""
    share = progress(kpi.course, kpi.value) if kpi.value is not None else None
    if share is None:
        return ""
    return _("%(share)s of the way") % {"share": format_percent(share * _HUNDRED, 0)}


def path_text(kpi: CaseKpi) -> str:
    """What the target path foresees for the period of the last value, and how it compares."""
    if kpi.value is None or kpi.value_period is None:
        return ""
    frequency, course = kpi.definition.frequency, kpi.course
    wanted = expected(course, period_end(kpi.value_period, frequency))
    if wanted is None:
        return ""
    return _("The target path foresees %(value)s for %(period)s.") % {
        "value": written(kpi.definition, wanted),
        "period": period_label(kpi.value_period, frequency),
    }


def pace_text(kpi: CaseKpi) -> str:
    """The realism of the target: improvement a month still needed, beside the one so far."""
    if kpi.value is None or kpi.value_period is None:
        return ""
    on = period_end(kpi.value_period, kpi.definition.frequency)
    needed, so_far = needed_pace(kpi.course, kpi.value, on), pace_so_far(kpi.course, kpi.value, on)
    if needed is None:
        return ""
    text = _("To reach the target in time, %(amount)s better each month are needed") % {
        "amount": difference(kpi.definition, needed)
    }
    if so_far is None:
        return f"{text}."
    speed = format_signed(so_far, kpi.definition.decimals, difference_unit(kpi.definition))
    return _("%(needed)s; since the baseline it was %(so_far)s.") % {
        "needed": text,
        "so_far": speed,
    }


def realism_text(kpi: CaseKpi) -> str:
    """What a new target is to be compared with: how far and how fast it went until now."""
    parts = [sentence(kpi), pace_text(kpi)] if kpi.value is not None else []
    return " ".join(part for part in parts if part)


def variance(kpi: CaseKpi, value: Decimal | None, on: date) -> tuple[str, str, str]:
    """Path, signed deviation from it and the colour, for the value of a period that ends ``on``."""
    course, definition = kpi.course, kpi.definition
    wanted = expected(course, on) if course.begins_on and on > course.begins_on else None
    if wanted is None:
        return "–", "–", ""
    path = format_value(wanted, "", definition.decimals)
    if value is None:
        return path, "–", ""
    apart = gain(course, value)
    planned = gain(course, wanted)
    assert apart is not None  # there is a path only with a baseline
    assert planned is not None
    css = "better" if apart > planned else "worse" if apart < planned else ""
    return path, format_signed(value - wanted, definition.decimals), css
