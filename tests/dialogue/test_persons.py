"""Where the dialogue names a person at the client, and whether the person is still needed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import (
    CommitmentFactory,
    ComplaintFactory,
    ContactRhythmFactory,
    ExpectationFactory,
    FollowUpFactory,
    InteractionFactory,
)
from winback.cases.models import Case
from winback.clients.models import Contact
from winback.dialogue.rows.persons import uses

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def contact(case: Case) -> Contact:
    return ContactFactory(client=case.client)


def found(contact: Contact) -> dict[str, bool]:
    """Kind of row → whether the person is still needed for it."""
    return {use.kind: use.is_open for use in uses(contact.pk)}


def test_every_kind_of_row_is_named(case: Case, contact: Contact) -> None:
    InteractionFactory(case=case).contacts.add(contact)
    CommitmentFactory(case=case, contact=contact)
    ComplaintFactory(case=case, contact=contact)
    ExpectationFactory(case=case, contact=contact)
    FollowUpFactory(case=case, contact=contact)
    ContactRhythmFactory(case=case, contact=contact, every_days=14)
    assert found(contact) == {
        "Gespräch": False,
        "Zusage": True,
        "Beschwerde": True,
        "Erwartung": False,
        "Rückruf": True,
        "Kontaktrhythmus": True,
    }
    rhythm = next(use for use in uses(contact.pk) if use.kind == "Kontaktrhythmus")
    assert rhythm.text == "alle 14 Tage"


def test_rows_about_others_are_not_named(case: Case, contact: Contact) -> None:
    CommitmentFactory(case=case, contact=ContactFactory(client=case.client))
    CommitmentFactory(case=case)
    InteractionFactory(case=case)
    assert uses(contact.pk) == []


def test_settled_rows_need_nobody(case: Case, contact: Contact) -> None:
    day = dt.date(2026, 11, 20)
    CommitmentFactory(case=case, contact=contact, done_on=day)
    FollowUpFactory(case=case, contact=contact, done_on=day)
    ContactRhythmFactory(case=case, contact=contact, ended_on=day)
    assert found(contact) == {"Zusage": False, "Rückruf": False, "Kontaktrhythmus": False}


def test_rhythm_of_an_ended_case_needs_nobody(kam: User, contact: Contact, case: Case) -> None:
    ContactRhythmFactory(case=case, contact=contact)
    Case.objects.filter(pk=case.pk).update(status="lost", closed_on=dt.date(2026, 11, 20))
    assert found(contact) == {"Kontaktrhythmus": False}


def test_the_same_statements_for_one_and_many(
    case: Case, contact: Contact, django_assert_num_queries: Any
) -> None:
    for _each in range(3):
        ContactRhythmFactory(case=active_case(client=case.client), contact=contact)
        CommitmentFactory(case=case, contact=contact)
    with django_assert_num_queries(6):
        uses(contact.pk)
