"""Statements per page and per change: within the budget, the same for one row and for three."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CategoryFactory, CauseFactory, prove
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DETAIL, WRITE = 12, 10


def proved_cause(case: Case, **more: object) -> str:
    """A cause with a finding and words; returns its address."""
    cause = CauseFactory(case=case, share=20, **more)
    prove(cause, finding=FindingFactory(audit=AuditFactory(case=case)))
    prove(cause)
    return str(cause.get_absolute_url())


def test_tab_asks_the_same_for_one_and_three_causes(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    browser, url = client_for(kam), f"/faelle/{case.number}/ursachen/"
    proved_cause(case)
    before = len(statements(browser, url))
    proved_cause(case)
    proved_cause(case)
    assert len(statements(browser, url)) == before <= DETAIL


def test_detail_and_forms_ask_the_same_for_one_and_three_pieces_of_evidence(
    client_for: ClientFor, case: Case, kam: User
) -> None:
    browser, url = client_for(kam), proved_cause(case)
    CategoryFactory.create_batch(3)
    before = len(statements(browser, url))
    cause = case.causes.get()
    for _each in range(2):
        prove(cause, finding=FindingFactory(audit=AuditFactory(case=case)))
    assert len(statements(browser, url)) == before <= DETAIL
    assert len(statements(browser, f"{url}bearbeiten/")) <= DETAIL
    assert len(statements(browser, f"{url}belege/neu/")) <= DETAIL


def test_create_stays_within_the_budget(client_for: ClientFor, case: Case, kam: User) -> None:
    data = {
        "category": CategoryFactory().pk,
        "statement": "Zu knapp kalkuliert.",
        "perspective": "client",
        "share": "45",
    }
    asked = statements(client_for(kam), f"/faelle/{case.number}/ursachen/neu/", data)
    assert len(asked) <= WRITE, "\n".join(asked)


@pytest.mark.parametrize("step", ["bestaetigung", "belege/neu"])
def test_step_stays_within_the_budget(
    client_for: ClientFor, case: Case, qm: User, step: str
) -> None:
    cause = CauseFactory(case=case)
    prove(cause)
    data = {"version": 1, "source": "8 Tickets"}
    asked = statements(client_for(qm), f"{cause.get_absolute_url()}{step}/", data)
    assert len(asked) <= WRITE, "\n".join(asked)
