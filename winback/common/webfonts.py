"""The web fonts, cut from the fonts of the package.

Runs as a program of its own, ``python -I webfonts.py ORIGINAL``, and writes WOFF2 to standard
output: its tools take 14 MB, which every web process would keep for good. Imports nothing of
Winback, so that it starts quickly.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Latin with its extensions, Delta and mu, punctuation, currency, arrows, mathematics, shapes.
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *(0x394, 0x3BC, 0x1E9E),
    *range(0x2000, 0x2070),
    *(0x20AC, 0x2122),
    *range(0x2190, 0x2194),
    *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25B2, 0x25BC, 0x25C6, 0x2713),
)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "case", "frac", "ordn", "pnum"]


def web_font(original: Path) -> bytes:
    """WOFF2 with the characters of European business text."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    made = BytesIO()
    with TTFont(original) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        subset.save_font(font, made, options)
    return made.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(web_font(Path(sys.argv[1])))
