"""What all filters above lists share: tabs, order and forgiveness; all of it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import Expression, F, QuerySet
from django.utils.translation import gettext_lazy as _

from winback.common.rows import Tab

Rows = TypeVar("Rows", bound=QuerySet[Any])


class ListFilter(forms.Form):
    """A GET form above a list. Unknown values are ignored, never an error page."""

    #: value of ``ansicht`` → tab; without one the list has no tabs
    views: ClassVar[Mapping[str, object]] = {}
    #: the tab shown where none is chosen; the first one unless named
    default_view: ClassVar[str] = ""
    #: value of ``sort`` → what to order by first; a leading minus turns the direction
    sorts: ClassVar[Mapping[str, str | Expression]]
    default_sort: ClassVar[str]
    #: in which order equal rows stand
    then: ClassVar[tuple[str, ...]] = ("pk",)

    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Client or number"), required=False, max_length=100)

    def chosen(self, name: str) -> Any:
        """The cleaned value, or None where it is empty or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def view(self) -> str:
        """The chosen tab; the default one where none or nonsense is chosen."""
        wanted = self.chosen("ansicht")
        return wanted if wanted in self.views else self.default_view or next(iter(self.views), "")

    @property
    def order(self) -> str:
        """The chosen order, the default one where none or nonsense is chosen."""
        wanted: str = self.chosen("sort") or self.default_sort
        return wanted if wanted.removeprefix("-") in self.sorts else self.default_sort

    def ordered(self, rows: Rows) -> Rows:
        """In the chosen order; rows without a value come last either way."""
        column = self.sorts[self.order.removeprefix("-")]
        first = F(column) if isinstance(column, str) else column
        down = self.order.startswith("-")
        head = first.desc(nulls_last=True) if down else first.asc(nulls_last=True)
        return rows.order_by(head, *self.then)

    def tabs(self) -> list[Tab]:
        """The views as tabs."""
        return [
            (str(label), f"?ansicht={key}", key == self.view, "")
            for key, label in self.views.items()
        ]
