"""A row of a case is written."""

from __future__ import annotations

from typing import Any

from winback.cases.forms.checks import not_in_future
from winback.cases.forms.sheets import shorten
from winback.cases.models import Case
from winback.common.forms import WinbackModelForm


class EntryForm(WinbackModelForm):
    """A new row of the case."""

    past: tuple[str, ...] = ()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        shorten(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.past:
            not_in_future(self, name)
        return data
