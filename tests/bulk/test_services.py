"""Many rows, one by one: changed wholly or not at all, and never twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict

from accounts.models import User
from audits.bulk import KIND as FINDINGS
from tests.audits.factories import FindingFactory
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import SiteFactory
from tests.dialogue.factories import CommitmentFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.bulk import services
from winback.bulk.rows import picked_row, preview_row, result_row, summary
from winback.cases.bulk import KIND as CASES
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent
from winback.common import lists
from winback.common.bulk import DATE, OWNER, BulkKind
from winback.dialogue.bulk import COMMITMENT_KIND as COMMITMENTS
from winback.dialogue.models import Commitment
from winback.plans.bulk import KIND as MEASURES
from winback.plans.enums import MeasureStatus
from winback.plans.models import DateMove, Measure

WEEK = {"days": 7, "due_on": None, "note": "Betriebsferien"}
SOON = dt.date(2026, 11, 27)


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam, next_step="Review", next_step_on=SOON)


@pytest.fixture
def measure(case: Case, operativ: User) -> Measure:
    return MeasureFactory(plan=PlanFactory(case=case), owner=operativ, due_on=SOON)


def run(kind: BulkKind, step: str, actor: User, pks: list[int], asked: Any) -> list[Any]:
    """Preview, then confirm what it showed."""
    rows = kind.find(actor, pks)
    tokens = [change.token for change in services.preview(step, rows, asked)]
    return again(kind, step, actor, pks, asked, tokens)


def again(
    kind: BulkKind, step: str, actor: User, pks: list[int], asked: Any, tokens: list[str]
) -> list[Any]:
    rows = kind.find(actor, pks)
    shown = services.read_tokens(tokens)
    return services.apply(kind=kind, step=step, rows=rows, asked=asked, shown=shown, actor=actor)


def test_measures_move_with_reason_history_and_event(kam: User, measure: Measure) -> None:
    (change,) = run(MEASURES, DATE, kam, [measure.pk], WEEK)
    measure.refresh_from_db()
    assert (change.done, measure.due_on) == (True, dt.date(2026, 12, 4))
    assert measure.original_due_on != measure.due_on
    assert DateMove.objects.get().reason == "Betriebsferien"
    assert CaseEvent.objects.latest("pk").data["reason"] == "Betriebsferien"


def test_measures_get_another_owner_who_is_let_in(kam: User, qm: User, measure: Measure) -> None:
    run(MEASURES, OWNER, kam, [measure.pk], {"owner": qm, "note": ""})
    measure.refresh_from_db()
    assert measure.owner == qm
    assert measure.case.members.filter(user=qm, left_on=None).exists()


def test_cases_get_another_owner_with_reason(kam: User, kollegin: User, case: Case) -> None:
    run(CASES, OWNER, kam, [case.pk], {"owner": kollegin, "note": "Elternzeit"})
    case.refresh_from_db()
    assert case.owner == kollegin
    assert CaseEvent.objects.latest("pk").data["reason"] == "Elternzeit"


def test_the_next_step_of_cases_moves_to_a_working_day_of_their_land(kam: User, case: Case) -> None:
    case.sites.add(SiteFactory(client=case.client, bundesland="BY"))
    run(CASES, DATE, kam, [case.pk], {"days": 40, "due_on": None, "note": "Winterpause"})
    case.refresh_from_db()
    assert case.next_step_on == dt.date(2027, 1, 7)
    assert (case.next_step, CaseEvent.objects.latest("pk").data["reason"]) == (
        "Review",
        "Winterpause",
    )


def test_sending_twice_changes_nothing_more(kam: User, measure: Measure) -> None:
    rows = MEASURES.find(kam, [measure.pk])
    tokens = [change.token for change in services.preview(DATE, rows, WEEK)]
    for _ in range(2):
        (change,) = again(MEASURES, DATE, kam, [measure.pk], WEEK, tokens)
        assert change.done
    measure.refresh_from_db()
    assert measure.due_on == dt.date(2026, 12, 4)
    assert DateMove.objects.count() == 1


def test_a_row_changed_since_the_preview_is_refused(kam: User, measure: Measure) -> None:
    rows = MEASURES.find(kam, [measure.pk])
    tokens = [change.token for change in services.preview(DATE, rows, WEEK)]
    Measure.objects.update(version=7, due_on=dt.date(2026, 12, 1))
    (change,) = again(MEASURES, DATE, kam, [measure.pk], WEEK, tokens)
    assert not change.done
    assert change.refusal.startswith("Inzwischen hat es jemand geändert")
    assert not DateMove.objects.exists()


def test_one_refused_row_does_not_keep_the_others(kam: User, measure: Measure) -> None:
    done = MeasureFactory(plan=measure.plan, status=MeasureStatus.DONE, done_on=SOON, due_on=SOON)
    rows = MEASURES.find(kam, [measure.pk, done.pk])
    tokens = [f"{row.pk}:{row.version}:x" for row in rows]
    found = again(MEASURES, DATE, kam, [measure.pk, done.pk], WEEK, tokens)
    assert sorted((each.row.pk, each.done) for each in found) == sorted(
        [(measure.pk, True), (done.pk, False)]
    )
    level, text = summary(found)
    assert level == "warning"
    assert "1" in text


def test_a_row_that_is_so_already_is_left_alone(kam: User, measure: Measure) -> None:
    to_same = {"days": None, "due_on": SOON, "note": "x"}
    (change,) = services.preview(DATE, MEASURES.find(kam, [measure.pk]), to_same)
    assert change.done
    assert preview_row(change, DATE).token == ""
    (result,) = again(MEASURES, DATE, kam, [measure.pk], to_same, [f"{measure.pk}:1:y"])
    assert result.done
    assert not DateMove.objects.exists()


@pytest.mark.parametrize(
    ("status", "extra", "moves", "hands_over"),
    [
        (Status.ACTIVE, {"next_step": "Review", "next_step_on": SOON}, True, True),
        (Status.ACTIVE, {}, False, True),
        (Status.RESTING, {"resting_until": SOON}, False, True),
        (Status.LOST, {"closed_on": SOON}, False, False),
    ],
)
def test_cases_say_why_they_refuse(
    kam: User, status: str, extra: dict[str, Any], moves: bool, hands_over: bool
) -> None:
    case = CaseFactory(owner=kam, status=status, **extra)
    (row,) = CASES.find(kam, [case.pk])
    assert (not row.move_refusal, not row.hand_over_refusal) == (moves, hands_over)


def test_who_may_not_is_refused_and_who_does_not_see_finds_nothing(
    qm: User, operativ: User, fremde: User, case: Case, measure: Measure
) -> None:
    (row,) = CASES.find(qm, [case.pk])
    assert row.hand_over_refusal
    assert CASES.find(fremde, [case.pk]) == []
    assert MEASURES.find(fremde, [measure.pk]) == []
    (own,) = MEASURES.find(operativ, [measure.pk])
    assert (own.move_refusal, bool(own.hand_over_refusal)) == ("", True)
    other = MeasureFactory(plan=measure.plan)
    (foreign,) = MEASURES.find(operativ, [other.pk])
    assert foreign.move_refusal


def test_a_rule_of_the_room_refuses_its_row(kam: User, measure: Measure) -> None:
    """A verb has the last word, whatever the preview thought."""
    rows = MEASURES.find(kam, [measure.pk])
    Measure.objects.update(status=MeasureStatus.DROPPED, status_note="Entfällt")
    (change,) = services.apply(
        kind=MEASURES,
        step=DATE,
        rows=rows,
        asked=WEEK,
        shown=services.read_tokens([f"{measure.pk}:{measure.version}:x"]),
        actor=kam,
    )
    assert change.refusal
    assert not change.done


@pytest.mark.parametrize(
    "token", ["", "1", "1:2", "1:2:3:4", "x:1:a", "1:x:a", "-1:1:a", "9" * 30 + ":1:a", "٣:1:a"]
)
def test_nonsense_tokens_are_left_out(token: str) -> None:
    assert services.read_tokens([token]) == {}


def test_a_row_without_a_date_says_so(kam: User, case: Case) -> None:
    Case.objects.update(next_step="", next_step_on=None)
    (row,) = CASES.find(kam, [case.pk])
    (change,) = services.preview(DATE, [row], WEEK)
    assert change.refusal
    assert picked_row(row, DATE).shape == "no"
    assert result_row(change, DATE).after == ""


def test_findings_get_another_owner_and_date_by_who_oversees_them(
    kam: User, qm: User, operativ: User, case: Case
) -> None:
    finding = FindingFactory(audit__case=case, audit__owner=operativ, due_on=SOON)
    (refused,) = FINDINGS.find(kam, [finding.pk])
    assert refused.move_refusal
    assert refused.hand_over_refusal
    run(FINDINGS, DATE, qm, [finding.pk], WEEK)
    run(FINDINGS, OWNER, qm, [finding.pk], {"owner": kam, "note": "Urlaub"})
    finding.refresh_from_db()
    assert (finding.due_on, finding.owner) == (dt.date(2026, 12, 4), kam)
    assert finding.original_due_on != finding.due_on
    assert CaseEvent.objects.latest("pk").data["reason"] == "Urlaub"


def test_a_settled_finding_owes_nothing(qm: User, case: Case) -> None:
    finding = FindingFactory(audit__case=case, status="withdrawn", withdrawn_reason="Irrtum")
    (row,) = FINDINGS.find(qm, [finding.pk])
    assert row.move_refusal


def test_commitments_get_another_owner_but_never_another_date(
    kam: User, qm: User, operativ: User, case: Case
) -> None:
    commitment = CommitmentFactory(case=case, owner=kam, due_on=SOON)
    assert [step for step, _label in COMMITMENTS.steps] == [OWNER]
    run(COMMITMENTS, OWNER, kam, [commitment.pk], {"owner": qm, "note": "Urlaub"})
    commitment.refresh_from_db()
    assert (commitment.owner, commitment.due_on) == (qm, SOON)
    case.members.create(user=operativ, joined_on=SOON)
    (row,) = COMMITMENTS.find(operativ, [commitment.pk])
    assert row.hand_over_refusal
    Commitment.objects.update(done_on=SOON)
    (settled,) = COMMITMENTS.find(kam, [commitment.pk])
    assert settled.hand_over_refusal


@pytest.mark.parametrize("kind", [CASES, MEASURES, FINDINGS, COMMITMENTS])
def test_every_kind_finds_what_its_list_finds(kind: BulkKind, kam: User, today: dt.date) -> None:
    assert list(kind.found(kam, QueryDict("q=niemand"), today)) == []
    assert kind.find(kam, []) == []
    assert lists.known(kind.page) is not None
