"""Reading: the KPIs of all visible cases, of one case, and one KPI."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.common.htmx import page
from winback.common.rows import chips, csv_response, page_of
from winback.kpis.filters import DEFAULT_SORT, VIEWS, KpiFilter
from winback.kpis.permissions import (
    can_enter_some,
    can_enter_values,
    can_list_kpis,
    can_set_up_kpis,
    get_visible_kpi,
)
from winback.kpis.rows import (
    LIST_COLUMNS,
    VALUE_COLUMNS,
    kpi_page,
    kpi_rows,
    list_rows,
    set_up_facts,
)

TAB = "kpis"


@require_safe
@requires(can_list_kpis)
def kpi_list(request: HttpRequest) -> HttpResponse:
    """The KPIs of all visible live cases, worst first."""
    user, today = user_of(request), timezone.localdate()
    form = KpiFilter(request.GET)
    found = page_of(request, form.apply(user, today))
    context = {
        "filter_form": form,
        "page": found,
        "rows": list_rows(found, today),
        "views": [
            (str(label), f"?ansicht={key}", key == form.view, "") for key, label in VIEWS.items()
        ],
        "chips": chips(request, form),
        "default_sort": DEFAULT_SORT,
    }
    return page(request, "kpis/kpi_list.html", context, part="results")


@require_safe
@requires(can_list_kpis)
def kpi_export(request: HttpRequest) -> HttpResponse:
    """Exactly the list's query as CSV."""
    user, today = user_of(request), timezone.localdate()
    rows = list_rows(KpiFilter(request.GET).apply(user, today), today)
    header = [label for _name, label in LIST_COLUMNS]
    cells = ([getattr(row, name) for name, _label in LIST_COLUMNS] for row in rows)
    return csv_response(_("kpis"), header, cells)


@require_safe
def case_kpis(request: HttpRequest, number: str) -> HttpResponse:
    """What the case measures: sparkline, bullet graph and words per KPI."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    context = case_context(
        case,
        user,
        today,
        TAB,
        rows=kpi_rows(case, today),
        ended=case.kpis.filter(ended_on__isnull=False).select_related("definition", "case"),
        may_set_up=can_set_up_kpis(user, case),
        may_enter=can_enter_some(user, case),
    )
    return page(request, "kpis/case_kpis.html", context)


@require_safe
def kpi_detail(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One KPI: how far, how it went, what was agreed, what was entered."""
    user, today = user_of(request), timezone.localdate()
    case, kpi = get_visible_kpi(user, number, key)
    context = case_context(
        case,
        user,
        today,
        TAB,
        title=kpi.definition.name,
        facts=set_up_facts(kpi.definition),
        may_set_up=can_set_up_kpis(user, case) and kpi.is_measured,
        may_enter=can_enter_values(user, kpi),
        **kpi_page(kpi, today),
    )
    return page(request, "kpis/kpi_detail.html", context)


@require_safe
def kpi_values(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The measurements of one KPI as CSV."""
    _case, kpi = get_visible_kpi(user_of(request), number, key)
    rows = kpi_page(kpi, timezone.localdate())["values"]
    header = [label for _name, label in VALUE_COLUMNS]
    cells = ([getattr(row, name) for name, _label in VALUE_COLUMNS] for row in rows)
    return csv_response(kpi.definition.key, header, cells)
