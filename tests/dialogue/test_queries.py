"""Statements per page and per change: within the budget, the same for one row and for three."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.clients.factories import ContactFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory, one_of_each
from tests.statements import statements
from winback.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST, DETAIL, WRITE = 8, 12, 10


@pytest.mark.parametrize(("url", "budget"), [("/zusagen/", LIST), ("", DETAIL)])
def test_page_asks_the_same_for_one_and_three_rows(
    client_for: ClientFor, case: Case, kam: User, kollegin: User, url: str, budget: int
) -> None:
    browser = client_for(kam)
    url = url or f"/faelle/{case.number}/kommunikation/"
    counts = []
    for more in (1, 2):
        contact = ContactFactory(client=case.client)
        CommitmentFactory.create_batch(more, case=case, contact=contact, deputy=kollegin)
        counts.append(len(statements(browser, url)))
    assert counts[0] == counts[1] <= budget


def test_tab_asks_the_same_whatever_became_of_the_commitments(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    browser, url = client_for(kam), f"/faelle/{case.number}/kommunikation/"
    CommitmentFactory(case=case)
    before = len(statements(browser, url))
    one_of_each(case)
    assert len(statements(browser, url)) == before


def test_export_asks_the_same_for_one_and_three_rows(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    browser = client_for(kam)
    counts = []
    for more in (1, 2):
        CommitmentFactory.create_batch(more, case=case)
        counts.append(len(statements(browser, "/zusagen/export.csv")))
    assert counts[0] == counts[1] <= LIST


def test_detail_and_form_stay_within_the_budget(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    browser, commitment = client_for(kam), CommitmentFactory(case=case)
    assert len(statements(browser, commitment.get_absolute_url())) <= DETAIL
    assert len(statements(browser, f"{commitment.get_absolute_url()}bearbeiten/")) <= DETAIL


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("einloesung", {"done_on": "23.11.2026"}),
        ("bruch", {"note": "Kein Personal"}),
        ("erlass", {"released_on": "23.11.2026", "proof": "E-Mail"}),
        ("bearbeiten", {"what": "Anders", "promised_on": "02.11.2026", "due_on": "30.11.2026"}),
        ("uebergabe", {}),
    ],
)
def test_step_stays_within_the_budget(
    client_for: ClientFor, case: Case, kam: User, kollegin: User, step: str, data: dict[str, str]
) -> None:
    browser, commitment = client_for(kam), CommitmentFactory(case=case)
    owner = kollegin if step == "uebergabe" else kam
    posted = {"version": 1, "owner": owner.pk, **data}
    asked = statements(browser, f"{commitment.get_absolute_url()}{step}/", posted)
    assert len(asked) <= WRITE, "\n".join(asked)


def test_give_stays_within_the_budget(client_for: ClientFor, case: Case, kam: User) -> None:
    contact = ContactFactory(client=case.client)
    posted = {
        "what": "Messwerte vorlegen",
        "contact": contact.pk,
        "promised_on": "23.11.2026",
        "due_on": "30.11.2026",
        "owner": kam.pk,
        "confirmed_by": kam.pk,
        "confirmed_on": "23.11.2026",
        "feasibility": "Messgerät liegt bereit",
    }
    asked = statements(client_for(kam), f"/faelle/{case.number}/zusagen/neu/", posted)
    assert len(asked) <= WRITE, "\n".join(asked)
