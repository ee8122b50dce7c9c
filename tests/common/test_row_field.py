"""A choice among loaded rows: what it offers, takes, refuses, and that it asks nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.factories import UserFactory
from winback.common.fields import RowField
from winback.common.forms import WinbackForm

pytestmark = pytest.mark.django_db


class PeopleForm(WinbackForm):
    owner = RowField()
    deputy = RowField(required=False)


def form_with(people: Sequence[User], data: dict[str, object] | None = None) -> PeopleForm:
    form = PeopleForm(data)
    for name in ("owner", "deputy"):
        row_field(form, name).offer(people)
    return form


def row_field(form: forms.Form, name: str) -> RowField:
    field = form.fields[name]
    assert isinstance(field, RowField)
    return field


def test_cleaned_value_is_the_row_or_none() -> None:
    kaya, horn = UserFactory(), UserFactory()
    form = form_with([kaya, horn], {"owner": str(horn.pk), "deputy": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"owner": horn, "deputy": None}


@pytest.mark.parametrize("value", ["", "99999", "Kaya", None])
def test_required_choice_refuses_what_is_not_offered(value: str | None) -> None:
    form = form_with([UserFactory()], {"owner": value})
    assert not form.is_valid()
    assert list(form.errors) == ["owner"]


def test_checking_and_showing_ask_the_database_nothing() -> None:
    people = [UserFactory(), UserFactory()]
    form = form_with(people, {"owner": people[0].pk})
    with CaptureQueriesContext(connection) as asked:
        assert form.is_valid()
        assert str(people[1]) in str(form["deputy"])
    assert len(asked) == 0


def test_two_forms_of_one_class_offer_their_own_rows() -> None:
    kaya, horn = UserFactory(), UserFactory()
    first, second = form_with([kaya]), form_with([horn])
    assert row_field(first, "owner").rows == {str(kaya.pk): kaya}
    assert row_field(second, "owner").rows == {str(horn.pk): horn}


def test_offer_groups_in_the_order_of_the_rows_and_labels_them() -> None:
    rows = [UserFactory(last_name=name) for name in ("Kaya", "Horn", "Wolf")]
    field = RowField()
    field.offer(
        rows,
        group=lambda user: "K" if user.last_name == "Kaya" else "übrige",
        label=lambda user: user.last_name,
    )
    kaya, horn, wolf = (str(row.pk) for row in rows)
    assert field.choices == [
        ("", "Bitte wählen"),
        ("K", [(kaya, "Kaya")]),
        ("übrige", [(horn, "Horn"), (wolf, "Wolf")]),
    ]


def test_offer_of_nothing_leaves_the_empty_choice() -> None:
    field = RowField()
    field.offer([])
    assert field.choices == [("", "Bitte wählen")]


@pytest.mark.parametrize("as_row", [True, False])
def test_initial_row_or_key_is_selected_and_not_a_change(*, as_row: bool) -> None:
    kaya = UserFactory()
    initial = kaya if as_row else kaya.pk
    form = PeopleForm({"owner": str(kaya.pk)}, initial={"owner": initial})
    row_field(form, "owner").offer([kaya])
    row_field(form, "deputy").offer([kaya])
    assert form.changed_data == []
    unbound = PeopleForm(initial={"owner": initial})
    row_field(unbound, "owner").offer([kaya])
    assert f'<option value="{kaya.pk}" selected>' in str(unbound["owner"])


def test_another_row_or_none_is_a_change() -> None:
    kaya, horn = UserFactory(), UserFactory()
    field = RowField()
    assert field.has_changed(kaya, str(horn.pk))
    assert field.has_changed(kaya, "")
    assert field.has_changed(None, str(horn.pk))
    assert not field.has_changed(None, "")
