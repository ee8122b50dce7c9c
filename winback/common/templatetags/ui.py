"""Small building blocks of every page. Built in: no ``{% load %}`` needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from winback.common.formats import format_date, format_money, format_number

register = template.Library()

SORT = "sort"
PAGE = "seite"
# Kind of status → (shape in the sprite, colour class). Word, shape and colour always go together.
STATUS = {
    "crit": ("crit", "crit"),
    "warn": ("warn", "warn"),
    "ok": ("ok", "ok"),
    "open": ("open", "open"),
    "run": ("run", "info"),
    "done": ("done", "done"),
    "late": ("late", "late"),
    "lock": ("lock", "lock"),
    "wait": ("wait", "info"),
    "no": ("no", "late"),
    "part": ("part", "warn"),
    "na": ("na", "open"),
    "info": ("wait", "info"),
    "client": ("ok", "client"),
}


@lru_cache(maxsize=256)
def drawn_icon(name: str) -> SafeString:
    """The Lucide icon as inline SVG, hidden from screen readers: a word stands beside it."""
    attributes = {"class": "ico", "aria-hidden": "true", "focusable": "false"}
    return mark_safe(lucide(name, size=None, **attributes))  # noqa: S308  # shipped by the package


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "search" %}``: a Lucide icon. Raises ``IconDoesNotExist`` for an unknown name."""
    return drawn_icon(name)


@register.simple_tag
def shape(kind: str) -> SafeString:
    """``{% shape "crit" %}``: one of our own status shapes, without word and colour."""
    drawing, _colour = STATUS[kind]
    return format_html('<svg aria-hidden="true"><use href="#s-{}"/></svg>', drawing)


@register.simple_tag
def status(kind: str, label: object, *, tag: bool = False, word: bool = True) -> SafeString:
    """``{% status "crit" _("Critical") %}``: word, shape and colour.

    ``tag=True`` tints it (once per header); ``word=False`` leaves the word to screen readers,
    where a heading says it already. Raises ``KeyError`` for an unknown kind.
    """
    colour = STATUS[kind][1]
    return format_html(
        '<span class="st st--{}{}">{}{}</span>',
        colour,
        " st--tag" if tag else "",
        shape(kind),
        label if word else format_html('<span class="vh">{}</span>', label),
    )


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, label: object, css: str = "", *, default: str = ""
) -> dict[str, object]:
    """``{% sort_header "kunde" _("Customer") "num p3" default="kunde" %}``: a sortable column head.

    The order lives in the query string as ``sort=kunde`` or ``sort=-kunde``; everything else in it
    stays, only the page starts anew. ``default`` is the order without the parameter.
    """
    request: HttpRequest = context["request"]
    order = request.GET.get(SORT) or default
    query = request.GET.copy()
    query[SORT] = f"-{key}" if order == key else key
    query.pop(PAGE, None)
    direction = {key: "ascending", f"-{key}": "descending"}.get(order, "")
    shown = {"key": key, "label": label, "css": css, "live": context.get("live", False)}
    return {**shown, "query": query.urlencode(), "direction": direction}


@register.filter
def pick(form: BaseForm, names: Iterable[str]) -> list[BoundField]:
    """``{% for field in form|pick:names %}``: the named fields a form has, in that order."""
    return [form[name] for name in names if name in form.fields]


@register.filter
def problems(form: BaseForm) -> list[tuple[str, str, str]]:
    """What the user has to look at: (id of the control, label, text); no id, no single field."""
    found = [("", "", str(text)) for text in form.non_field_errors()]
    for field in form:
        anchor, label = ("", "") if field.is_hidden else (field.auto_id, str(field.label))
        found += [(anchor, label, str(text)) for text in field.errors]
        if warning := getattr(field.field, "warning", ""):
            found.append((anchor, label, warning))
    return found


@register.filter
def page_range(paginator: Paginator[Any], number: int) -> list[int | str]:
    """Page numbers around ``number``, with an ellipsis for what is left out."""
    return list(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))


@register.filter
def get(mapping: Mapping[Any, object], key: object) -> object:
    """``{{ counts|get:row.pk }}``: an entry of a mapping; empty where there is none."""
    return mapping.get(key, "")


@register.filter
def german_date(day: date | None) -> str:
    """``24.11.2026``, or as the active language writes it; a dash for none."""
    return format_date(day)


@register.filter
def money(amount: Decimal | None) -> str:
    """``1.250.000,00 €``; a dash for none."""
    return format_money(amount)


@register.filter
def german_number(value: Decimal | None, decimals: int = 0) -> str:
    """``12.500,5`` with so many decimals; a dash for none."""
    return format_number(value, decimals)
