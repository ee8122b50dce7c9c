"""Verbs on deadlines: the end is computed, people are let in, nothing is deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.contracts.factories import ContractFactory, DeadlineFactory
from tests.documents.files import checked
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.claims import StaleVersion
from winback.contracts import services
from winback.contracts.enums import Counting, DayOff, DeadlineKind, DeadlineState, Unit
from winback.contracts.models import Contract, Deadline

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


def facts(owner: User, **changes: Any) -> dict[str, Any]:
    """Two weeks from Wednesday, 4 November: Buß- und Bettag in Saxony, a plain day elsewhere."""
    return {
        "kind": DeadlineKind.REMEDY,
        "title": "Abhilfefrist",
        "basis": "bgb_314",
        "received_on": dt.date(2026, 11, 4),
        "received_by": "registered",
        "unit": Unit.WEEKS,
        "length": 2,
        "counting": Counting.NEXT_DAY,
        "day_off": DayOff.SHIFT,
        "bundesland": "SN",
        "action": "Abhilfe nachweisen",
        "lead_days": [7, 2],
        "owner": owner,
        "deputy": None,
        **changes,
    }


def record(contract: Contract, actor: User, **changes: Any) -> Deadline:
    return services.record_deadline(
        contract=contract,
        actor=actor,
        today=TODAY,
        changes=facts(changes.pop("owner", actor), **changes),
        papers={},
    )


def fresh(deadline: Deadline) -> Deadline:
    return Deadline.objects.with_row().get(pk=deadline.pk)


@pytest.fixture
def case(kam: User) -> Case:
    return CaseFactory(owner=kam)


@pytest.fixture
def contract(case: Case) -> Contract:
    assert case.contract is not None
    return case.contract


@pytest.mark.parametrize(("land", "end"), [("SN", 19), ("BY", 18)])
def test_record_computes_the_end_and_keeps_the_steps(
    land: str, end: int, contract: Contract, kam: User
) -> None:
    deadline = fresh(record(contract, kam, bundesland=land))
    assert deadline.due_on == deadline.computed_on == dt.date(2026, 11, end)
    assert deadline.original_due_on == deadline.due_on
    assert [each["rule"] for each in deadline.steps][:3] == ["event", "next_day", "weeks"]
    assert deadline.history.get().history_user == kam


def test_record_lets_owner_and_deputy_see_the_case(
    case: Case, contract: Contract, kam: User, operativ: User, kollegin: User
) -> None:
    assert not Case.objects.visible_to(operativ).exists()
    record(contract, kam, owner=operativ, deputy=kollegin)
    assert Case.objects.visible_to(operativ).get() == case
    assert Case.objects.visible_to(kollegin).get() == case


def test_record_lets_nobody_into_an_ended_case(
    case: Case, contract: Contract, kam: User, operativ: User
) -> None:
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    record(contract, kam, owner=operativ)
    assert not Case.objects.visible_to(operativ).exists()


def test_record_prefers_the_case_the_actor_sees(
    case: Case, contract: Contract, kam: User, operativ: User
) -> None:
    secret = CaseFactory(
        client=contract.client, contract=contract, is_confidential=True, opened_on=TODAY
    )
    record(contract, kam, owner=operativ)
    assert list(Case.objects.visible_to(operativ)) == [case]
    assert secret.pk != case.pk


def test_record_stores_the_proof_of_receipt(contract: Contract, kam: User) -> None:
    deadline = services.record_deadline(
        contract=contract,
        actor=kam,
        today=TODAY,
        changes=facts(kam),
        papers={"receipt_proof": checked()},
    )
    assert deadline.receipt_proof is not None
    assert deadline.receipt_proof.title == "Nachweis des Zugangs: Abhilfefrist"
    assert deadline.receipt_proof.current.uploaded_by == kam


def test_record_renews_the_copy_for_the_header(contract: Contract, kam: User) -> None:
    record(contract, kam, title="Später", length=5)
    record(contract, kam, title="Zuerst")
    contract.refresh_from_db()
    assert (contract.next_deadline_title, contract.next_deadline_kind) == ("Zuerst", "remedy")
    assert contract.next_deadline_on == dt.date(2026, 11, 19)


@pytest.mark.parametrize("kind", ["notice", "option", "check", "suspension"])
def test_record_refuses_what_follows_from_the_contract(
    kind: str, contract: Contract, kam: User
) -> None:
    with pytest.raises(services.ContractError, match="folgt aus dem Vertrag"):
        record(contract, kam, kind=kind)


def test_record_refuses_an_end_before_the_receipt(contract: Contract, kam: User) -> None:
    with pytest.raises(services.ContractError) as refused:
        record(contract, kam, manual_on=dt.date(2026, 11, 3), manual_reason="Tippfehler")
    assert refused.value.field == "manual_on"
    assert not Deadline.objects.exists()


def change(deadline: Deadline, actor: User, version: int = 1, **changes: Any) -> Deadline:
    return services.change_deadline(
        deadline=deadline, version=version, actor=actor, today=TODAY, changes=changes, papers={}
    )


def test_change_computes_anew_and_keeps_the_first_end(contract: Contract, kam: User) -> None:
    deadline = record(contract, kam)
    change(
        deadline,
        kam,
        suspended_from=dt.date(2026, 11, 10),
        suspended_until=dt.date(2026, 11, 12),
        suspension_reason="Verhandlung",
    )
    found = fresh(deadline)
    assert (found.due_on, found.original_due_on) == (dt.date(2026, 11, 23), dt.date(2026, 11, 19))
    assert found.version == 2
    assert found.history.count() == 2


def test_change_by_hand_overrides_with_a_reason(contract: Contract, kam: User) -> None:
    deadline = record(contract, kam)
    change(deadline, kam, manual_on=dt.date(2026, 12, 11), manual_reason="Fax vom 16.11.")
    found = fresh(deadline)
    assert (found.due_on, found.computed_on) == (dt.date(2026, 12, 11), dt.date(2026, 11, 19))


def test_change_lets_a_new_owner_in_and_needs_the_version(
    case: Case, contract: Contract, kam: User, operativ: User
) -> None:
    deadline = record(contract, kam)
    change(deadline, kam, owner=operativ)
    assert Case.objects.visible_to(operativ).exists()
    with pytest.raises(StaleVersion):
        change(fresh(deadline), kam, title="Zu spät")


def test_change_refuses_a_foreign_amendment_and_derived_kinds(
    contract: Contract, kam: User
) -> None:
    deadline = record(contract, kam)
    other = amendment_of(ContractFactory(), kam)
    with pytest.raises(services.ContractError, match="anderen Vertrag"):
        change(deadline, kam, amendment=other)
    with pytest.raises(services.ContractError, match="folgt aus dem Vertrag"):
        change(fresh(deadline), kam, kind="notice")


def amendment_of(contract: Contract, actor: User) -> Any:
    return services.record_amendment(
        contract=contract,
        actor=actor,
        today=TODAY,
        changes={
            "kind": "amendment",
            "title": "1. Nachtrag",
            "signed_on": TODAY,
            "signed_by_us": "Lindner",
            "signed_by_client": "Brandt",
            "content": "Mehrleistung",
            "owner": actor,
        },
        papers={},
    )


def complete(deadline: Deadline, actor: User, **changes: Any) -> Deadline:
    return services.complete(
        deadline=deadline,
        actor=actor,
        today=TODAY,
        **{"version": deadline.version, "done_on": TODAY, **changes},
    )


@pytest.mark.parametrize(
    ("done_on", "state"),
    [
        (dt.date(2026, 11, 19), DeadlineState.DONE),
        (dt.date(2026, 11, 20), DeadlineState.DONE_LATE),
    ],
)
def test_complete_tells_in_time_from_late(
    done_on: dt.date, state: DeadlineState, contract: Contract, kam: User
) -> None:
    deadline = record(contract, kam)
    complete(deadline, kam, done_on=done_on, note="Bericht übergeben", proof=checked())
    found = fresh(deadline)
    assert found.state(TODAY) == state
    assert found.done_proof is not None
    assert not found.is_open


def test_complete_twice_changes_nothing(contract: Contract, kam: User) -> None:
    deadline = record(contract, kam)
    complete(deadline, kam)
    complete(fresh(deadline), kam, version=99)
    assert fresh(deadline).version == 2


def test_complete_before_the_receipt_is_refused(contract: Contract, kam: User) -> None:
    with pytest.raises(services.ContractError) as refused:
        complete(record(contract, kam), kam, done_on=dt.date(2026, 11, 3))
    assert refused.value.field == "done_on"


def test_complete_gives_the_header_to_the_next(contract: Contract, kam: User) -> None:
    first = record(contract, kam, title="Zuerst")
    record(contract, kam, title="Danach", length=5)
    complete(first, kam)
    contract.refresh_from_db()
    assert contract.next_deadline_title == "Danach"
    complete(Deadline.objects.get(title="Danach"), kam)
    contract.refresh_from_db()
    assert (contract.next_deadline_on, contract.next_deadline_title) == (None, "")


def test_end_keeps_the_row_with_its_reason(contract: Contract, kam: User) -> None:
    deadline = record(contract, kam)
    services.end_deadline(
        deadline=deadline, version=1, actor=kam, today=TODAY, reason="Abmahnung zurückgenommen"
    )
    found = fresh(deadline)
    assert found.state(TODAY) == DeadlineState.ENDED
    assert (found.ended_on, found.ended_reason) == (TODAY, "Abmahnung zurückgenommen")


@pytest.mark.parametrize("verb", ["change", "complete", "end", "hand_over"])
def test_ended_deadline_takes_no_step(
    verb: str, contract: Contract, kam: User, kollegin: User
) -> None:
    deadline = record(contract, kam)
    services.end_deadline(deadline=deadline, version=1, actor=kam, today=TODAY, reason="Erledigt")
    again = {"deadline": fresh(deadline), "version": 2, "actor": kam, "today": TODAY}
    steps: dict[str, Any] = {
        "change": lambda: services.change_deadline(**again, changes={}, papers={}),
        "complete": lambda: services.complete(**again, done_on=TODAY),
        "end": lambda: services.end_deadline(**again, reason="Noch einmal"),
        "hand_over": lambda: services.hand_over(**again, owner=kollegin),
    }
    with pytest.raises(services.AlreadySettled):
        steps[verb]()


def test_hand_over_lets_the_new_owner_in_and_frees_the_deputy(
    case: Case, contract: Contract, kam: User, operativ: User
) -> None:
    deadline = record(contract, kam, deputy=operativ)
    services.hand_over(deadline=deadline, version=1, actor=kam, today=TODAY, owner=operativ)
    found = fresh(deadline)
    assert (found.owner, found.deputy, found.version) == (operativ, None, 2)
    assert Case.objects.visible_to(operativ).exists()


def test_hand_over_to_the_same_person_changes_nothing(contract: Contract, kam: User) -> None:
    deadline = record(contract, kam)
    services.hand_over(deadline=deadline, version=1, actor=kam, today=TODAY, owner=kam)
    assert fresh(deadline).version == 1


def test_reassign_works_for_an_actor_who_sees_no_case(
    case: Case, contract: Contract, kam: User, kollegin: User, admin_user: User
) -> None:
    deadline = record(contract, kam)
    services.reassign(deadline.pk, kollegin, admin_user)
    assert fresh(deadline).owner == kollegin
    assert Case.objects.visible_to(kollegin).get() == case


def test_deadline_without_a_case_still_works(kam: User) -> None:
    deadline = fresh(record(ContractFactory(), kam))
    assert (deadline.case_id, deadline.case_number) == (None, "")


def test_paused_by_hand_is_suspended_only_in_between(kam: User) -> None:
    deadline = DeadlineFactory(
        suspended_from=dt.date(2026, 11, 20),
        suspended_until=TODAY,
        suspension_reason="Verhandlung",
        owner=kam,
    )
    found = fresh(deadline)
    assert found.state(TODAY) == DeadlineState.PAUSED
    assert found.state(TODAY + dt.timedelta(days=1)) != DeadlineState.PAUSED
    assert found.state(dt.date(2026, 11, 19)) == DeadlineState.OPEN


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (dt.date(2026, 11, 25), DeadlineState.OPEN),
        (dt.date(2026, 11, 26), DeadlineState.NEAR),
        (dt.date(2026, 12, 3), DeadlineState.NEAR),
        (dt.date(2026, 12, 4), DeadlineState.OVERDUE),
    ],
)
def test_open_deadline_comes_near_and_is_overdue(
    today: dt.date, state: DeadlineState, db: None
) -> None:
    assert fresh(DeadlineFactory()).state(today) == state
