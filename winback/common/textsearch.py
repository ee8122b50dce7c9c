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
    parts = [part for part in re.split(r"(s+|\s)", normalise(text)) if part]
    last = len(parts) - 1
    return "".join(
        _part(part, begins=place == 0, ends=place == last) for place, part in enumerate(parts)
    )


def _part(part: str, *, begins: bool, ends: bool) -> str:
    if part.isspace():
        return r"\s+"
    if set(part) == {"s"} and len(part) <= _LONGEST_RUN:
        return f"({'|'.join(sorted(_runs(len(part), begins=begins, ends=ends)))})"
    return "".join(_letter(char) for char in part)


#: More of one letter in a row is no word.
_LONGEST_RUN = 5
_SHARP = "[ßẞ]"


def _runs(count: int, *, begins: bool = False, ends: bool = False) -> set[str]:
    """Every way to write ``count`` times s, each ß standing for two.

    Where the text asked for begins or ends here, the outer half of a ß will do.
    """
    if count <= 0:
        return {""}
    ways = {_letter("s") + rest for rest in _runs(count - 1, ends=ends)}
    if count > 1:
        ways |= {_SHARP + rest for rest in _runs(count - 2, ends=ends)}
    elif ends:
        ways.add(_SHARP)
    if begins:
        ways |= {_SHARP + rest for rest in _runs(count - 1, ends=ends)}
    return ways


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
