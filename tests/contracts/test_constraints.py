"""What the database refuses, whoever writes: half a rule, half a suspension, an end before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
    LineFactory,
)
from winback.contracts.models import Amendment, ClientObligation, Contract, Deadline, ServiceLine

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def refused(rows: Any, facts: dict[str, Any]) -> str:
    """The name of the constraint that refuses the change; fails where nothing does."""
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        rows.update(**facts)
    return str(found.value)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"ends_on": dt.date(2023, 4, 16), "notice_on": None}, "contract_ends_after_start"),
        ({"notice_on": dt.date(2027, 4, 17)}, "contract_notice_before_end"),
        ({"annual_value": -1}, "contract_value_not_negative"),
        ({"notice_unit": "months", "notice_to": "term"}, "contract_notice_rule_complete"),
        ({"notice_length": 3, "notice_to": "term"}, "contract_notice_rule_complete"),
        ({"notice_length": 3, "notice_unit": "months"}, "contract_notice_rule_complete"),
        (
            {"notice_length": 0, "notice_unit": "months", "notice_to": "term"},
            "contract_notice_rule_complete",
        ),
    ],
)
def test_impossible_contract_is_refused(facts: dict[str, Any], name: str) -> None:
    ContractFactory()
    assert name in refused(Contract.objects, facts)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"length": None}, "deadline_has_event_or_date"),
        ({"length": 0}, "deadline_has_event_or_date"),
        ({"received_on": None}, "deadline_has_event_or_date"),
        ({"unit": "fixed"}, "deadline_has_event_or_date"),
        ({"manual_on": TODAY}, "deadline_manual_end_has_reason"),
        ({"manual_reason": "Gewährt"}, "deadline_manual_end_has_reason"),
        (
            {"suspended_from": TODAY, "suspension_reason": "Verhandlung"},
            "deadline_suspension_complete",
        ),
        (
            {"suspended_until": TODAY, "suspension_reason": "Verhandlung"},
            "deadline_suspension_complete",
        ),
        ({"suspension_reason": "Verhandlung"}, "deadline_suspension_complete"),
        (
            {"suspended_from": TODAY, "suspended_until": TODAY},
            "deadline_suspension_complete",
        ),
        (
            {
                "suspended_from": TODAY,
                "suspended_until": dt.date(2026, 11, 22),
                "suspension_reason": "Verhandlung",
            },
            "deadline_suspension_complete",
        ),
        ({"ended_on": TODAY}, "deadline_end_has_reason"),
        (
            {"ended_on": TODAY, "ended_reason": "x", "done_on": TODAY},
            "deadline_ends_once",
        ),
    ],
)
def test_impossible_deadline_is_refused(facts: dict[str, Any], name: str) -> None:
    DeadlineFactory()
    assert name in refused(Deadline.objects, facts)


def test_owner_is_not_the_own_deputy() -> None:
    row = DeadlineFactory()
    assert "deadline_deputy_is_other" in refused(Deadline.objects, {"deputy": row.owner})


@pytest.mark.parametrize("kind", ["notice", "option", "check"])
def test_contract_has_one_open_date_of_a_kind(kind: str) -> None:
    contract = ContractFactory()
    DeadlineFactory(contract=contract, kind=kind, ended_on=TODAY, ended_reason="verlegt")
    DeadlineFactory(contract=contract, kind=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineFactory(contract=contract, kind=kind)
    DeadlineFactory(contract=contract, kind="remedy")
    DeadlineFactory(contract=contract, kind="remedy")
    assert contract.deadlines.open().count() == 3


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"suspends_until": dt.date(2026, 9, 30)}, "amendment_suspends_after_signing"),
        ({"broken_on": TODAY}, "amendment_breach_has_reason"),
    ],
)
def test_impossible_amendment_is_refused(facts: dict[str, Any], name: str) -> None:
    AmendmentFactory()
    assert name in refused(Amendment.objects, facts)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"since": None}, "client_obligation_has_day"),
        ({"until": dt.date(2026, 11, 17)}, "client_obligation_until_after_since"),
    ],
)
def test_impossible_client_obligation_is_refused(facts: dict[str, Any], name: str) -> None:
    ClientObligationFactory()
    assert name in refused(ClientObligation.objects, facts)


def test_service_line_needs_a_reason_and_a_level_for_its_amendment() -> None:
    line = LineFactory()
    amendment = AmendmentFactory(contract=line.contract)
    rows = ServiceLine.objects
    assert "service_line_kind_has_reason" in refused(rows, {"kind_reason": ""})
    assert "service_line_amendment_needs_level" in refused(rows, {"amendment": amendment})
    rows.update(amendment=amendment, agreed="täglich")


def test_position_stands_once_per_contract() -> None:
    line = LineFactory(position="2.1")
    LineFactory(position="2.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        LineFactory(contract=line.contract, position="2.1")
