"""My work: narrowed to a case, moved in the row, and what a deputy sees."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory
from tests.conftest import ClientFor
from tests.plans.factories import MeasureFactory, PlanFactory
from tests.statements import statements
from winback.cases.models import Case
from winback.common.obligations import Item
from winback.dashboards.rows.work import cases_of, my_work

PAGE = "/meine-arbeit/"


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def case_of(owner: User, name: str, today: dt.date) -> Case:
    client = ClientFactory(name=name)
    return active_case(owner=owner, client=client, next_step="Review", next_step_on=today)


def owed(case_id: int | None, context: str) -> Item:
    day = dt.date(2026, 11, 23)
    return Item("x", 1, "Tun", 1, None, due_on=day, case_id=case_id, context=context, url="/x/")


def test_cases_are_named_by_the_shortest_context_in_the_german_order() -> None:
    items = [
        owed(2, "Zorn AG · RG-2"),
        owed(1, "Älbtal · RG-1 · F-0001"),
        owed(1, "Älbtal · RG-1"),
        owed(None, "Ohne Fall"),
    ]
    assert cases_of(items) == [(1, "Älbtal · RG-1"), (2, "Zorn AG · RG-2")]


def test_work_is_narrowed_to_a_case_and_still_offers_all(kam: User, today: dt.date) -> None:
    one, two = case_of(kam, "Auental", today), case_of(kam, "Norhagen", today)
    work = my_work(kam, today, two.pk)
    assert [row.note for row in work.this_week] == [two.title]
    assert [key for key, _name in work.cases] == [one.pk, two.pk]
    assert work.case_id == two.pk


@pytest.mark.parametrize("asked", ["", "x", "999999", "9" * 40, "-1"])
def test_nonsense_narrows_nothing(desk: Client, kam: User, today: dt.date, asked: str) -> None:
    case_of(kam, "Auental", today)
    case_of(kam, "Norhagen", today)
    work = desk.get(f"{PAGE}?fall={asked}").context["work"]
    assert (len(work.this_week), work.case_id) == (2, None)


def test_filter_appears_only_where_there_is_a_choice(
    desk: Client, kam: User, today: dt.date
) -> None:
    one = case_of(kam, "Auental", today)
    assert 'name="fall"' not in desk.get(PAGE).content.decode()
    case_of(kam, "Norhagen", today)
    page = desk.get(f"{PAGE}?fall={one.pk}").content.decode()
    assert f'<option value="{one.pk}" selected>' in page
    assert "Norhagen" in page


def test_filter_costs_no_statement(desk: Client, kam: User, today: dt.date) -> None:
    one = case_of(kam, "Auental", today)
    case_of(kam, "Norhagen", today)
    assert len(statements(desk, f"{PAGE}?fall={one.pk}")) == len(statements(desk, PAGE))


def test_a_measure_is_moved_in_its_row_and_leads_back_to_the_filter(
    desk: Client, kam: User, today: dt.date
) -> None:
    case = case_of(kam, "Auental", today)
    case_of(kam, "Norhagen", today)
    measure = MeasureFactory(plan=PlanFactory(case=case), owner=kam, due_on=today)
    here = f"{PAGE}?fall={case.pk}"
    page = desk.get(here).content.decode()
    assert f'hx-get="{measure.url("move")}"' in page
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}"}
    form = desk.get(measure.url("move"), headers=headers).content.decode()
    assert "<html" not in form
    url = f"{measure.url('move')}?next={here}"
    sent = {"due_on": "30.11.2026", "note": "Urlaub", "version": measure.version}
    done = desk.post(url, sent, headers=headers)
    assert done.headers["HX-Redirect"] == here
    measure.refresh_from_db()
    assert measure.due_on == dt.date(2026, 11, 30)


def test_the_next_step_of_a_case_can_be_moved_but_no_wake_up(kam: User, today: dt.date) -> None:
    case = case_of(kam, "Auental", today)
    active_case(owner=kam)  # nothing planned: nothing to move
    (row,) = my_work(kam, today).this_week
    assert row.move_url == f"/faelle/{case.number}/naechster-schritt/"
    assert not row.moves_inline
