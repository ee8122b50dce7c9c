"""The KPIs of a story: picked, agreed, and measured period by period."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings

from winback.common.workdays import next_working_day
from winback.demo import rules
from winback.demo.services.story import Story
from winback.kpis import services
from winback.kpis.models import CaseKpi, KpiDefinition
from winback.kpis.rules import (
    period_end,
    period_start,
    periods_between,
    previous_start,
    steps_back,
)

PICKING, MEASURING = 12, 13
#: A baseline is measured over three months before the case.
BASELINE_MONTHS = 3
YEAR = timedelta(days=365)
_PERCENT = Decimal(100)


def plan_kpis(story: Story) -> None:
    """Plan the day on which KPIs are picked; the values follow from it."""
    if text := story.part("kpis"):
        story.at(text["day"], PICKING, lambda on: _set_up(story, text, on))


def _set_up(story: Story, text: dict[str, Any], on: date) -> None:
    case, keys = story.case(), [pick["key"] for pick in text["picks"]]
    known = KpiDefinition.objects.in_bulk(keys, field_name="key")
    for pick in text["picks"]:
        services.pick_kpis(
            case=case,
            actor=case.owner,
            today=on,
            definitions=[known[pick["key"]]],
            owner=story.who(pick.get("owner", text["owner"])),
            decision=pick["decision"],
        )
    entered: dict[date, list[services.Entry]] = defaultdict(list)
    kpis = {kpi.definition.key: kpi for kpi in _kpis(story)}
    for pick in text["picks"]:
        for day, entry in _entries(story, kpis[pick["key"]], pick, on):
            entered[day].append(entry)
    for day, entries in sorted(entered.items()):
        story.stage.plan(day, MEASURING, partial(_measure, story, text, entries))
    for pick in (pick for pick in text["picks"] if "baseline" in pick):
        _agree(story, pick, on)


def _kpis(story: Story) -> list[CaseKpi]:
    return list(CaseKpi.objects.filter(case=story.case_id).with_course())


def _agree(story: Story, pick: dict[str, Any], on: date) -> None:
    """Release the baseline and set the target on the day the KPI is picked."""
    case = story.case()
    kpi = next(kpi for kpi in _kpis(story) if kpi.definition.key == pick["key"])
    window_end = case.opened_on.replace(day=1) - timedelta(days=1)
    baseline = {
        "value": Decimal(str(pick["baseline"])),
        "window_start": steps_back(window_end.replace(day=1), BASELINE_MONTHS - 1, "monthly"),
        "window_end": window_end,
        "source": pick["source"],
        "sample_size": pick.get("n") and pick["n"] * BASELINE_MONTHS,
        "discussed_on": on,
        "agreed_by": pick.get("agreed_by", ""),
    }
    services.release_baseline(
        kpi=kpi, version=kpi.version, actor=kpi.owner, today=on, changes=baseline
    )
    target = {
        "value": Decimal(str(pick["target"])),
        "due_on": story.stage.today + timedelta(days=pick["target_in"]),
        "preconditions": pick.get("preconditions", ""),
    }
    services.set_target(kpi=kpi, version=kpi.version, actor=case.owner, changes=target)


def _entries(
    story: Story, kpi: CaseKpi, pick: dict[str, Any], picked_on: date
) -> list[tuple[date, services.Entry]]:
    """One entry per period of the last year, with the day on which it is recorded.

    What lies before the day of picking is recorded then, later periods when they are over.
    """
    frequency = kpi.definition.frequency
    last_day = story.last_day - timedelta(days=pick.get("silent", 0))
    last = previous_start(period_start(last_day, frequency), frequency)
    periods = periods_between(period_start(last_day - YEAR, frequency), last, frequency)
    values = _values(story, kpi, pick, periods)
    gap = len(periods) - pick["gap"] if "gap" in pick else None
    return [
        (
            max(picked_on, _recorded_on(period, frequency, story.last_day)),
            _entry(story, kpi, pick, period, None if place == gap else value),
        )
        for place, (period, value) in enumerate(zip(periods, values, strict=True))
    ]


def _recorded_on(period: date, frequency: str, last_day: date) -> date:
    """The first working day after the period."""
    day = period_end(period, frequency) + timedelta(days=1)
    return min(next_working_day(day, settings.PROVIDER_BUNDESLAND), last_day)


def _values(story: Story, kpi: CaseKpi, pick: dict[str, Any], periods: list[date]) -> list[Decimal]:
    """Around ``before`` until the case was opened, then on the way to ``now``."""
    opened_on = story.case().opened_on
    flat = sum(period < opened_on for period in periods)
    values = rules.series(
        before=Decimal(str(pick["before"])),
        now=Decimal(str(pick["now"])),
        flat=min(flat, len(periods) - 1),
        rising=max(len(periods) - flat, 1),
        noise=Decimal(str(pick["noise"])),
        chance=story.stage.chance,
    )
    ceiling = _PERCENT if kpi.definition.unit == "%" else None
    return rules.rounded(values, kpi.definition.decimals, ceiling)


def _entry(
    story: Story, kpi: CaseKpi, pick: dict[str, Any], period: date, value: Decimal | None
) -> services.Entry:
    size = pick.get("n")
    return services.Entry(
        kpi=kpi,
        period=period,
        value=value,
        sample_size=None if size is None or value is None else _about(story, size),
        source=pick["source"],
        note="Ticketsystem umgestellt, keine verwertbaren Daten." if value is None else "",
    )


def _about(story: Story, size: int) -> int:
    return max(size + story.stage.chance.randint(-size // 8, size // 8), 1)


def _measure(story: Story, text: dict[str, Any], entries: list[services.Entry], _on: date) -> None:
    services.measure(case=story.case(), actor=story.who(text["owner"]), entries=entries)
