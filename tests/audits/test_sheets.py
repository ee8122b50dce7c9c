"""One audit as CSV and XLSX: questions with their results, and findings."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import User
from audits.enums import FindingStatus, Grade, Result
from audits.models import Audit, Finding
from audits.rows.sheets import (
    AUDIT_FINDING_COLUMNS,
    QUESTION_COLUMNS,
    audit_finding_record,
    question_records,
)
from tests.audits.factories import FindingFactory, answer
from tests.conftest import ClientFor
from tests.statements import statements
from winback.common.sheets import XLSX_TYPE

DAY = dt.date(2026, 11, 23)
EXPORTS = ("questions_export", "audit_findings_export")


def address(audit: Audit, name: str) -> str:
    return reverse(f"audits:{name}", args=[audit.number])


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.usefixtures("today")
def test_every_question_stands_with_its_result_and_points(audit: Audit) -> None:
    question = audit.questions().get(code="S1")
    found = FindingFactory(audit=audit, question=question)
    FindingFactory(
        audit=audit, question=question, status=FindingStatus.WITHDRAWN, withdrawn_reason="x"
    )
    answer(audit, "S1", Result.PARTLY, note="Zwei Räume.")
    answer(audit, "S2", Result.NOT_APPLICABLE)
    assert question_records(audit) == [
        ["Gruppe 1", "S1", "Ist S1 in Ordnung?", 3, "nein", "teilweise erfüllt", 3, 6,
         "Zwei Räume.", audit.owner.short_name, DAY, found.number],
        ["Gruppe 1", "S2", "Ist S2 in Ordnung?", 1, "nein", "nicht anwendbar", None, None,
         "", audit.owner.short_name, DAY, ""],
        ["Gruppe 2", "P1", "Ist P1 in Ordnung?", 3, "ja", "nicht geprüft", None, None,
         "", "", None, ""],
    ]  # fmt: skip


def test_not_met_reaches_no_point_of_those_possible(audit: Audit) -> None:
    answer(audit, "P1", Result.NOT_MET)
    assert question_records(audit)[2][6:8] == [0, 6]


def test_columns_fit_their_lines(audit: Audit, finding: Finding) -> None:
    assert {len(row) for row in question_records(audit)} == {len(QUESTION_COLUMNS)}
    row = Finding.objects.with_audit().get()
    assert len(audit_finding_record(row, DAY)) == len(AUDIT_FINDING_COLUMNS)


def test_finding_names_its_question_containment_and_correction(audit: Audit) -> None:
    FindingFactory(
        audit=audit,
        question=audit.questions().get(code="P1"),
        containment="Gesperrt",
        resolution="Geräumt",
    )
    row = Finding.objects.with_audit().get()
    assert audit_finding_record(row, DAY)[-3:] == ["P1", "Gesperrt", "Geräumt"]


def test_csv_of_findings_has_the_gravest_first_and_no_formulas(
    audit: Audit, finding: Finding, client_for: ClientFor, qm: User
) -> None:
    major = FindingFactory(audit=audit, grade=Grade.MAJOR, statement="=HYPERLINK(1)")
    response = client_for(qm).get(address(audit, "audit_findings_export"))
    head, *rows = lines(response.content)
    assert head[0] == "Feststellung"
    assert [row[0] for row in rows] == [major.number, finding.number]
    assert rows[0][2] == "'=HYPERLINK(1)"
    assert f"{audit.number}%20Feststellungen.csv" in response["Content-Disposition"].replace(
        " ", "%20"
    )


def test_xlsx_of_questions_holds_numbers_as_numbers(
    audit: Audit, client_for: ClientFor, qm: User
) -> None:
    answer(audit, "S1")
    response = client_for(qm).get(address(audit, "questions_export_xlsx"))
    assert response["Content-Type"] == XLSX_TYPE
    sheet: Any = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[1]][:3] == ["Gruppe", "Frage", "Wortlaut der Frage"]
    assert [cell.value for cell in sheet[2]][3:8] == [3, "nein", "erfüllt", 6, 6]


def test_external_auditor_gets_the_files_of_the_own_audit_only(
    audit: Audit, finding: Finding, client_for: ClientFor, auditor: User
) -> None:
    foreign = FindingFactory().audit
    client = client_for(auditor)
    assert [client.get(address(audit, name)).status_code for name in EXPORTS] == [200, 200]
    assert [client.get(address(foreign, name)).status_code for name in EXPORTS] == [404, 404]


def test_audit_page_offers_its_files(
    audit: Audit, finding: Finding, client_for: ClientFor, qm: User
) -> None:
    page = client_for(qm).get(audit.get_absolute_url()).content.decode()
    for name in EXPORTS:
        assert address(audit, name) in page
        assert address(audit, f"{name}_xlsx") in page


@pytest.mark.parametrize("name", EXPORTS)
def test_files_ask_the_same_for_one_and_three_rows(
    name: str, audit: Audit, client_for: ClientFor, qm: User
) -> None:
    client, url = client_for(qm), address(audit, name)
    FindingFactory(audit=audit, question=audit.questions().get(code="S1"))
    answer(audit, "S1")
    before = statements(client, url)
    for code in ("S2", "P1"):
        answer(audit, code)
        FindingFactory(audit=audit, question=audit.questions().get(code=code))
    after = statements(client, url)
    assert len(before) == len(after) <= 8, after


def test_names_of_the_files_are_english_for_english_readers(
    audit: Audit, client_for: ClientFor, qm: User
) -> None:
    qm.language = "en"
    qm.save()
    with translation.override("en"):
        response = client_for(qm).get(address(audit, "questions_export"))
    assert "questions.csv" in response["Content-Disposition"]
    assert lines(response.content)[0][0] == "Group"
