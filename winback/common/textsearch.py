"""Sorting and searching German text the same way on every database."""

import re
import unicodedata
from collections import defaultdict
from functools import cache


def normalise(text: str) -> str:
    """Fold case, umlauts and accents (DIN 5007-1: ä = a, ß = ss) and squeeze white space.

    Folding twice changes nothing: decomposed first, because ™ only then shows its capitals.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", folded)
    kept = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(kept.split())


def folding_pattern(text: str) -> str:
    """A regular expression that finds ``text`` in a column that keeps no search key.

    It allows every letter its umlauts, accents and capitals: "gruss" finds "Gruß" and "GRÜSS".
    Understood by Python, which SQLite asks, and by PostgreSQL.
    """
    parts = re.split(r"(ss|\s)", normalise(text))
    return "".join(_part(part) for part in parts if part)


def _part(part: str) -> str:
    if part == "ss":
        return "([sS][sS]|ß|ẞ)"
    if part.isspace():
        return r"\s+"
    return "".join(_letter(char) for char in part)


def _letter(char: str) -> str:
    variants = _variants().get(char)
    return f"[{''.join(variants)}]" if variants else re.escape(char)


@cache
def _variants() -> dict[str, list[str]]:
    """Latin letters by what they fold to, the letter itself among them."""
    found: dict[str, list[str]] = defaultdict(list)
    for char in map(chr, range(0x41, 0x250)):
        folded = normalise(char)
        if char.isalpha() and len(folded) == 1:
            found[folded].append(char)
    return found
