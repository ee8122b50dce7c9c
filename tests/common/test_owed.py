"""Sources of several rooms are asked together, and each says what it said alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.audits.factories import FindingFactory
from tests.cases.factories import CaseFactory, active_case
from tests.dialogue.factories import CommitmentFactory
from winback.cases import obligations as cases
from winback.common import obligations, prepared
from winback.common.obligations import Item, Owed, Query, Source

TODAY = dt.date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def sources() -> list[Source]:
    finds = dict.fromkeys(kind.find for kind in obligations.kinds())
    return [find for find in finds if isinstance(find, Source)]


def item_of_nothing(row: Owed) -> Item:
    raise AssertionError(row)


@pytest.fixture
def world(kam: User) -> None:
    case = active_case(owner=kam, next_step="Anruf", next_step_on=TODAY)
    CaseFactory(owner=kam, next_step="Brief", next_step_on=TODAY)
    CommitmentFactory(case=case, owner=kam, due_on=TODAY)
    FindingFactory(audit__case=case, owner=kam, due_on=TODAY)


@pytest.mark.usefixtures("world")
def test_all_sources_together_are_one_statement() -> None:
    others = {kind.find for kind in obligations.kinds()} - set(sources())
    with CaptureQueriesContext(connection) as asked:
        obligations.find(Query())
    assert len(asked) == 1 + len(others)


@pytest.mark.usefixtures("world")
def test_sources_say_together_what_each_says_alone() -> None:
    query = Query(due_until=TODAY)
    alone = {item for source in sources() for item in source(query)}
    assert {item.kind for item in alone} == {"case", "commitment", "finding"}
    assert alone <= set(obligations.find(query))


def test_row_is_not_due_before_the_days_its_source_adds(kam: User) -> None:
    CaseFactory(owner=kam, opened_on=TODAY)
    due = TODAY + dt.timedelta(days=cases.START_DAYS)
    assert cases.find(Query(due_until=due - dt.timedelta(days=1))) == []
    (start,) = cases.find(Query(due_until=due))
    assert (start.due_on, start.part, start.waiting) == (due, cases.START, True)


def test_step_comes_before_the_start_due_on_the_same_day(kam: User) -> None:
    due = TODAY + dt.timedelta(days=cases.START_DAYS)
    CaseFactory(owner=kam, opened_on=TODAY, next_step="Anruf", next_step_on=due)
    assert [item.part for item in obligations.find(Query())] == ["", cases.START]


def test_looks_at_clients_belong_to_no_case_and_ask_nothing_of_one(kam: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert obligations.kind("dormant_look").find(Query(case_id=1)) == []
    assert len(asked) == 0


def test_item_takes_place_and_day_from_the_row_unless_told() -> None:
    row = Owed("x", 1, "", "", "", 2, None, TODAY, 3, "Norhagen Bau AG", "RG-2026-0009")
    plain = row.item(title="A", url="/")
    assert (plain.context, plain.due_on) == ("Norhagen Bau AG · RG-2026-0009", TODAY)
    assert (plain.owner_id, plain.deputy_id, plain.case_id) == (2, None, 3)
    later = row.item(title="A", url="/", context="B", due_on=TODAY + dt.timedelta(1))
    assert (later.context, later.due_on) == ("B", dt.date(2026, 11, 24))


def test_source_without_rows_finds_nothing() -> None:
    assert Source(lambda query: (), item_of_nothing)(Query()) == []


# Asked for a few people: the statement is kept compiled


def keys_of(people: list[User]) -> list[int]:
    return [person.pk for person in people]


@pytest.mark.usefixtures("world")
def test_kept_statement_says_what_the_fresh_one_says(kam: User, qm: User, operativ: User) -> None:
    owed_by_others = active_case(owner=qm, next_step="Brief", next_step_on=TODAY)
    CommitmentFactory(case=owed_by_others, owner=operativ, due_on=TODAY)
    for people in ([kam], [qm], [kam, qm], [operativ, kam], [operativ]):
        fresh = obligations.find(Query(owner_ids=User.objects.filter(pk__in=keys_of(people))))
        assert obligations.find(Query(owner_ids=keys_of(people))) == fresh
        assert {item.owner_id for item in fresh} == set(keys_of(people))


@pytest.mark.usefixtures("world")
def test_second_question_puts_no_statement_together(kam: User, qm: User) -> None:
    kept = prepared._compiled.cache_info
    obligations.find(Query(owner_ids=[kam.pk]))
    once = kept()
    assert obligations.find(Query(owner_ids=[qm.pk])) == []
    assert (kept().misses, kept().hits) == (once.misses, once.hits + 1)
    obligations.find(Query(owner_ids=[kam.pk], due_until=TODAY))
    assert kept().hits == once.hits + 1


@pytest.mark.usefixtures("world")
def test_nobody_owes_nothing_and_many_are_asked_about_all_the_same(kam: User) -> None:
    assert obligations.find(Query(owner_ids=[])) == []
    many = obligations.find(Query(owner_ids=[kam.pk, *range(10**6, 10**6 + 9)]))
    assert many == obligations.find(Query(owner_ids={kam.pk}))
    assert obligations.find(Query(owner_ids=[kam.pk, kam.pk])) == many


def test_dates_of_the_kept_statement_are_dates(kam: User) -> None:
    CaseFactory(owner=kam, opened_on=TODAY, next_step="Anruf", next_step_on=TODAY)
    days = {item.due_on for item in obligations.find(Query(owner_ids=[kam.pk]))}
    assert days == {TODAY, TODAY + dt.timedelta(days=cases.START_DAYS)}
