"""Where the labels of a KPI line go: text never covers the line, other text or the edge."""

from collections.abc import Sequence
from dataclasses import dataclass

from winback.common.charts.scale import Scale, last_known
from winback.common.charts.text import text_width
from winback.common.formats import format_number

_STEEP = 10.0
_ASIDE = 9.0


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event with the row its label was given."""

    x: float
    label: str
    label_x: float
    row: int


@dataclass(frozen=True, slots=True)
class ValueLabel:
    """A written value: `x` is the middle of the text, `y` its baseline, `value_y` the point."""

    slot: int
    content: str
    x: float
    y: float
    value_y: float
    width: float


def place_events(wanted: Sequence[tuple[float, str]], right: float) -> list[PlacedEvent]:
    """Stagger labels in rows so that none overlaps; `wanted` is sorted by position."""
    ends: list[float] = []
    placed = []
    for x, label in wanted:
        width = text_width(label, 10) + 8
        start = min(x + 4, right - width)
        row = next((n for n, end in enumerate(ends) if end < start), len(ends))
        ends[row : row + 1] = [start + width]
        placed.append(PlacedEvent(x, label, start, row))
    return placed


def pushed_apart(heights: Sequence[float], gap: float, lowest: float) -> list[float]:
    """Return sorted heights moved down to at least `gap` apart, then up above `lowest`."""
    result = list(heights)
    for index in range(1, len(result)):
        result[index] = max(result[index], result[index - 1] + gap)
    overflow = result[-1] - lowest if result else 0.0
    return [height - max(overflow, 0.0) for height in result]


def place_values(
    values: Sequence[float | None], decimals: int, x: Scale, y: Scale
) -> list[ValueLabel]:
    """Put each value above its point, below where the line climbs, aside where it is steep."""
    last = last_known(values)
    labels = []
    for slot, value in enumerate(values):
        if value is None:
            continue
        rise, fall = _slopes(values, slot, y)
        above = not (rise > 0 and fall <= 0 and slot > 0 and values[slot - 1] is not None)
        content = format_number(value, decimals)
        labels.append(
            ValueLabel(
                slot=slot,
                content=content,
                x=x(slot) + (_aside(rise, fall) if above else 0.0),
                y=y(value) + (-7 if above else 14),
                value_y=y(value),
                width=text_width(content, 10.5, bold=slot == last) + 4,
            )
        )
    return labels


def _slopes(values: Sequence[float | None], slot: int, y: Scale) -> tuple[float, float]:
    """Pixels the line climbs to the right of a point and came up from its left; 0 beside a gap."""
    here = y(values[slot] or 0.0)
    before = values[slot - 1] if slot else None
    after = values[slot + 1] if slot + 1 < len(values) else None
    rise = 0.0 if after is None else here - y(after)
    fall = 0.0 if before is None else y(before) - here
    return rise, fall


def _aside(rise: float, fall: float) -> float:
    if rise > _STEEP:
        return -_ASIDE
    return _ASIDE if fall < -_STEEP else 0.0
