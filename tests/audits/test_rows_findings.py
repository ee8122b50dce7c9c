"""Findings and audits as ready strings, in lists, on their page and as a file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from audits.enums import AuditStatus, FindingStatus, Grade
from audits.models import (
    Audit,
    AuditTemplate,
    Finding,
    Question,
    TemplateVersion,
)
from audits.rows import (
    AUDIT_COLUMNS,
    FINDING_COLUMNS,
    audit_head,
    audit_record,
    audit_row,
    finding_facts,
    finding_record,
    finding_row,
)
from audits.rows.audits import STATUS_SHAPE, VERDICT_SHAPE
from audits.rows.findings import FINDING_SHAPE, GRADE_SHAPE, finding_actions, finding_standing
from winback.cases.models import Case
from winback.clients.models import Client, Site

TODAY = dt.date(2026, 11, 23)
DUE = dt.date(2026, 12, 16)
TIM = User(pk=1, first_name="Tim", last_name="Wolf", role=Role.QUALITY_MANAGER)
OTT = User(pk=2, first_name="Ralf", last_name="Ott", role=Role.OPERATIONS)
SEIDEL = User(pk=3, first_name="Hanna", last_name="Seidel", role=Role.EXTERNAL_AUDITOR)
KAYA = User(pk=4, first_name="Aylin", last_name="Kaya", role=Role.KEY_ACCOUNT_MANAGER)
NORHAGEN = Client(pk=1, name="Norhagen Bau AG")
CASE = Case(pk=1, number="RG-2026-0042", client=NORHAGEN, owner=KAYA, status="active")
QUESTION = Question(pk=1, code="P1", text_de="Sind alle Prüfungen gültig?")


def audit(**facts: Any) -> Audit:
    """Planned for 30 November at Haus B, four questions, led by Tim Wolf; nothing stored."""
    counts = {
        name: facts.pop(name, preset)
        for name, preset in (("asked", 4), ("answered", 0), ("majors", 0), ("open_findings", 0))
    }
    template = AuditTemplate(name_de="Internes Service-Audit", name_en="Internal service audit")
    row = Audit(
        **{
            "pk": 7,
            "number": "A-0107",
            "case": CASE,
            "site": Site(name="Haus B", client=NORHAGEN),
            "owner": TIM,
            "version_used": TemplateVersion(template=template, number=1),
            "due_on": dt.date(2026, 11, 30),
            "original_due_on": dt.date(2026, 11, 30),
            **facts,
        }
    )
    for name, count in counts.items():
        setattr(row, name, count)
    return row


def finding(**facts: Any) -> Finding:
    """An open minor of Ralf Ott, due on 16 December, not told to the client; nothing stored."""
    row = Finding(
        **{
            "pk": 9,
            "number": "F-0009",
            "audit": audit(status=AuditStatus.FINISHED, done_on=TODAY),
            "grade": Grade.MINOR,
            "criterion": "LV 4.2",
            "statement": "Sanitärbereich im 2. OG nicht nach Plan gereinigt.",
            "owner": OTT,
            "due_on": DUE,
            "original_due_on": DUE,
            **facts,
        }
    )
    row._state.fields_cache.setdefault("disclosure", None)
    return row


# A finding


@pytest.mark.parametrize(
    ("facts", "shape", "word"),
    [
        ({}, "open", "Offen"),
        ({"status": FindingStatus.IN_PROGRESS}, "run", "In Arbeit"),
        ({"status": FindingStatus.DONE}, "done", "Erledigt"),
        ({"status": FindingStatus.EFFECTIVE}, "ok", "Wirksam"),
        ({"status": FindingStatus.WITHDRAWN}, "na", "Zurückgezogen"),
        ({"grade": Grade.STRENGTH}, "ok", "erfasst"),
        ({"grade": Grade.STRENGTH, "status": FindingStatus.WITHDRAWN}, "na", "Zurückgezogen"),
    ],
)
def test_finding_says_how_it_stands(facts: dict[str, Any], shape: str, word: str) -> None:
    assert finding_standing(finding(**facts)) == (shape, word)


@pytest.mark.parametrize(
    ("due_on", "late", "days"),
    [
        (DUE, False, "in 23 Tagen"),
        (dt.date(2026, 11, 24), False, "in 1 Tag"),
        (TODAY, False, "heute"),
        (dt.date(2026, 11, 22), True, "1 Tag überfällig"),
        (dt.date(2026, 11, 13), True, "10 Tage überfällig"),
    ],
)
def test_finding_row_counts_the_days(due_on: dt.date, late: bool, days: str) -> None:
    row = finding_row(finding(due_on=due_on), TODAY)
    assert (row.late, row.days) == (late, days)
    assert row.due == due_on.strftime("%d.%m.%Y")


@pytest.mark.parametrize("status", ["done", "effective", "withdrawn"])
def test_settled_finding_row_is_never_late(status: str) -> None:
    row = finding_row(finding(status=status, due_on=dt.date(2026, 11, 1), done_on=TODAY), TODAY)
    assert (row.late, row.days, row.due) == (False, "", "01.11.2026")


def test_strength_row_owes_nothing() -> None:
    row = finding_row(finding(grade=Grade.STRENGTH, due_on=dt.date(2026, 11, 1)), TODAY)
    assert (row.owner, row.due, row.late, row.days) == ("–", "–", False, "")


def test_finding_row_names_where_it_comes_from() -> None:
    row = finding_row(finding(), TODAY)
    assert (row.number, row.url) == ("F-0009", "/feststellungen/F-0009/")
    assert (row.audit, row.audit_url) == ("A-0107", "/audits/A-0107/")
    assert (row.client, row.owner) == ("Norhagen Bau AG", "R. Ott")
    assert (row.grade, row.grade_shape) == ("Nebenabweichung", "warn")


@pytest.mark.parametrize(("length", "shown"), [(90, 90), (91, 90), (400, 90)])
def test_finding_row_cuts_a_long_statement(length: int, shown: int) -> None:
    row = finding_row(finding(statement="x" * length), TODAY)
    assert len(row.statement) == shown
    assert row.statement.endswith("…") is (length > shown)


def test_finding_record_holds_the_whole_wording_and_a_real_date() -> None:
    long = "Sanitärbereich " * 20
    record = finding_record(finding(statement=long, place="2. OG"), TODAY)
    assert record == [
        "F-0009", "Nebenabweichung", long, "LV 4.2", "2. OG", "Norhagen Bau AG", "A-0107",
        "R. Ott", DUE, "Offen", None,
    ]  # fmt: skip
    assert len(record) == len(FINDING_COLUMNS)
    assert finding_record(finding(grade=Grade.STRENGTH), TODAY)[7:9] == ["–", "–"]


@pytest.mark.parametrize(
    ("facts", "original", "done", "question"),
    [
        ({}, "", "", ""),
        ({"original_due_on": dt.date(2026, 12, 1)}, "01.12.2026", "", ""),
        ({"status": FindingStatus.DONE, "done_on": TODAY}, "", "23.11.2026", ""),
        ({"question": QUESTION}, "", "", "P1 Sind alle Prüfungen gültig?"),
    ],
)
def test_finding_facts_leave_out_what_did_not_happen(
    facts: dict[str, Any], original: str, done: str, question: str
) -> None:
    found = finding_facts(finding(**facts), TODAY)
    assert (found.original, found.done, found.question) == (original, done, question)
    assert (found.due, found.audit) == ("Mi., 16.12.2026", "A-0107 · Haus B")


def test_every_grade_and_state_has_a_shape() -> None:
    assert set(GRADE_SHAPE) == set(Grade)
    assert set(FINDING_SHAPE) == set(FindingStatus)
    assert set(STATUS_SHAPE) == set(AuditStatus)


@pytest.mark.parametrize(
    ("user", "facts", "keys"),
    [
        (OTT, {}, ["done", "resolve", "start"]),
        (OTT, {"status": FindingStatus.IN_PROGRESS}, ["done", "resolve"]),
        (OTT, {"status": FindingStatus.DONE}, ["resolve"]),
        (OTT, {"grade": Grade.OBSERVATION}, ["resolve", "start"]),
        (OTT, {"grade": Grade.OBSERVATION, "resolution": "So"}, ["done", "resolve", "start"]),
        (TIM, {}, ["done", "resolve", "start", "edit", "withdraw"]),
        (TIM, {"status": FindingStatus.IN_PROGRESS}, ["done", "resolve", "edit", "withdraw"]),
        (TIM, {"status": FindingStatus.DONE}, ["resolve", "reopen"]),
        (TIM, {"status": FindingStatus.EFFECTIVE}, ["reopen"]),
        (TIM, {"status": FindingStatus.WITHDRAWN}, ["reopen"]),
        (TIM, {"grade": Grade.STRENGTH}, ["edit", "withdraw"]),
        (KAYA, {}, []),
        (KAYA, {"deputy": KAYA}, ["done", "resolve", "start"]),
        (SEIDEL, {}, []),
    ],
)
def test_finding_offers_what_the_reader_may_do(
    user: User, facts: dict[str, Any], keys: list[str]
) -> None:
    assert [each.key for each in finding_actions(user, finding(**facts))] == keys


def test_finding_actions_say_what_they_do_and_which_need_a_form() -> None:
    found = {each.key: each for each in finding_actions(TIM, finding())}
    assert found["done"].label == "Erledigt melden"
    assert {key for key, each in found.items() if each.posts} == {"done", "start"}
    assert found["withdraw"].url == "/feststellungen/F-0009/ruecknahme/"


@pytest.mark.parametrize("status", ["won", "lost", "parted"])
def test_finding_of_an_ended_case_offers_nothing(status: str) -> None:
    ended = Case(pk=2, number="RG-2026-0001", client=NORHAGEN, owner=KAYA, status=status)
    row = finding(audit=audit(case=ended, status=AuditStatus.FINISHED))
    assert finding_actions(TIM, row) == []


# An audit


@pytest.mark.parametrize(
    ("facts", "shape", "word"),
    [
        ({}, "open", "Geplant"),
        ({"status": AuditStatus.IN_PROGRESS}, "run", "In Arbeit"),
        ({"status": AuditStatus.FINISHED}, "lock", "Abgeschlossen"),
        ({"status": AuditStatus.CANCELLED}, "na", "Abgesagt"),
    ],
)
def test_audit_row_tells_its_state(facts: dict[str, Any], shape: str, word: str) -> None:
    row = audit_row(audit(**facts), TODAY)
    assert (row.shape, row.status) == (shape, word)


@pytest.mark.parametrize(
    ("facts", "score", "shape", "word"),
    [
        ({}, "–", "", ""),
        ({"score": Decimal("90.00")}, "90,0\u202f%", "", ""),
        (
            {"status": AuditStatus.FINISHED, "score": Decimal("80.00")},
            "80,0\u202f%",
            "ok",
            "bestanden",
        ),
        (
            {"status": AuditStatus.FINISHED, "score": Decimal("79.90")},
            "79,9\u202f%",
            "no",
            "nicht bestanden",
        ),
        (
            {"status": AuditStatus.FINISHED, "score": Decimal(100), "majors": 1},
            "100,0\u202f%",
            "no",
            "nicht bestanden",
        ),
        ({"status": AuditStatus.FINISHED}, "–", "", ""),
    ],
)
def test_audit_row_gives_a_verdict_only_at_the_end(
    facts: dict[str, Any], score: str, shape: str, word: str
) -> None:
    row = audit_row(audit(**facts), TODAY)
    assert (row.score, row.verdict_shape, row.verdict) == (score, shape, word)
    assert set(VERDICT_SHAPE.values()) == {"ok", "no"}


def test_audit_row_counts_answers_and_open_findings() -> None:
    row = audit_row(audit(answered=3, open_findings=2), TODAY)
    assert (row.progress, row.findings) == ("3 von 4", "2")
    assert audit_row(audit(), TODAY).findings == "–"


@pytest.mark.parametrize(
    ("facts", "late"),
    [
        ({"due_on": dt.date(2026, 11, 22)}, True),
        ({"due_on": TODAY}, False),
        ({"due_on": dt.date(2026, 11, 22), "status": AuditStatus.CANCELLED}, False),
        (
            {
                "due_on": dt.date(2026, 11, 22),
                "status": AuditStatus.FINISHED,
                "done_on": TODAY,
            },
            False,
        ),
    ],
)
def test_audit_row_is_late_while_it_is_owed(facts: dict[str, Any], late: bool) -> None:
    assert audit_row(audit(**facts), TODAY).late is late


def test_audit_record_holds_numbers_and_dates_as_such() -> None:
    row = audit(status=AuditStatus.FINISHED, score=Decimal("46.43"), answered=4, open_findings=3)
    record = audit_record(row, TODAY)
    assert record == [
        "A-0107", "Internes Service-Audit", "Norhagen Bau AG", "Haus B", dt.date(2026, 11, 30),
        "T. Wolf", "Abgeschlossen", "4 von 4", Decimal("46.43"), "nicht bestanden", 3,
    ]  # fmt: skip
    assert len(record) == len(AUDIT_COLUMNS)


@pytest.mark.parametrize(
    ("facts", "labels"),
    [
        (
            {},
            [
                "Audit beginnen", "Feststellung anlegen", "Prüfen und abschließen",
                "Audit bearbeiten", "Audit absagen",
            ],
        ),
        (
            {"answered": 2},
            [
                "Audit fortsetzen", "Feststellung anlegen", "Prüfen und abschließen",
                "Audit bearbeiten", "Audit absagen",
            ],
        ),
        (
            {"answered": 4},
            [
                "Prüfen und abschließen", "Audit fortsetzen", "Feststellung anlegen",
                "Audit bearbeiten", "Audit absagen",
            ],
        ),
        ({"status": AuditStatus.FINISHED}, []),
        ({"status": AuditStatus.CANCELLED}, []),
    ],
)  # fmt: skip
def test_audit_head_puts_the_next_step_first(facts: dict[str, Any], labels: list[str]) -> None:
    head = audit_head(audit(**facts), TIM, TODAY)
    steps = [head.primary, *head.actions] if head.primary else head.actions
    assert [label for label, _url in steps] == labels


def test_audit_head_shows_an_external_lead_no_case() -> None:
    row = audit(owner=SEIDEL)
    head = audit_head(row, SEIDEL, TODAY)
    assert (head.case_url, head.may_answer) == ("", True)
    assert [label for label, _url in head.actions] == [
        "Feststellung anlegen",
        "Prüfen und abschließen",
    ]
    assert audit_head(row, TIM, TODAY).case_url == "/faelle/RG-2026-0042/"


@pytest.mark.parametrize(
    ("facts", "date", "note"),
    [
        ({}, "Mo., 30.11.2026", "in 7 Tagen"),
        ({"due_on": dt.date(2026, 11, 20)}, "Fr., 20.11.2026", "3 Tage überfällig"),
        (
            {"status": AuditStatus.FINISHED, "done_on": dt.date(2026, 11, 17)},
            "Di., 17.11.2026",
            "",
        ),
        ({"status": AuditStatus.CANCELLED}, "Mo., 30.11.2026", ""),
    ],
)
def test_audit_head_shows_the_day_that_counts(facts: dict[str, Any], date: str, note: str) -> None:
    head = audit_head(audit(**facts), TIM, TODAY)
    assert (head.date, head.date_note) == (date, note)


@pytest.mark.parametrize(
    ("score", "shown"), [(None, ""), (Decimal(0), "0,0\u202f%"), (Decimal("46.43"), "46,4\u202f%")]
)
def test_audit_head_shows_a_score_only_when_there_is_one(score: Decimal | None, shown: str) -> None:
    head = audit_head(audit(status=AuditStatus.FINISHED, score=score), TIM, TODAY)
    assert head.score == shown
