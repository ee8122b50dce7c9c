"""The filter of the list takes anything from a URL and never fails."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import strategies as st

from accounts.models import User
from tests.kpis.factories import CaseKpiFactory, DefinitionFactory, measured_kpi
from tests.kpis.properties import always
from winback.cases.models import Case
from winback.kpis.filters import KpiFilter
from winback.kpis.models import CaseKpi

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def found(user: User, query: str = "") -> list[CaseKpi]:
    return list(KpiFilter(QueryDict(query)).apply(user, TODAY))


@pytest.mark.parametrize("sort", [*KpiFilter.sorts, *(f"-{key}" for key in KpiFilter.sorts)])
def test_every_order_keeps_every_row(case: Case, kam: User, sort: str) -> None:
    rows = {measured_kpi(kam, case).pk for _each in range(3)}
    assert {kpi.pk for kpi in found(kam, f"sort={sort}")} == rows


@pytest.mark.parametrize("sort", ["faellig", "-faellig"])
def test_what_is_never_due_comes_last_either_way(case: Case, kam: User, sort: str) -> None:
    occasional = CaseKpiFactory(case=case, definition=DefinitionFactory(frequency="occasional"))
    measured_kpi(kam, case)
    CaseKpiFactory(case=case)
    assert found(kam, f"sort={sort}")[-1] == occasional


def test_nonsense_falls_back_to_the_defaults(db: None) -> None:
    form = KpiFilter(QueryDict("sort=drop+table&ansicht=fremde&stand=gut&verantwortlich=abc"))
    assert (form.order, form.view) == (KpiFilter.default_sort, "alle")
    assert form.chosen("stand") is None
    assert form.chosen("verantwortlich") is None


def test_every_view_can_be_opened(case: Case, kam: User) -> None:
    kpi = measured_kpi(kam, case)
    for view in KpiFilter.views:
        assert found(kam, f"ansicht={view}") == [kpi]


def test_rows_are_ready_to_be_shown_without_a_further_statement(
    case: Case,
    kam: User,
    django_assert_num_queries: object,
) -> None:
    for _each in range(3):
        measured_kpi(kam, case)
    rows = found(kam)
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture of pytest-django
        for kpi in rows:
            assert kpi.case.client.name
            assert kpi.owner.short_name
            assert kpi.course.target == 95
            assert kpi.get_absolute_url()


@always(text=st.text(max_size=200))
def test_no_text_breaks_the_filter(text: str) -> None:
    query = QueryDict(mutable=True)
    for name in ("q", "sort", "ansicht", "stand", "kategorie"):
        query[name] = text
    form = KpiFilter(query)
    assert form.view in KpiFilter.views
    assert form.order.removeprefix("-") in KpiFilter.sorts
