"""Verbs of the root-cause analysis: effects, events, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import CaseFactory
from tests.causes.factories import CategoryFactory, CauseFactory, agreed, confirmed, prove
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import TODAY
from tests.plans.factories import MeasureFactory, plan_of
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent
from winback.causes import services
from winback.causes.enums import Controllability, Perspective, Verb
from winback.causes.models import Cause, CauseEvidence
from winback.common.claims import StaleVersion

pytestmark = pytest.mark.django_db


def words(**more: Any) -> dict[str, Any]:
    return {
        "category": CategoryFactory(),
        "statement": "Zu knapp kalkuliert.",
        "perspective": Perspective.CLIENT,
        "share": 40,
        "controllability": Controllability.OWN,
        "is_changeable": True,
        **more,
    }


def last_event(case: Case) -> CaseEvent:
    event = case.events.first()
    assert event is not None
    return event


def test_name_makes_the_first_cause_primary_and_no_other(case: Case, kam: User) -> None:
    first = services.name(case=case, actor=kam, changes=words())
    second = services.name(case=case, actor=kam, changes=words())
    assert (first.is_primary, second.is_primary) == (True, False)
    event = last_event(case)
    assert (event.verb, event.actor, event.data["title"]) == (Verb.NAMED, kam, str(second))
    assert second.history.get().history_user == kam


def test_change_writes_what_differs(case: Case, kam: User) -> None:
    cause = CauseFactory(case=case)
    changes = {"statement": "Anders.", "share": 20, "category": cause.category}
    services.change(cause=cause, version=1, actor=kam, changes=changes)
    cause.refresh_from_db()
    assert (cause.statement, cause.share, cause.version) == ("Anders.", 20, 2)
    assert last_event(case).data["fields"] == ["statement", "share"]


def test_confirm_needs_evidence(case: Case, kam: User) -> None:
    cause = CauseFactory(case=case)
    with pytest.raises(services.NoEvidence):
        services.confirm(cause=cause, version=1, actor=kam, today=TODAY)
    cause.refresh_from_db()
    assert (cause.is_confirmed, cause.version) == (False, 1)


def test_confirm_says_by_whom_and_when_and_only_once(case: Case, qm: User, kam: User) -> None:
    cause = CauseFactory(case=case)
    prove(cause)
    services.confirm(cause=cause, version=1, actor=qm, today=TODAY)
    services.confirm(cause=cause, version=1, actor=kam, today=TODAY)
    cause.refresh_from_db()
    assert (cause.is_confirmed, cause.confirmed_by, cause.confirmed_on) == (True, qm, TODAY)
    assert [event.verb for event in case.events.all()] == [Verb.CONFIRMED]


@pytest.mark.parametrize("field", ["statement", "category"])
def test_change_of_what_was_said_takes_back_both_confirmations(
    case: Case, kam: User, field: str
) -> None:
    cause = agreed(kam, case)
    changed = {"statement": "Anders.", "category": CategoryFactory()}[field]
    services.change(cause=cause, version=1, actor=kam, changes={field: changed})
    cause.refresh_from_db()
    assert (cause.is_confirmed, cause.confirmed_by, cause.confirmed_on) == (False, None, None)
    assert (cause.client_confirmed_by, cause.client_confirmed_on) == (None, None)
    assert cause.client_words == ""


def test_change_of_the_weight_keeps_both_confirmations(case: Case, kam: User) -> None:
    cause = agreed(kam, case)
    services.change(cause=cause, version=1, actor=kam, changes={"share": 20})
    cause.refresh_from_db()
    assert cause.is_confirmed
    assert cause.client_words == "So war es."


def test_without_its_last_evidence_the_word_of_the_client_stays(case: Case, kam: User) -> None:
    cause = agreed(kam, case)
    services.remove_evidence(evidence=cause.evidence.get(), version=1, actor=kam)
    cause.refresh_from_db()
    assert not cause.is_confirmed
    assert cause.client_words == "So war es."


def test_client_confirms_an_assumption_in_his_words(case: Case, kam: User) -> None:
    cause, brandt = CauseFactory(case=case), ContactFactory(client=case.client)
    services.confirm_by_client(
        cause=cause, version=1, actor=kam, contact=brandt, on=TODAY, words="So war es."
    )
    cause.refresh_from_db()
    assert (cause.client_confirmed_by, cause.client_confirmed_on) == (brandt, TODAY)
    assert (cause.is_confirmed, cause.version) == (False, 2)
    event = last_event(case)
    assert (event.verb, event.data["note"]) == (Verb.CLIENT_CONFIRMED, "So war es.")


def test_client_confirms_again_and_the_later_word_counts(case: Case, kam: User) -> None:
    cause = agreed(kam, case)
    heller = ContactFactory(client=case.client, last_name="Heller")
    services.confirm_by_client(
        cause=cause, version=1, actor=kam, contact=heller, on=TODAY, words="Nur zum Teil."
    )
    cause.refresh_from_db()
    assert (cause.client_confirmed_by, cause.client_words) == (heller, "Nur zum Teil.")
    assert cause.history.count() == 2


def test_client_confirms_nothing_in_an_ended_case_and_nothing_unseen(case: Case, kam: User) -> None:
    cause = agreed(kam, case)
    said = {"contact": cause.client_confirmed_by, "on": TODAY, "words": "Doch nicht."}
    with pytest.raises(StaleVersion):
        services.confirm_by_client(cause=cause, version=7, actor=kam, **said)
    Case.objects.update(status=Status.LOST, closed_on=TODAY)
    cause.case.refresh_from_db()
    with pytest.raises(services.CaseEnded):
        services.confirm_by_client(cause=cause, version=1, actor=kam, **said)


def test_reason_for_words_that_name_somebody_stands_in_the_history(case: Case, kam: User) -> None:
    cause = services.name(case=case, actor=kam, changes=words(), reason="Firmenname")
    assert last_event(case).data["reason"] == "Firmenname"
    services.change(cause=cause, version=1, actor=kam, changes={"share": 9}, reason="Straße")
    assert last_event(case).data["reason"] == "Straße"


def test_add_evidence_in_words_and_by_finding(case: Case, kam: User) -> None:
    cause, finding = CauseFactory(case=case), FindingFactory(audit=AuditFactory(case=case))
    services.add_evidence(cause=cause, actor=kam, finding=None, source="8 Tickets")
    services.add_evidence(cause=cause, actor=kam, finding=finding, source="")
    assert [each.text for each in cause.evidence.all()] == ["8 Tickets", finding.number]
    event = last_event(case)
    assert (event.verb, event.data["note"]) == (Verb.EVIDENCE_ADDED, finding.number)


def test_add_evidence_takes_a_finding_once(case: Case, kam: User) -> None:
    cause, finding = CauseFactory(case=case), FindingFactory(audit=AuditFactory(case=case))
    first = services.add_evidence(cause=cause, actor=kam, finding=finding, source="")
    again = services.add_evidence(cause=cause, actor=kam, finding=finding, source="nochmals")
    assert first == again
    assert case.events.count() == 1


def test_remove_evidence_keeps_a_cause_confirmed_while_some_is_left(case: Case, kam: User) -> None:
    cause = confirmed(kam, case=case)
    services.remove_evidence(evidence=prove(cause, source="doppelt"), version=1, actor=kam)
    cause.refresh_from_db()
    assert cause.is_confirmed


def test_remove_evidence_turns_the_cause_back_without_its_last_one(case: Case, kam: User) -> None:
    cause = confirmed(kam, case=case)
    services.remove_evidence(evidence=cause.evidence.get(), version=1, actor=kam)
    cause.refresh_from_db()
    assert (cause.is_confirmed, cause.confirmed_by, cause.confirmed_on) == (False, None, None)
    event = last_event(case)
    assert (event.verb, event.data["note"]) == (Verb.EVIDENCE_REMOVED, "Angebot S. 14")


def test_make_primary_moves_the_mark(case: Case, kam: User) -> None:
    before, after = CauseFactory(case=case, primary=True), CauseFactory(case=case)
    services.make_primary(cause=after, version=1, actor=kam)
    assert list(Cause.objects.primary()) == [after]
    before.refresh_from_db()
    assert (before.is_primary, before.version) == (False, 2)
    event = last_event(case)
    assert (event.verb, event.data["before"]) == (Verb.MADE_PRIMARY, str(before))


def test_make_primary_gives_a_missing_mark(case: Case, kam: User) -> None:
    cause = CauseFactory(case=case)
    services.make_primary(cause=cause, version=1, actor=kam)
    assert services.primary_cause(case) == cause


def test_make_primary_of_the_primary_changes_nothing(case: Case, kam: User) -> None:
    cause = CauseFactory(case=case, primary=True)
    services.make_primary(cause=cause, version=1, actor=kam)
    assert cause.version == 1
    assert not case.events.exists()


def test_make_primary_leaves_the_marks_of_other_cases(case: Case, kam: User) -> None:
    elsewhere = CauseFactory(primary=True)
    services.make_primary(cause=CauseFactory(case=case), version=1, actor=kam)
    assert services.primary_cause(elsewhere.case) == elsewhere


def test_two_who_choose_at_once_leave_exactly_one_primary(
    case: Case, kam: User, kollegin: User
) -> None:
    """The second reads its cause before the first has moved the mark."""
    old = CauseFactory(case=case, primary=True)
    one, other = CauseFactory(case=case), CauseFactory(case=case)
    read_early = Cause.objects.get(pk=old.pk)
    services.make_primary(cause=one, version=1, actor=kam)
    services.make_primary(cause=other, version=1, actor=kollegin)
    assert list(Cause.objects.primary()) == [other]
    with pytest.raises(StaleVersion):
        services.change(cause=read_early, version=1, actor=kam, changes={"share": 5})


def test_remove_takes_cause_and_evidence_and_keeps_its_name_in_the_history(
    case: Case, kam: User
) -> None:
    CauseFactory(case=case, primary=True)
    cause = confirmed(kam, case=case)
    services.remove(cause=cause, version=1, actor=kam)
    assert not Cause.objects.filter(category=cause.category).exists()
    assert not CauseEvidence.objects.exists()
    event = last_event(case)
    assert (event.verb, event.data["title"]) == (Verb.REMOVED, str(cause.category))


def test_remove_of_a_cause_with_measures_is_refused(case: Case, kam: User) -> None:
    cause = CauseFactory(case=case)
    MeasureFactory(plan=plan_of(case), cause=cause)
    with pytest.raises(services.StillNeeded):
        services.remove(cause=cause, version=1, actor=kam)
    cause.refresh_from_db()
    assert cause.version == 1


def test_remove_of_the_primary_waits_for_another(case: Case, kam: User) -> None:
    primary, other = CauseFactory(case=case, primary=True), CauseFactory(case=case)
    with pytest.raises(services.StillNeeded):
        services.remove(cause=primary, version=1, actor=kam)
    services.remove(cause=other, version=1, actor=kam)
    primary.refresh_from_db()
    services.remove(cause=primary, version=1, actor=kam)
    assert services.primary_cause(case) is None


Step = Callable[[Cause, User], object]
STEPS: dict[str, Step] = {
    "change": lambda cause, actor: services.change(
        cause=cause, version=1, actor=actor, changes={"share": 5}
    ),
    "confirm": lambda cause, actor: services.confirm(
        cause=cause, version=1, actor=actor, today=TODAY
    ),
    "make primary": lambda cause, actor: services.make_primary(cause=cause, version=1, actor=actor),
    "remove": lambda cause, actor: services.remove(cause=cause, version=1, actor=actor),
    "remove evidence": lambda cause, actor: services.remove_evidence(
        evidence=cause.evidence.get(), version=1, actor=actor
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_step_on_a_stale_version_is_refused(case: Case, kam: User, step: str) -> None:
    cause = CauseFactory(case=case)
    prove(cause)
    Cause.objects.update(version=2)
    with pytest.raises(StaleVersion):
        STEPS[step](cause, kam)
    assert not case.events.exists()
    assert cause.evidence.count() == 1


ADDING: dict[str, Step] = {
    "name": lambda cause, actor: services.name(case=cause.case, actor=actor, changes=words()),
    "add evidence": lambda cause, actor: services.add_evidence(
        cause=cause, actor=actor, finding=None, source="8 Tickets"
    ),
}


@pytest.mark.parametrize("step", STEPS | ADDING)
def test_step_in_an_ended_case_is_refused(kam: User, step: str) -> None:
    cause = CauseFactory(case=CaseFactory(status=Status.WON, closed_on=TODAY))
    prove(cause)
    with pytest.raises(services.CaseEnded):
        (STEPS | ADDING)[step](cause, kam)
    assert not cause.case.events.exists()
