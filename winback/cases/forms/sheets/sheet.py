"""A page of facts is edited."""

from __future__ import annotations

from typing import Any

from django import forms

from winback.cases.forms.checks import not_in_future
from winback.cases.models import (
    Case,
    Sheet,
)
from winback.common.forms import WinbackModelForm


class SheetForm(WinbackModelForm):
    """One page of facts; its version is 0 until somebody has saved it."""

    #: heading → fields, for the page
    groups: list[tuple[Any, list[str]]] = []
    #: dates that lie in the past
    past: tuple[str, ...] = ()

    def __init__(self, *args: Any, instance: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        version = instance.version if instance.pk else 0
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version)
        shorten(self)

    @classmethod
    def sheet_of(cls, case: Case) -> Sheet:
        """The page as it stands, or a new one."""
        model: type[Sheet] = cls._meta.model
        found: Sheet | None = model._default_manager.filter(case=case).first()
        if found is not None:
            found.case = case
        return found or model(case=case)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.past:
            not_in_future(self, name)
        return data


def shorten(form: forms.BaseForm) -> None:
    """Texts start with three lines and grow as one types."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
