"""What the forms of the register share: people loaded once, and papers that come along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models

from accounts.models import User
from winback.common.fields import RowField
from winback.common.forms import WinbackModelForm
from winback.documents.rules import CheckedFile


def at_most(form: forms.BaseForm, name: str, most: int) -> None:
    """Refuse larger numbers: a calculation over thousands of years helps nobody."""
    field = form.fields[name]
    field.validators.append(MaxValueValidator(most))
    field.widget.attrs["max"] = most


class RegisterForm(WinbackModelForm):
    """A form of the register. Subclasses declare people as ``RowField``, papers as uploads."""

    #: fields that choose a person
    people: ClassVar[tuple[str, ...]] = ()
    #: upload fields, named as the reference of the model
    uploads: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, instance: models.Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        if self.people:
            staff = list(User.objects.staff())
            for name in self.people:
                self.offer(name, staff)
                if instance is not None:
                    self.initial.setdefault(name, getattr(instance, f"{name}_id"))

    def offer(self, name: str, rows: Any) -> None:
        """Let the field ``name`` offer these rows."""
        field = self.fields[name]
        assert isinstance(field, RowField)
        field.offer(rows)

    @property
    def changes(self) -> dict[str, Any]:
        """The cleaned values without version and files."""
        return {name: v for name, v in super().changes.items() if name not in self.uploads}

    @property
    def papers(self) -> Mapping[str, CheckedFile | None]:
        """The uploaded files by the name of their reference."""
        return {name: self.cleaned_data.get(name) for name in self.uploads}
