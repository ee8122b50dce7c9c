"""Complaints and deadlines by the many: who answers, by when, and what may not move."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.contracts.factories import DeadlineFactory
from tests.dialogue.factories import ComplaintFactory
from winback.bulk import services
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent, CaseMember
from winback.common.bulk import DATE, OWNER, BulkKind
from winback.contracts.bulk import KIND as DEADLINES
from winback.contracts.models import Deadline
from winback.dialogue.bulk import COMPLAINT_KIND as COMPLAINTS
from winback.dialogue.models import Complaint

WEEK: dict[str, Any] = {"days": 7, "due_on": None, "note": "Fachleute kommen am 1.12."}
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def complaint(case: Case) -> Complaint:
    return ComplaintFactory(case=case)


@pytest.fixture
def deadline(case: Case) -> Deadline:
    deadline = DeadlineFactory(contract__client=case.client)
    Case.objects.filter(pk=case.pk).update(contract=deadline.contract)
    return deadline


def run(kind: BulkKind, step: str, actor: User, pk: int, asked: dict[str, Any]) -> services.Change:
    """Preview one row, then confirm what it showed."""
    rows = kind.find(actor, [pk])
    tokens = [change.token for change in services.preview(step, rows, asked)]
    (change,) = services.apply(
        kind=kind,
        step=step,
        rows=rows,
        asked=asked,
        shown=services.read_tokens(tokens),
        actor=actor,
    )
    return change


def test_complaints_get_another_owner_who_is_let_in(kam: User, qm: User, complaint: Any) -> None:
    assert run(COMPLAINTS, OWNER, kam, complaint.pk, {"owner": qm, "note": "Urlaub"}).done
    complaint.refresh_from_db()
    assert complaint.owner == qm
    assert complaint.case.members.filter(user=qm, left_on=None).exists()
    assert CaseEvent.objects.latest("pk").data["reason"] == "Urlaub"


@pytest.mark.parametrize("takes_over", [True, False])
def test_a_deputy_who_takes_over_leaves_the_place(
    kam: User, qm: User, operativ: User, complaint: Any, takes_over: bool
) -> None:
    Complaint.objects.update(deputy=operativ)
    owner = operativ if takes_over else qm
    run(COMPLAINTS, OWNER, kam, complaint.pk, {"owner": owner, "note": ""})
    complaint.refresh_from_db()
    assert complaint.owner == owner
    assert complaint.deputy == (None if takes_over else operativ)


def test_answers_move_and_lateness_keeps_the_first_date(kam: User, complaint: Any) -> None:
    assert run(COMPLAINTS, DATE, kam, complaint.pk, WEEK).done
    complaint.refresh_from_db()
    assert complaint.due_on == dt.date(2026, 12, 1)
    assert complaint.original_due_on == dt.date(2026, 11, 24)
    assert CaseEvent.objects.latest("pk").data["reason"] == WEEK["note"]


def test_no_answer_is_owed_before_the_complaint_came(kam: User, complaint: Any) -> None:
    change = run(COMPLAINTS, DATE, kam, complaint.pk, {**WEEK, "days": -14})
    complaint.refresh_from_db()
    assert (change.done, change.refusal) == (
        False,
        "Das Datum liegt vor dem Eingang der Beschwerde.",
    )
    assert complaint.due_on == dt.date(2026, 11, 24)


def test_settled_complaints_and_ended_cases_refuse_both_steps(kam: User, complaint: Any) -> None:
    Complaint.objects.update(answered_on=TODAY, answer="Nachgereinigt", done_on=TODAY, content=True)
    (row,) = COMPLAINTS.find(kam, [complaint.pk])
    assert row.hand_over_refusal == row.move_refusal == "Sie ist schon erledigt."
    Complaint.objects.update(done_on=None, content=None)
    Case.objects.update(status=Status.LOST, closed_on=TODAY)
    (row,) = COMPLAINTS.find(kam, [complaint.pk])
    assert row.hand_over_refusal


def test_who_sees_a_complaint_but_does_not_work_on_the_case_is_refused(
    operativ: User, fremde: User, complaint: Any
) -> None:
    assert COMPLAINTS.find(fremde, [complaint.pk]) == []
    CaseMember.objects.create(case=complaint.case, user=operativ, joined_on=TODAY)
    (row,) = COMPLAINTS.find(operativ, [complaint.pk])
    assert row.hand_over_refusal == row.move_refusal == "Sie dürfen diese Beschwerde nicht ändern."


def test_deadlines_get_another_owner_and_keep_the_reason(
    kam: User, qm: User, case: Case, deadline: Deadline
) -> None:
    assert run(DEADLINES, OWNER, kam, deadline.pk, {"owner": qm, "note": "Recht kennt sie"}).done
    deadline.refresh_from_db()
    assert deadline.owner == qm
    assert deadline.history.first().history_change_reason == "Recht kennt sie"
    assert case.members.filter(user=qm, left_on=None).exists()


def test_a_legal_date_does_not_move() -> None:
    assert [step for step, _label in DEADLINES.steps] == [OWNER]


def test_deadlines_say_why_they_refuse(kam: User, operativ: User, deadline: Deadline) -> None:
    (row,) = DEADLINES.find(kam, [deadline.pk])
    assert (row.hand_over_refusal, row.due_on) == ("", dt.date(2026, 12, 3))
    Deadline.objects.update(done_on=TODAY)
    (row,) = DEADLINES.find(kam, [deadline.pk])
    assert row.hand_over_refusal == "Diese Frist ist schon erledigt oder beendet."


def test_who_sees_a_deadline_but_keeps_no_register_is_refused(
    operativ: User, case: Case, deadline: Deadline
) -> None:
    assert DEADLINES.find(operativ, [deadline.pk]) == []
    CaseMember.objects.create(case=case, user=operativ, joined_on=TODAY)
    (row,) = DEADLINES.find(operativ, [deadline.pk])
    assert row.hand_over_refusal == "Sie dürfen diese Frist nicht ändern."
    assert not DEADLINES.may(operativ)


@pytest.mark.parametrize(
    ("url", "kind"), [("dialogue:complaints", COMPLAINTS), ("contracts:deadline_list", DEADLINES)]
)
def test_the_list_offers_its_steps_and_the_page_opens_for_all_of_a_query(
    client_for: Any, kam: User, complaint: Any, deadline: Deadline, url: str, kind: BulkKind
) -> None:
    browser: Browser = client_for(kam)
    shown = browser.get(reverse(url)).content.decode()
    change = reverse("bulk:change", args=[kind.key])
    assert change in shown
    page = browser.get(change, {"alle": "1", "schritt": OWNER, "abfrage": ""})
    assert page.status_code == 200
    assert [row.title for row in page.context["rows"]] == [
        row.title for row in kind.find(kam, [complaint.pk, deadline.pk])
    ]


def test_ticked_complaints_leave_as_a_file(client_for: Any, kam: User, complaint: Any) -> None:
    ComplaintFactory(case=complaint.case, what="Aufzug steht")
    export = reverse("dialogue:complaints_export")
    both = client_for(kam).get(export).content.decode("utf-8-sig")
    one = client_for(kam).get(export, {"auswahl": complaint.pk}).content.decode("utf-8-sig")
    assert "Aufzug steht" in both
    assert "Aufzug steht" not in one
    assert complaint.what in one
