"""The marks every chart is made of, as SVG text.

Each mark carries a class, which chart.css maps to the tokens of the theme, and presentation
attributes with the light colours: the PDF renderer ignores document CSS inside inline SVG. There is
no style attribute, no script and no url() reference, so the strict content security policy holds.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, Literal

from django.utils.safestring import SafeString

from winback.common.charts.text import SOFT_HYPHEN

Anchor = Literal["start", "middle", "end"]

FONT: Final = "Source Sans Pro, Source Sans 3, Segoe UI, sans-serif"
LIGHT: Final = {
    "ink": "#16202C",
    "ink-muted": "#4A5768",
    "ink-subtle": "#5F6B7A",
    "border-strong": "#7A8797",
    "surface": "#FFFFFF",
    "ac": "#3A4656",
    "py": "#8592A0",
    "range-1": "#D5DBE2",
    "range-2": "#EAEDF1",
    "grid": "#E1E5EA",
    "success": "#1B5E3A",
    "warning": "#7A4A00",
    "danger": "#A4161A",
    "action": "#1F4E8C",
}
"""The light tokens of tokens.css that charts use; a test keeps both equal."""

MARKS: Final[dict[str, tuple[str | None, str | None, str]]] = {
    # class: token of fill, token of stroke, further attributes
    "ac": ("ac", None, ""),
    "py": ("py", None, ""),
    "pl": ("surface", "ac", 'stroke-width="1.2"'),
    "ac-line": (None, "ink", 'stroke-width="2" stroke-linejoin="round"'),
    "good": ("success", None, ""),
    "bad": ("danger", None, ""),
    "warn": ("warning", None, ""),
    "neutral": ("border-strong", None, ""),
    "rule": (None, "grid", 'stroke-width="1"'),
    "axis": (None, "border-strong", 'stroke-width="1"'),
    "base-line": (None, "border-strong", 'stroke-width="1"'),
    "target-line": (None, "action", 'stroke-width="1.5" stroke-dasharray="5 3"'),
    "today-line": (None, "action", 'stroke-width="1.5"'),
    "deadline-line": (None, "danger", 'stroke-width="1.5" stroke-dasharray="6 3"'),
    "event-line": (None, "border-strong", 'stroke-width="1" stroke-dasharray="1 2"'),
    "open-box": ("surface", "ink-muted", 'stroke-width="1.2"'),
    "late-box": ("surface", "danger", 'stroke-width="1.5"'),
    "warn-box": ("surface", "warning", 'stroke-width="1.2"'),
    "band1": ("range-2", None, ""),
    "band2": ("range-1", None, ""),
    "plate": ("surface", None, ""),
    "point": ("ink", None, ""),
    "ring": ("surface", "ink", 'stroke-width="1.4"'),
    "target-mark": ("action", None, ""),
    "t": ("ink", None, ""),
    "t-muted": ("ink-subtle", None, ""),
    "t-good": ("success", None, ""),
    "t-bad": ("danger", None, ""),
    "t-target": ("action", None, ""),
}


def _presentation(fill: str | None, stroke: str | None, more: str) -> str:
    parts = [f'fill="{LIGHT[fill] if fill else "none"}"']
    if stroke:
        parts.append(f'stroke="{LIGHT[stroke]}"')
    return " ".join([*parts, more]).rstrip()


_ATTRIBUTES: Final = {
    name: f'class="c-{name}" {_presentation(*mark)}' for name, mark in MARKS.items()
}


def number(v: float) -> str:
    """Write a coordinate with at most one decimal place."""
    return f"{v:.1f}".removesuffix(".0")


def points(pairs: Sequence[tuple[float, float]]) -> str:
    """Return the path data of an open line through `pairs`."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in pairs)


def rect(x: float, y: float, width: float, height: float, mark: str, *, rx: int = 0) -> str:
    """Draw a rectangle; a negative size becomes zero."""
    corner = f' rx="{rx}"' if rx else ""
    return (
        f'<rect {_ATTRIBUTES[mark]} x="{number(x)}" y="{number(y)}"'
        f' width="{number(max(width, 0))}" height="{number(max(height, 0))}"{corner}/>'
    )


def span(x1: float, x2: float, y: float, height: float, mark: str, *, rx: int = 0) -> str:
    """Draw a horizontal bar between two positions given in either order."""
    return rect(min(x1, x2), y, abs(x2 - x1), height, mark, rx=rx)


def column(x: float, width: float, y1: float, y2: float, mark: str) -> str:
    """Draw a vertical bar between two heights given in either order."""
    return rect(x, min(y1, y2), width, abs(y2 - y1), mark)


def line(x1: float, y1: float, x2: float, y2: float, mark: str) -> str:
    """Draw a straight line."""
    return (
        f'<line {_ATTRIBUTES[mark]} x1="{number(x1)}" y1="{number(y1)}"'
        f' x2="{number(x2)}" y2="{number(y2)}"/>'
    )


def path(data: str, mark: str) -> str:
    """Draw path data."""
    return f'<path {_ATTRIBUTES[mark]} d="{data}"/>'


def dot(x: float, y: float, radius: float, mark: str) -> str:
    """Draw a circle."""
    return f'<circle {_ATTRIBUTES[mark]} cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def diamond(x: float, y: float, radius: float, mark: str) -> str:
    """Draw a square standing on its corner."""
    return path(
        points([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]) + "Z", mark
    )


def text(
    x: float,
    y: float,
    content: str,
    mark: str = "t",
    *,
    anchor: Anchor = "start",
    size: float = 11,
    bold: bool = False,
) -> str:
    """Draw one line of text at its baseline; `content` is escaped."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text {_ATTRIBUTES[mark]} x="{number(x)}" y="{number(y)}"'
        f' font-size="{number(size)}"{where}{weight}>{escape(content)}</text>'
    )


def text_lines(
    x: float,
    y: float,
    contents: Sequence[str],
    mark: str = "t",
    *,
    size: float = 11,
    lead: float = 13,
    bold: bool = False,
) -> str:
    """Draw lines of text below each other, `lead` apart; the first one at `y`."""
    return "".join(
        text(x, y + index * lead, content, mark, size=size, bold=bold)
        for index, content in enumerate(contents)
    )


def picture(
    uid: str, kind: str, width: float, height: float, title: str, body: Sequence[str]
) -> SafeString:
    """Join the marks to one `<svg>` whose first child is the alternative text.

    `uid` must be unique in the page; `title` is escaped, the marks in `body` must be so already.
    """
    size = f'width="{number(width)}" height="{number(height)}"'
    name = escape(f"{uid}-t")
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart--{kind}" role="img"'
        f' aria-labelledby="{name}" viewBox="0 0 {number(width)} {number(height)}" {size}'
        f' font-family="{FONT}" font-size="11"><title id="{name}">'
        f"{escape(title.replace(SOFT_HYPHEN, ''))}</title>{''.join(body)}</svg>"
    )


def empty(uid: str, kind: str, width: float, height: float, label: str, why: str) -> SafeString:
    """Return the chart of a subject without data: it says so instead of showing an empty axis."""
    body = [
        rect(0.5, 0.5, width - 1, height - 1, "band1"),
        text(width / 2, height / 2 + 4, why, "t-muted", anchor="middle"),
    ]
    return picture(uid, kind, width, height, f"{label}: {why}", body)
