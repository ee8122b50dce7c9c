"""What a promise says beside its date: feasibility, talk, phase, the word before, the result."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    InteractionFactory,
    overdue,
    proved_release,
)
from tests.dialogue.test_talk_services import last_event
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.claims import StaleVersion
from winback.common.duties import Duty
from winback.dialogue import services
from winback.dialogue.enums import Verb
from winback.dialogue.models import Commitment
from winback.dialogue.rows import commitment_row, is_breaking, trust

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def facts(owner: User, **more: Any) -> dict[str, Any]:
    return {
        "what": "Messwerte vorlegen",
        "contact": None,
        "promised_on": TODAY,
        "due_on": dt.date(2026, 11, 30),
        "owner": owner,
        **more,
    }


def test_promise_keeps_its_talk_its_phase_and_why_it_was_given_unconfirmed(
    case: Case, kam: User
) -> None:
    case.phase = "3"
    talk = InteractionFactory(case=case)
    given = services.give(
        case=case, actor=kam, today=TODAY, changes=facts(kam, interaction=talk), reason="Drängte"
    )
    assert (given.phase, given.interaction, given.unconfirmed_reason) == ("3", talk, "Drängte")


def test_confirmation_takes_the_place_of_the_reason(case: Case, kam: User) -> None:
    given = CommitmentFactory(case=case, unconfirmed_reason="Drängte")
    confirmed = {"confirmed_by": kam, "confirmed_on": TODAY, "feasibility": "Personal da"}
    services.change(commitment=given, version=1, actor=kam, today=TODAY, changes=confirmed)
    assert given.unconfirmed_reason == ""
    fresh = services.give(
        case=case, actor=kam, today=TODAY, changes=facts(kam, **confirmed), reason="Feiertag"
    )
    assert fresh.unconfirmed_reason == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"confirmed_on": TODAY},
        {"forewarned_on": TODAY},
        {"told_on": TODAY},
    ],
)
def test_database_refuses_half_told_promises(case: Case, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentFactory(case=case, **wrong)


def test_word_before_the_date_leaves_the_date(case: Case, kam: User) -> None:
    given = CommitmentFactory(case=case)
    services.forewarn(commitment=given, version=1, actor=kam, on=TODAY, words="Drei Tage später")
    assert (given.forewarned_on, given.due_on) == (TODAY, dt.date(2026, 11, 30))
    assert last_event(case).verb == Verb.FOREWARNED
    with pytest.raises(StaleVersion):
        services.forewarn(commitment=given, version=1, actor=kam, on=TODAY, words="Alt")
    services.keep(commitment=given, version=2, actor=kam, done_on=TODAY)
    with pytest.raises(services.AlreadySettled):
        services.forewarn(commitment=given, version=3, actor=kam, on=TODAY, words="Zu spät")


def test_result_is_told_once_there_is_one(case: Case, kam: User) -> None:
    given = CommitmentFactory(case=case)
    with pytest.raises(services.NotYet):
        services.tell(commitment=given, version=1, actor=kam, on=TODAY, how="Telefon")
    services.keep(commitment=given, version=1, actor=kam, done_on=TODAY)
    services.tell(commitment=given, version=2, actor=kam, on=TODAY, how="Telefon")
    assert (given.told_on, last_event(case).verb) == (TODAY, Verb.TOLD)


def test_ended_case_is_told_nothing_more(case: Case, kam: User) -> None:
    CommitmentFactory(case=case, done_on=TODAY)
    Case.objects.filter(pk=case.pk).update(status=Status.WON, closed_on=TODAY)
    given = Commitment.objects.with_people().get()
    with pytest.raises(services.CaseEnded):
        services.tell(commitment=given, version=1, actor=kam, on=TODAY, how="Telefon")


def test_release_keeps_the_file_with_the_proof(case: Case) -> None:
    given = proved_release(case)
    assert given.proof_document is not None
    assert given.proof_document.current.original_name == "erlass.txt"


def duty(due_on: dt.date, *, is_open: bool = True, has_begun: bool = False) -> Duty:
    return Duty(
        title="Messen",
        url="/",
        owner="T. Wolf",
        due_on=due_on,
        original_due_on=due_on,
        shape="open",
        word="Offen",
        is_open=is_open,
        is_blocked=False,
        has_begun=has_begun,
    )


@pytest.mark.parametrize(
    ("measures", "breaking"),
    [
        ([], False),
        ([duty(dt.date(2026, 11, 20))], True),
        ([duty(dt.date(2026, 12, 1), has_begun=True)], True),
        ([duty(dt.date(2026, 11, 30))], True),
        ([duty(dt.date(2026, 11, 30), has_begun=True)], False),
        ([duty(dt.date(2026, 11, 20), is_open=False)], False),
    ],
    ids=["none", "overdue", "after the promise", "not begun", "begun", "done"],
)
def test_promise_is_about_to_break_by_its_measures(
    case: Case, kam: User, measures: list[Duty], breaking: bool
) -> None:
    given = CommitmentFactory(case=case)
    assert is_breaking(given, measures, TODAY) is breaking
    row = commitment_row(given, kam, TODAY, measures)
    assert bool(row.forewarn_url) is breaking
    given.forewarned_on = TODAY
    assert commitment_row(given, kam, TODAY, measures).forewarn_url == ""


def test_far_measure_that_has_not_begun_endangers_nothing(case: Case) -> None:
    given = CommitmentFactory(case=case, due_on=dt.date(2027, 1, 29))
    assert not is_breaking(given, [duty(dt.date(2026, 12, 1))], TODAY)
    assert is_breaking(given, [duty(dt.date(2026, 11, 30))], TODAY)


def test_overdue_promise_is_broken_not_about_to_break(case: Case) -> None:
    assert not is_breaking(overdue(case), [duty(dt.date(2026, 11, 20))], TODAY)


def test_result_is_to_be_told_of_kept_and_broken_only(case: Case, kam: User) -> None:
    kept = CommitmentFactory(case=case, done_on=TODAY)
    told = CommitmentFactory(case=case, done_on=TODAY, told_on=TODAY, told_how="Telefon")
    still = CommitmentFactory(case=case)
    urls = [bool(commitment_row(each, kam, TODAY).tell_url) for each in (kept, told, still)]
    assert urls == [True, False, False]
    assert commitment_row(proved_release(case), kam, TODAY).tell_url == ""


def test_ratio_by_phase_shows_counts_below_five(case: Case) -> None:
    due = {"due_on": dt.date(2026, 11, 16)}
    for _n in range(3):
        CommitmentFactory(case=case, phase="2", **due, done_on=dt.date(2026, 11, 16))
    CommitmentFactory(case=case, phase="2", **due, done_on=dt.date(2026, 11, 18))
    for _n in range(5):
        CommitmentFactory(case=case, phase="3", **due, done_on=dt.date(2026, 11, 16))
    CommitmentFactory(case=case, phase="4")
    overdue(case)
    rows = list(Commitment.objects.filter(case=case))
    assert trust(rows, "HE", TODAY).phases == [
        ("vor dem Plan", "0 von 1"),
        ("2 Kommunikations-Reset", "3 von 4"),
        ("3 Sofortmaßnahmen", "5 von 5 (100\u202f%)"),
    ]
