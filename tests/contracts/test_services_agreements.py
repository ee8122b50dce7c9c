"""Amendments, what the client owes, and service lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
    LineFactory,
)
from tests.documents.files import checked
from winback.cases.models import Case
from winback.common.claims import StaleVersion
from winback.contracts import services
from winback.contracts.enums import DeadlineKind, DeadlineState, LineKind
from winback.contracts.models import (
    Amendment,
    ClientObligation,
    Contract,
    Deadline,
    ServiceLine,
)

TODAY = dt.date(2026, 11, 23)
UNTIL = dt.date(2027, 3, 31)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def contract(kam: User) -> Contract:
    found: Contract = CaseFactory(owner=kam).contract
    return found


def agree(contract: Contract, actor: User, **changes: Any) -> Amendment:
    return services.record_amendment(
        contract=contract,
        actor=actor,
        today=TODAY,
        changes={
            "kind": "settlement",
            "title": "2. Nachtrag",
            "signed_on": dt.date(2026, 10, 1),
            "signed_by_us": "Lindner",
            "signed_by_client": "Brandt",
            "content": "Die Kündigung ruht.",
            "suspends_until": UNTIL,
            "owner": actor,
            **changes,
        },
        papers={"document": checked()},
    )


def test_amendment_registers_the_end_of_its_suspension(contract: Contract, kam: User) -> None:
    amendment = agree(contract, kam)
    deadline = Deadline.objects.get()
    assert (deadline.kind, deadline.due_on) == (DeadlineKind.SUSPENSION, UNTIL)
    assert (deadline.amendment, deadline.owner, deadline.title) == (amendment, kam, "2. Nachtrag")
    assert amendment.document is not None
    contract.refresh_from_db()
    assert contract.next_deadline_on == UNTIL


def test_amendment_without_suspension_registers_nothing(contract: Contract, kam: User) -> None:
    agree(contract, kam, suspends_until=None)
    assert not Deadline.objects.exists()


def test_two_amendments_have_their_own_dates(contract: Contract, kam: User) -> None:
    agree(contract, kam)
    agree(contract, kam, title="3. Nachtrag", suspends_until=dt.date(2027, 6, 30))
    assert Deadline.objects.open().count() == 2


def test_amendment_lets_its_owner_into_the_case(
    contract: Contract, kam: User, operativ: User
) -> None:
    agree(contract, kam, owner=operativ)
    assert Case.objects.visible_to(operativ).exists()


def change(amendment: Amendment, actor: User, version: int = 1, **changes: Any) -> Amendment:
    return services.change_amendment(
        amendment=amendment, version=version, actor=actor, today=TODAY, changes=changes, papers={}
    )


def test_changed_suspension_moves_its_date(contract: Contract, kam: User) -> None:
    amendment = agree(contract, kam)
    change(amendment, kam, suspends_until=dt.date(2027, 4, 30))
    assert Deadline.objects.get().due_on == dt.date(2027, 4, 30)
    change(amendment, kam, version=2, suspends_until=None)
    assert not Deadline.objects.open().exists()


def test_handed_over_suspension_takes_its_amendment_along(
    contract: Contract, kam: User, kollegin: User
) -> None:
    amendment = agree(contract, kam)
    services.reassign(Deadline.objects.get().pk, kollegin, kam)
    amendment.refresh_from_db()
    assert (amendment.owner, Deadline.objects.get().owner) == (kollegin, kollegin)


def test_changed_amendment_needs_its_version(contract: Contract, kam: User) -> None:
    amendment = agree(contract, kam)
    with pytest.raises(StaleVersion):
        change(amendment, kam, version=9, title="Zu spät")


def test_broken_amendment_ends_its_date_and_takes_no_step(contract: Contract, kam: User) -> None:
    amendment = agree(contract, kam)
    facts: dict[str, Any] = {"broken_on": TODAY, "reason": "Grundreinigung blieb aus"}
    services.declare_broken(amendment=amendment, version=1, actor=kam, today=TODAY, **facts)
    amendment.refresh_from_db()
    assert (amendment.broken_on, amendment.version) == (TODAY, 2)
    assert not Deadline.objects.open().exists()
    with pytest.raises(services.AlreadySettled):
        change(amendment, kam, version=2, title="Neu")
    with pytest.raises(services.AlreadySettled):
        services.declare_broken(amendment=amendment, version=2, actor=kam, today=TODAY, **facts)


def owe(contract: Contract, actor: User, **changes: Any) -> ClientObligation:
    return services.record_client_obligation(
        contract=contract,
        actor=actor,
        changes={"kind": "access", "what": "Zutritt Haus C", **changes},
        papers={"evidence": None},
    )


def give(row: ClientObligation, actor: User, **changes: Any) -> ClientObligation:
    return services.change_client_obligation(
        row=row, version=row.version, actor=actor, changes=changes, papers={}
    )


def state(deadline: Deadline) -> DeadlineState:
    return Deadline.objects.with_row().get(pk=deadline.pk).state(TODAY)


def test_missing_cooperation_holds_the_deadline_and_then_adds_its_days(
    contract: Contract, kam: User
) -> None:
    deadline = DeadlineFactory(contract=contract)  # Thursday, 3 December
    since = dt.date(2026, 11, 16)
    row = owe(contract, kam, since=since, pauses=[deadline])
    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.version) == (dt.date(2026, 12, 3), 1)
    assert state(deadline) == DeadlineState.PAUSED
    give(row, kam, until=dt.date(2026, 11, 20), pauses=[deadline])
    deadline.refresh_from_db()
    assert deadline.due_on == dt.date(2026, 12, 8)
    assert deadline.original_due_on == dt.date(2026, 12, 3)
    assert deadline.steps[3]["facts"]["reason"] == "Zutritt Haus C"
    assert state(deadline) == DeadlineState.OPEN
    contract.refresh_from_db()
    assert contract.next_deadline_on == dt.date(2026, 12, 8)


def test_deadline_that_is_no_longer_held_is_counted_back(contract: Contract, kam: User) -> None:
    deadline = DeadlineFactory(contract=contract)
    days = {"since": dt.date(2026, 11, 16), "until": dt.date(2026, 11, 20)}
    row = owe(contract, kam, **days, pauses=[deadline])
    give(row, kam, pauses=[])
    deadline.refresh_from_db()
    assert deadline.due_on == dt.date(2026, 12, 3)


def test_settled_deadline_stays_as_it_was(contract: Contract, kam: User) -> None:
    deadline = DeadlineFactory(contract=contract, done_on=dt.date(2026, 11, 20))
    days = {"since": dt.date(2026, 11, 16), "until": dt.date(2026, 11, 20)}
    owe(contract, kam, **days, pauses=[deadline])
    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.version) == (dt.date(2026, 12, 3), 1)


def test_cooperation_keeps_its_evidence_and_versions(contract: Contract, kam: User) -> None:
    row = owe(contract, kam, since=TODAY)
    services.change_client_obligation(
        row=row, version=1, actor=kam, changes={"told_on": TODAY}, papers={"evidence": checked()}
    )
    row.refresh_from_db()
    assert row.evidence is not None
    assert row.evidence.title == "Beleg: Zutritt Haus C"
    assert [each.told_on for each in row.history.all()][-1] is None


def test_cooperation_holds_only_typed_deadlines_of_its_contract(
    contract: Contract, kam: User
) -> None:
    agree(contract, kam)
    for wrong in (DeadlineFactory(), Deadline.objects.get(kind=DeadlineKind.SUSPENSION)):
        with pytest.raises(services.ContractError) as refused:
            owe(contract, kam, since=TODAY, pauses=[wrong])
        assert refused.value.field == "pauses"


def test_cooperation_needs_the_first_day_to_hold_anything(contract: Contract, kam: User) -> None:
    with pytest.raises(services.ContractError) as refused:
        owe(contract, kam, due_on=TODAY, pauses=[DeadlineFactory(contract=contract)])
    assert refused.value.field == "since"


def test_cooperation_and_line_refuse_a_foreign_amendment(contract: Contract, kam: User) -> None:
    foreign = AmendmentFactory()
    with pytest.raises(services.ContractError, match="anderen Vertrag"):
        owe(contract, kam, since=TODAY, amendment=foreign)
    with pytest.raises(services.ContractError, match="anderen Vertrag"):
        add(contract, kam, agreed="zweimal täglich", amendment=foreign)


def add(contract: Contract, actor: User, **changes: Any) -> ServiceLine:
    return services.add_line(
        contract=contract,
        actor=actor,
        changes={
            "position": "2.10",
            "title": "Winterdienst",
            "kind": LineKind.WORKS,
            "kind_reason": "Räumerfolg bis 7 Uhr geschuldet",
            **changes,
        },
    )


def test_lines_stand_in_the_order_of_their_numbers(contract: Contract, kam: User) -> None:
    for position in ("2.10", "2.9", "10.1", "2.9 a"):
        add(contract, kam, position=position)
    assert [line.position for line in contract.lines.all()] == ["2.9", "2.9 a", "2.10", "10.1"]


def test_line_position_stands_once(contract: Contract, kam: User) -> None:
    line = add(contract, kam)
    with pytest.raises(services.ContractError) as refused:
        add(contract, kam)
    assert refused.value.field == "position"
    add(ContractFactory(), kam)
    services.change_line(line=line, version=1, actor=kam, changes={"delivered": "ab 9 Uhr"})
    line.refresh_from_db()
    assert (line.delivered, line.version, line.history.count()) == ("ab 9 Uhr", 2, 2)


@pytest.mark.parametrize(
    ("facts", "disputed"),
    [
        ({}, False),
        ({"unclear": "„bei Bedarf“"}, True),
        ({"quotation": "LV 2.10 Satz 2"}, True),
        ({"quotation": "LV 2.10 Satz 2", "answer": "Klarstellung vom 2.11."}, False),
    ],
)
def test_line_is_disputed_until_it_is_answered(
    facts: dict[str, str], disputed: bool, db: None
) -> None:
    assert LineFactory(**facts).is_disputed is disputed


@pytest.mark.parametrize(
    ("make", "broken"),
    [
        (LineFactory, {"kind_reason": ""}),
        (DeadlineFactory, {"received_on": None}),
        (DeadlineFactory, {"length": 0}),
        (DeadlineFactory, {"unit": "fixed"}),
        (DeadlineFactory, {"manual_on": TODAY}),
        (DeadlineFactory, {"manual_reason": "ohne Tag"}),
        (DeadlineFactory, {"suspended_from": TODAY}),
        (DeadlineFactory, {"suspended_from": TODAY, "suspended_until": TODAY}),
        (DeadlineFactory, {"ended_on": TODAY}),
        (DeadlineFactory, {"ended_on": TODAY, "ended_reason": "x", "done_on": TODAY}),
        (AmendmentFactory, {"suspends_until": dt.date(2026, 9, 30)}),
        (AmendmentFactory, {"broken_on": TODAY}),
        (ClientObligationFactory, {"since": None}),
        (ClientObligationFactory, {"until": dt.date(2026, 11, 17)}),
        (ContractFactory, {"notice_length": 3}),
        (ContractFactory, {"notice_length": 0, "notice_unit": "months", "notice_to": "term"}),
    ],
)
def test_database_refuses_contradictions(make: Any, broken: dict[str, Any], db: None) -> None:
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**broken)


@pytest.mark.parametrize("kind", [DeadlineKind.NOTICE, DeadlineKind.CHECK])
def test_database_holds_one_open_date_of_a_kind_per_contract(kind: str, db: None) -> None:
    first = DeadlineFactory(kind=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineFactory(contract=first.contract, kind=kind)
    DeadlineFactory(contract=first.contract, kind=kind, done_on=TODAY)


def test_rows_speak_for_themselves(db: None) -> None:
    amendment, row = AmendmentFactory(), ClientObligationFactory()
    deadline = DeadlineFactory(title="", kind=DeadlineKind.OPTION)
    assert str(amendment) == "2. Nachtrag"
    assert str(row) == "Zutritt Haus C"
    assert str(LineFactory(position="7.1")) == "7.1 Unterhaltsreinigung"
    assert str(deadline) == "Verlängerungsoption"
