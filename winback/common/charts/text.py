"""How wide a text gets and where it breaks: SVG knows neither, so both are computed here."""

from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
_BREAK: Final = "\u200b"
_BOLD: Final = 1.035
"""Semibold letters are about 3 % wider."""

# Advance widths of Source Sans Pro in 1/1000 em.
_WIDTHS: Final = {
    0: "\u00ad\u200b",
    120: "\u202f",
    200: " \u00a0",
    240: "',.:;ij|·",
    260: "Il",
    280: "!",
    300: "()[]f{}",
    320: "-",
    340: "rt",
    360: "/\\",
    420: '"*?sz„“',
    440: "x",
    460: "cvy",
    480: "JLY–",
    500: "#$+0123456789<=>F^_aegk~ä€−§≤≥",
    520: "EVX",
    540: "ASTZhnouÄöü",
    560: "PRbdpq",
    580: "BCKßΔ",
    600: "&",
    620: "DG→",
    640: "NUÜ",
    660: "HOQÖ",
    720: "Mw",
    780: "W",
    820: "%m",
    840: "@",
    940: "…",
}
_ADVANCE: Final = {char: width for width, chars in _WIDTHS.items() for char in chars}
_AVERAGE: Final = 540


def text_width(text: str, size: float = 11, *, bold: bool = False) -> float:
    """Return the width of `text` in user units when set in Source Sans Pro at `size`."""
    return sum(_ADVANCE.get(c, _AVERAGE) for c in text) * size / 1000 * (_BOLD if bold else 1)


def wrap(text: str, size: float, width: float, lines: int = 2, *, bold: bool = False) -> list[str]:
    """Break at spaces, slashes, hyphens and soft hyphens into at most `lines` lines.

    A text that does not fit ends in "…"; the alternative text of the chart holds it in full.
    """
    rows = [""]
    for piece in _pieces(text):
        probe = rows[-1] + piece.rstrip(" ")
        if rows[-1] and text_width(probe, size, bold=bold) > width:
            rows.append("")
        rows[-1] += piece
    shown = [_clean(row) for row in rows[:lines]]
    for index, row in enumerate(shown):
        cut_off = len(rows) > lines and index == lines - 1
        if cut_off or text_width(row, size, bold=bold) > width:
            shown[index] = _shortened(row, size, width, bold)
    return shown


def fit(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return `text` on one line, shortened with "…" when it is wider than `width`."""
    return wrap(text, size, width, 1, bold=bold)[0]


def _pieces(text: str) -> list[str]:
    """Split into the smallest parts a line may end with."""
    marked = text.replace(SOFT_HYPHEN, SOFT_HYPHEN + _BREAK)
    for sign in "/-":
        marked = marked.replace(sign, sign + _BREAK)
    return marked.replace(" ", " " + _BREAK).split(_BREAK)


def _clean(row: str) -> str:
    """Remove break marks; a soft hyphen at the end of the line becomes a visible one."""
    hyphen = "-" if row.endswith(SOFT_HYPHEN) else ""
    return row.replace(SOFT_HYPHEN, "").strip() + hyphen


def _shortened(row: str, size: float, width: float, bold: bool) -> str:
    while row and text_width(row + "…", size, bold=bold) > width:
        row = row[:-1]
    return row.rstrip(" -,") + "…"
