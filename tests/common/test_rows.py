"""Lists: pages, filters in words, and files that spreadsheets open without harm."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation

from tests.clients.factories import ClientFactory
from winback.clients.models import Client
from winback.common.fields import DateField
from winback.common.rows import PAGE_SIZE, chips, csv_response, harmless, page_of, with_any


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


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://evil.example";"Rechnung")',
        "+49 30 1234",
        "-1+1",
        "-",
        "--5",
        "-²",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tText",
        "  =1+1",
        "\u00a0=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "-1,5,5",
        "-1,",
        "-5 %",
    ],
)
def test_text_that_a_spreadsheet_would_compute_is_disarmed(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("-1,5", "-1,5"),
        ("-1.250,00", "-1.250,00"),
        ("-7", "-7"),
        (-7, "-7"),
        (Decimal("-1250.50"), "-1250.50"),
        ("1,5", "1,5"),
        ("−1,5", "−1,5"),  # our own minus sign starts no formula
        ("Norhagen = Bau", "Norhagen = Bau"),
        ("a@b.example", "a@b.example"),
        ("– ", "– "),
        ("", ""),
        ("   ", "   "),
        (None, ""),
        (0, "0"),
    ],
)
def test_numbers_and_plain_text_stay_as_they_are(cell: object, text: str) -> None:
    assert harmless(cell) == text


def test_csv_opens_in_german_spreadsheets() -> None:
    rows = [["Norhagen; Bau", '"AG"', "-1,5"], ["zwei\nZeilen", None, "=1"]]
    response = csv_response("Faelle", ["Kunde", "Name", "=Wert"], rows)
    body = response.content.decode("utf-8")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert body.startswith("\ufeffKunde;Name;'=Wert\r\n")
    assert list(csv.reader(io.StringIO(body[1:], newline=""), delimiter=";"))[1:] == [
        ["Norhagen; Bau", '"AG"', "-1,5"],
        ["zwei\nZeilen", "", "'=1"],
    ]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Zusagen", 'attachment; filename="Zusagen.csv"'),
        ("Fälle", "attachment; filename*=utf-8''F%C3%A4lle.csv"),
        ('a"; x="b', 'attachment; filename="a\\"; x=\\"b.csv"'),
    ],
)
def test_csv_has_a_name_that_every_browser_reads(name: str, header: str) -> None:
    assert csv_response(name, [], []).headers["Content-Disposition"] == header


def test_csv_without_rows_has_its_header(today: dt.date) -> None:
    assert csv_response("x", ["A", "B"], []).content.decode() == "\ufeffA;B\r\n"
