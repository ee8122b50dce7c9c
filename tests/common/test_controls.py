"""Controls drawn in Python are those of Django's templates, but for empty lines."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.safestring import mark_safe

from winback.common.controls import draw
from winback.common.rendering import FormRenderer
from winback.common.widgets import DateInput, MoneyInput

NASTY = "<b>\"A\" & 'B'</b>"
INPUTS = [
    forms.TextInput,
    forms.HiddenInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.SearchInput,
    forms.PasswordInput,
]
ATTRS: list[dict[str, Any]] = [
    {},
    {"id": "id_x", "class": "inp inp--num", "maxlength": 1000},
    {"required": True, "disabled": False, "data-none": None, "placeholder": NASTY},
]
FLAT = [("", "alle"), (1, "Eins"), ("zwei", NASTY), (None, "nichts"), (4, mark_safe("<i>4</i>"))]
GROUPED = [("Hessen & Bayern", [(1, "Fulda"), (2, NASTY)]), (3, Decimal("1.5")), (1000, 1000)]


def both(widget: forms.Widget, value: object, attrs: dict[str, Any]) -> tuple[str | None, str]:
    """As we draw it and as Django's own template does."""
    context = widget.get_context("feld", value, attrs)
    theirs = DjangoTemplates().render(widget.template_name, context)
    return draw(widget.template_name, context), theirs


def same(widget: forms.Widget, value: object, attrs: dict[str, Any] | None = None) -> str:
    """What both draw; fails where they differ."""
    ours, theirs = both(widget, value, attrs or {})
    assert ours == re.sub(">\n+", ">\n", theirs.strip())
    return ours


@pytest.mark.parametrize("kind", INPUTS)
def test_inputs_are_drawn_as_by_django(kind: type[forms.Input]) -> None:
    values = [None, "", "Auental", NASTY, 0, 1000, Decimal("1.50")]
    for value, attrs in product(values, ATTRS):
        assert same(kind(), value, attrs).startswith("<input ")


@pytest.mark.parametrize("value", [True, False, None, "x"])
def test_a_box_is_drawn_as_by_django(value: object) -> None:
    assert ("checked" in same(forms.CheckboxInput(), value)) == (value in {True, "x"})


def test_a_text_of_many_lines_is_drawn_as_by_django() -> None:
    for value, attrs in product([None, "", "zwei\nZeilen", NASTY], ATTRS):
        assert same(forms.Textarea(), value, attrs).endswith("</textarea>")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("choices", [[], FLAT, GROUPED])
def test_a_select_box_is_drawn_as_by_django(choices: list[Any], language: str) -> None:
    with translation.override(language):
        for value, attrs in product([None, "", 1, "1", "zwei", 1000, "unbekannt"], ATTRS):
            same(forms.Select(choices=choices), value, attrs)


def test_a_choice_of_several_is_drawn_as_by_django() -> None:
    drawn = same(forms.SelectMultiple(choices=FLAT), [1, "zwei"])
    assert drawn.count(" selected") == 2


def test_what_a_person_typed_cannot_break_out_of_the_control() -> None:
    drawn = same(forms.TextInput(), '"><script>alert(1)</script>', {"title": '" onfocus="x'})
    assert "<script>" not in drawn
    assert 'title="&quot; onfocus=&quot;x"' in drawn


class OwnOptions(forms.Select):
    option_template_name = "django/forms/widgets/input_option.html"


@pytest.mark.parametrize(
    "widget",
    [
        forms.RadioSelect(choices=FLAT),
        forms.CheckboxSelectMultiple(choices=FLAT),
        OwnOptions(choices=FLAT),
        DateInput(),
        MoneyInput(),
    ],
)
def test_what_is_not_plain_comes_from_its_template(widget: forms.Widget) -> None:
    assert draw(widget.template_name, widget.get_context("feld", None, {})) is None
    assert "feld" in FormRenderer().render(
        widget.template_name, widget.get_context("feld", None, {})
    )


def test_pages_use_the_drawn_controls() -> None:
    class Search(forms.Form):
        q = forms.ChoiceField(choices=FLAT, required=False)

    widget = Search().fields["q"].widget
    context = widget.get_context("q", "zwei", {"class": "inp", "id": "id_q"})
    assert str(Search({"q": "zwei"})["q"]) == draw(widget.template_name, context)
