"""Dates, amounts and rows as people in Germany type them."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from winback.cases.models import Case, CaseEvent
from winback.clients.models import Client, Site
from winback.common.fields import (
    DateField,
    DecimalField,
    MoneyField,
    RowField,
    RowsField,
    form_field,
)
from winback.kpis.models import Measurement

pytestmark = pytest.mark.usefixtures("today")


def money(**kwargs: object) -> MoneyField:
    return MoneyField(max_digits=14, decimal_places=2, **kwargs)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24.11.2026", dt.date(2026, 11, 24)),
        ("24.11.26", dt.date(2026, 11, 24)),
        ("1.2.", dt.date(2026, 2, 1)),
        (" heute ", dt.date(2026, 11, 23)),
        ("+14", dt.date(2026, 12, 7)),
        ("2026-11-24", dt.date(2026, 11, 24)),
        (dt.date(2026, 11, 24), dt.date(2026, 11, 24)),
    ],
)
def test_date_is_read_as_people_write_it(typed: object, day: dt.date) -> None:
    assert DateField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("31.11.2026", "November hat 30 Tage. Meinten Sie 30.11.2026?"),
        ("11.24.2026", "Meinten Sie 24.11.2026?"),
        ("morgen früh", "Das ist kein Datum"),
        ("24.11.0026", "Jahr"),
    ],
)
def test_wrong_date_is_refused_with_a_hint(typed: str, hint: str) -> None:
    with translation.override("de"), pytest.raises(ValidationError) as refused:
        DateField().clean(typed)
    assert hint in refused.value.messages[0]


def test_date_may_be_empty_only_where_it_is_optional() -> None:
    assert DateField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        DateField().clean("")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.250.000,00", Decimal("1250000.00")),
        ("1250000", Decimal(1250000)),
        ("1 250,5", Decimal("1250.5")),
        ("0,01", Decimal("0.01")),
        ("-24,50 €", Decimal("-24.50")),
        ("−24,50", Decimal("-24.50")),
        (Decimal("12.5"), Decimal("12.5")),
    ],
)
def test_amount_is_read_with_decimal_comma(typed: object, value: Decimal) -> None:
    with translation.override("de"):
        assert money().clean(typed) == value


@pytest.mark.parametrize(
    "typed", ["1.25", "12.5", "1,2,3", "1.2500", "12,345", "zwölf", "NaN", "€"]
)
def test_amount_that_could_be_read_two_ways_is_refused(typed: str) -> None:
    with translation.override("de"), pytest.raises(ValidationError):
        money().clean(typed)


def test_amount_follows_the_language_of_the_user() -> None:
    with translation.override("en"):
        assert money().clean("1,250,000.50") == Decimal("1250000.50")
        with pytest.raises(ValidationError):
            money().clean("1250000,50")


def test_amount_keeps_the_limits_of_its_column() -> None:
    with translation.override("de"):
        assert money(required=False).clean("") is None
        with pytest.raises(ValidationError):
            money().clean("1.250.000.000.000,00")
        with pytest.raises(ValidationError):
            money(min_value=0).clean("-1")


@pytest.mark.parametrize(("places", "allowed"), [(4, "0,1234"), (0, "12"), (None, "0,12")])
def test_number_takes_as_many_decimals_as_its_column(places: int | None, allowed: str) -> None:
    field = DecimalField(decimal_places=places)
    with translation.override("de"):
        assert field.clean(allowed) == Decimal(allowed.replace(",", "."))
        with pytest.raises(ValidationError):
            field.clean(f"{allowed}{'' if ',' in allowed else ','}5")


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (Decimal("1250.00"), "1.250", False),
        (Decimal("1250.00"), "1.250,00", False),
        (Decimal("1250.00"), "1.251,00", True),
        (None, "", False),
        (Decimal("1250.00"), "unklar", True),
    ],
)
def test_amount_has_changed_only_when_its_value_has(
    initial: Decimal | None, data: str, changed: bool
) -> None:
    with translation.override("de"):
        assert money(required=False).has_changed(initial, data) is changed


@pytest.mark.parametrize(
    ("db_field", "kind"),
    [
        (Case._meta.get_field("lost_on"), DateField),
        (Case._meta.get_field("value_at_stake"), MoneyField),
        (Measurement._meta.get_field("value"), DecimalField),
        (CaseEvent._meta.get_field("at"), forms.DateTimeField),
        (Client._meta.get_field("name"), forms.CharField),
    ],
)
def test_model_forms_get_our_fields(
    db_field: "models.Field[object, object]", kind: type[forms.Field]
) -> None:
    assert type(form_field(db_field)) is kind


def test_model_field_keeps_its_label_and_what_the_form_asks_for() -> None:
    field = form_field(Case._meta.get_field("value_at_stake"), required=False)
    assert isinstance(field, MoneyField)
    assert (field.max_digits, field.required) == (14, False)
    with translation.override("en"):
        assert str(field.label) == "Value at stake per year"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("name", "word"),
    [("trigger", "Please choose"), ("contract", "none"), ("owner", "Please choose")],
)
def test_empty_choice_asks_or_says_none(db: None, name: str, word: str) -> None:
    field = form_field(Case._meta.get_field(name))  # type: ignore[arg-type]  # a concrete field
    value, label = next(iter(field.choices))  # type: ignore[union-attr]  # a choice field
    assert (value, str(label)) == ("", word)


@pytest.mark.usefixtures("english")
def test_choice_that_has_a_preset_offers_no_empty_one() -> None:
    field = form_field(Client._meta.get_field("segment"))
    assert isinstance(field, forms.TypedChoiceField)
    assert [str(label) for _value, label in field.choices][:2] == [
        "Industry",
        "Office and administration",
    ]


def test_several_rows_have_no_empty_choice(db: None) -> None:
    field = form_field(Case._meta.get_field("sites"))
    assert isinstance(field, forms.ModelMultipleChoiceField)
    assert field.empty_label is None


SITES = [Site(pk=7, name="Haus B"), Site(pk=3, name="Haus A"), Site(pk=5, name="Werk 1")]


@pytest.fixture
def field() -> RowField:
    made = RowField(required=False)
    made.offer(SITES)
    return made


def test_row_field_offers_rows_in_their_order(field: RowField) -> None:
    assert field.choices[0][0] == ""
    assert field.choices[1:] == [("7", "Haus B"), ("3", "Haus A"), ("5", "Werk 1")]


def test_row_field_gives_the_row_itself(field: RowField) -> None:
    assert field.clean("3") is SITES[1]
    assert field.clean("") is None
    with pytest.raises(ValidationError):
        field.clean("4")


def test_row_field_groups_in_order_of_appearance(field: RowField) -> None:
    field.offer(SITES, group=lambda site: site.name.split()[0], label=lambda site: site.name[-1])
    assert field.choices[1:] == [("Haus", [("7", "B"), ("3", "A")]), ("Werk", [("5", "1")])]
    assert field.clean("5") is SITES[2]


def test_row_field_without_rows_offers_nothing(field: RowField) -> None:
    for group in (None, str):
        field.offer([], group=group)
        assert [value for value, _label in field.choices] == [""]
    with pytest.raises(ValidationError):
        field.clean("7")


def test_row_field_marks_the_initial_row(field: RowField) -> None:
    class Picking(forms.Form):
        site = field

    assert 'value="3" selected' in str(Picking(initial={"site": SITES[1]})["site"])


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (SITES[0], "7", False),
        (SITES[0], "3", True),
        (None, "", False),
        (None, "3", True),
        (7, "7", False),
    ],
)
def test_row_field_has_changed_when_another_row_is_chosen(
    field: RowField, initial: object, data: str, changed: bool
) -> None:
    assert field.has_changed(initial, data) is changed


def test_row_fields_of_two_forms_do_not_share_their_rows() -> None:
    class Picking(forms.Form):
        site = RowField()

    one, other = Picking({"site": "7"}), Picking({"site": "7"})
    one.fields["site"].offer(SITES)  # type: ignore[attr-defined]  # fields are typed as Field
    assert one.is_valid()
    assert not other.is_valid()


@pytest.mark.parametrize("key", ["9" * 19, "9" * 40, "9" * 5000, "-" + "9" * 30, "x" * 19])
def test_several_rows_refuse_a_key_no_database_holds(key: str, db: None) -> None:
    field = RowsField(queryset=Client.objects.all())
    with pytest.raises(ValidationError) as refused:
        field.clean(["1", key])
    assert key not in str(refused.value)


def test_several_rows_take_what_exists_and_model_forms_use_the_field(db: None) -> None:
    client = Client.objects.create(name="Norhagen")
    assert list(RowsField(queryset=Client.objects.all()).clean([str(client.pk)])) == [client]
    assert isinstance(form_field(Case._meta.get_field("sites")), RowsField)
