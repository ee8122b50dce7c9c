"""Measures and the promises they serve: results of a talk, and the word before a promise breaks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.dialogue.factories import TODAY, CommitmentFactory, InteractionFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.cases.models import Case
from winback.common import duties, obligations
from winback.common.obligations import Item, Query
from winback.dialogue.models import Commitment, Interaction
from winback.plans import services
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, RecoveryPlan
from winback.plans.obligations import WORD, find
from winback.plans.rules import Result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DUE = dt.date(2026, 11, 30)


@pytest.fixture
def plan(kam: User) -> RecoveryPlan:
    return PlanFactory(case=active_case(owner=kam), passed=2)


def words(**query: Any) -> list[Item]:
    return [item for item in find(Query(**query)) if item.kind == WORD]


def test_promise_with_a_late_measure_owes_one_word(plan: RecoveryPlan, kam: User) -> None:
    promise = CommitmentFactory(case=plan.case, due_on=DUE)
    for _n in range(2):
        MeasureFactory(plan=plan, commitment=promise, due_on=dt.date(2026, 11, 20))
    with CaptureQueriesContext(connection) as asked:
        (word,) = words()
    assert len(asked) == 1
    assert (word.pk, word.owner_id, word.due_on) == (promise.pk, kam.pk, dt.date(2026, 11, 27))
    assert word.title == f"Kunden vorab informieren: Zusage „{promise.what}“ ist gefährdet"
    assert word.done_url.endswith("/vorabinformation/")


@pytest.mark.parametrize(
    "promise",
    [
        {"forewarned_on": TODAY, "forewarning": "Später"},
        {"done_on": TODAY},
        {"due_on": dt.date(2026, 11, 20)},
    ],
    ids=["told already", "kept", "overdue itself"],
)
def test_promise_owes_no_word(plan: RecoveryPlan, promise: dict[str, Any]) -> None:
    row = CommitmentFactory(case=plan.case, **{"due_on": DUE, **promise})
    MeasureFactory(plan=plan, commitment=row, due_on=dt.date(2026, 11, 19))
    assert words() == []


@pytest.mark.parametrize(
    ("measure", "count"),
    [
        ({"due_on": dt.date(2026, 12, 1)}, 1),
        ({"due_on": DUE}, 1),
        ({"due_on": DUE, "status": MeasureStatus.IN_PROGRESS}, 0),
        ({"due_on": DUE, "status": MeasureStatus.BLOCKED, "status_note": "Teil fehlt"}, 1),
        ({"due_on": DUE, "status": MeasureStatus.DONE, "done_on": TODAY}, 0),
    ],
    ids=["after the promise", "not begun", "begun", "blocked", "done"],
)
def test_word_follows_the_state_of_the_measure(
    plan: RecoveryPlan, measure: dict[str, Any], count: int
) -> None:
    MeasureFactory(plan=plan, commitment=CommitmentFactory(case=plan.case, due_on=DUE), **measure)
    assert len(words()) == count


def test_word_is_asked_of_the_owner_of_the_promise(
    plan: RecoveryPlan, kam: User, operativ: User, kollegin: User
) -> None:
    promise = CommitmentFactory(case=plan.case, due_on=DUE)
    measure = MeasureFactory(
        plan=plan, commitment=promise, owner=operativ, due_on=dt.date(2026, 11, 20)
    )
    own = [(item.kind, item.pk) for item in find(Query(owner_ids=[operativ.pk]))]
    assert own == [("measure", measure.pk)]
    assert [item.kind for item in find(Query(owner_ids=[kam.pk]))] == [WORD]
    assert words(due_until=dt.date(2026, 11, 26)) == []
    assert len(words(due_until=dt.date(2026, 11, 27))) == 1
    obligations.kind(WORD).reassign(promise.pk, kollegin, kam)
    promise.refresh_from_db()
    assert promise.owner == kollegin


def test_duties_answer_promises_and_talks_without_dropped_ones(plan: RecoveryPlan) -> None:
    promise, talk = CommitmentFactory(case=plan.case), InteractionFactory(case=plan.case)
    begun = MeasureFactory(plan=plan, commitment=promise, status=MeasureStatus.IN_PROGRESS)
    MeasureFactory(plan=plan, interaction=talk)
    MeasureFactory(
        plan=plan, commitment=promise, status=MeasureStatus.DROPPED, status_note="entfällt"
    )
    (duty,) = duties.answering("commitment", [promise.pk], TODAY)[promise.pk]
    assert (duty.title, duty.is_open, duty.has_begun) == (begun.title, True, True)
    assert len(duties.answering("interaction", [talk.pk], TODAY)[talk.pk]) == 1
    assert duties.answering("interaction", [], TODAY) == {}
    assert duties.answering("nothing", [1], TODAY) == {}


def promise_line(owner: User) -> Result:
    facts = {"what": "Plan vorlegen", "due_on": DUE, "owner": owner, "promised_on": TODAY}
    return Result(True, {**facts, "contact": None})


def measure_line(owner: User) -> Result:
    return Result(False, {"title": "Personal einteilen", "due_on": DUE, "owner": owner})


def test_results_are_all_linked_to_the_talk(plan: RecoveryPlan, kam: User) -> None:
    talk = InteractionFactory(case=plan.case)
    services.record_results(
        talk=talk,
        plan=plan,
        actor=kam,
        today=TODAY,
        results=[promise_line(kam), measure_line(kam)],
        reason="Der Kunde drängte",
    )
    given, measure = Commitment.objects.get(), Measure.objects.get()
    assert (given.interaction, given.unconfirmed_reason) == (talk, "Der Kunde drängte")
    assert (measure.interaction, measure.phase.number) == (talk, "3")


@pytest.mark.parametrize("passed", [None, 5])
def test_measure_without_a_phase_takes_everything_back(kam: User, passed: int | None) -> None:
    case = active_case(owner=kam)
    plan = None if passed is None else PlanFactory(case=case, passed=passed)
    with pytest.raises(services.PlanError):
        services.record_results(
            talk=InteractionFactory(case=case),
            plan=plan,
            actor=kam,
            today=TODAY,
            results=[promise_line(kam), measure_line(kam)],
        )
    assert not Commitment.objects.exists()


def url(talk: Interaction) -> str:
    return f"{talk.get_absolute_url()}ergebnisse/"


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def line(number: int, kind: str, by: User, **more: Any) -> dict[str, Any]:
    facts = {"kind": kind, "what": f"Ergebnis {number}", "owner": by.pk, "due_on": "30.11.2026"}
    return {f"{name}_{number}": value for name, value in (facts | more).items()}


def test_page_records_several_results_at_once(
    browser: Client, plan: RecoveryPlan, kam: User
) -> None:
    talk = InteractionFactory(case=plan.case, decisions="Plan bis Freitag")
    assert "Plan bis Freitag" in browser.get(url(talk)).content.decode()
    data = {
        **line(1, "commitment", kam, confirmed_by=kam.pk, feasibility="Personal da"),
        **line(2, "measure", kam),
        "kind_3": "measure",
    }
    response = browser.post(url(talk), data)
    assert response["Location"] == talk.get_absolute_url()
    page = browser.get(talk.get_absolute_url()).content.decode()
    assert "Ergebnis 1" in page
    assert "Ergebnis 2" in page
    given = Commitment.objects.get()
    assert (given.confirmed_by, given.confirmed_on) == (kam, TODAY)
    measure = Measure.objects.get()
    detail = browser.get(measure.get_absolute_url()).content.decode()
    assert talk.get_absolute_url() in detail


def test_page_doubts_and_refuses_line_by_line(
    browser: Client, plan: RecoveryPlan, kam: User
) -> None:
    talk = InteractionFactory(case=plan.case)
    data = {
        **line(1, "commitment", kam),
        **line(2, "measure", kam, owner="", due_on=""),
        "kind_3": "measure",
    }
    response = browser.post(url(talk), data)
    assert response.status_code == 422
    assert {"owner_2", "due_on_2"} == set(response.context["form"].errors)
    data |= line(2, "measure", kam, due_on="20.11.2026")
    page = browser.post(url(talk), data)
    assert set(page.context["form"].warned) == {"due_on_2", "confirmed_by_1"}
    basis = browser.post(url(talk), {**data, "confirmed_by_1": kam.pk})
    assert "feasibility_1" in basis.context["form"].errors
    assert browser.post(url(talk), {**data, "warning_reason": "Drängte"}).status_code == 302


def test_page_without_a_plan_offers_promises_only(browser: Client, kam: User) -> None:
    talk = InteractionFactory(case=active_case(owner=kam))
    form = browser.get(url(talk)).context["form"]
    assert [key for key, _label in form.fields["kind_1"].choices] == ["commitment"]
    response = browser.post(url(talk), line(1, "measure", kam))
    assert response.status_code == 422


def test_tab_warns_of_a_promise_about_to_break(browser: Client, plan: RecoveryPlan) -> None:
    promise = CommitmentFactory(case=plan.case, due_on=DUE, what="Messwerte vorlegen")
    MeasureFactory(plan=plan, commitment=promise, due_on=dt.date(2026, 11, 20))
    case: Case = plan.case
    tab = f"/faelle/{case.number}/kommunikation/"
    warning = "Zusage „Messwerte vorlegen“ ist gefährdet (fällig 30.11.2026)."
    assert warning in browser.get(tab).content.decode()
    assert "Diese Zusage ist gefährdet." in browser.get(promise.get_absolute_url()).content.decode()
    data = {"version": 1, "on": "heute", "words": "Drei Tage später"}
    browser.post(f"{promise.get_absolute_url()}vorabinformation/", data)
    page = browser.get(tab).content.decode()
    assert warning not in page
    assert "Kunde am 23.11.2026 vorab informiert" in page
