"""The contract's own dates: computed, explained, and kept as deadlines of the register."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory
from tests.contracts.factories import ContractFactory
from winback.cases.models import Case
from winback.contracts import services
from winback.contracts.enums import DeadlineKind
from winback.contracts.models import Contract, Deadline

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")

RULE = {"notice_length": 3, "notice_unit": "months", "notice_to": "term"}


def facts(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Süd",
        "starts_on": dt.date(2023, 4, 17),
        "ends_on": dt.date(2027, 4, 16),
        "annual_value": Decimal(1_900_000),
        "bundesland": "BY",
        "sites": [],
        **changes,
    }


def create(kam: User, **changes: Any) -> Contract:
    return services.create_contract(
        client=ClientFactory(), actor=kam, today=TODAY, changes=facts(**changes)
    )


def change(contract: Contract, kam: User, **changes: Any) -> Contract:
    sites = {"sites": list(contract.sites.all())}
    return services.change_contract(
        contract=contract,
        version=contract.version,
        actor=kam,
        today=TODAY,
        changes={"notice_on": contract.notice_on, **sites, **changes},
    )


def dates(contract: Contract) -> dict[str, dt.date]:
    return dict(Deadline.objects.open().filter(contract=contract).values_list("kind", "due_on"))


def test_notice_day_is_computed_and_warned_long_before(kam: User) -> None:
    contract = create(kam, **RULE, owner=kam)
    deadline = Deadline.objects.get()
    assert contract.notice_on == deadline.due_on == dt.date(2027, 1, 16)
    assert deadline.lead_days == [180, 90, 60, 30, 14, 7]
    assert [each["rule"] for each in deadline.steps][:2] == ["contract_end", "counted_back"]
    assert contract.next_deadline_kind == DeadlineKind.NOTICE


def test_option_and_check_are_dates_of_their_own(kam: User) -> None:
    contract = create(kam, **RULE, owner=kam, option_on=dt.date(2027, 2, 16), check_months=3)
    assert dates(contract) == {
        "notice": dt.date(2027, 1, 16),
        "option": dt.date(2027, 2, 16),
        "check": dt.date(2027, 2, 23),
    }


def test_without_a_person_nothing_is_registered(kam: User) -> None:
    assert dates(create(kam, **RULE)) == {}


def test_owner_of_the_dates_is_let_into_the_case(kam: User, operativ: User) -> None:
    case = CaseFactory(owner=kam)
    assert case.contract is not None
    change(case.contract, kam, **RULE, owner=operativ)
    assert Case.objects.visible_to(operativ).get() == case


def test_another_notice_day_needs_a_reason(kam: User) -> None:
    typed = {**RULE, "notice_on": dt.date(2027, 1, 10), "owner": kam}
    with pytest.raises(services.ContractError, match=r"16\.01\.2027") as refused:
        create(kam, **typed)
    assert refused.value.field == "notice_reason"
    contract = create(kam, **typed, notice_reason="Ziffer 18.2 verlangt Werktag")
    assert dates(contract) == {"notice": dt.date(2027, 1, 10)}
    assert Deadline.objects.get().steps[0]["rule"] == "fixed"


def test_typed_day_that_equals_the_computed_one_needs_none(kam: User) -> None:
    contract = create(kam, **RULE, notice_on=dt.date(2027, 1, 16), notice_reason="überflüssig")
    assert contract.notice_reason == ""


def test_computed_day_follows_the_rule(kam: User) -> None:
    contract = create(kam, **RULE, owner=kam)
    change(contract, kam, notice_length=2)
    assert contract.notice_on == dt.date(2027, 2, 16)
    assert dates(contract) == {"notice": dt.date(2027, 2, 16)}
    assert Deadline.objects.get().version == 2


def test_day_set_by_hand_stays_until_it_is_cleared(kam: User) -> None:
    reason = {"notice_reason": "Ziffer 18.2"}
    contract = create(kam, **RULE, notice_on=dt.date(2027, 1, 10), **reason, owner=kam)
    change(contract, kam, notice_length=2)
    assert contract.notice_on == dt.date(2027, 1, 10)
    change(contract, kam, notice_on=None, notice_reason="")
    assert contract.notice_on == dt.date(2027, 2, 16)


def test_contract_without_a_rule_keeps_the_typed_day(kam: User) -> None:
    contract = create(kam, notice_on=dt.date(2027, 1, 16), owner=kam)
    assert dates(contract) == {"notice": dt.date(2027, 1, 16)}


def test_rule_without_an_end_leaves_the_day_open(kam: User) -> None:
    contract = create(kam, **RULE, ends_on=None, owner=kam)
    assert contract.notice_on is None
    assert dates(contract) == {}


def test_passed_notice_day_is_not_registered_anew(kam: User) -> None:
    contract = create(kam, notice_on=dt.date(2026, 11, 22), owner=kam)
    assert dates(contract) == {}


def test_dates_that_are_gone_end_with_a_reason(kam: User) -> None:
    contract = create(kam, **RULE, owner=kam, option_on=dt.date(2027, 2, 16), check_months=3)
    change(contract, kam, option_on=None, check_months=None)
    assert dates(contract) == {"notice": dt.date(2027, 1, 16)}
    ended = Deadline.objects.filter(ended_on=TODAY)
    assert {each.kind for each in ended} == {"option", "check"}
    assert all("nennen diesen Termin nicht mehr" in each.ended_reason for each in ended)


def test_saving_twice_changes_no_deadline(kam: User) -> None:
    contract = create(kam, **RULE, owner=kam, check_months=3)
    change(contract, kam, title="Süd II")
    assert {each.version for each in Deadline.objects.all()} == {1}


def test_changed_owner_keeps_the_counted_steps(kam: User, kollegin: User) -> None:
    contract = create(kam, **RULE, owner=kam)
    before = Deadline.objects.get().steps
    change(contract, kam, owner=kollegin)
    assert Deadline.objects.get().steps == before


def test_new_person_takes_over_the_dates(kam: User, kollegin: User) -> None:
    contract = create(kam, **RULE, owner=kam)
    change(contract, kam, owner=kollegin)
    assert Deadline.objects.get().owner == kollegin


def test_handed_over_date_takes_the_contract_and_its_other_dates_along(
    kam: User, kollegin: User
) -> None:
    contract = create(kam, **RULE, owner=kam, check_months=3)
    services.reassign(Deadline.objects.get(kind="notice").pk, kollegin, kam)
    services.reassign(Deadline.objects.get(kind="check").pk, kollegin, kam)
    contract.refresh_from_db()
    assert (contract.owner, contract.version) == (kollegin, 2)
    assert {(each.owner, each.version) for each in Deadline.objects.all()} == {(kollegin, 2)}
    change(contract, kam, title="Süd II")
    assert {each.version for each in Deadline.objects.all()} == {2}


def test_settled_notice_day_does_not_come_back(kam: User) -> None:
    contract = create(kam, **RULE, owner=kam)
    deadline = Deadline.objects.get()
    services.complete(deadline=deadline, version=1, actor=kam, today=TODAY, done_on=TODAY)
    change(contract, kam, title="Süd II")
    assert dates(contract) == {}
    change(contract, kam, ends_on=dt.date(2028, 4, 16))
    assert dates(contract) == {"notice": dt.date(2028, 1, 16)}


def test_check_that_is_done_plans_the_next(kam: User) -> None:
    contract = create(kam, owner=kam, check_months=3)
    check = Deadline.objects.get()
    services.complete(deadline=check, version=1, actor=kam, today=TODAY, done_on=TODAY)
    assert dates(contract) == {"check": dt.date(2027, 2, 23)}
    assert Deadline.objects.count() == 2


def test_shorter_interval_brings_the_check_forward(kam: User) -> None:
    contract = create(kam, owner=kam, check_months=12)
    change(contract, kam, check_months=1)
    assert dates(contract) == {"check": dt.date(2026, 12, 23)}


@pytest.mark.parametrize(("land", "counts"), [("SN", "SN"), ("", "HE")])
def test_land_is_that_of_the_contract_else_of_the_provider(
    land: str, counts: str, settings: Any, db: None
) -> None:
    settings.PROVIDER_BUNDESLAND = "HE"
    assert ContractFactory(bundesland=land).land == counts
