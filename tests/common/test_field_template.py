"""Every field: label, hint, error, warning, control, in this order and tied together."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from winback.common.fields import DateField, MoneyField
from winback.common.forms import WinbackForm
from winback.common.widgets import DateInput, MoneyInput, NumberInput, PercentInput


class Sample(WinbackForm):
    title = forms.CharField(label="Maßnahme", help_text="Kurz und mit Verb.")
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    due_on = DateField(label="Fällig am")
    cost = MoneyField(label="Kosten", required=False, max_digits=12, decimal_places=2)
    budget = MoneyField(label="Budget", required=False, max_digits=12, decimal_places=2)
    kind = forms.ChoiceField(
        label="Art", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Sicher", help_text="Wird protokolliert.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        super().clean()
        for name in ("cost", "budget"):
            if self.cleaned_data.get(name):
                self.warn(name, "Über dem Rahmen.")


def group(name: str, form: Sample | None = None) -> str:
    with translation.override("en"):
        return str((form or Sample())[name].as_field_group())


def ordered(html: str, *parts: str) -> bool:
    places = [html.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_field_puts_label_and_hint_before_the_control() -> None:
    html = group("title")
    assert ordered(html, '<label for="id_title">', 'id="id_title_helptext"', "<input")
    assert 'aria-describedby="id_title_helptext"' in html
    assert 'class="inp"' in html
    assert "optional" not in html


def test_field_puts_the_error_before_the_control_and_ties_it() -> None:
    html = group("title", Sample({}))
    assert ordered(html, "field--err", 'id="id_title_helptext"', 'id="id_title_error"', "<input")
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_that_may_stay_empty_says_so() -> None:
    html = group("note")
    assert '<span class="opt">(optional)</span>' in html
    assert "<textarea" in html


def test_doubted_field_shows_the_doubt_and_asks_for_a_reason() -> None:
    form = Sample({"cost": "6.250,00"})
    assert not form.is_valid()
    html = group("cost", form)
    assert ordered(html, "field--warn", 'id="id_cost_warning"', "<input", 'name="warning_reason"')
    assert 'aria-describedby="id_cost_warning"' in html
    assert 'value="6.250,00"' in html


def test_only_the_first_doubt_asks_for_the_reason() -> None:
    form = Sample({"cost": "1,00", "budget": "2,00"})
    form.is_valid()
    assert "warning_reason" in group("cost", form)
    assert "warning_reason" not in group("budget", form)
    assert "field--warn" in group("budget", form)


def test_reason_is_kept_and_carries_the_prefix_of_the_form() -> None:
    form = Sample({"m-cost": "1,00", "m-warning_reason": "Mit <Leitung> besprochen"}, prefix="m")
    form.is_valid()
    html = group("cost", form)
    assert 'name="m-warning_reason"' in html
    assert "Mit &lt;Leitung&gt; besprochen</textarea>" in html


def test_choices_stand_in_a_fieldset_that_carries_the_description() -> None:
    html = group("kind", Sample({}))
    assert ordered(
        html, "<fieldset", 'aria-describedby="id_kind_error"', "<legend>Art", 'id="id_kind_error"'
    )
    assert html.count('<label class="check"') == 2
    assert 'class="inp"' not in html


def test_single_box_has_its_label_behind_it() -> None:
    html = group("sure")
    assert ordered(
        html, 'id="id_sure_helptext"', '<label class="check"', 'type="checkbox"', "<span>Sicher"
    )
    assert "optional" not in html


def test_hidden_field_stays_bare() -> None:
    assert "class=" not in str(Sample()["secret"])


def test_own_class_of_a_control_is_kept() -> None:
    assert 'class="inp inp--date"' in group("due_on")
    assert 'class="inp inp--num"' in group("cost")


def test_input_is_kept_as_typed_when_it_is_wrong() -> None:
    assert 'value="31.11.2026"' in group("due_on", Sample({"due_on": "31.11.2026"}))


def test_amount_shows_its_unit_behind_the_control() -> None:
    assert ordered(group("cost"), "<input", "<span>€</span>")


def test_date_has_a_calendar_that_waits_for_script() -> None:
    html = group("due_on")
    assert ordered(html, 'placeholder="', "hidden data-pick", 'type="date"')


def test_date_is_written_the_german_way() -> None:
    with translation.override("de"):
        assert DateInput().format_value(dt.date(2026, 11, 24)) == "24.11.2026"
        assert DateInput().format_value("+14") == "+14"
        assert DateInput().format_value(None) is None


@pytest.mark.parametrize(
    ("widget", "value", "shown"),
    [
        (MoneyInput(), Decimal("1250000"), "1.250.000,00"),
        (MoneyInput(), Decimal("0"), "0,00"),
        (MoneyInput(), "12,5,0", "12,5,0"),
        (MoneyInput(), None, None),
        (PercentInput(), Decimal("92.40"), "92,4"),
        (PercentInput(decimals=1), Decimal("92"), "92,0"),
        (NumberInput(unit="h"), 12, "12"),
        (NumberInput(), Decimal("1E+3"), "1.000"),
        (NumberInput(), 0.125, "0,125"),
    ],
)
def test_number_is_written_with_comma(
    widget: NumberInput, value: object, shown: str | None
) -> None:
    with translation.override("de"):
        assert widget.format_value(value) == shown
