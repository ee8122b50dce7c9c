"""Deadlines as obligations of the case, and what they say about its health."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
)
from tests.plans.factories import MeasureFactory, plan_of
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.services import open_obligations
from winback.common import obligations
from winback.common.health import AT_RISK, CRITICAL
from winback.common.obligations import Query
from winback.contracts.models import Contract, Deadline
from winback.contracts.obligations import find, signals
from winback.reminders.services.roster import Roster

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def contract(case: Case) -> Contract:
    assert case.contract is not None
    return case.contract


def test_item_names_case_page_and_own_lead_days(case: Case, contract: Contract) -> None:
    deadline = DeadlineFactory(contract=contract, lead_days=[30, 3])
    item = next(iter(find(Query())))
    assert item.title == "Frist „Abhilfefrist aus Abmahnung“ einhalten"
    assert (item.case_id, item.context) == (case.pk, case.title)
    assert (item.url, item.lead_days) == (deadline.get_absolute_url(), (30, 3))
    assert item.done_url.endswith("/erledigung/")


def test_find_narrows_by_owner_case_and_date(case: Case, contract: Contract, kam: User) -> None:
    mine = DeadlineFactory(contract=contract, owner=kam)
    DeadlineFactory()
    DeadlineFactory(contract=contract, owner=kam, done_on=TODAY)
    DeadlineFactory(contract=contract, owner=kam, ended_on=TODAY, ended_reason="erledigt")
    for query, found in (
        (Query(owner_ids=[kam.pk]), [mine.pk]),
        (Query(case_id=case.pk), [mine.pk]),
        (Query(owner_ids=[kam.pk], due_until=dt.date(2026, 12, 3)), [mine.pk]),
        (Query(due_until=dt.date(2026, 12, 2)), []),
    ):
        assert [item.pk for item in find(query)] == found


def test_find_takes_one_statement(contract: Contract) -> None:
    for _number in range(3):
        DeadlineFactory(contract=contract)
    with CaptureQueriesContext(connection) as captured:
        assert len(list(find(Query()))) == 3
    assert len(captured) == 1


def test_deadline_without_a_case_names_its_contract(db: None) -> None:
    contract = ContractFactory(title="Rahmenvertrag")
    DeadlineFactory(contract=contract)
    item = next(iter(find(Query())))
    assert (item.case_id, item.context) == (None, f"{contract.client.name} · Rahmenvertrag")


def test_suspended_deadline_is_still_reminded_of(contract: Contract) -> None:
    row = ClientObligationFactory(contract=contract)
    row.pauses.add(DeadlineFactory(contract=contract))
    assert len(list(find(Query()))) == 1


def test_typed_deadline_blocks_the_end_of_the_case_and_derived_ones_do_not(
    case: Case, contract: Contract
) -> None:
    typed = DeadlineFactory(contract=contract)
    DeadlineFactory(contract=contract, kind="notice")
    assert [item.pk for item in open_obligations(case)] == [typed.pk]
    assert obligations.kind("deadline").drop is None


def test_reminders_follow_the_lead_days_of_the_row(contract: Contract, kam: User) -> None:
    soon = {"contract": contract, "owner": kam}  # due on 3 December, in ten days
    DeadlineFactory(**soon, lead_days=[10], title="Heute")
    DeadlineFactory(**soon, lead_days=[9, 2], title="Noch nicht")
    DeadlineFactory(**soon, lead_days=[], title="Erst am Tag selbst")
    notice = DeadlineFactory(**soon, kind="notice", lead_days=[180, 90], length=12)
    titles = [item.title for _user, (item, _occasion) in Roster.of(TODAY).reminders(kam)]
    assert sum("Heute" in title for title in titles) == 1
    assert not [title for title in titles if "Noch nicht" in title or "Erst am" in title]
    assert any(notice.name in title for title in titles)


def texts(case: Case) -> list[tuple[str, str]]:
    return [(signal.level, signal.reason) for signal in signals(case.pk, TODAY)]


def test_no_deadline_no_signal(case: Case) -> None:
    assert texts(case) == []


def test_overdue_deadline_of_ours_is_critical(case: Case, contract: Contract) -> None:
    DeadlineFactory(contract=contract, length=1)
    assert texts(case) == [(CRITICAL, "1 Frist, die uns bindet, ist überfällig")]


def test_near_deadlines_put_the_case_at_risk(case: Case, contract: Contract) -> None:
    DeadlineFactory(contract=contract, length=2)
    DeadlineFactory(contract=contract, kind="notice", length=4)
    DeadlineFactory(contract=contract, length=2, bound="client")
    assert texts(case) == [(AT_RISK, "2 Vertragsfristen stehen bevor")]


def test_deadline_the_client_holds_does_not_weigh(case: Case, contract: Contract) -> None:
    row = ClientObligationFactory(contract=contract)
    row.pauses.add(DeadlineFactory(contract=contract, length=1))
    assert texts(case) == []


def test_slipping_duty_puts_the_suspension_at_risk(case: Case, contract: Contract) -> None:
    amendment = AmendmentFactory(contract=contract)
    assert texts(case) == []
    MeasureFactory(plan=plan_of(case), amendment=amendment, due_on=dt.date(2026, 11, 20))
    assert texts(case) == [
        (AT_RISK, "Ruhendes Kündigungsrecht bis 31.03.2027 gefährdet: 2. Nachtrag")
    ]


def test_broken_amendment_is_critical_until_its_last_day(case: Case, contract: Contract) -> None:
    facts = {"contract": contract, "broken_on": TODAY, "broken_reason": "Ausfall"}
    amendment = AmendmentFactory(**facts)
    assert texts(case) == [(CRITICAL, "Nachtrag gebrochen, Kündigung möglich: 2. Nachtrag")]
    type(amendment).objects.update(suspends_until=dt.date(2026, 11, 22))
    assert texts(case) == []


def test_reassign_is_the_verb_of_the_registry(contract: Contract, kam: User, qm: User) -> None:
    deadline = DeadlineFactory(contract=contract, owner=kam)
    obligations.kind("deadline").reassign(deadline.pk, qm, kam)
    assert Deadline.objects.get().owner == qm


def test_newest_live_case_of_the_contract_counts(contract: Contract, case: Case) -> None:
    newer = CaseFactory(client=contract.client, contract=contract, opened_on=TODAY)
    CaseFactory(
        client=contract.client,
        contract=contract,
        opened_on=TODAY,
        status=Status.LOST,
        closed_on=TODAY,
    )
    DeadlineFactory(contract=contract)
    assert next(iter(find(Query()))).case_id == newer.pk
