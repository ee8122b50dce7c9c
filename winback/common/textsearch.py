"""Sorting and searching German text the same way on every database."""

import unicodedata

_GERMAN = str.maketrans({"ß": "ss", "ẞ": "ss"})


def normalise(text: str) -> str:
    """Fold case, umlauts and accents (DIN 5007-1: ä = a, ß = ss) and squeeze white space."""
    folded = unicodedata.normalize("NFKD", text.translate(_GERMAN).casefold())
    kept = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(kept.split())
