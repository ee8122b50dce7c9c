"""Complaints from receipt to closing: steps, refusals, response in working time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.clients.factories import SiteFactory
from tests.dialogue.factories import TODAY, ComplaintFactory
from tests.dialogue.test_talk_services import last_event
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.claims import StaleVersion
from winback.dialogue import services
from winback.dialogue.enums import ComplaintCore, ComplaintState, Severity, TalkChannel, Verb
from winback.dialogue.models import Complaint
from winback.dialogue.rows.complaints import (
    complaint_row,
    handling_facts,
    response,
    standing,
    steps,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FRIDAY, TUESDAY = dt.date(2026, 11, 20), dt.date(2026, 11, 24)


def facts(owner: User, **more: Any) -> dict[str, Any]:
    return {
        "received_on": TODAY,
        "channel": TalkChannel.PHONE,
        "what": "Aufzug steht",
        "due_on": TUESDAY,
        "owner": owner,
        **more,
    }


def answered(complaint: Complaint, actor: User) -> Complaint:
    return services.answer(
        complaint=complaint,
        version=complaint.version,
        actor=actor,
        text="Sonderreinigung heute",
        on=TODAY,
        ask_on=TODAY + dt.timedelta(days=7),
    )


def closed(complaint: Complaint, actor: User, *, content: bool = True) -> Complaint:
    return services.close_complaint(
        complaint=complaint,
        version=complaint.version,
        actor=actor,
        done_on=TODAY,
        content=content,
        closing_note="Fr. Heller am Telefon",
    )


def test_receipt_gives_a_number_and_lets_the_owner_in(case: Case, kam: User, fremde: User) -> None:
    one, two = (
        services.receive(case=case, actor=kam, today=TODAY, changes=facts(fremde)) for _n in "12"
    )
    assert (one.number, two.number) == ("C-2026-0001", "C-2026-0002")
    assert (one.received_by, one.original_due_on) == (kam, TUESDAY)
    assert case.members.filter(user=fremde).exists()
    assert last_event(case).verb == Verb.COMPLAINED


def test_every_step_in_its_order(case: Case, kam: User) -> None:
    complaint = ComplaintFactory(case=case)
    assert complaint.state == ComplaintState.RECEIVED
    services.acknowledge(complaint=complaint, version=1, actor=kam, on=TODAY)
    assert complaint.state == ComplaintState.ACKNOWLEDGED
    answered(complaint, kam)
    assert complaint.state == ComplaintState.ANSWERED
    assert complaint.due_on == dt.date(2026, 11, 30)
    assert complaint.original_due_on == TUESDAY
    closed(complaint, kam)
    assert complaint.state == ComplaintState.CLOSED
    assert last_event(case).data["content"] is True


def test_steps_out_of_order_are_refused(case: Case, kam: User) -> None:
    complaint = ComplaintFactory(case=case)
    with pytest.raises(services.WrongStep, match="Ohne Antwort"):
        closed(complaint, kam)
    services.acknowledge(complaint=complaint, version=1, actor=kam, on=TODAY)
    with pytest.raises(services.WrongStep):
        services.acknowledge(complaint=complaint, version=2, actor=kam, on=TODAY)
    with pytest.raises(services.WrongStep):
        services.reopen_complaint(
            complaint=complaint, version=2, actor=kam, today=TODAY, due_on=TODAY, reason="x"
        )
    answered(complaint, kam)
    closed(complaint, kam)
    with pytest.raises(services.AlreadyEnded):
        answered(complaint, kam)
    with pytest.raises(services.AlreadyEnded):
        services.change_complaint(
            complaint=complaint, version=4, actor=kam, today=TODAY, changes={}
        )


def test_answer_acknowledges_too_and_the_first_one_counts(case: Case, kam: User) -> None:
    complaint = answered(ComplaintFactory(case=case), kam)
    assert complaint.acknowledged_on == complaint.answered_on == TODAY
    services.answer(
        complaint=complaint, version=2, actor=kam, text="Ergänzt", on=TUESDAY, ask_on=TUESDAY
    )
    assert (complaint.answered_on, complaint.answer) == (TODAY, "Ergänzt")
    with pytest.raises(StaleVersion):
        services.answer(
            complaint=complaint, version=1, actor=kam, text="Alt", on=TODAY, ask_on=TODAY
        )


def test_reopened_complaint_owes_a_new_answer(case: Case, kam: User) -> None:
    complaint = closed(answered(ComplaintFactory(case=case), kam), kam, content=False)
    assert standing(complaint, TODAY)[1] == "Abgeschlossen, Kunde nicht zufrieden"
    services.reopen_complaint(
        complaint=complaint, version=3, actor=kam, today=TODAY, due_on=TUESDAY, reason="Wieder da"
    )
    assert complaint.awaits_answer
    assert complaint.content is None
    assert complaint.state == ComplaintState.ACKNOWLEDGED
    assert Complaint.objects.unanswered().count() == 1
    with pytest.raises(services.WrongStep):
        closed(complaint, kam)
    answered(complaint, kam)
    assert not complaint.awaits_answer
    closed(complaint, kam)


def test_states_in_sql_agree_with_the_property(case: Case, kam: User) -> None:
    ComplaintFactory(case=case)
    ComplaintFactory(case=case, acknowledged_on=TODAY)
    answered(ComplaintFactory(case=case), kam)
    closed(answered(ComplaintFactory(case=case), kam), kam)
    ComplaintFactory(
        case=case, acknowledged_on=TODAY, answered_on=TODAY, answer="x", reopened_on=TODAY
    )
    for state in ComplaintState:
        found = set(Complaint.objects.in_state(state))
        assert found == {row for row in Complaint.objects.all() if row.state == state}


@pytest.mark.parametrize(
    ("days", "count"), [(3, 0), (4, 1), (30, 1)], ids=["since Saturday", "since Friday", "month"]
)
def test_received_within_counts_the_day_itself(case: Case, days: int, count: int) -> None:
    ComplaintFactory(case=case, received_on=FRIDAY)
    assert Complaint.objects.received_within(TODAY, days).count() == count


def test_urgent_is_about_safety_and_unanswered(case: Case, kam: User) -> None:
    ComplaintFactory(case=case)
    one = ComplaintFactory(case=case, is_safety=True, immediate_action="gesperrt")
    assert list(Complaint.objects.urgent()) == [one]
    answered(one, kam)
    assert not Complaint.objects.urgent().exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_safety": True},
        {"core": ComplaintCore.TACTICAL},
        {"answered_on": TODAY},
        {"done_on": TODAY, "content": True},
        {"content": True},
        {"done_on": TODAY, "content": False, "answered_on": TODAY, "answer": "x"},
    ],
)
def test_database_refuses_half_told_complaints(case: Case, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ComplaintFactory(case=case, **wrong)


def test_ended_case_takes_no_complaint(case: Case, kam: User) -> None:
    complaint = ComplaintFactory(case=case)
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    complaint = Complaint.objects.with_rows().get()
    with pytest.raises(services.CaseEnded):
        answered(complaint, kam)
    with pytest.raises(services.CaseEnded):
        services.receive(case=complaint.case, actor=kam, today=TODAY, changes=facts(kam))
    assert steps(complaint, kam) == []


def test_handing_over_keeps_another_deputy(case: Case, kam: User, kollegin: User, qm: User) -> None:
    for deputy, left in ((kollegin, None), (qm, qm)):
        complaint = ComplaintFactory(case=case, deputy=deputy)
        services.hand_over_complaint(complaint.pk, kollegin, kam)
        complaint.refresh_from_db()
        assert (complaint.owner, complaint.deputy) == (kollegin, left)


@pytest.mark.parametrize(
    ("received", "on", "words"),
    [
        ((FRIDAY, None), (None, None), ""),
        ((FRIDAY, None), (FRIDAY, None), "am selben Tag"),
        ((FRIDAY, None), (TODAY, None), "1 Arbeitstag"),
        ((FRIDAY, None), (TUESDAY, None), "2 Arbeitstage"),
        ((FRIDAY, dt.time(16)), (TODAY, dt.time(9)), "2 Arbeitsstunden"),
        ((FRIDAY, dt.time(16, 30)), (FRIDAY, dt.time(17, 30)), "0,5 Arbeitsstunden"),
        ((FRIDAY, dt.time(9)), (FRIDAY, dt.time(10)), "1 Arbeitsstunde"),
    ],
)
def test_response_in_working_time(
    case: Case, received: tuple[Any, Any], on: tuple[Any, Any], words: str
) -> None:
    complaint = ComplaintFactory.build(
        case=case, number="C-1", received_on=received[0], received_at=received[1]
    )
    assert response(complaint, *on, "HE") == words


def test_row_and_facts_say_where_it_stands(case: Case, kam: User) -> None:
    site = SiteFactory(client=case.client, name="Haus B")
    complaint = ComplaintFactory(
        case=case, site=site, due_on=FRIDAY, severity=Severity.HIGH, received_at=dt.time(8)
    )
    row = complaint_row(complaint, "HE", TODAY)
    assert (row.shape, row.word, row.late, row.site) == ("late", "Überfällig", True, "Haus B")
    assert row.severity == "schwer"
    answered(complaint, kam)
    labels = [label for label, _value, _note in handling_facts(complaint, "HE")]
    assert labels[-1] == "Nachfragen bis"
    closed(complaint, kam)
    labels = [label for label, _value, _note in handling_facts(complaint, "HE")]
    assert labels[-2:] == ["Kunde zufrieden?", "Abgeschlossen am"]


def test_steps_offer_what_comes_next_to_those_who_may(
    case: Case, kam: User, operativ: User, auditor: User
) -> None:
    complaint = ComplaintFactory(case=case, owner=operativ)

    def offered(user: User) -> list[str]:
        return [label for label, _url in steps(complaint, user)]

    assert offered(operativ) == ["Eingang bestätigen", "Beschwerde beantworten"]
    assert offered(kam)[2:] == ["Kern beurteilen", "Bearbeiten"]
    assert offered(auditor) == []
    answered(complaint, kam)
    assert offered(operativ) == ["Beschwerde abschließen", "Erneut antworten"]
    closed(complaint, kam)
    assert offered(operativ) == []
    assert offered(kam) == ["Wieder aufnehmen"]
