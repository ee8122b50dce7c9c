"""Small words the verdicts are made of."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import pgettext

#: From here on a first sentence is too long for a heading.
HEADLINE = 110


def joined(parts: Sequence[str]) -> str:
    """``a, b und c``."""
    if len(parts) < 2:
        return "".join(parts)
    last = pgettext("last of a list", "%(some)s and %(last)s")
    return last % {"some": ", ".join(parts[:-1]), "last": parts[-1]}


def headline(text: str) -> str:
    """The first sentence or line of a text, cut at a word when it is too long."""
    first = text.strip().partition("\n")[0]
    head, stop, _rest = first.partition(". ")
    head = head if stop else first.removesuffix(".")
    if len(head) <= HEADLINE:
        return head
    return f"{head[:HEADLINE].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]
