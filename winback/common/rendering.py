"""One look for every form field: which class, which hints, in which order they are read out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from winback.common.controls import draw
from winback.common.forms import REASON

TICK = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class WinbackBoundField(BoundField):
    """A field as ``templates/django/forms/field.html`` needs it."""

    @property
    def kind(self) -> str:
        """How the template lays the field out: ``tick`` for one box, ``group``, or ``line``."""
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "tick"
        return "group" if self.use_fieldset else "line"

    @property
    def warning(self) -> str:
        """Why the input was doubted, if it was."""
        return str(getattr(self.field, "warning", ""))

    @property
    def asks_reason(self) -> bool:
        """The first doubted field of a form asks for the reason; one reason serves all."""
        return bool(self.warning) and getattr(self.form, "warned", [])[:1] == [self.name]

    @property
    def reason_name(self) -> str:
        """Under which name the reason is sent."""
        return self.form.add_prefix(REASON)

    @property
    def optional(self) -> bool:
        return not self.field.required and not self.field.disabled and self.kind != "tick"

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not (self.warning and self.auto_id):
            return described
        return f"{described} {self.auto_id}_warning".strip()

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden and not isinstance(widget, TICK):
            own = (built.get("class"), widget.attrs.get("class"))
            built["class"] = " ".join(dict.fromkeys(["inp", *filter(None, own)]))
        return built


class FormRenderer(TemplatesSetting):
    """Renders forms with the project's templates and fields; plain controls without a template."""

    bound_field_class = WinbackBoundField

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        drawn = draw(template_name, context)
        return super().render(template_name, context, request) if drawn is None else drawn
