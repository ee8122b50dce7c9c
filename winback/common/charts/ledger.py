"""Commitment ledger: one box per promise, in the order of their due dates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from winback.common.charts.svg import empty, line, path, picture, rect

PromiseState = Literal["kept", "kept_late", "broken", "open", "released"]

_STEP = 16.5
_BOX = 13.0
_ROW = 20.0


@dataclass(frozen=True, slots=True)
class Ledger:
    """`states` come in the order in which the promises fall due."""

    uid: str
    label: str
    states: Sequence[PromiseState]
    width: float = 330


def ledger(book: Ledger) -> SafeString:
    """Draw kept full, late half full, broken as a cross, open hollow, released as a dash.

    The shape alone tells the state, so the strip also works without colour.
    """
    if not book.states:
        why = pgettext("chart", "no commitments yet")
        return empty(book.uid, "ledger", book.width, _ROW * 2, book.label, why)
    per_row = max(int(book.width // _STEP), 1)
    rows = -(-len(book.states) // per_row)
    marks = [
        _box(state, 1 + index % per_row * _STEP, 2 + index // per_row * _ROW)
        for index, state in enumerate(book.states)
    ]
    return picture(book.uid, "ledger", book.width, rows * _ROW, _alternative(book), marks)


def _box(state: PromiseState, x: float, y: float) -> str:
    if state == "kept":
        return rect(x, y, _BOX, 16, "good", rx=1)
    if state == "kept_late":
        return rect(x + 0.6, y + 0.6, 11.8, 14.8, "warn-box") + rect(x, y, _BOX, 8, "warn")
    if state == "broken":
        return path(
            f"M{x:.1f} {y:.1f}h3l3.5 5.5 3.5-5.5h3l-5 8 5 8h-3l-3.5-5.5-3.5 5.5h-3l5-8z", "bad"
        )
    if state == "released":
        return line(x, y + 8, x + _BOX, y + 8, "axis")
    return rect(x + 0.6, y + 0.6, 11.8, 14.8, "open-box")


def _alternative(book: Ledger) -> str:
    counts = Counter(book.states)
    words = [
        pgettext("chart", "%(count)d kept") % {"count": counts["kept"]},
        pgettext("chart", "%(count)d kept late") % {"count": counts["kept_late"]},
        pgettext("chart", "%(count)d broken") % {"count": counts["broken"]},
        pgettext("chart", "%(count)d open") % {"count": counts["open"]},
        pgettext("chart", "%(count)d released") % {"count": counts["released"]},
    ]
    order: tuple[PromiseState, ...] = ("kept", "kept_late", "broken", "open", "released")
    named = [word for word, state in zip(words, order, strict=True) if counts[state]]
    return f"{book.label}: {', '.join(named)}"
