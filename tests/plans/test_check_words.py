"""What checks and the gate say, in both languages, and where they lead whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from audits import services as audits
from audits.enums import ClientSeverity, FindingStatus, Grade
from audits.enums import Verb as AuditVerb
from audits.models import Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.papers import paper_in
from tests.causes.factories import CauseFactory
from tests.conftest import ClientFor
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory, check_of
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common import obligations
from winback.common.history import Topic, verb_label, verb_topic
from winback.common.obligations import Query
from winback.plans import services
from winback.plans.enums import CheckResult, Lack, MeasureStatus, Verb
from winback.plans.models import EffectivenessCheck, Measure, RecoveryPlan
from winback.plans.obligations import CHECK, NAMING, find_checks
from winback.plans.rows.checks import check_rows
from winback.plans.rows.closing import gate_points
from winback.plans.rows.effects import effects_phrase
from winback.plans.rules import Answered, Effects
from winback.plans.services import CheckError, GateClosed, Verdict

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
LANGUAGES = ("de", "en")


@pytest.fixture
def finding(plan: RecoveryPlan, operativ: User, qm: User) -> Finding:
    """An open minor of ``operativ`` about which nothing has been done."""
    row: Finding = FindingFactory(audit=AuditFactory(case=plan.case, owner=qm), owner=operativ)
    return row


@pytest.fixture
def done(finding: Finding) -> Finding:
    """The same, reported done today."""
    audits.finish_finding(finding, finding.owner, TODAY)
    return finding


# Words


@pytest.mark.parametrize(
    ("word", "german", "english"),
    [
        (CheckResult.EFFECTIVE, "wirksam", "effective"),
        (CheckResult.NOT_EFFECTIVE, "nicht wirksam", "not effective"),
        (Lack.DECISION, "Entscheidung", "Decision"),
        (Lack.CORRECTION, "Korrektur", "Correction"),
        (Lack.CAUSE, "Ursache", "Cause"),
        (Lack.MEASURE, "Korrekturmaßnahme", "Corrective measure"),
        (Lack.DONE, "Umsetzung", "Carried out"),
        (Lack.PROOF, "Nachweis der Wirksamkeit", "Proof of effectiveness"),
        (ClientSeverity.SEVERE, "schwer", "severe"),
        (ClientSeverity.NOTICEABLE, "spürbar", "noticeable"),
        (ClientSeverity.SLIGHT, "gering", "slight"),
    ],
)
def test_states_are_named_in_both_languages(
    word: CheckResult | Lack | ClientSeverity, german: str, english: str
) -> None:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(word.label))
    assert said == [german, english]


@pytest.mark.parametrize(
    ("verb", "german", "english"),
    [
        (Verb.CHECK_PLANNED, "Wirksamkeitsprüfung geplant", "Effectiveness check planned"),
        (
            Verb.CHECK_EFFECTIVE,
            "Wirksamkeit geprüft: wirksam",
            "Effectiveness checked: effective",
        ),
        (
            Verb.CHECK_FAILED,
            "Wirksamkeit geprüft: nicht wirksam",
            "Effectiveness checked: not effective",
        ),
        (
            AuditVerb.FINDING_RESOLVED,
            "Korrektur oder Entscheidung festgehalten",
            "Correction or decision recorded",
        ),
        (
            AuditVerb.FINDING_EFFECTIVE,
            "Feststellung abgeschlossen: Wirkung nachgewiesen",
            "Finding closed: effect proved",
        ),
    ],
)
def test_history_tells_every_step_among_the_findings(
    verb: Verb | AuditVerb, german: str, english: str
) -> None:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(verb_label(verb))
    assert said == [german, english]
    assert verb_topic(verb) == Topic.FINDINGS


@pytest.mark.parametrize(
    ("kind", "german", "english"),
    [
        (CHECK, "Wirksamkeitsprüfungen", "Effectiveness checks"),
        (NAMING, "Festlegen, wer die Wirksamkeit beurteilt", "Naming who judges the effect"),
    ],
)
def test_kinds_are_named_and_end_with_the_case(kind: str, german: str, english: str) -> None:
    declared = obligations.kind(kind)
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(declared.label))
    assert said == [german, english]
    assert declared.ends_with_case
    assert declared.lead_days == (7, 2)
    assert declared.drop is None


@pytest.mark.parametrize(
    ("effects", "phrase"),
    [
        (Effects(), "No effect has been checked yet"),
        (Effects(1, 0), "0 of 1 check effective"),
        (Effects(4, 2, 1), "2 of 4 checks effective, 1 check overdue"),
        (Effects(10, 7, 3), "7 of 10 checks effective (70\u202f%), 3 checks overdue"),
    ],
)
def test_ratio_is_told_in_english(effects: Effects, phrase: str) -> None:
    with translation.override("en"):
        assert effects_phrase(effects) == phrase


@pytest.mark.parametrize(
    ("effects", "percent", "is_any"),
    [
        (Effects(), None, False),
        (Effects(overdue=1), None, True),
        (Effects(4, 4), None, True),
        (Effects(5, 0), 0, True),
        (Effects(6, 5), 83, True),
        (Effects(8, 1), 13, True),
        (Effects(7, 7), 100, True),
    ],
)
def test_percentage_needs_five_checks(effects: Effects, percent: int | None, is_any: bool) -> None:
    assert effects.effective_percent == percent
    assert effects.is_any is is_any


# The gate


@pytest.mark.parametrize(
    ("answered", "lacks"),
    [
        (Answered(True, False), list(Lack)[1:]),
        (Answered(True, True), [Lack.CAUSE, Lack.MEASURE, Lack.DONE, Lack.PROOF]),
        (Answered(True, True, has_cause=True), [Lack.MEASURE, Lack.DONE, Lack.PROOF]),
        (
            Answered(True, False, has_cause=True, has_measure=True),
            [Lack.CORRECTION, Lack.DONE, Lack.PROOF],
        ),
        (
            Answered(True, True, has_cause=True, has_measure=True, is_done=True),
            [Lack.PROOF],
        ),
        (
            Answered(True, True, has_cause=True, has_measure=True, is_done=True, is_proved=True),
            [],
        ),
        (Answered(False, False, has_cause=True), [Lack.DECISION]),
        (Answered(False, True), []),
    ],
)
def test_gate_lists_what_is_missing_in_order(answered: Answered, lacks: list[Lack]) -> None:
    assert answered.lacks == lacks
    assert [step for step, is_met in answered.steps if not is_met] == lacks


def test_what_was_done_is_read_from_the_rooms(finding: Finding, plan: RecoveryPlan) -> None:
    assert services.answered(finding) == Answered(asks_proof=True, is_resolved=False)
    CauseFactory(case=plan.case).evidence.create(finding=finding)
    assert services.answered(finding).has_cause
    dropped = MeasureFactory(
        plan=plan, finding=finding, status=MeasureStatus.DROPPED, status_note="Entfällt"
    )
    assert not services.answered(finding).has_measure
    Measure.objects.filter(pk=dropped.pk).update(status=MeasureStatus.OPEN)
    assert services.answered(finding).has_measure
    audits.finish_finding(finding, finding.owner, TODAY)
    assert not services.answered(finding).is_done  # a measure is still open
    Measure.objects.update(status=MeasureStatus.DONE, done_on=TODAY)
    assert services.answered(finding).is_done
    finding.status = FindingStatus.EFFECTIVE
    assert services.answered(finding).is_proved


def links(finding: Finding, user: User) -> dict[Lack, str]:
    points = gate_points(finding, services.answered(finding), user)
    return {point.key: point.url for point in points if point.url}


def test_gate_leads_the_quality_manager_everywhere(finding: Finding, qm: User) -> None:
    number = finding.case.number
    assert links(finding, qm) == {
        Lack.CORRECTION: f"/feststellungen/{finding.number}/korrektur/",
        Lack.CAUSE: f"/faelle/{number}/ursachen/",
        Lack.MEASURE: f"/faelle/{number}/plan/massnahmen/neu/?feststellung={finding.number}",
    }


def test_gate_leads_the_owner_to_the_correction_alone(finding: Finding, operativ: User) -> None:
    assert set(links(finding, operativ)) == {Lack.CORRECTION}


def test_gate_leads_the_case_owner_to_cause_and_measure(finding: Finding, kam: User) -> None:
    assert set(links(finding, kam)) == {Lack.CAUSE, Lack.MEASURE}


def test_gate_leads_nobody_after_the_end_of_the_case(finding: Finding, qm: User) -> None:
    finding.audit.case.status = Status.LOST
    assert links(finding, qm) == {}


def test_gate_leads_an_external_lead_to_the_correction(finding: Finding, auditor: User) -> None:
    finding.audit.owner = auditor
    assert set(links(finding, auditor)) == {Lack.CORRECTION}


def test_gate_of_an_observation_leads_to_the_decision(plan: RecoveryPlan, qm: User) -> None:
    row = FindingFactory(
        audit=AuditFactory(case=plan.case, owner=qm),
        grade=Grade.OBSERVATION,
    )
    (point,) = gate_points(row, services.answered(row), qm)
    assert (point.text, point.note, point.is_met) == ("Entscheidung", "fehlt", False)
    assert point.url == reverse("audits:finding_resolve", args=[row.number])
    row.resolution = "Wird beobachtet"
    (point,) = gate_points(row, services.answered(row), qm)
    assert (point.is_met, point.url, point.note) == (True, "", "")


# What is owed


def test_titles_of_what_is_owed_in_both_languages(
    done: Finding, plan: RecoveryPlan, qm: User
) -> None:
    measure = MeasureFactory(plan=plan, title="Zähler tauschen", status=MeasureStatus.DONE)
    check_of(measure, qm)
    what = "Sanitärbereich im 2. OG nicht nach Plan gereinigt."
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = {item.kind: item.title for item in find_checks(Query())}
    assert said == {
        "de": {
            CHECK: "Wirksamkeit von „Zähler tauschen“ beurteilen",
            NAMING: f"Festlegen, wer die Wirksamkeit von „{what}“ beurteilt",
        },
        "en": {
            CHECK: "Judge the effect of “Zähler tauschen”",
            NAMING: f"Name who judges the effect of “{what}”",
        },
    }


@pytest.mark.parametrize("status", [Status.LOST, Status.WON, Status.PARTED])
def test_ended_case_owes_no_check(done: Finding, qm: User, status: Status) -> None:
    check_of(done, qm)
    Case.objects.filter(pk=done.case.pk).update(status=status, closed_on=TODAY)
    assert find_checks(Query()) == []


def test_case_and_date_narrow_the_checks(done: Finding, qm: User) -> None:
    check_of(done, qm, due_on=dt.date(2026, 12, 1))
    case = done.case.pk
    assert [item.kind for item in find_checks(Query(case_id=case))] == [CHECK]
    assert find_checks(Query(case_id=case + 1)) == []
    assert find_checks(Query(due_until=dt.date(2026, 11, 30))) == []
    assert len(find_checks(Query(due_until=dt.date(2026, 12, 1)))) == 1


def test_owner_who_took_the_finding_over_is_asked_to_name_another(
    done: Finding, qm: User, kam: User
) -> None:
    check_of(done, kam)
    Finding.objects.filter(pk=done.pk).update(owner=kam)
    assert [(item.kind, item.owner_id) for item in find_checks(Query())] == [(NAMING, qm.pk)]


@pytest.mark.parametrize("grade", [Grade.OBSERVATION, Grade.IMPROVEMENT])
def test_decided_finding_owes_no_check(plan: RecoveryPlan, qm: User, grade: Grade) -> None:
    row = FindingFactory(audit=AuditFactory(case=plan.case, owner=qm), grade=grade)
    audits.finish_finding(row, row.owner, TODAY, resolution="Wird so gelassen")
    assert find_checks(Query()) == []


# Rows


def test_rows_tell_what_is_to_come_and_what_was_found(done: Finding, qm: User, kam: User) -> None:
    check_of(
        done,
        qm,
        done_on=TODAY,
        judged_by=qm,
        result=CheckResult.EFFECTIVE,
        evidence="Begehung",
        paper=paper_in(done.case),
    )
    check_of(done, kam, due_on=dt.date(2026, 11, 20))
    late, made = check_rows(done.checks.with_row(), TODAY)
    assert (late.shape, late.late, late.due) == ("open", True, "20.11.2026")
    assert (late.word, late.evidence, late.paper_url) == ("3 Tage überfällig", "", "")
    assert (made.shape, made.word, made.due) == ("ok", "wirksam", "23.11.2026")
    assert (made.judge, made.evidence) == (qm.short_name, "Begehung")
    assert made.paper_url.startswith(f"/faelle/{done.case.number}/")


def test_row_of_a_failure_is_marked(done: Finding, qm: User) -> None:
    check_of(
        done,
        qm,
        done_on=TODAY,
        judged_by=qm,
        result=CheckResult.NOT_EFFECTIVE,
        evidence="Rückfall",
    )
    (row,) = check_rows(done.checks.with_row(), TODAY)
    assert (row.shape, row.word, row.late) == ("no", "nicht wirksam", False)


def test_check_knows_its_subject_and_address(done: Finding, plan: RecoveryPlan, qm: User) -> None:
    measure = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    of_finding, of_measure = check_of(done, qm), check_of(measure, qm)
    assert (of_finding.subject, of_measure.subject) == (done, measure)
    assert str(of_finding) == done.number
    assert of_finding.get_absolute_url() == f"/feststellungen/{done.number}/wirksamkeit/"
    assert of_measure.get_absolute_url() == measure.url("check")


# Refusals


Refusal = Callable[[Finding, User, User], object]


def _by_doer(finding: Finding, qm: User, operativ: User) -> object:
    return services.plan_check(thing=finding, actor=qm, today=TODAY, owner=operativ, due_on=TODAY)


def _too_early(finding: Finding, qm: User, operativ: User) -> object:
    return services.plan_check(
        thing=finding,
        actor=qm,
        today=TODAY,
        owner=qm,
        due_on=TODAY - dt.timedelta(3),
    )


def _without_answers(finding: Finding, qm: User, operativ: User) -> object:
    check = check_of(finding, qm)
    return services.judge(
        check=check,
        version=1,
        actor=qm,
        today=TODAY,
        verdict=Verdict(CheckResult.EFFECTIVE, "Begehung"),
    )


def _by_stranger(finding: Finding, qm: User, operativ: User) -> object:
    check = check_of(finding, qm)
    return services.judge(
        check=check,
        version=1,
        actor=UserFactory(),
        today=TODAY,
        verdict=Verdict(CheckResult.NOT_EFFECTIVE, "Begehung"),
    )


@pytest.mark.parametrize(
    ("refuse", "german", "english"),
    [
        (
            _by_doer,
            "Wer es umgesetzt hat, beurteilt es nicht: Benennen Sie jemand anderen.",
            "Whoever did it does not judge it: name somebody else.",
        ),
        (
            _too_early,
            "Die Wirkung zeigt sich erst nach der Erledigung.",
            "The effect shows only after it is done.",
        ),
        (
            _without_answers,
            (
                "Die Feststellung kann noch nicht abgeschlossen werden. "
                "Es fehlt: Korrektur, Ursache, Korrekturmaßnahme."
            ),
            "The finding cannot be closed yet. It lacks: Correction, Cause, Corrective measure.",
        ),
        (
            _by_stranger,
            "Die Wirksamkeit beurteilt nur, wer für die Prüfung benannt ist.",
            "Only the person named for the check judges the effect.",
        ),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_say_why_and_change_nothing(
    done: Finding,
    qm: User,
    operativ: User,
    refuse: Refusal,
    german: str,
    english: str,
    language: str,
) -> None:
    with (
        translation.override(language),
        pytest.raises((CheckError, GateClosed)) as refused,
    ):
        refuse(done, qm, operativ)
    assert refused.value.message == (german if language == "de" else english)
    done.refresh_from_db()
    assert done.status == FindingStatus.DONE
    assert not EffectivenessCheck.objects.filter(done_on__isnull=False).exists()


def test_refusal_of_the_gate_stands_above_the_form_with_the_input_kept(
    client_for: ClientFor, done: Finding, qm: User
) -> None:
    check_of(done, qm)
    data = {"version": 1, "result": "effective", "evidence": "Alles in Ordnung"}
    answer = client_for(qm).post(reverse("plans:finding_check", args=[done.number]), data)
    assert answer.status_code == 422
    (message,) = answer.context["form"].non_field_errors()
    assert message.startswith("Die Feststellung kann noch nicht abgeschlossen werden.")
    assert answer.context["form"]["evidence"].value() == "Alles in Ordnung"


def test_slower_verdict_answers_409(client_for: ClientFor, done: Finding, qm: User) -> None:
    check_of(done, qm)
    EffectivenessCheck.objects.update(version=2)
    data = {"version": 1, "result": "not_effective", "evidence": "Rückfall"}
    answer = client_for(qm).post(reverse("plans:finding_check", args=[done.number]), data)
    assert answer.status_code == 409
    done.refresh_from_db()
    assert done.status == FindingStatus.DONE


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"owner", "due_on"}),
        ({"owner": "x", "due_on": "23.11.2026"}, {"owner"}),
        ({"owner": "99999999999999999999", "due_on": "23.11.2026"}, {"owner"}),
        ({"owner": "", "due_on": "31.02.2027"}, {"owner", "due_on"}),
    ],
)
def test_bad_plan_is_told_at_its_field(
    client_for: ClientFor, done: Finding, qm: User, data: dict[str, str], errors: set[str]
) -> None:
    answer = client_for(qm).post(reverse("plans:finding_check_plan", args=[done.number]), data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == errors
    assert not EffectivenessCheck.objects.exists()


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"version", "result", "evidence"}),
        ({"version": "x", "result": "effective", "evidence": "Ja"}, {"version"}),
        ({"version": "1", "result": "vielleicht", "evidence": "Ja"}, {"result"}),
        ({"version": "1", "result": "effective", "evidence": "x" * 2001}, {"evidence"}),
        (
            {"version": "1", "result": "effective", "evidence": "Ja", "paper": "77"},
            {"paper"},
        ),
    ],
)
def test_bad_verdict_is_told_at_its_field(
    client_for: ClientFor, done: Finding, qm: User, data: dict[str, str], errors: set[str]
) -> None:
    check_of(done, qm)
    answer = client_for(qm).post(reverse("plans:finding_check", args=[done.number]), data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == errors


@pytest.mark.parametrize(
    ("language", "title", "heading"),
    [
        ("de", "Wirksamkeitsprüfung planen", "Die Wirkung zeigt sich nach einiger Zeit"),
        ("en", "Plan effectiveness check", "The effect shows after a while"),
    ],
)
def test_page_of_the_plan_speaks_the_language_of_its_reader(
    client_for: ClientFor, done: Finding, qm: User, language: str, title: str, heading: str
) -> None:
    qm.language = language
    qm.save()
    page = client_for(qm).get(reverse("plans:finding_check_plan", args=[done.number]))
    text = page.content.decode()
    assert title in text
    assert heading in text


@pytest.mark.parametrize("count", [1, 3])
def test_owed_checks_cost_one_statement(
    done: Finding,
    plan: RecoveryPlan,
    qm: User,
    count: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    for _each in range(count):
        check_of(MeasureFactory(plan=plan, status=MeasureStatus.DONE), qm)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        assert len(find_checks(Query())) == count + 1
