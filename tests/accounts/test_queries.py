"""Statements per page: within the budget, and no more with thirty rows than with one."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from tests.accounts.owing import Ledger
from tests.conftest import ClientFor
from tests.factories import AbsenceFactory, UserFactory
from tests.statements import statements

pytestmark = pytest.mark.django_db
LIST, DETAIL, WRITE = 8, 12, 10


def test_user_list_asks_the_same_for_one_three_and_thirty(
    client_for: ClientFor, admin_user: User
) -> None:
    client = client_for(admin_user)
    counts = [len(statements(client, "/verwaltung/nutzer/"))]
    for more in (2, 27):
        UserFactory.create_batch(more)
        counts.append(len(statements(client, "/verwaltung/nutzer/")))
    assert counts[0] <= LIST
    assert counts == [counts[0]] * 3


def test_user_page_asks_the_same_for_one_three_and_thirty_absences(
    client_for: ClientFor, admin_user: User, kam: User
) -> None:
    client = client_for(admin_user)
    counts = []
    for more in (1, 2, 27):
        AbsenceFactory.create_batch(more, user=kam)
        counts.append(len(statements(client, kam.get_absolute_url())))
    assert counts[0] <= DETAIL
    assert counts == [counts[0]] * 3


def test_own_absences_ask_the_same_for_one_three_and_thirty(
    client_for: ClientFor, kam: User
) -> None:
    client = client_for(kam)
    far = {"starts_on": dt.date(2090, 1, 1), "ends_on": dt.date(2090, 1, 2)}
    counts = []
    for more in (1, 2, 27):
        AbsenceFactory.create_batch(more, user=kam)
        AbsenceFactory.create_batch(more, deputy=kam, **far)
        counts.append(len(statements(client, "/einstellungen/abwesenheiten/")))
    assert counts[0] <= LIST
    assert counts == [counts[0]] * 3


def test_deactivation_page_asks_the_same_for_one_and_twenty_obligations(
    client_for: ClientFor, admin_user: User, kam: User, ledger: Ledger
) -> None:
    client = client_for(admin_user)
    url = f"/verwaltung/nutzer/{kam.pk}/deaktivierung/"
    counts = []
    for last in (1, 20):
        for number in range(1, last + 1):
            ledger.owe(number, kam)
        counts.append(len(statements(client, url)))
    assert counts[0] <= DETAIL
    assert counts == [counts[0]] * 2


def test_writes_stay_within_their_budget(
    client_for: ClientFor, admin_user: User, kam: User, kollegin: User, no_kinds: None
) -> None:
    changes = {
        "salutation": "ms",
        "first_name": "Aylin",
        "last_name": "Kaya-Berg",
        "email": kam.email,
        "role": "kam",
        "language": "de",
        "version": 1,
    }
    client = client_for(admin_user)
    assert len(statements(client, f"{kam.get_absolute_url()}bearbeiten/", changes)) <= WRITE
    step = {"version": 2}
    assert len(statements(client, f"{kam.get_absolute_url()}startpasswort/", step)) <= WRITE
    absence = {"deputy": kollegin.pk, "starts_on": "+10", "ends_on": "+14"}
    url = f"{admin_user.get_absolute_url()}abwesenheit/"
    assert len(statements(client, url, absence)) <= WRITE
    step = {"version": 3}
    assert len(statements(client, f"{kam.get_absolute_url()}deaktivierung/", step)) <= WRITE
    profile = {"language": "de", "theme": "dark", "digest": "daily", "version": 1}
    assert len(statements(client, "/einstellungen/profil/", profile)) <= WRITE
