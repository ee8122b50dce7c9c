"""The registries through which lower rooms ask higher ones about clients, people and data."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory
from tests.contracts.factories import ContractFactory
from winback.clients.models import Client
from winback.common import clientpages, persons, quality
from winback.common.persons import Use
from winback.common.quality import Check, Gap

DAY = dt.date(2026, 11, 23)


def check(key: str, order: int = 1, rows: Any = None) -> Check:
    found = rows or (lambda user, today: Client.objects.all())
    return Check(key, order, key, "", found, lambda row: Gap(str(row), "/", ""))


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of its own for one test."""
    monkeypatch.setattr(quality, "_checks", {})


@pytest.mark.usefixtures("checks")
def test_checks_come_in_their_order_and_replace_their_like() -> None:
    quality.register(check("b", 2), check("a", 2), check("c", 1))
    assert [each.key for each in quality.checks()] == ["c", "a", "b"]
    quality.register(check("c", 9))
    assert [each.key for each in quality.checks()] == ["a", "b", "c"]
    assert quality.check("nichts") is None


@pytest.mark.usefixtures("checks")
def test_counts_are_taken_at_once(kam: User, django_assert_num_queries: Any) -> None:
    ClientFactory(name="A")
    ClientFactory(name="B")
    quality.register(
        check("alle"),
        check("a", rows=lambda user, today: Client.objects.filter(name="A")),
        check("keine", rows=lambda user, today: Client.objects.none()),
    )
    with django_assert_num_queries(1):
        assert quality.counts(kam, DAY) == {"a": 1, "alle": 2, "keine": 0}


@pytest.mark.usefixtures("checks")
def test_nothing_registered_is_nothing_missing(kam: User) -> None:
    assert quality.counts(kam, DAY) == {}


def test_every_check_of_the_product_can_be_counted_and_read(kam: User, today: dt.date) -> None:
    keys = [each.key for each in quality.checks()]
    assert len(keys) == len(set(keys)) >= 13
    assert all(key == key.lower() and key.isascii() for key in keys)
    assert set(quality.counts(kam, today).values()) == {0}


def test_uses_of_a_person_come_in_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persons, "_sources", {})
    assert persons.uses(1) == []
    late = Use("Zusage", "später", DAY, is_open=True)
    early = Use("Gespräch", "früher", DAY - dt.timedelta(days=1), is_open=False)
    persons.register("one", lambda pk: [late] if pk == 1 else [])
    persons.register("two", lambda pk: [early])
    assert persons.uses(1) == [early, late]
    assert persons.uses(2) == [early]


@pytest.mark.django_db
def test_bonds_name_clients_with_contract_or_case(kam: User, today: dt.date) -> None:
    under_contract = ContractFactory(ends_on=today, notice_on=None).client
    ended = ContractFactory(ends_on=today - dt.timedelta(days=1), notice_on=None).client
    in_case = CaseFactory(owner=kam, client=ClientFactory(), contract=None).client
    free = ClientFactory()
    quiet = Client.objects.all().quiet(clientpages.bonds(today))
    assert set(quiet) == {ended, free}
    assert {under_contract, in_case} & set(quiet) == set()


@pytest.mark.django_db
def test_actions_are_offered_to_those_who_may(kam: User, qm: User) -> None:
    client = ClientFactory()
    assert [label for label, _url in clientpages.actions(kam, client)] == ["Fall eröffnen"]
    assert clientpages.actions(qm, client) == []
