"""The list over all cases: views, filters, order, pages and CSV."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory, one_of_each
from winback.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def names(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/zusagen/{query}")
    assert response.status_code == 200
    return [row.what for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("", {"open", "due_today", "overdue"}),
        ("?ansicht=offen", {"open", "due_today", "overdue"}),
        ("?ansicht=unsinn", {"open", "due_today", "overdue"}),
        ("?ansicht=ueberfaellig", {"overdue"}),
        ("?ansicht=gehalten", {"kept", "kept_early"}),
        ("?ansicht=verspaetet", {"kept_late"}),
        ("?ansicht=gebrochen", {"broken", "overdue"}),
        ("?ansicht=erlassen", {"released"}),
    ],
)
def test_view_shows_its_state(browser: Client, case: Case, view: str, expected: set[str]) -> None:
    rows = one_of_each(case)
    assert set(names(browser, view)) == {rows[name].what for name in expected}


def test_view_of_all_shows_all_by_date(browser: Client, case: Case) -> None:
    rows = one_of_each(case)
    shown = names(browser, "?ansicht=alle")
    assert len(shown) == len(rows)
    assert shown[-3:] == [rows[name].what for name in ("open", "kept_early", "broken")]


def test_list_hides_foreign_cases(client_for: ClientFor, case: Case, fremde: User) -> None:
    CommitmentFactory(case=case)
    assert names(client_for(fremde)) == []


def test_list_filters_by_owner_month_and_client(
    browser: Client, case: Case, kam: User, operativ: User
) -> None:
    client = ClientFactory(name="Hochschule Lindenrode")
    other = active_case(owner=kam, client=client)
    december = CommitmentFactory(case=case, owner=operativ, due_on=dt.date(2026, 12, 31))
    november = CommitmentFactory(case=other)
    assert names(browser, f"?verantwortlich={operativ.pk}") == [december.what]
    assert names(browser, "?monat=2026-12") == [december.what]
    assert names(browser, "?monat=2026-11") == [november.what]
    assert names(browser, "?q=LINDENRODE") == [november.what]
    assert names(browser, "?monat=1999-01&verantwortlich=x") == [november.what, december.what]


def test_list_names_active_filters_and_how_to_drop_them(browser: Client, operativ: User) -> None:
    response = browser.get(f"/zusagen/?monat=2026-12&verantwortlich={operativ.pk}")
    labels = [label for label, _url in response.context["chips"]]
    assert labels == ["Fällig im: Dezember 2026", "Verantwortlich: Ralf Ott"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("faellig", "früh"),
        ("-faellig", "spät"),
        ("kunde", "spät"),
        ("-kunde", "früh"),
        ("gegeben", "spät"),
        ("verantwortlich", "früh"),
        ("quatsch", "früh"),
    ],
)
def test_list_order_lives_in_the_url(
    browser: Client, kam: User, operativ: User, sort: str, first: str
) -> None:
    late = active_case(owner=kam, client=ClientFactory(name="Ährenhof"))
    early = active_case(owner=kam, client=ClientFactory(name="Zechenwerk"))
    CommitmentFactory(case=late, what="spät", owner=operativ, due_on=dt.date(2026, 12, 24),
                      promised_on=dt.date(2026, 9, 1))  # fmt: skip
    CommitmentFactory(case=early, what="früh", owner=kam, due_on=dt.date(2026, 12, 1))
    assert names(browser, f"?sort={sort}")[0] == first


def test_list_is_paged(browser: Client, case: Case) -> None:
    CommitmentFactory.create_batch(26, case=case)
    assert (len(names(browser)), len(names(browser, "?seite=2"))) == (25, 1)


def test_list_answers_htmx_with_its_results_only(browser: Client, case: Case) -> None:
    CommitmentFactory(case=case)
    part = browser.get("/zusagen/", headers={"HX-Request": "true"}).content.decode()
    assert "<table" in part
    assert "<html" not in part


def test_list_without_rows_says_what_belongs_here(browser: Client) -> None:
    assert "Zurzeit ist nichts zugesagt." in browser.get("/zusagen/").content.decode()
    page = browser.get("/zusagen/?ansicht=gehalten&q=nirgends").content.decode()
    assert "Keine Zusage passt zu diesen Filtern." in page


def test_export_holds_exactly_the_query(browser: Client, case: Case) -> None:
    rows = one_of_each(case)
    response = browser.get("/zusagen/export.csv?ansicht=verspaetet")
    text = response.content.decode("utf-8-sig")
    lines = text.strip().split("\r\n")
    assert 'filename="Zusagen.csv"' in response["Content-Disposition"]
    assert lines[0].startswith("Zusage;Kunde;Fallnummer;")
    assert len(lines) == 2
    assert rows["kept_late"].what in lines[1]
    assert "16.11.2026" in lines[1]
    assert lines[1].endswith("Verspätet gehalten;17.11.2026")
