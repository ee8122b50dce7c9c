"""The primary cause comes with its case, in the same statement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import active_case
from tests.causes.factories import CauseFactory
from winback.cases.models import Case
from winback.causes.models import primary_cause, with_primary_cause

pytestmark = pytest.mark.django_db


def read(case: Case) -> Case:
    return with_primary_cause(Case.objects.with_header()).get(pk=case.pk)


def test_the_primary_cause_comes_along_with_its_category(kam: User) -> None:
    case = active_case(owner=kam)
    CauseFactory(case=case)
    primary = CauseFactory(case=case, is_primary=True)
    with CaptureQueriesContext(connection) as asked:
        found = primary_cause(read(case))
        assert found == primary
        assert str(found) == str(primary.category)
    assert len(asked) == 1


def test_without_a_primary_cause_there_is_none_and_the_case_is_found_once(kam: User) -> None:
    case = active_case(owner=kam)
    assert primary_cause(read(case)) is None
    CauseFactory(case=case)
    CauseFactory(case=case)
    assert primary_cause(read(case)) is None


def test_a_case_read_otherwise_has_brought_none_along(kam: User) -> None:
    case = active_case(owner=kam)
    CauseFactory(case=case, is_primary=True)
    assert primary_cause(Case.objects.get(pk=case.pk)) is None


def test_each_case_gets_its_own(kam: User) -> None:
    cases = [active_case(owner=kam) for _ in range(2)]
    causes = [CauseFactory(case=case, is_primary=True) for case in cases]
    found = with_primary_cause(Case.objects.order_by("pk"))
    assert [primary_cause(case) for case in found] == causes
