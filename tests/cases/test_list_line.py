"""A line of the case list reads just the columns it shows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.contracts.factories import ContractFactory
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.rows import case_record, case_row


@pytest.fixture
def cases(kam: User, today: dt.date) -> list[Case]:
    """Open, running with a contract, resting, ended."""
    running = active_case(
        owner=kam, contract=ContractFactory(), next_step="Anrufen", next_step_on=today
    )
    resting = CaseFactory(owner=kam, status=Status.RESTING, resting_until=today)
    ended = CaseFactory(owner=kam, status=Status.LOST, closed_on=today)
    return [CaseFactory(owner=kam), running, resting, ended]


def test_line_and_file_need_no_statement_beyond_the_list(cases: list[Case], today: dt.date) -> None:
    found = list(Case.objects.with_row())
    assert len(found) == len(cases)
    with CaptureQueriesContext(connection) as more:
        for case in found:
            case_row(case, today)
            case_record(case, today)
    assert [query["sql"] for query in more] == []


def test_line_is_the_same_as_of_the_whole_case(cases: list[Case], today: dt.date) -> None:
    for case in cases:
        whole = Case.objects.with_header().get(pk=case.pk)
        line = Case.objects.with_row().get(pk=case.pk)
        assert case_row(line, today) == case_row(whole, today)


def test_line_reads_no_password_and_no_long_text(cases: list[Case]) -> None:
    sql = str(Case.objects.with_row().query)
    assert "password" not in sql
    assert '"situation"' not in sql
