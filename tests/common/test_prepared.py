"""A prepared statement finds what the statement itself finds, for whatever keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from winback.common import clock, prepared

pytestmark = pytest.mark.django_db
built: list[list[int]] = []


def names(keys: Sequence[int]) -> QuerySet[Any, Any]:
    built.append(list(keys))
    found: QuerySet[Any, Any] = User.objects.filter(pk__in=keys).order_by().values_list("pk")
    return found


def of_the_day(keys: Sequence[int]) -> QuerySet[Any, Any]:
    built.append(list(keys))
    today = timezone.localdate(clock.now())
    found = User.objects.filter(pk__in=keys).exclude(first_name=today.isoformat())
    return found.order_by().values_list(F("first_name"))  # type: ignore[no-any-return]


def nothing(keys: Sequence[int]) -> None:
    built.append(list(keys))


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    built.clear()
    prepared._compiled.cache_clear()
    yield
    prepared._compiled.cache_clear()


def test_it_is_put_together_once_and_asked_with_other_keys(kam: User, qm: User) -> None:
    assert prepared.rows(names, [kam.pk]) == [(kam.pk,)]
    assert prepared.rows(names, [qm.pk]) == [(qm.pk,)]
    assert prepared.rows(names, [kam.pk]) == [(kam.pk,)]
    assert len(built) == 1


def test_it_is_one_statement_and_holds_the_keys_asked_for(kam: User) -> None:
    prepared.rows(names, [kam.pk])
    with CaptureQueriesContext(connection) as asked:
        prepared.rows(names, [kam.pk])
    assert len(asked) == 1
    assert str(kam.pk) in asked[0]["sql"]
    assert str(prepared._MARK) not in asked[0]["sql"]


def test_another_number_of_keys_is_another_statement(kam: User, qm: User) -> None:
    assert prepared.rows(names, [kam.pk]) == [(kam.pk,)]
    both = sorted(prepared.rows(names, [kam.pk, qm.pk]))
    assert both == sorted([(kam.pk,), (qm.pk,)])
    assert [len(keys) for keys in built] == [1, 2]


def test_no_keys_find_nothing_and_ask_nothing(kam: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert prepared.rows(names, []) == []
    assert (built, len(asked)) == ([], 0)


def test_nothing_to_ask_asks_nothing(kam: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert prepared.rows(nothing, [kam.pk]) == []
        assert prepared.rows(nothing, [kam.pk]) == []
    assert (len(built), len(asked)) == (1, 0)


def test_a_key_is_a_value_and_never_part_of_the_statement(kam: User) -> None:
    sql, params = prepared._compiled(names, 1, dt.date(2026, 11, 23), connection.vendor)
    assert str(prepared._MARK) not in sql
    assert prepared._MARK in params


def test_on_another_day_it_is_put_together_anew(kam: User) -> None:
    prepared.rows(of_the_day, [kam.pk])
    with clock.at(clock.now() + dt.timedelta(days=1)):
        prepared.rows(of_the_day, [kam.pk])
        prepared.rows(of_the_day, [kam.pk])
    assert len(built) == 2


def test_what_was_written_meanwhile_is_found(kam: User) -> None:
    assert prepared.rows(of_the_day, [kam.pk]) == [(kam.first_name,)]
    kam.first_name = "Neu"
    kam.save()
    assert prepared.rows(of_the_day, [kam.pk]) == [("Neu",)]
