"""What a KPI line needs, and where its parts lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from winback.common.charts.kpi_labels import PlacedEvent, place_events
from winback.common.charts.scale import Scale, Value, known
from winback.common.charts.text import text_width
from winback.common.charts.words import PERCENT_UP, Unit, reference_words

LEFT: Final = 6.0
EVENT_ROW: Final = 14.0
#: what stands right of the line has at least so much room, and at most that share of the width
_RIGHT_ROOM, _RIGHT_SHARE = 92.0, 0.4
_LABEL_SIZE, _LABEL_GAP = 10.0, 12.0


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, at a slot: 9.5 lies between the tenth and the eleventh month."""

    slot: float
    label: str


@dataclass(frozen=True, slots=True)
class KpiLine:
    """Slots count from 0 at the oldest month; `future` holds the labels of months to come.

    `baseline_span` is the agreed window (first and last slot). The path to the target runs from
    `target_from` to `target_slot`; without both slots the target is a level line.
    """

    uid: str
    label: str
    months: Sequence[str]
    values: Sequence[Value]
    unit: Unit = PERCENT_UP
    baseline: Value = None
    baseline_note: str = ""
    baseline_span: tuple[int, int] | None = None
    target: Value = None
    target_note: str = ""
    target_from: int | None = None
    target_slot: int | None = None
    future: Sequence[str] = ()
    events: Sequence[Event] = ()
    y_min: float | None = None
    y_max: float | None = None
    width: float = 640
    height: float = 230


@dataclass(frozen=True, slots=True)
class Plot:
    """Where things lie: the scales, the inner rectangle and the placed event labels."""

    x: Scale
    y: Scale
    right: float
    top: float
    bottom: float
    events: Sequence[PlacedEvent]


def plan_plot(chart: KpiLine, values: Sequence[float | None]) -> Plot:
    """Lay out the picture: event labels on top, then the line, then the months and the foot."""
    low, high = _extent(chart, values)
    slots = max(len(chart.months) + len(chart.future), 1)
    right = chart.width - _right_room(chart)
    half = (right - LEFT) / slots / 2
    x = Scale(0, slots, LEFT + half, right + half)
    wanted = sorted((x(event.slot), event.label) for event in chart.events)
    events = place_events(wanted, right + 60)
    rows = max((event.row for event in events), default=-1) + 1
    top, bottom = 10.0 + EVENT_ROW * rows, chart.height - 30
    ground = 2.0 if low == 0 else 16.0  # a cut or negative scale never sits on the axis line
    return Plot(x, Scale(low, high, bottom - ground, top + 12), right, top, bottom, events)


def _right_room(chart: KpiLine) -> float:
    """As wide as the longest label of target and baseline, so that a long unit is not cut."""
    words = reference_words(chart.baseline, chart.target, chart.unit)
    wanted = (*words, chart.target_note, chart.baseline_note)
    widest = max(text_width(words, _LABEL_SIZE) for words in wanted) + _LABEL_GAP
    return min(max(_RIGHT_ROOM, widest), chart.width * _RIGHT_SHARE)


def _extent(chart: KpiLine, values: Sequence[float | None]) -> tuple[float, float]:
    everything = known([*values, chart.baseline, chart.target])
    low = chart.y_min if chart.y_min is not None else min(0.0, *everything)
    high = chart.y_max if chart.y_max is not None else max(everything)
    return (low, high) if high > low else (low - 1, low + 1)
