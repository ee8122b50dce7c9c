"""The catalogue of norms: which rows, in which order; it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.filters import ListFilter
from winback.common.rows import with_any
from winback.norms.enums import Confidence, NormKind, NormStatus
from winback.norms.models import NormQuerySet

VALID, OUTDATED, DOUBTFUL, ALL = "gueltig", "ersetzt", "pruefen", "alle"


class NormFilter(ListFilter):
    """Above the catalogue."""

    views: ClassVar[Mapping[str, object]] = {
        ALL: pgettext_lazy("norms", "All"),
        VALID: pgettext_lazy("norms", "In force"),
        OUTDATED: pgettext_lazy("norms", "Superseded"),
        DOUBTFUL: pgettext_lazy("norms", "To be checked"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "norm": "sort_key",
        "ausgabe": "edition",
        "geprueft": "checked_on",
    }
    default_sort = "norm"
    then = ("sort_key", "pk")

    q = forms.CharField(label=_("Code or title"), required=False, max_length=100)
    art = forms.ChoiceField(
        label=pgettext_lazy("norm", "Kind"), required=False, choices=with_any(NormKind.choices)
    )
    vertrauen = forms.ChoiceField(
        label=pgettext_lazy("norm", "Confidence"),
        required=False,
        choices=with_any(Confidence.choices),
    )

    def apply(self, found: NormQuerySet) -> NormQuerySet:
        """Narrow and order the catalogue."""
        found = self._in_view(found)
        if text := self.chosen("q"):
            found = found.matching(text)
        for name, field in (("art", "kind"), ("vertrauen", "confidence")):
            if value := self.chosen(name):
                found = found.filter(**{field: value})
        return self.ordered(found)

    def _in_view(self, found: NormQuerySet) -> NormQuerySet:
        if self.view == VALID:
            return found.exclude(status=NormStatus.SUPERSEDED)
        if self.view == OUTDATED:
            return found.filter(status=NormStatus.SUPERSEDED)
        if self.view == DOUBTFUL:
            return found.filter(Q(confidence=Confidence.LOW) | Q(status=NormStatus.UNKNOWN))
        return found
