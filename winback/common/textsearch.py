"""Sorting and searching German text the same way on every database."""

import unicodedata


def normalise(text: str) -> str:
    """Fold case, umlauts and accents (DIN 5007-1: ä = a, ß = ss) and squeeze white space.

    Folding twice changes nothing: decomposed first, because ™ only then shows its capitals.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", folded)
    kept = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(kept.split())
