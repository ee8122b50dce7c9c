"""Checks that several forms share."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def not_in_future(form: Any, name: str) -> None:
    day = form.cleaned_data.get(name)
    if day and day > timezone.localdate():
        form.add_error(name, _("The date lies in the future."))


def doubt_past(form: Any, name: str) -> None:
    day = form.cleaned_data.get(name)
    if day and name in form.changed_data and day < timezone.localdate():
        form.warn(name, _("The date lies in the past."))


def at_least(form: Any, limit: int, *names: str) -> None:
    """Refuse numbers below ``limit`` in fields whose column does not know it."""
    for name in names:
        form.fields[name].validators.append(MinValueValidator(limit))
