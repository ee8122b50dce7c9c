"""What the room of cases tells the rooms below it about a contract's cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.contracts.factories import ContractFactory
from winback.cases.enums import Status
from winback.cases.models import Case, CaseMember
from winback.cases.rows import case_head, contract_frame
from winback.cases.services import let_see_contract
from winback.common import caselinks
from winback.contracts.models import Contract

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def contract() -> Contract:
    found: Contract = ContractFactory()
    return found


def case_of(contract: Contract, **facts: Any) -> Case:
    found: Case = CaseFactory(client=contract.client, contract=contract, **facts)
    return found


def ended(contract: Contract, **facts: Any) -> Case:
    return case_of(contract, status=Status.LOST, closed_on=TODAY, **facts)


@pytest.mark.django_db
class TestCasesOfContracts:
    def test_live_ones_come_first_then_the_newest(self, contract: Contract) -> None:
        old = ended(contract, opened_on=TODAY)
        first = case_of(contract, opened_on=dt.date(2026, 1, 1))
        newest = case_of(contract, opened_on=dt.date(2026, 6, 1))
        assert list(caselinks.cases()) == [newest, first, old]

    def test_cases_without_a_contract_are_left_out(self) -> None:
        CaseFactory(contract=None)
        assert not caselinks.cases().exists()

    def test_a_user_gets_the_visible_ones(self, contract: Contract, kam: User, qm: User) -> None:
        mine = case_of(contract, owner=kam)
        case_of(contract, is_confidential=True)
        assert list(caselinks.cases(kam)) == [mine]
        assert list(caselinks.cases(qm)) == [mine]
        assert caselinks.cases().count() == 2


@pytest.mark.django_db
class TestLettingIn:
    def test_new_person_joins_the_live_case_once(
        self, contract: Contract, kam: User, operativ: User
    ) -> None:
        case = case_of(contract, owner=kam)
        ended(contract, owner=kam)
        for _again in range(2):
            let_see_contract(contract.pk, operativ, kam, TODAY)
        assert [row.case for row in CaseMember.objects.filter(user=operativ)] == [case]

    def test_case_the_actor_sees_wins_over_a_newer_one(
        self, contract: Contract, kam: User, operativ: User
    ) -> None:
        mine = case_of(contract, owner=kam)
        case_of(contract, is_confidential=True, opened_on=TODAY)
        let_see_contract(contract.pk, operativ, kam, TODAY)
        assert Case.objects.visible_to(operativ).get() == mine

    def test_actor_without_a_case_lets_into_the_newest(
        self, contract: Contract, operativ: User, admin_user: User
    ) -> None:
        case_of(contract, opened_on=dt.date(2026, 1, 1))
        newest = case_of(contract, opened_on=TODAY)
        let_see_contract(contract.pk, operativ, admin_user, TODAY)
        assert Case.objects.visible_to(operativ).get() == newest

    def test_contract_without_a_live_case_lets_nobody_in(
        self, contract: Contract, kam: User, operativ: User
    ) -> None:
        ended(contract, owner=kam)
        let_see_contract(contract.pk, operativ, kam, TODAY)
        assert not CaseMember.objects.filter(user=operativ).exists()


@pytest.mark.django_db
class TestFrame:
    def test_page_stands_in_the_case_the_user_sees(self, contract: Contract, kam: User) -> None:
        case = case_of(contract, owner=kam)
        found = contract_frame(kam, contract.pk, TODAY)
        assert found is not None
        assert (found["base"], found["case"], found["tab"]) == (
            "cases/case_base.html", case, "contract",
        )  # fmt: skip

    def test_page_stands_alone_for_whoever_sees_no_case(
        self, contract: Contract, fremde: User
    ) -> None:
        case_of(contract)
        assert contract_frame(fremde, contract.pk, TODAY) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("notice", "deadline", "kind", "title", "clock", "on"),
    [
        (None, None, "", "", "Kündigungsfrist", "–"),
        ((2027, 1, 16), None, "", "", "Kündigungsfrist", "16.01.2027"),
        ((2027, 1, 16), (2027, 1, 16), "notice", "", "Kündigungsfrist", "16.01.2027"),
        ((2027, 1, 16), (2026, 12, 3), "remedy", "Abhilfe", "Abhilfe", "03.12.2026"),
        ((2027, 1, 16), (2027, 2, 3), "remedy", "Abhilfe", "Kündigungsfrist", "16.01.2027"),
        ((2026, 11, 22), (2027, 2, 3), "remedy", "Abhilfe", "Abhilfe", "03.02.2027"),
        ((2026, 11, 22), None, "", "", "Kündigungsfrist", "22.11.2026"),
        (None, (2026, 11, 20), "remedy", "Abhilfe", "Abhilfe", "20.11.2026"),
        (None, (2027, 2, 16), "option", "", "Verlängerungsoption", "16.02.2027"),
        (None, (2027, 1, 16), "notice", "", "Kündigungsfrist", "16.01.2027"),
    ],
)
def test_header_counts_to_what_runs_out_first(
    notice: tuple[int, int, int] | None,
    deadline: tuple[int, int, int] | None,
    kind: str,
    title: str,
    clock: str,
    on: str,
    kam: User,
) -> None:
    contract = ContractFactory(
        notice_on=dt.date(*notice) if notice else None,
        next_deadline_on=dt.date(*deadline) if deadline else None,
        next_deadline_kind=kind,
        next_deadline_title=title,
    )
    head = case_head(case_of(contract, owner=kam), kam, TODAY, "")
    assert (head.clock, head.clock_on) == (clock, on)
    assert bool(head.clock_in) is (on != "–")


@pytest.mark.django_db
def test_header_of_a_case_without_a_contract_counts_nothing(kam: User) -> None:
    head = case_head(CaseFactory(owner=kam, contract=None), kam, TODAY, "")
    assert (head.clock_on, head.clock_in) == ("–", "")
