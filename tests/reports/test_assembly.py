"""The figures of a report are those of the database, in the language of the report."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import User
from audits.enums import FindingStatus, Grade
from audits.models import Audit, Finding
from tests.audits.factories import AuditFactory
from tests.cases.factories import CaseFactory
from tests.dialogue.factories import CommitmentFactory, one_of_each
from tests.kpis.factories import CaseKpiFactory, measured_kpi
from tests.plans.factories import MeasureFactory, PlanFactory
from tests.reports.factories import (
    finding,
    finished_audit,
    full_audit,
    full_case,
    move,
    norhagen,
    with_head,
    with_header,
)
from winback.cases.enums import Health, Status
from winback.cases.models import Case, HealthOverride
from winback.kpis.enums import Standing
from winback.plans.enums import MeasureStatus
from winback.reports.rules.facts import AuditFacts
from winback.reports.rules.progress import ProgressFacts
from winback.reports.services.assembly import assemble_audit, assemble_progress
from winback.reports.services.printing.findings import card


def audit_facts(audit: Audit, today: dt.date) -> AuditFacts:
    return assemble_audit(with_head(audit), today)


def case_facts(case: Case, today: dt.date) -> ProgressFacts:
    return assemble_progress(with_header(case), today)


def test_audit_facts_agree_with_the_stored_score(kam: User, today: dt.date) -> None:
    audit = finished_audit(norhagen(kam))
    facts = audit_facts(audit, today)
    assert facts.score == audit.score == Decimal("46.43")
    assert (facts.points, facts.possible) == (13, 28)
    assert [group.percent for group in facts.groups] == [Decimal("81.25"), Decimal("0.00")]
    assert (facts.number, facts.client, facts.lead) == (
        audit.number,
        "Norhagen Bau AG",
        "Tim Wolf",
    )


def test_audit_facts_hold_answers_with_notes_and_findings(kam: User, today: dt.date) -> None:
    audit = finished_audit(norhagen(kam))
    made = finding(audit, "S1", Grade.MINOR, "Reinigung unter Niveau.")
    first = audit_facts(audit, today).groups[0].questions[0]
    assert (first.code, first.result, first.note) == (
        "S1",
        "partly",
        "Drei Sanitärräume unter 92 %.",
    )
    assert first.findings == (made.number,)


def test_withdrawn_findings_stand_apart(kam: User, today: dt.date) -> None:
    facts = audit_facts(full_audit(norhagen(kam)), today)
    assert [each.statement for each in facts.withdrawn] == ["Aushang fehlt."]
    assert "Aushang fehlt." not in [each.statement for each in facts.findings]
    assert len(facts.majors) == 2


def test_minors_made_one_major_count_once_and_stay_readable(kam: User, today: dt.date) -> None:
    audit = finished_audit(norhagen(kam))
    major = finding(audit, "S3", Grade.MAJOR, "Kein Ablauf.", aggregated_reason="Eine Wurzel")
    merged = {"status": FindingStatus.MERGED, "part_of": major}
    first = finding(audit, "S1", Grade.MINOR, "Zimmer 1.", **merged)
    finding(audit, "S2", Grade.MINOR, "Zimmer 2.", **merged)
    facts = audit_facts(audit, today)
    (only,) = facts.findings
    assert (only.number, only.why_one) == (major.number, "Eine Wurzel")
    assert only.parts[0] == f"{first.number} Zimmer 1."
    assert len(only.parts) == 2
    assert facts.groups[0].questions[0].findings == (first.number,)
    rows = dict(card(only, today).rows)
    assert rows["Zusammengefasste Nebenabweichungen"] == "\n".join(only.parts)
    assert rows["Warum eine Hauptabweichung"] == "Eine Wurzel"


def test_findings_bring_their_measures_but_not_the_dropped(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    audit = full_audit(case)
    major = Finding.objects.get(statement__startswith="Hygiene")
    dropped = MeasureFactory(plan=case.plan, finding=major, status=MeasureStatus.OPEN)
    type(dropped).objects.filter(pk=dropped.pk).update(status="dropped", status_note="entfällt")
    first, second = audit_facts(audit, today).majors
    assert [each.title for each in first.measures] == [
        "Prüftermine ins CAFM überführen",
        "Hygieneinspektion nachholen",
    ]
    assert second.measures == ()
    assert (first.owner, first.due_on) == ("R. Ott", dt.date(2026, 12, 4))


def test_audit_facts_speak_the_language_of_the_report(kam: User, today: dt.date) -> None:
    audit = finished_audit(norhagen(kam))
    with translation.override("en"):
        facts = audit_facts(audit, today)
    assert facts.template == "Internal service audit"
    assert facts.groups[0].questions[0].text == "Is S1 in order?"


def test_finding_without_a_question_is_still_a_finding(kam: User, today: dt.date) -> None:
    audit = finished_audit(norhagen(kam))
    Finding.objects.create(
        audit=audit, number="F-9", grade=Grade.MINOR, criterion="LV 1", statement="Frei.",
        owner=kam, due_on=today, original_due_on=today,
    )  # fmt: skip
    assert audit_facts(audit, today).findings[0].question == ""


def test_audit_statements_do_not_grow_with_its_rows(kam: User, today: dt.date) -> None:
    audit = finished_audit(norhagen(kam))

    def count() -> int:
        fetched = with_head(audit)
        with CaptureQueriesContext(connection) as captured:
            assemble_audit(fetched, today)
        return len(captured)

    for code in ("S1", "S2"):
        finding(audit, code, Grade.MINOR, f"Feststellung {code}.")
    few = count()
    for code in ("S3", "P1", "P2"):
        finding(audit, code, Grade.MINOR, f"Feststellung {code}.")
    assert count() == few <= 6


def test_progress_facts_of_an_empty_case(kam: User, today: dt.date) -> None:
    facts = case_facts(CaseFactory(owner=kam), today)
    assert facts.status == Status.OPEN
    assert facts.health == ""
    assert not facts.has_plan
    assert (facts.kpis, facts.phases, facts.commitments, facts.majors) == ((), (), (), ())
    assert facts.last_audit is None


def test_case_without_a_contract_has_no_notice_date(kam: User, today: dt.date) -> None:
    facts = case_facts(CaseFactory(owner=kam, contract=None), today)
    assert facts.notice_on is None
    assert facts.contract_ends_on is None


def test_health_has_its_reasons_and_the_overrides_of_people(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    audit = finished_audit(case)
    finding(audit, "P1", Grade.MAJOR, "Fluchtweg verstellt.", due_on=dt.date(2026, 12, 4))
    HealthOverride.objects.create(
        case=case, level=Health.CRITICAL, reason="Herr Brandt droht", until=today, set_by=kam
    )
    with translation.override("en"):
        facts = case_facts(case, today)
    assert facts.health == Health.CRITICAL
    assert facts.health_reasons[0] == "Herr Brandt droht"
    assert "1 major nonconformity is open" in facts.health_reasons


def test_resting_case_has_no_health(kam: User, today: dt.date) -> None:
    case = CaseFactory(
        owner=kam, status=Status.RESTING, resting_until=dt.date(2027, 3, 1),
        health=Health.CRITICAL, health_at=timezone.now(),
    )  # fmt: skip
    facts = case_facts(case, today)
    assert facts.health == ""
    assert facts.resting_until == dt.date(2027, 3, 1)


def test_plan_facts_by_phase_with_moves(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    plan = PlanFactory(case=case, passed=2)
    moved = MeasureFactory(plan=plan, due_on=dt.date(2026, 12, 14), original_due_on=today)
    move(moved, today, dt.date(2026, 12, 7))
    move(moved, dt.date(2026, 12, 7), dt.date(2026, 12, 14))
    MeasureFactory(plan=plan, status=MeasureStatus.DROPPED, status_note="entfällt")
    facts = case_facts(case, today)
    assert [phase.number for phase in facts.phases] == ["1", "2", "3", "4", "5"]
    assert [phase.passed_on is not None for phase in facts.phases] == [
        True,
        True,
        False,
        False,
        False,
    ]
    (measure,) = facts.measures
    assert (measure.moves, measure.original_due_on) == (2, today)
    assert measure.code == moved.code


def test_kpi_facts_agree_with_the_page(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    kpi = measured_kpi(kam, case)
    CaseKpiFactory(case=case, owner=kam, ended_on=today, end_reason="nicht mehr gemessen")
    (facts,) = case_facts(case, today).kpis
    assert (facts.value, facts.baseline, facts.target) == (
        Decimal("91.2"),
        Decimal(78),
        Decimal(95),
    )
    assert facts.standing == kpi.standing_at(today) == Standing.ON_PATH
    assert [point.value for point in facts.points] == [Decimal(84), Decimal("91.2")]
    assert facts.agreed_by == "B. Brandt"


def test_kpi_without_anything_agreed(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    CaseKpiFactory(case=case, owner=kam)
    (facts,) = case_facts(case, today).kpis
    assert (facts.value, facts.baseline, facts.target, facts.points) == (None, None, None, ())


def test_commitment_facts_agree_with_the_ledger(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    one_of_each(case)
    facts = case_facts(case, today)
    ratio = facts.kept
    assert (ratio.on_time, ratio.late, ratio.broken) == (2, 1, 2)
    assert len(facts.overdue_commitments) == 1
    assert [each.due_on for each in facts.commitments] == sorted(
        each.due_on for each in facts.commitments
    )


def test_open_majors_and_the_last_finished_audit(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    audit = finished_audit(case)
    AuditFactory(case=case)
    finding(audit, "P1", Grade.MAJOR, "Fluchtweg verstellt.")
    finding(
        audit, "P2", Grade.MAJOR, "Abgestellt.", status=FindingStatus.DONE,
        done_on=today,
    )  # fmt: skip
    facts = case_facts(case, today)
    assert [each.statement for each in facts.majors] == ["Fluchtweg verstellt."]
    assert facts.last_audit is not None
    assert (facts.last_audit.number, facts.last_audit.verdict) == (audit.number, "not_passed")


def test_major_brings_the_measures_of_the_plan(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    full_audit(case)
    by_statement = {each.statement[:7]: each for each in case_facts(case, today).majors}
    assert len(by_statement["Hygiene"].measures) == 2
    assert by_statement["Fluchtw"].measures == ()


def test_steps_come_from_all_rooms_but_repeat_no_table(kam: User, today: dt.date) -> None:
    case = norhagen(kam, next_step="Review-Meeting", next_step_on=dt.date(2026, 11, 24))
    audit = full_audit(case)
    CommitmentFactory(case=case)
    AuditFactory(case=case, due_on=dt.date(2027, 1, 31))
    facts = case_facts(case, today)
    titles = " ".join(each.title for each in facts.steps)
    assert facts.steps[0].title == "Review-Meeting"
    assert "Reinigung der Sanitärräume" in titles
    assert "Fluchtweg" not in titles  # a major has its own chapter
    assert "Reinigungsplan" not in titles  # so has a commitment
    assert max(each.on for each in facts.steps) <= today + dt.timedelta(days=28)
    assert audit.number


def test_overdue_steps_are_not_forgotten(kam: User, today: dt.date) -> None:
    case = norhagen(kam, next_step="Anrufen", next_step_on=dt.date(2026, 10, 1))
    assert case_facts(case, today).overdue_steps[0].title == "Anrufen"


def test_progress_statements_do_not_grow_with_its_rows(kam: User, today: dt.date) -> None:
    case = full_case(kam)

    def count() -> int:
        fetched = with_header(case)
        with CaptureQueriesContext(connection) as captured:
            assemble_progress(fetched, today)
        return len(captured)

    few = count()
    MeasureFactory.create_batch(3, plan=case.plan)
    CommitmentFactory.create_batch(3, case=case)
    measured_kpi(kam, case)
    assert count() == few <= 26


def test_facts_know_nothing_of_other_cases(kam: User, today: dt.date) -> None:
    full_case(kam)
    facts = case_facts(norhagen(kam), today)
    assert (facts.kpis, facts.measures, facts.commitments, facts.majors) == ((), [], (), ())
