"""The loader of the shipped taxonomy."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from winback.causes.models import CauseCategory
from winback.causes.services import load_categories

pytestmark = pytest.mark.django_db

DATA: dict[str, Any] = {
    "meta": {"levels": 2},
    "groups": [
        {
            "key": "promise",
            "de": "Angebot und Versprechen",
            "en": "Offer and promises",
            "causes": [
                {"key": "overpromised", "de": "Zu viel versprochen", "en": "Overpromised",
                 "controllability": "own"},
                {"key": "underpriced", "de": "Zu knapp kalkuliert", "en": "Priced too tightly",
                 "controllability": "own"},
            ],
        },
        {
            "key": "customer_side",
            "de": "Kundenseite",
            "en": "Customer side",
            "causes": [
                {"key": "budget_cut", "de": "Budgetkürzung", "en": "Budget cut",
                 "controllability": "external"},
            ],
        },
    ],
}  # fmt: skip


def row(key: str) -> CauseCategory:
    return CauseCategory.objects.get(key=key)


def test_load_builds_both_levels_in_the_order_of_the_file() -> None:
    assert load_categories(data=DATA) == 5
    assert [each.key for each in CauseCategory.objects.all()] == [
        "promise",
        "overpromised",
        "underpriced",
        "customer_side",
        "budget_cut",
    ]
    cut = row("budget_cut")
    assert cut.parent == row("customer_side")
    assert (cut.name_de, cut.name_en, cut.controllability) == (
        "Budgetkürzung",
        "Budget cut",
        "external",
    )
    assert row("promise").parent is None


def test_load_twice_writes_nothing() -> None:
    load_categories(data=DATA)
    assert load_categories(data=DATA) == 0


def test_load_leaves_the_data_as_it_was() -> None:
    data = copy.deepcopy(DATA)
    load_categories(data=data)
    assert data == DATA


def test_load_takes_over_changed_words() -> None:
    load_categories(data=DATA)
    data = copy.deepcopy(DATA)
    data["groups"][0]["causes"][0]["de"] = "Mehr versprochen als leistbar"
    assert load_categories(data=data) == 1
    assert row("overpromised").name_de == "Mehr versprochen als leistbar"


def test_load_keeps_what_an_administrator_edited() -> None:
    load_categories(data=DATA)
    CauseCategory.objects.filter(key="underpriced").update(name_de="Eigenes Wort", edited=True)
    assert load_categories(data=DATA) == 0
    assert row("underpriced").name_de == "Eigenes Wort"


def test_load_switches_off_what_is_gone_and_on_what_returns() -> None:
    load_categories(data=DATA)
    without = copy.deepcopy(DATA)
    del without["groups"][1]
    assert load_categories(data=without) == 2
    assert not row("budget_cut").active
    assert load_categories(data=DATA) == 2
    assert row("budget_cut").active


def test_load_keeps_an_edited_row_that_is_gone_from_the_data() -> None:
    load_categories(data=DATA)
    CauseCategory.objects.filter(key="budget_cut").update(edited=True)
    without = copy.deepcopy(DATA)
    without["groups"][1]["causes"] = []
    assert load_categories(data=without) == 0
    assert row("budget_cut").active


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [("controllability", "nobody", ValueError), ("de", None, KeyError)],
)
def test_load_of_wrong_data_changes_nothing(
    field: str, value: str | None, error: type[Exception]
) -> None:
    data = copy.deepcopy(DATA)
    cause = data["groups"][1]["causes"][0]
    if value is None:
        del cause[field]
    else:
        cause[field] = value
    with pytest.raises(error):
        load_categories(data=data)
    assert not CauseCategory.objects.exists()


def test_load_places_a_cause_on_the_axis_of_its_group_or_its_own() -> None:
    data = copy.deepcopy(DATA)
    data["groups"][0]["axis"] = "contract"
    data["groups"][0]["causes"][1]["axis"] = "people"
    load_categories(data=data)
    assert row("promise").axis == row("overpromised").axis == "contract"
    assert row("underpriced").axis == "people"


def test_load_places_what_names_no_axis_on_method() -> None:
    load_categories(data=DATA)
    assert {each.axis for each in CauseCategory.objects.all()} == {"method"}


def test_load_refuses_an_axis_nobody_knows() -> None:
    data = copy.deepcopy(DATA)
    data["groups"][0]["axis"] = "stars"
    with pytest.raises(ValueError, match="stars"):
        load_categories(data=data)
    assert not CauseCategory.objects.exists()
