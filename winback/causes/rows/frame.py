"""The pages of one analysis, as links: the header of the case gets no further tab for them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import pgettext_lazy

PAGES = (
    ("causes:list", pgettext_lazy("analysis", "Causes")),
    ("causes:weights", pgettext_lazy("analysis", "Weights")),
    ("causes:fishbone", pgettext_lazy("analysis", "Cause and effect")),
)


def sub_pages(number: str, current: str) -> list[tuple[str, str, bool, str]]:
    """Label, address, whether it is this page; no count."""
    return [(str(word), reverse(page, args=[number]), page == current, "") for page, word in PAGES]
