"""Who sees the register of a contract, and who keeps it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
)
from tests.documents.factories import document
from winback.contracts import permissions
from winback.contracts.models import Contract, Deadline

TODAY = dt.date(2026, 11, 23)


def sees(user: User, contract: Contract) -> bool:
    return Contract.objects.legally_visible_to(user).filter(pk=contract.pk).exists()


def test_register_follows_the_case(kam: User, fremde: User, qm: User, leitung: User) -> None:
    contract = CaseFactory(owner=kam).contract
    assert contract is not None
    assert [sees(user, contract) for user in (kam, fremde, qm, leitung)] == [
        True, False, True, True,
    ]  # fmt: skip


def test_register_of_a_confidential_case_stays_with_team_and_board(
    kam: User, qm: User, leitung: User
) -> None:
    contract = CaseFactory(owner=kam, is_confidential=True).contract
    assert contract is not None
    assert [sees(user, contract) for user in (kam, qm, leitung)] == [True, False, True]


def test_register_without_a_case_follows_the_client(
    fremde: User, qm: User, operativ: User, auditor: User
) -> None:
    contract = ContractFactory()
    CaseFactory(contract=None)  # a case without a contract hides nobody's
    found = [sees(user, contract) for user in (fremde, qm, operativ, auditor)]
    assert found == [True, True, False, False]


def test_operations_see_the_register_inside_their_case(operativ: User) -> None:
    contract = CaseFactory(team=[operativ]).contract
    assert contract is not None
    assert sees(operativ, contract)
    assert permissions.get_legal_contract(operativ, contract.pk) == contract


def test_foreign_rows_are_not_found(fremde: User) -> None:
    contract = CaseFactory().contract
    assert contract is not None
    deadline, amendment = DeadlineFactory(contract=contract), AmendmentFactory(contract=contract)
    for fetch, args in (
        (permissions.get_legal_contract, (contract.pk,)),
        (permissions.get_visible_deadline, (contract.pk, deadline.pk)),
        (permissions.get_visible_amendment, (contract.pk, amendment.pk)),
    ):
        with pytest.raises(Http404):
            fetch(fremde, *args)  # type: ignore[operator]  # three signatures


def test_deadline_is_found_below_its_own_contract_only(leitung: User) -> None:
    deadline = DeadlineFactory()
    other = ContractFactory()
    found = permissions.get_visible_deadline(leitung, deadline.contract_id, deadline.pk)
    assert found == deadline
    with pytest.raises(Http404):
        permissions.get_visible_deadline(leitung, other.pk, deadline.pk)


def test_who_keeps_the_register(
    kam: User, qm: User, leitung: User, operativ: User, auditor: User, admin_user: User
) -> None:
    people = (kam, qm, leitung, operativ, auditor, admin_user)
    found = [permissions.can_keep_register(user) for user in people]
    assert found == [True, True, True, False, False, False]
    listed = [permissions.can_list_deadlines(user) for user in people]
    assert listed == [True, True, True, True, False, True]


def test_who_owes_a_deadline_may_complete_it(kam: User, operativ: User, auditor: User) -> None:
    deadline = DeadlineFactory(owner=operativ, deputy=auditor)
    for user, changes, completes in (
        (kam, True, True),
        (operativ, False, True),
        (auditor, False, True),
    ):
        assert permissions.can_change_deadline(user, deadline) is changes
        assert permissions.can_do_deadline(user, deadline) is completes
    deadline.done_on = TODAY
    assert not permissions.can_do_deadline(kam, deadline)
    assert not permissions.can_change_deadline(kam, deadline)


def test_broken_amendment_is_left_alone(kam: User, operativ: User) -> None:
    amendment = AmendmentFactory()
    assert permissions.can_change_amendment(kam, amendment)
    assert not permissions.can_change_amendment(operativ, amendment)
    amendment.broken_on = TODAY
    assert not permissions.can_change_amendment(kam, amendment)


def test_papers_are_those_the_contract_refers_to(db: None) -> None:
    contract = ContractFactory()
    papers = [document(title) for title in ("A", "B", "C", "D")]
    DeadlineFactory(contract=contract, receipt_proof=papers[0], done_proof=papers[1])
    AmendmentFactory(contract=contract, document=papers[2])
    ClientObligationFactory(contract=contract, evidence=papers[3])
    assert [permissions.paper_of(contract, each.pk) for each in papers] == papers
    assert permissions.paper_of(ContractFactory(), papers[0].pk) is None


def test_list_holds_visible_deadlines_with_their_case(kam: User) -> None:
    case = CaseFactory(owner=kam)
    mine = DeadlineFactory(contract=case.contract)
    DeadlineFactory(contract=CaseFactory().contract)
    rows = list(Deadline.objects.visible_to(kam).with_row(kam))
    assert rows == [mine]
    assert (rows[0].case_number, rows[0].is_held) == (case.number, False)
