"""Plain form controls drawn in Python, just as Django's own templates draw them.

A list draws a select box with hundreds of options; Django renders two templates for each of them.
Whatever is not plain (radio buttons, our dates and amounts) still comes from its template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]
_FOLDER = "django/forms/widgets/"
_OPTION = f"{_FOLDER}select_option.html"
_INPUTS = ("text", "hidden", "number", "email", "url", "search", "password", "checkbox")


def _escaped(value: object) -> str:
    return str(conditional_escape(value if isinstance(value, SafeString) else str(value)))


def _attributes(attrs: Mapping[str, object]) -> str:
    """`` required maxlength="100"``: True stands alone, False is left out."""
    shown = ((name, value) for name, value in attrs.items() if value is not False)
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in shown
    )


def draw_input(widget: Widget) -> str:
    value = widget["value"]
    written = "" if value is None else f' value="{_escaped(value)}"'
    kind, name = _escaped(widget["type"]), _escaped(widget["name"])
    return f'<input type="{kind}" name="{name}"{written}{_attributes(widget["attrs"])}>'


def draw_textarea(widget: Widget) -> str:
    name, attributes = _escaped(widget["name"]), _attributes(widget["attrs"])
    text = _escaped(localize(widget["value"] or ""))
    return f'<textarea name="{name}"{attributes}>\n{text}</textarea>'


def draw_select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    name, attributes = _escaped(widget["name"]), _attributes(widget["attrs"])
    return f'<select name="{name}"{attributes}>{groups}\n</select>'


def _group(name: object, options: list[Widget]) -> str:
    drawn = "".join(f"\n  {_option(option)}" for option in options)
    if not name:
        return drawn
    return f'\n  <optgroup label="{_escaped(localize(name))}">{drawn}\n  </optgroup>'


def _option(option: Widget) -> str:
    value, attributes = _escaped(option["value"]), _attributes(option["attrs"])
    return f'<option value="{value}"{attributes}>{_escaped(localize(option["label"]))}</option>'


_DRAWN: Mapping[str, Callable[[Widget], str]] = {
    **{f"{_FOLDER}{kind}.html": draw_input for kind in _INPUTS},
    f"{_FOLDER}textarea.html": draw_textarea,
    f"{_FOLDER}select.html": draw_select,
}


def _has_own_options(widget: Widget) -> bool:
    groups = (options for _name, options, _index in widget.get("optgroups", ()))
    return any(option["template_name"] != _OPTION for options in groups for option in options)


def draw(template_name: str, context: Mapping[str, Any]) -> SafeString | None:
    """The control of this template; None where its template has to draw it."""
    drawing = _DRAWN.get(template_name)
    if drawing is None or _has_own_options(context["widget"]):
        return None
    return mark_safe(drawing(context["widget"]))  # noqa: S308  # escaped above
