"""The same verb twice, and two people at one row: nothing is done twice, nothing gets lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus
from audits.models import Audit
from audits.services import finish_audit
from tests.cases.factories import active_case
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory, plan_of
from tests.reminders.factories import note
from tests.robustness.stage import TODAY, Stage, quiet_client, snapshot
from winback.cases.enums import Status
from winback.cases.models import Case, Outcome
from winback.cases.services import close_case, set_next_step
from winback.common.claims import RuleBroken, StaleVersion
from winback.dialogue.models import Commitment
from winback.plans import services as plans
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure

LATER = dt.date(2026, 12, 8)
_ENDING = {"result": Status.LOST, "ended_on": TODAY, "reasons": "Preis", "lessons": "Früher fragen"}


def twice(user: User, url: str, data: dict[str, Any]) -> tuple[int, bool]:
    """Post twice; the second answer, and whether it left all rows as the first had left them."""
    client = quiet_client(user)
    first = client.post(url, data)
    assert first.status_code == 302, first.content.decode()[:2000]
    after = snapshot()
    return client.post(url, data).status_code, snapshot() == after


@pytest.mark.parametrize(
    "name", ["complete", "keep", "finding_start", "finding_done", "finish", "read", "read_all"]
)
def test_the_second_click_is_harmless(name: str, stage: Stage) -> None:
    people, case, done = stage.people, stage.case, "23.11.2026"
    commitment = Commitment.objects.filter(case=case, due_on__gte=TODAY).open().first()
    assert commitment is not None
    message = note(people.kam, object_id=77)
    finding = [stage.finding.number]
    user, url, data = {
        "complete": (people.kam, reverse("plans:measure_complete",
            args=[case.number, stage.measure.number]), {}),
        "keep": (people.kam, reverse("dialogue:keep", args=[case.number, commitment.pk]),
            {"done_on": done, "version": commitment.version}),
        "finding_start": (people.operativ, reverse("audits:finding_start", args=finding), {}),
        "finding_done": (people.operativ, reverse("audits:finding_done", args=finding), {}),
        "finish": (people.auditor, reverse("audits:check", args=[stage.audit.number]),
            {"conclusion": "Die Organisation trägt.", "participants": "B. Brandt",
             "version": stage.audit.version}),
        "read": (people.kam, reverse("reminders:read", args=[message.pk]), {}),
        "read_all": (people.kam, reverse("reminders:read_all"), {}),
    }[name]  # fmt: skip
    status, unchanged = twice(user, url, data)
    assert unchanged
    assert status < 500


def race(*steps: Callable[[], object]) -> list[object]:
    """What came of each step: its result, or the refusal."""
    results: list[object] = []
    for step in steps:
        try:
            results.append(step())
        except (RuleBroken, StaleVersion) as refusal:
            results.append(refusal)
    return results


def test_two_edits_of_a_case_the_second_hears_of_the_first(stage: Stage) -> None:
    one, other = (Case.objects.get(pk=stage.case.pk) for _ in range(2))
    facts = {"version": one.version, "actor": stage.people.kam, "on": LATER}
    won, refused = race(
        lambda: set_next_step(case=one, step="Meine", **facts),
        lambda: set_next_step(case=other, step="Ihre", **facts),
    )
    assert isinstance(won, Case)
    assert isinstance(refused, StaleVersion)
    assert Case.objects.get(pk=one.pk).next_step == "Meine"


def test_an_edit_from_a_stale_page_answers_409_and_keeps_both_values(stage: Stage) -> None:
    url = reverse("cases:next_step", args=[stage.case.number])
    version = Case.objects.get(pk=stage.case.pk).version
    data = {"next_step_on": "08.12.2026", "version": version}
    client = quiet_client(stage.people.kam)
    assert client.post(url, {**data, "next_step": "Der erste"}).status_code == 302
    answer = client.post(url, {**data, "next_step": "Der zweite"})
    assert answer.status_code == 409
    assert "Der erste" in answer.content.decode()
    assert "Der zweite" in answer.content.decode()
    assert Case.objects.get(pk=stage.case.pk).next_step == "Der erste"


def test_two_completions_of_a_measure_leave_one(stage: Stage) -> None:
    one, other = (Measure.objects.with_page().get(pk=stage.measure.pk) for _ in range(2))
    events = stage.case.events.count()
    results = race(
        lambda: plans.complete(measure=one, actor=stage.people.kam, today=TODAY),
        lambda: plans.complete(measure=other, actor=stage.people.qm, today=TODAY),
    )
    assert results[0] is True
    assert results[1] is False or isinstance(results[1], StaleVersion)
    assert stage.case.events.count() == events + 1


def test_move_and_completion_from_the_same_page_lose_nothing(stage: Stage) -> None:
    one, other = (Measure.objects.with_page().get(pk=stage.measure.pk) for _ in range(2))
    kam = stage.people.kam
    moved, refused = race(
        lambda: plans.move(measure=one, version=1, actor=kam, to=LATER, reason="Kunde"),
        lambda: plans.complete(measure=other, actor=kam, today=TODAY),
    )
    row = Measure.objects.get(pk=one.pk)
    assert isinstance(moved, Measure)
    assert isinstance(refused, StaleVersion)
    assert (row.due_on, row.status) == (LATER, MeasureStatus.OPEN)


def test_two_finishes_of_an_audit_leave_one(stage: Stage) -> None:
    one, other = (Audit.objects.with_head().get(pk=stage.audit.pk) for _ in range(2))
    facts = {"version": one.version, "today": TODAY, "participants": "B. Brandt"}
    results = race(
        lambda: finish_audit(audit=one, actor=stage.people.qm, conclusion="A", **facts),
        lambda: finish_audit(audit=other, actor=stage.people.auditor, conclusion="B", **facts),
    )
    row = Audit.objects.get(pk=one.pk)
    assert isinstance(results[1], StaleVersion)
    assert (row.status, row.conclusion) == (AuditStatus.FINISHED, "A")


def test_two_closings_of_a_case_leave_one(kam: User, qm: User, today: dt.date) -> None:
    case = active_case(owner=kam)
    one, other = (Case.objects.get(pk=case.pk) for _ in range(2))
    facts = {"version": one.version, "drop_open": False}
    won, refused = race(
        lambda: close_case(case=one, actor=kam, changes=dict(_ENDING), **facts),
        lambda: close_case(case=other, actor=qm, changes=dict(_ENDING), **facts),
    )
    assert isinstance(won, Outcome)
    assert isinstance(refused, StaleVersion)
    assert Outcome.objects.filter(case=case).count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_completions_at_once_leave_one(postgres: None) -> None:
    """Eight threads with their own connections press the same button."""
    kam = UserFactory()
    row = MeasureFactory(plan=plan_of(active_case(owner=kam)))
    pages = [Measure.objects.with_page().get(pk=row.pk) for _ in range(8)]

    def press(page: Measure) -> object:
        try:
            return race(lambda: plans.complete(measure=page, actor=kam, today=TODAY))[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(press, pages))
    assert results.count(True) == 1
    assert row.case.events.count() == 1
    assert Measure.objects.get(pk=row.pk).version == row.version + 1
