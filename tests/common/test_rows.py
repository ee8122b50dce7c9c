"""Lists: pages, and filters in words."""

from __future__ import annotations

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation

from tests.clients.factories import ClientFactory
from winback.clients.models import Client
from winback.common.fields import DateField
from winback.common.rows import PAGE_SIZE, chips, page_of, with_any


class Filter(forms.Form):
    q = forms.CharField(label="Suche", required=False)
    ampel = forms.ChoiceField(
        label="Ampel", required=False, choices=with_any([("critical", "Kritisch")])
    )
    art = forms.ChoiceField(
        label="Art", required=False, choices=[("", "alle"), ("Haus", [("dach", "Dach")])]
    )
    kunde = forms.ModelChoiceField(
        label="Kunde", required=False, queryset=Client.objects.order_by("pk")
    )
    bis = DateField(label="Bis", required=False)
    meine = forms.BooleanField(label="Nur meine", required=False)
    sort = forms.CharField(widget=forms.HiddenInput, required=False)


def chips_of(query: str) -> dict[str, str]:
    request = RequestFactory().get(f"/faelle/?{query}")
    form = Filter(request.GET)
    form.is_valid()
    with translation.override("de"):
        return dict(chips(request, form))


def test_filter_choices_start_with_all() -> None:
    with translation.override("en"):
        assert [(key, str(label)) for key, label in with_any([("a", "A")])] == [
            ("", "all"),
            ("a", "A"),
        ]


def test_chip_drops_its_filter_keeps_the_others_and_starts_at_page_one() -> None:
    assert chips_of("q=M%C3%BCll&ampel=critical&sort=-kunde&seite=3") == {
        "Suche: Müll": "?ampel=critical&sort=-kunde",
        "Ampel: Kritisch": "?q=M%C3%BCll&sort=-kunde",
    }


def test_chip_says_choices_dates_and_boxes_in_words() -> None:
    words = list(chips_of("art=dach&bis=24.11.2026&meine=on"))
    assert words == ["Art: Dach", "Bis: 24.11.2026", "Nur meine: ja"]


def test_chip_names_the_row_that_was_chosen(db: None) -> None:
    client = ClientFactory(name="Klinikum Auental")
    assert list(chips_of(f"kunde={client.pk}")) == ["Kunde: Klinikum Auental"]


@pytest.mark.parametrize("query", ["", "q=&ampel=", "ampel=gibtsnicht", "sort=kunde"])
def test_no_chip_for_what_does_not_filter(query: str) -> None:
    assert chips_of(query) == {}


def test_no_chips_for_a_form_nobody_has_checked(rf: RequestFactory) -> None:
    request = rf.get("/?q=x")
    assert chips(request, Filter(request.GET)) == []


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("2", 2), ("99", 3), ("0", 3), ("-1", 3), ("zwei", 1)]
)
def test_page_asked_for_is_given_and_nonsense_forgiven(asked: str, number: int) -> None:
    page = page_of(RequestFactory().get(f"/?seite={asked}"), list(range(2 * PAGE_SIZE + 1)))
    assert page.number == number


def test_empty_list_has_one_page(rf: RequestFactory) -> None:
    page = page_of(rf.get("/"), [])
    assert (page.number, len(page)) == (1, 0)
