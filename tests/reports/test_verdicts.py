"""Verdicts: computed from the facts, and never kinder than they are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.enums import FindingStatus, Grade, Result, Verdict
from tests.reports import facts
from tests.reports.facts import LATER, TODAY, YESTERDAY
from winback.cases.enums import Health, Status
from winback.dialogue.enums import CommitmentState
from winback.kpis.enums import Standing
from winback.reports.rules import audit_verdict, progress_verdict
from winback.reports.rules.facts import GroupFacts
from winback.reports.rules.words import HEADLINE, capital, headline, joined

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_parts_are_joined_as_in_a_sentence(parts: list[str], text: str) -> None:
    assert joined(parts) == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Fluchtweg verstellt.", "Fluchtweg verstellt"),
        ("Anlage steht. Kein Auftrag.", "Anlage steht"),
        ("Erste Zeile\nZweite Zeile", "Erste Zeile"),
        ("  Rand  ", "Rand"),
        ("", ""),
    ],
)
def test_headline_is_the_first_sentence(text: str, title: str) -> None:
    assert headline(text) == title


def test_long_headline_is_cut_at_a_word() -> None:
    title = headline("Wartungsprotokoll " * 20)
    assert title.endswith("Wartungsprotokoll …")
    assert len(title) <= HEADLINE + 2


def test_sentence_begins_with_a_capital() -> None:
    assert capital("two of them") == "Two of them"
    assert capital("") == ""


def test_passed_audit_says_so_first() -> None:
    assert audit_verdict.judged(facts.audit()) == Verdict.PASSED
    assert audit_verdict.lead(facts.audit()).startswith("The audit is passed: 90.0%")


def test_one_major_fails_the_audit_whatever_the_score() -> None:
    audit = facts.audit(findings=(facts.finding(),))
    assert audit_verdict.judged(audit) == Verdict.NOT_PASSED
    text = audit_verdict.lead(audit)
    assert "90.0% would do, but the audit is not passed" in text
    assert "1 major nonconformity" in text


def test_low_score_and_majors_are_both_named() -> None:
    audit = facts.audit(score=Decimal("72.4"), findings=(facts.finding(), facts.finding()))
    text = audit_verdict.lead(audit)
    assert text == "The audit is not passed: 2 major nonconformities, and a score of 72.4%."


def test_low_score_alone_fails_the_audit() -> None:
    text = audit_verdict.lead(facts.audit(score=Decimal("79.99")))
    assert text.startswith("The audit is not passed")
    assert "pass mark of 80%" in text


def test_audit_without_an_applicable_question_has_no_verdict() -> None:
    assert audit_verdict.lead(facts.audit(score=None)).startswith("There is no verdict")
    with_major = facts.audit(score=None, findings=(facts.finding(),))
    assert "not passed" in audit_verdict.lead(with_major)


def test_remedied_majors_are_told_but_the_verdict_stays() -> None:
    settled = facts.finding(is_open=False, status=FindingStatus.DONE, done_on=TODAY)
    text = audit_verdict.lead(facts.audit(findings=(settled, facts.finding())))
    assert "not passed" in text
    assert text.endswith("1 of them has been remedied since.")


def test_what_cannot_wait_lists_open_nonconformities_worst_first() -> None:
    found = (
        facts.finding(number="F-1", grade=Grade.MINOR, due_on=YESTERDAY),
        facts.finding(number="F-2", due_on=LATER),
        facts.finding(number="F-3", is_open=False, status=FindingStatus.DONE),
        facts.finding(number="F-4", grade=Grade.OBSERVATION),
        facts.finding(number="F-5", due_on=TODAY),
    )
    tasks = audit_verdict.at_once(facts.audit(findings=found))
    assert [task.split()[1] for task in tasks] == ["F-5", "F-2", "F-1"]
    assert tasks[0] == "Remedy F-5 by 23\u00a0Nov\u00a02026 (R. Ott)"


def test_measures_lead_names_gaps_before_progress() -> None:
    bare = facts.finding(number="F-2")
    answered = facts.finding(measures=(facts.measure(due_on=YESTERDAY), facts.done()))
    idea = facts.finding(grade=Grade.IMPROVEMENT)
    text = audit_verdict.measures_lead(facts.audit(findings=(bare, answered, idea)))
    assert text == (
        "1 nonconformity has no measure yet. 1 measure is overdue. 1 of 2 measures are done."
    )


def test_measures_lead_of_a_clean_audit() -> None:
    assert audit_verdict.measures_lead(facts.audit()).startswith("Nothing was found")


def test_groups_headline_names_the_weakest_and_the_strongest() -> None:
    weak = GroupFacts("Prüfpflichten", (facts.question("P1", Result.NOT_MET),))
    strong = GroupFacts("Leistung", (facts.question("S1", Result.MET),))
    none = GroupFacts("Leer", (facts.question("X1", Result.NOT_APPLICABLE),))
    text = audit_verdict.groups_headline(facts.audit(groups=(strong, weak, none)))
    assert text == "“Prüfpflichten” is weakest with 0.0%, “Leistung” strongest with 100.0%"
    assert audit_verdict.groups_headline(facts.audit(groups=(strong,))).startswith("All groups")
    assert audit_verdict.groups_headline(facts.audit(groups=(none,))) == "No group could be rated"


def test_case_on_track_with_everything_in_order() -> None:
    text = progress_verdict.lead(facts.progress())
    assert text == "The case is on track: nothing is overdue and no major nonconformity is open."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"majors": (facts.finding(),)}, "1 major nonconformity is open."),
        (
            {"phases": (facts.phase(measures=(facts.measure(due_on=YESTERDAY),)),)},
            "1 measure is overdue.",
        ),
        (
            {"commitments": (facts.commitment(CommitmentState.BROKEN, is_overdue=True),)},
            "1 commitment is broken or overdue.",
        ),
        ({"steps": (facts.step(YESTERDAY),)}, "1 further duty is overdue."),
        (
            {"kpis": (facts.kpi(standing=Standing.BEHIND), facts.kpi())},
            "1 of 2 KPIs is behind its target path.",
        ),
        (
            {"phases": (facts.phase(measures=(facts.measure(due_on=dt.date(2026, 12, 18)),)),)},
            "Phase 3 does not close on 4\u00a0Dec but on 18\u00a0Dec\u00a02026 at the earliest.",
        ),
    ],
)
def test_lead_is_not_kinder_than_the_tables(more: dict[str, object], said: str) -> None:
    text = progress_verdict.lead(facts.progress(**more))
    assert not text.startswith("The case is on track")
    assert "not everything is in order" in text
    assert said in text


def test_several_troubles_make_one_sentence() -> None:
    report = facts.progress(
        health=Health.CRITICAL,
        majors=(facts.finding(), facts.finding()),
        steps=(facts.step(YESTERDAY), facts.step(YESTERDAY)),
    )
    assert progress_verdict.lead(report) == (
        "The case is critical. 2 major nonconformities are open and 2 further duties are overdue."
    )


def test_lead_says_what_nobody_has_entered() -> None:
    bare = facts.progress(has_plan=False, phases=(), kpis=(), commitments=(), last_audit=None)
    assert progress_verdict.lead(bare) == (
        "Nothing known speaks against the case, but little is known yet. Not there yet: a recovery "
        "plan, KPIs, a finished audit and recorded commitments."
    )


@pytest.mark.parametrize(
    ("more", "start"),
    [
        ({"health": Health.AT_RISK}, "The case is at risk."),
        ({"health": "", "status": Status.OPEN}, "The case is open and not judged yet."),
        (
            {"health": "", "status": Status.RESTING, "resting_until": dt.date(2027, 3, 1)},
            "The case rests until 1\u00a0Mar\u00a02027.",
        ),
        ({"health": "", "status": Status.WON, "closed_on": TODAY}, "The client is won back."),
        ({"health": "", "status": Status.LOST, "closed_on": TODAY}, "The client is lost"),
        ({"health": "", "status": Status.PARTED, "closed_on": TODAY}, "The parties have"),
    ],
)
def test_lead_begins_with_the_standing(more: dict[str, object], start: str) -> None:
    assert progress_verdict.lead(facts.progress(**more)).startswith(start)


def test_ended_case_misses_nothing() -> None:
    ended = facts.progress(
        health="", status=Status.WON, closed_on=TODAY, kpis=(), has_plan=False, phases=()
    )
    assert progress_verdict.lead(ended) == "The client is won back."


def test_delay_across_the_year_names_both_years() -> None:
    late = facts.phase(measures=(facts.measure(due_on=dt.date(2027, 1, 8)),))
    text = progress_verdict.plan_delay(facts.progress(phases=(late,)))
    assert "4\u00a0Dec\u00a02026 but on 8\u00a0Jan\u00a02027" in text


def test_plan_lead_counts_and_names_the_delay_first() -> None:
    late = facts.phase(
        measures=(
            facts.measure(due_on=YESTERDAY),
            facts.measure(due_on=dt.date(2026, 12, 18)),
            facts.done(),
        )
    )
    text = progress_verdict.plan_lead(facts.progress(phases=(late,)))
    assert text.startswith("Phase 3 does not close")
    assert text.endswith("1 of 3 measures are done. 1 measure is overdue.")
    assert progress_verdict.plan_lead(facts.progress(has_plan=False)).startswith("There is no")


def test_phase_title_tells_the_end_or_the_delay() -> None:
    late = facts.phase(measures=(facts.measure(due_on=dt.date(2026, 12, 18)),))
    title = progress_verdict.phase_title(facts.progress(phases=(late,)), late, "Sofort")
    assert title == (
        "3 Sofort · 0 of 1 done · until 4\u00a0Dec\u00a02026 · at the earliest "
        "18\u00a0Dec\u00a02026"
    )
    passed = facts.phase(passed_on=YESTERDAY, measures=(facts.done(),))
    title = progress_verdict.phase_title(facts.progress(phases=(passed,)), passed, "Sofort")
    assert title == "3 Sofort · 1 of 1 done · closed on 22\u00a0Nov\u00a02026"


def test_kpi_lead_names_the_worse_and_the_late_ones() -> None:
    kpis = (
        facts.kpi(name="A", standing=Standing.WORSE),
        facts.kpi(name="B", standing=Standing.BEHIND),
        facts.kpi(name="C", standing=Standing.REACHED),
        facts.kpi(name="D", standing=Standing.STALE),
        facts.kpi(name="E", sample_size=2),
    )
    text = progress_verdict.kpi_lead(facts.progress(kpis=kpis))
    assert text.startswith("1 of 5 KPIs are on the target path")
    assert "Worse than the baseline: A. Behind the target path: B. 2 cannot be judged" in text
    assert progress_verdict.kpi_lead(facts.progress(kpis=())) == "No KPI is measured yet."


def test_commitments_lead_shows_a_percentage_from_five_on() -> None:
    four = facts.progress(commitments=(facts.commitment(),) * 4)
    assert progress_verdict.commitments_lead(four) == ("4 of 4 commitments due were kept on time.")
    five = facts.progress(commitments=(facts.commitment(),) * 5)
    assert "5 of 5 commitments due were kept on time (100%)." in (
        progress_verdict.commitments_lead(five)
    )


def test_commitments_lead_without_any_due() -> None:
    none = facts.progress(commitments=())
    assert progress_verdict.commitments_lead(none).startswith("No commitment to the client")
    open_only = facts.progress(commitments=(facts.commitment(CommitmentState.OPEN),))
    assert progress_verdict.commitments_lead(open_only) == "No commitment was due yet."


def test_commitments_lead_names_overdue_ones() -> None:
    overdue = facts.commitment(CommitmentState.BROKEN, is_overdue=True)
    text = progress_verdict.commitments_lead(facts.progress(commitments=(overdue,)))
    assert text == "0 of 1 commitments due were kept on time. 1 commitment is overdue."


def test_majors_lead_knows_the_difference_between_none_and_unknown() -> None:
    assert progress_verdict.majors_lead(facts.progress()).startswith("No major")
    unknown = progress_verdict.majors_lead(facts.progress(last_audit=None))
    assert unknown.startswith("No audit is finished yet")
    late = facts.progress(majors=(facts.finding(due_on=YESTERDAY), facts.finding()))
    assert progress_verdict.majors_lead(late) == (
        "2 major nonconformities are open. 1 of them is overdue."
    )


@given(
    majors=st.integers(0, 2),
    overdue=st.integers(0, 2),
    broken=st.integers(0, 2),
    behind=st.integers(0, 2),
    steps=st.integers(0, 2),
    health=st.sampled_from(Health.values),
)
def test_no_combination_of_faults_reads_as_on_track(
    majors: int, overdue: int, broken: int, behind: int, steps: int, health: str
) -> None:
    report = facts.progress(
        health=health,
        majors=(facts.finding(),) * majors,
        phases=(facts.phase(measures=(facts.measure(due_on=YESTERDAY),) * overdue),),
        commitments=(facts.commitment(CommitmentState.BROKEN),) * broken + (facts.commitment(),),
        kpis=(facts.kpi(standing=Standing.BEHIND),) * behind + (facts.kpi(),),
        steps=(facts.step(YESTERDAY),) * steps,
    )
    text = progress_verdict.lead(report)
    is_clean = health == Health.ON_TRACK and not any((majors, overdue, broken, behind, steps))
    assert text.startswith("The case is on track") is is_clean
    counts = [str(count) for count in (majors, overdue, broken, behind, steps) if count]
    assert all(count in text for count in counts)
