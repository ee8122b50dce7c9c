"""Two people, one row: exactly one change wins, and the other hears what stands now."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory
from tests.factories import UserFactory
from winback.clients.models import Client
from winback.common.claims import RuleBroken, StaleVersion, claim, sign

RIVALS = ("Aylin", "Jonas", "Tim", "Ralf")


def test_claim_counts_up_the_row_and_what_was_read(kam: User) -> None:
    client = ClientFactory()
    claim(client, version=1, actor=kam)
    assert client.version == 2
    client.save()
    client.refresh_from_db()
    assert client.version == 2


def test_claim_refuses_a_version_that_somebody_else_has_passed(kam: User) -> None:
    mine = ClientFactory(name="Norhagen Bau AG")
    theirs = Client.objects.get(pk=mine.pk)
    claim(theirs, version=1, actor=kam)
    theirs.name = "Norhagen Hoch- und Tiefbau AG"
    theirs.save()
    with pytest.raises(StaleVersion, match="changed meanwhile") as stale:
        claim(mine, version=1, actor=kam)
    assert stale.value.current == mine
    assert getattr(stale.value.current, "name", "") == "Norhagen Hoch- und Tiefbau AG"
    assert (mine.version, Client.objects.get(pk=mine.pk).version) == (1, 2)


def test_claim_refuses_what_the_user_saw_before_the_row_was_read(kam: User) -> None:
    """The page showed version 1; the request already reads version 2."""
    client = ClientFactory(version=2)
    with pytest.raises(StaleVersion):
        claim(client, version=1, actor=kam)
    assert Client.objects.get(pk=client.pk).version == 2


def test_claim_of_a_future_version_takes_nothing(kam: User) -> None:
    client = ClientFactory()
    with pytest.raises(StaleVersion):
        claim(client, version=2, actor=kam)
    assert Client.objects.get(pk=client.pk).version == 1


def test_claim_that_is_rolled_back_leaves_the_version(kam: User) -> None:
    client = ClientFactory()

    @transaction.atomic
    def refused() -> None:
        claim(client, version=1, actor=kam)
        raise RuleBroken("Nicht so.")

    with pytest.raises(RuleBroken):
        refused()
    assert Client.objects.get(pk=client.pk).version == 1


def test_claim_takes_the_lazy_user_of_a_request(kam: User) -> None:
    user: User = SimpleLazyObject(lambda: User.objects.get(pk=kam.pk))  # type: ignore[assignment]  # as request.user
    claim(user, version=1, actor=kam)
    assert User.objects.get(pk=kam.pk).version == 2


def test_claim_names_its_actor_in_the_row_version(kam: User, kollegin: User) -> None:
    case = CaseFactory(owner=kam)
    claim(case, version=1, actor=kollegin)
    case.new_provider = "Feinwerk Ostermark GmbH"
    case.save()
    assert case.history.latest().history_user == kollegin


def test_sign_names_the_actor_of_a_new_row(kam: User, kollegin: User) -> None:
    case = CaseFactory.build(owner=kam, client=ClientFactory(), contract=None, number="RG-1")
    sign(case, kollegin)
    case.fill_keys()
    case.save()
    assert case.history.get().history_user == kollegin


def test_broken_rule_is_shown_at_its_field_or_at_the_form() -> None:
    assert RuleBroken("So nicht.").field is None
    broken = RuleBroken("So nicht.", field="due_on")
    assert (broken.field, broken.message, str(broken)) == ("due_on", "So nicht.", "So nicht.")


@pytest.fixture
def own_connection(transactional_db: None, tmp_path: Path) -> Callable[[], BaseDatabaseWrapper]:
    """A way to make connections of one's own to a database that holds what the test has written.

    On SQLite a copy in a file: the test's own lives in memory, where nobody waits for a lock.
    """
    file = tmp_path / "copy.sqlite3"

    def make() -> BaseDatabaseWrapper:
        own = connection.copy()
        own.inc_thread_sharing()
        if connection.vendor == "sqlite":
            if not file.exists():
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM INTO %s", [str(file)])
            own.settings_dict["NAME"] = str(file)
        return own

    return make


def test_one_version_is_taken_exactly_once_by_people_at_the_same_moment(
    own_connection: Callable[[], BaseDatabaseWrapper],
) -> None:
    actor = UserFactory()
    client = ClientFactory(name="Norhagen Bau AG")
    everybody_has_read = threading.Barrier(len(RIVALS))
    mine = {name: own_connection() for name in RIVALS}

    def rename(name: str) -> tuple[str, str]:
        """The name this person wrote, and the one that stands afterwards as they know it."""
        connections["default"] = mine[name]
        try:
            row = Client.objects.get(pk=client.pk)
            everybody_has_read.wait(timeout=20)
            with transaction.atomic():
                claim(row, version=1, actor=actor)
                row.name = name
                row.save()
        except StaleVersion as stale:
            return "", str(stale.current)
        else:
            return name, str(Client.objects.get(pk=client.pk))
        finally:
            mine[name].close()

    with ThreadPoolExecutor(len(RIVALS)) as people:
        results = list(people.map(rename, RIVALS))
    winners = [written for written, _known in results if written]
    assert len(winners) == 1
    assert {known for _written, known in results} == set(winners)
