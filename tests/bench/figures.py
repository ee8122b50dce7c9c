"""What the measured samples come to, and the tables people read. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

SOAK_HEAD = (
    "| on | cases | people | think | minutes | workers | requests | errors | p50 ms | p95 ms |"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One request: seconds at the client, CPU of the worker, statements, bytes as compressed."""

    seconds: float
    cpu: float
    statements: int
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """What the samples of one page come to; times in milliseconds."""

    page: str
    p50: float
    p95: float
    cpu: float
    statements: int
    size: int


def percentile(values: Iterable[float], percent: int) -> float:
    """The smallest value that ``percent`` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("There is no percentile of nothing.")
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def line(page: str, samples: Sequence[Sample], bracket: float = 0.0) -> Line:
    """``bracket`` is the CPU that asking for the figures costs itself; statements: the most."""
    seconds = [sample.seconds for sample in samples]
    cpu = median(sample.cpu for sample in samples) - bracket
    return Line(
        page=page,
        p50=round(percentile(seconds, 50) * 1000, 1),
        p95=round(percentile(seconds, 95) * 1000, 1),
        cpu=round(max(cpu, 0) * 1000, 1),
        statements=max(sample.statements for sample in samples),
        size=round(median(sample.size for sample in samples)),
    )


def growth(smaller: float, larger: float) -> float | None:
    """How many times as much; None where there is nothing to compare with."""
    return round(larger / smaller, 2) if smaller else None


def table(sizes: Mapping[int, Sequence[Line]]) -> str:
    """One row per page at the largest size, with the growth of its CPU from the smallest."""
    first, last = min(sizes), max(sizes)
    before = {each.page: each for each in sizes[first]}
    head = ["page", "p50 ms", "p95 ms", "CPU ms", "statements", "kB gz"]
    rows = [[*head, f"CPU {first:,} → {last:,}"] if first != last else head]
    for each in sizes[last]:
        cells = [each.page, f"{each.p50:.1f}", f"{each.p95:.1f}", f"{each.cpu:.1f}"]
        cells += [str(each.statements), f"{each.size / 1000:.1f}"]
        if first != last:
            grown = growth(before[each.page].cpu, each.cpu)
            cells.append("–" if grown is None else f"× {grown:.2f}")
        rows.append(cells)
    return markdown(rows)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table with its first row as head, columns aligned for reading as plain text."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (wide + 2) for wide in widths) + "|")
    return "\n".join(lines)


def soak_line(seconds: Sequence[float], errors: int, facts: Mapping[str, Any]) -> str:
    """One row for docs/performance.md: who, how long, how many, how quick."""
    cells = [str(value) for value in facts.values()]
    cells += [f"{len(seconds):,}", str(errors)]
    cells += [f"{percentile(seconds, each) * 1000:.0f}" for each in (50, 95)]
    return "| " + " | ".join(cells) + " |"


def as_json(sizes: Mapping[int, Sequence[Line]]) -> dict[str, list[dict[str, Any]]]:
    return {str(size): [asdict(each) for each in lines] for size, lines in sizes.items()}
