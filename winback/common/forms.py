"""The habits of every form: soft warnings, row versions, and one way to submit."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.choices import flatten_choices
from django.utils.translation import gettext_lazy as _

from winback.common.claims import RuleBroken, StaleVersion
from winback.common.fields import form_field, nothing
from winback.common.formats import format_date, format_datetime
from winback.common.htmx import go, page
from winback.common.widgets import NumberInput

REASON = "warning_reason"
#: What Django writes for "nothing chosen".
_DASHES = "---------"


class WarningsMixin(forms.BaseForm):
    """A form that may doubt an input without forbidding it.

    ``clean`` methods call ``warn(field, message)``. The form is then valid only together with a
    reason, which the page asks for at the doubted field; ``reason`` holds it.
    """

    def warn(self, field: str, message: object) -> None:
        """Doubt the value of ``field``; shown there, together with the question for a reason."""
        self.fields[field].warning = str(message)  # type: ignore[attr-defined]  # an attribute of our own, read by the field template

    @property
    def warned(self) -> list[str]:
        return [name for name, field in self.fields.items() if getattr(field, "warning", "")]

    @property
    def reason(self) -> str:
        """Why the user insists on a doubted input; empty when nothing was doubted."""
        return str(self.data.get(self.add_prefix(REASON), "")).strip() if self.warned else ""

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.warned or bool(self.reason))


class WinbackForm(WarningsMixin, forms.Form):
    """Base of all forms without a model."""


class WinbackModelForm(WarningsMixin, forms.ModelForm):  # type: ignore[type-arg]  # model differs per form
    """Base of all forms on a model: validates, never writes.

    Works on a copy of the instance, so that the service sees the row as it was read. A row with
    a version gets a hidden field, so that a concurrent change is noticed. Subclasses write
    ``class Meta(WinbackModelForm.Meta)``: that brings the German date and number fields.
    """

    class Meta:
        formfield_callback = form_field

    def __init__(self, *args: Any, instance: models.Model | None = None, **kwargs: Any) -> None:
        kwargs["instance"] = copy.copy(instance) if instance else None
        super().__init__(*args, **kwargs)
        version = getattr(instance, "version", None)
        if instance is not None and instance.pk and version is not None:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=version, required=True
            )

    @property
    def changes(self) -> dict[str, Any]:
        """The cleaned values without the version: what the service is to write."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @property
    def version(self) -> int:
        """The version of the row the user looked at."""
        return int(self.cleaned_data["version"])


def limit(form: forms.BaseForm, name: str, rows: models.QuerySet[Any]) -> None:
    """Let the model choice field ``name`` offer just ``rows``, the empty choice in words."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    if field.empty_label == _DASHES:
        field.empty_label = nothing(required=field.required)


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One field in which two people's inputs differ."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the page shows when somebody else was quicker."""

    changed_by: str
    changed_at: str
    rows: list[ConflictRow]


def submit(
    request: HttpRequest,
    *,
    form: WinbackForm | WinbackModelForm,
    template: str,
    context: dict[str, Any],
    save: Callable[[], Any],
    saved: object = "",
    part: str = "",
) -> HttpResponse:
    """Show the form, or check it, let ``save`` call the service, and go to what it returns.

    Args:
        save: runs after validation; returns anything ``redirect`` understands, or the response
            itself where the result must not outlive it (a password shown once).
        saved: translated word of success, shown on the next page.

    Answers 422 with the inputs kept when the form or a rule objects, 409 with both versions when
    somebody else changed the row meanwhile.
    """
    context = {**context, "form": form}
    if request.method != "POST":
        return page(request, template, context, part=part)
    form.is_bound = True  # a POST without any field lacks all of them
    status = 422
    if form.is_valid():
        try:
            target = save()
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, broken.message)
        except StaleVersion as stale:
            context["conflict"] = compare(form, stale.current)
            status = 409
        else:
            return _leave(request, target, saved)
    return page(request, template, context, part=part, status=status)


def _leave(request: HttpRequest, target: Any, saved: object) -> HttpResponse:
    if isinstance(target, HttpResponse):
        return target
    if saved:
        messages.success(request, str(saved))
    return go(request, target)


def compare(form: WinbackForm | WinbackModelForm, current: models.Model) -> Conflict:
    """Set the user's inputs beside the current row and let the form claim the current version."""
    rows = []
    for bound in form.visible_fields():
        theirs = current_value(current, bound.name, bound.field)
        mine = in_words(form.cleaned_data.get(bound.name), bound.field)
        if theirs is not None and theirs != mine:
            rows.append(ConflictRow(bound.name, str(bound.label), mine, theirs))
    if "version" in form.fields:
        data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, all values kept
        data[form.add_prefix("version")] = str(current.version)  # type: ignore[attr-defined]  # has one
        form.data = data
    history = getattr(current, "history", None)
    last = history.select_related("history_user").first() if history is not None else None
    return Conflict(
        changed_by=str(last.history_user) if last and last.history_user else str(_("Somebody")),
        changed_at=format_datetime(last.history_date) if last else "",
        rows=rows,
    )


def current_value(row: models.Model, name: str, control: forms.Field) -> str | None:
    """The stored value of a field in words; None for what is not a field of the row."""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.many_to_many:
        return in_words(getattr(row, name).all())
    return in_words(getattr(row, name), control)


def in_words(value: Any, control: forms.Field | None = None) -> str:
    """A cleaned value as the user would read it; ``control`` knows the labels of its choices."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if hasattr(value, "isoformat"):
        return format_date(value)
    if isinstance(value, Decimal):
        # As the control writes it, so that 1250 and 1250.00 read the same.
        widget = getattr(control, "widget", None)
        writer = widget if isinstance(widget, NumberInput) else NumberInput()
        return str(writer.format_value(value))
    if isinstance(value, models.QuerySet):
        return ", ".join(str(item) for item in value) or "–"
    if isinstance(value, list):
        return ", ".join(in_words(item, control) for item in value)
    return _label(value, control)


def _label(value: Any, control: forms.Field | None) -> str:
    """The label of a choice; rows of a model speak for themselves."""
    if isinstance(control, forms.ChoiceField) and not isinstance(control, forms.ModelChoiceField):
        choices: Any = control.choices
        return str(dict(flatten_choices(choices)).get(value, value))
    return str(value.label if isinstance(value, models.Choices) else value)
