"""Why clients are lost, over all cases: counts, value and how often they came back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.causes.factories import CategoryFactory, CauseFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import TODAY
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.causes.models import Cause, CauseCategory
from winback.causes.rows import reason_record, reason_row
from winback.causes.rules import months_back, win_back_ratio

URL = "/ursachen/"


@pytest.mark.parametrize(
    ("won", "ended", "ratio"),
    [(3, 4, None), (0, 0, None), (0, 5, 0), (4, 5, 80), (5, 5, 100)],
)
def test_ratio_is_suppressed_below_five(won: int, ended: int, ratio: int | None) -> None:
    assert win_back_ratio(won, ended) == ratio


@pytest.mark.parametrize(
    ("today", "months", "day"),
    [
        (dt.date(2026, 11, 23), 12, dt.date(2025, 11, 23)),
        (dt.date(2026, 11, 23), 36, dt.date(2023, 11, 23)),
        (dt.date(2026, 1, 31), 11, dt.date(2025, 2, 28)),
        (dt.date(2026, 12, 1), 12, dt.date(2025, 12, 1)),
    ],
)
def test_months_back_is_the_like_day(today: dt.date, months: int, day: dt.date) -> None:
    assert months_back(today, months) == day


pages = pytest.mark.usefixtures("db", "today")


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def lost(
    owner: User, category: CauseCategory, status: Status = Status.LOST, **more: object
) -> Case:
    """An ended case of ``owner`` with this primary cause."""
    case: Case = CaseFactory(owner=owner, status=status, closed_on=TODAY, **more)
    CauseFactory(case=case, category=category, primary=True)
    return case


@pages
def test_reasons_count_cases_and_add_up_their_value(kam: User) -> None:
    promised, budget = CategoryFactory(), CategoryFactory()
    for status in (Status.WON, Status.LOST, Status.PARTED):
        lost(kam, promised, status, value_at_stake=Decimal(100_000))
    live = active_case(owner=kam, value_at_stake=Decimal(50_000))
    CauseFactory(case=live, category=promised, primary=True)
    lost(kam, budget, value_at_stake=Decimal(900_000))
    first, second = Cause.objects.primary().by_reason()
    assert (first["category_id"], first["count"], first["value"]) == (budget.pk, 1, 900_000)
    assert (second["count"], second["value"]) == (4, 350_000)
    assert (second["ended"], second["won"]) == (3, 1)


@pages
def test_secondary_causes_count_no_case_twice(kam: User) -> None:
    case = lost(kam, CategoryFactory())
    CauseFactory(case=case)
    assert len(Cause.objects.primary().by_reason()) == 1


@pages
def test_row_shows_counts_alone_until_five_have_ended(kam: User) -> None:
    category = CategoryFactory(name_de="Zu viel versprochen")
    for status in [Status.WON] * 3 + [Status.LOST]:
        lost(kam, category, status)
    (found,) = Cause.objects.primary().by_reason()
    row = reason_row(found)
    assert (row.name, row.controllable) == ("Zu viel versprochen", "eigen")
    assert (row.won, row.ratio) == ("3 von 4", "n < 5")
    assert reason_record(found)[-1] is None
    lost(kam, category)
    (found,) = Cause.objects.primary().by_reason()
    assert (reason_row(found).won, reason_row(found).ratio) == ("3 von 5", "60\u202f%")
    assert reason_record(found)[-3:] == [5, 3, Decimal("60.0")]


@pages
def test_row_of_a_reason_nothing_ended_for(kam: User) -> None:
    category = CategoryFactory(controllability="")
    CauseFactory(case=active_case(owner=kam), category=category, primary=True)
    (found,) = Cause.objects.primary().by_reason()
    row = reason_row(found)
    assert (row.won, row.ratio, row.controllable) == ("–", "n < 5", "–")
    with translation.override("en"):
        assert reason_row(found).name == category.name_en


@pages
def test_page_lists_only_cases_one_may_see(browser: Client, kam: User, fremde: User) -> None:
    lost(kam, CategoryFactory(name_de="Zu viel versprochen"))
    lost(fremde, CategoryFactory(name_de="Fremder Grund"), is_confidential=True)
    page = browser.get(URL).content.decode()
    assert "Zu viel versprochen" in page
    assert "Fremder Grund" not in page
    assert "0 von 1" in page


@pages
def test_page_without_cases_says_so(browser: Client) -> None:
    assert "Noch hat kein Fall dieses Zeitraums" in browser.get(URL).content.decode()


@pages
def test_period_narrows_by_the_day_a_case_was_opened(browser: Client, kam: User) -> None:
    lost(kam, CategoryFactory(name_de="Alter Grund"), opened_on=dt.date(2024, 5, 1))
    lost(kam, CategoryFactory(name_de="Neuer Grund"), opened_on=dt.date(2026, 5, 1))
    shown = {
        query: [row.name for row in browser.get(f"{URL}?zeitraum={query}").context["rows"]]
        for query in ("alle", "12", "36", "quatsch")
    }
    assert shown["12"] == ["Neuer Grund"]
    for query in ("alle", "36", "quatsch"):
        assert set(shown[query]) == {"Alter Grund", "Neuer Grund"}, query


@pages
def test_page_asks_the_same_for_one_and_three_reasons(browser: Client, kam: User) -> None:
    lost(kam, CategoryFactory())
    before = len(statements(browser, URL))
    for _each in range(2):
        lost(kam, CategoryFactory())
    assert len(statements(browser, URL)) == before <= 8


@pages
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_holds_what_the_page_shows(browser: Client, kam: User, kind: str) -> None:
    lost(kam, CategoryFactory(name_de="Zu viel versprochen"), value_at_stake=Decimal("1200.50"))
    lost(kam, CategoryFactory(name_de="Alt"), opened_on=dt.date(2024, 5, 1))
    response = browser.get(f"{URL}export.{kind}?zeitraum=12")
    assert response.status_code == 200
    assert f".{kind}" in response["Content-Disposition"]
    if kind == "csv":
        text = response.content.decode("utf-8-sig")
        assert "Zu viel versprochen;eigen;1;1200,5;1;0;" in text
        assert "Alt" not in text


@pages
def test_auditors_see_no_reasons(client_for: ClientFor, auditor: User) -> None:
    browser = client_for(auditor)
    for address in (URL, f"{URL}export.csv"):
        assert browser.get(address).status_code == 403


@pages
def test_analysis_of_a_case_leads_to_all_cases(browser: Client, case: Case) -> None:
    page = browser.get(f"/faelle/{case.number}/ursachen/").content.decode()
    assert f'href="{URL}"' in page
