"""Verbs of commitments: effects, events, row versions, and what they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.dialogue.factories import TODAY, CommitmentFactory, overdue
from tests.factories import UserFactory
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent
from winback.common.claims import StaleVersion
from winback.dialogue import services
from winback.dialogue.enums import Verb
from winback.dialogue.models import Commitment

pytestmark = pytest.mark.django_db


def promise(owner: User, **more: Any) -> dict[str, Any]:
    return {
        "what": "Messwerte Aufzug vorlegen",
        "contact": None,
        "promised_on": TODAY,
        "due_on": dt.date(2026, 11, 30),
        "owner": owner,
        "deputy": None,
        "note": "",
        **more,
    }


def last_event(case: Case) -> CaseEvent:
    event = case.events.first()
    assert event is not None
    return event


def is_in_team(case: Case, user: User) -> bool:
    return case.members.filter(user=user, left_on=None).exists()


def test_give_records_promise_event_and_row_version(case: Case, kam: User) -> None:
    given = services.give(
        case=case, actor=kam, today=TODAY, changes=promise(kam), reason="so besprochen"
    )
    assert given.original_due_on == given.due_on
    event = last_event(case)
    assert (event.verb, event.actor) == (Verb.PROMISED, kam)
    assert event.data["title"] == "Messwerte Aufzug vorlegen"
    assert event.data["reason"] == "so besprochen"
    assert given.history.get().history_user == kam


def test_give_lets_owner_and_deputy_see_the_case(case: Case, kam: User) -> None:
    owner, deputy = UserFactory(), UserFactory()
    services.give(case=case, actor=kam, today=TODAY, changes=promise(owner, deputy=deputy))
    assert is_in_team(case, owner)
    assert is_in_team(case, deputy)


def test_give_in_an_ended_case_is_refused(kam: User) -> None:
    case = CaseFactory(status=Status.LOST, closed_on=TODAY)
    with pytest.raises(services.CaseEnded):
        services.give(case=case, actor=kam, today=TODAY, changes=promise(kam))
    assert not Commitment.objects.exists()


def test_change_writes_only_what_differs(case: Case, kam: User) -> None:
    commitment = CommitmentFactory(case=case, what="Alt")
    changes = promise(case.owner, what="Neu", promised_on=commitment.promised_on)
    services.change(commitment=commitment, version=1, actor=kam, today=TODAY, changes=changes)
    commitment.refresh_from_db()
    assert (commitment.what, commitment.version) == ("Neu", 2)
    assert last_event(case).data["fields"] == ["what"]


def test_change_of_the_date_corrects_the_original_one_and_keeps_the_old_in_the_event(
    case: Case, kam: User
) -> None:
    commitment = CommitmentFactory(case=case)
    due_on = dt.date(2026, 12, 4)
    services.change(
        commitment=commitment,
        version=1,
        actor=kam,
        today=TODAY,
        changes={"due_on": due_on},
        reason="Zahlendreher",
    )
    commitment.refresh_from_db()
    assert commitment.due_on == commitment.original_due_on == due_on
    event = last_event(case)
    assert (event.data["before"], event.data["reason"]) == (
        {"due_on": "2026-11-30"},
        "Zahlendreher",
    )


@pytest.mark.parametrize("name", ["due_on", "promised_on"])
def test_change_of_a_date_is_refused_once_overdue(case: Case, kam: User, name: str) -> None:
    commitment = overdue(case)
    changes = {name: dt.date(2026, 11, 19)}
    with pytest.raises(services.DateStays):
        services.change(commitment=commitment, version=1, actor=kam, today=TODAY, changes=changes)
    commitment.refresh_from_db()
    assert (commitment.due_on, commitment.version) == (dt.date(2026, 11, 20), 1)


def test_change_of_words_is_allowed_once_overdue(case: Case, kam: User) -> None:
    commitment = overdue(case)
    changes = {"what": "Deutlicher", "due_on": commitment.due_on}
    services.change(commitment=commitment, version=1, actor=kam, today=TODAY, changes=changes)
    commitment.refresh_from_db()
    assert commitment.what == "Deutlicher"


def test_change_lets_a_new_deputy_see_the_case(case: Case, kam: User) -> None:
    commitment, deputy = CommitmentFactory(case=case), UserFactory()
    services.change(
        commitment=commitment, version=1, actor=kam, today=TODAY, changes={"deputy": deputy}
    )
    assert is_in_team(case, deputy)


def test_keep_on_the_day_is_on_time(case: Case, kam: User) -> None:
    commitment = CommitmentFactory(case=case, due_on=TODAY)
    services.keep(commitment=commitment, version=1, actor=kam, done_on=TODAY)
    commitment.refresh_from_db()
    assert commitment.state(TODAY) == "kept"
    assert last_event(case).verb == Verb.KEPT


def test_keep_after_the_day_stays_late(case: Case, kam: User) -> None:
    commitment = overdue(case)
    services.keep(commitment=commitment, version=1, actor=kam, done_on=TODAY)
    commitment.refresh_from_db()
    assert commitment.state(TODAY) == "kept_late"


def test_keep_twice_changes_nothing(case: Case, kam: User) -> None:
    commitment = CommitmentFactory(case=case)
    services.keep(commitment=commitment, version=1, actor=kam, done_on=TODAY)
    earlier = dt.date(2026, 11, 20)
    services.keep(commitment=commitment, version=1, actor=kam, done_on=earlier)
    commitment.refresh_from_db()
    assert (commitment.done_on, commitment.version) == (TODAY, 2)
    assert case.events.count() == 1


def test_declare_broken_needs_no_due_date_to_pass(case: Case, kam: User) -> None:
    commitment = CommitmentFactory(case=case)
    services.declare_broken(
        commitment=commitment, version=1, actor=kam, today=TODAY, reason="Kein Personal"
    )
    commitment.refresh_from_db()
    assert (commitment.state(TODAY), commitment.broken_on) == ("broken", TODAY)
    event = last_event(case)
    assert (event.verb, event.data["reason"]) == (Verb.BROKEN, "Kein Personal")


def test_release_keeps_the_proof(case: Case, kam: User) -> None:
    commitment = overdue(case)
    services.release(
        commitment=commitment, version=1, actor=kam, released_on=TODAY, proof="E-Mail Brandt"
    )
    commitment.refresh_from_db()
    assert (commitment.state(TODAY), commitment.proof) == ("released", "E-Mail Brandt")
    assert last_event(case).verb == Verb.RELEASED


def test_hand_over_lets_the_new_owner_in_and_frees_the_deputys_place(
    case: Case, kam: User, kollegin: User
) -> None:
    commitment = CommitmentFactory(case=case, deputy=kollegin)
    services.hand_over(
        commitment=commitment, version=1, actor=kam, owner=kollegin, today=TODAY, reason="Urlaub"
    )
    commitment.refresh_from_db()
    assert (commitment.owner, commitment.deputy) == (kollegin, None)
    event = last_event(case)
    assert (event.verb, event.data["before"]) == (Verb.REASSIGNED, str(kam))
    assert event.data["reason"] == "Urlaub"


def test_hand_over_to_an_outsider_lets_see_the_case(case: Case, kam: User, fremde: User) -> None:
    commitment = CommitmentFactory(case=case, deputy=UserFactory())
    services.hand_over(commitment=commitment, version=1, actor=kam, owner=fremde, today=TODAY)
    assert is_in_team(case, fremde)
    assert commitment.deputy is not None


def test_hand_over_to_the_owner_changes_nothing(case: Case, kam: User) -> None:
    commitment = CommitmentFactory(case=case)
    services.hand_over(commitment=commitment, version=1, actor=kam, owner=kam, today=TODAY)
    assert commitment.version == 1
    assert not case.events.exists()


def test_reassign_serves_the_registry(
    case: Case, kam: User, kollegin: User, today: dt.date
) -> None:
    commitment = CommitmentFactory(case=case)
    services.reassign(commitment.pk, kollegin, kam)
    commitment.refresh_from_db()
    assert commitment.owner == kollegin


Step = Callable[[Commitment, User, int], Commitment]
STEPS: dict[str, Step] = {
    "change": lambda row, actor, version: services.change(
        commitment=row, version=version, actor=actor, today=TODAY, changes={"what": "Anders"}
    ),
    "keep": lambda row, actor, version: services.keep(
        commitment=row, version=version, actor=actor, done_on=TODAY
    ),
    "break": lambda row, actor, version: services.declare_broken(
        commitment=row, version=version, actor=actor, today=TODAY, reason="Grund"
    ),
    "release": lambda row, actor, version: services.release(
        commitment=row, version=version, actor=actor, released_on=TODAY, proof="E-Mail"
    ),
    "hand over": lambda row, actor, version: services.hand_over(
        commitment=row, version=version, actor=actor, owner=UserFactory(), today=TODAY
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_step_on_a_stale_version_is_refused(case: Case, kam: User, name: str) -> None:
    commitment = CommitmentFactory(case=case)
    Commitment.objects.update(version=2)
    with pytest.raises(StaleVersion):
        STEPS[name](commitment, kam, 1)
    assert not case.events.exists()


@pytest.mark.parametrize("name", STEPS)
def test_step_on_a_broken_commitment_is_refused(case: Case, kam: User, name: str) -> None:
    commitment = CommitmentFactory(case=case, broken_on=TODAY, broken_reason="Grund")
    with pytest.raises(services.AlreadySettled):
        STEPS[name](commitment, kam, 1)


@pytest.mark.parametrize("name", STEPS)
def test_step_in_an_ended_case_is_refused(kam: User, name: str) -> None:
    case = CaseFactory(status=Status.PARTED, closed_on=TODAY)
    with pytest.raises(services.CaseEnded):
        STEPS[name](CommitmentFactory(case=case), kam, 1)
