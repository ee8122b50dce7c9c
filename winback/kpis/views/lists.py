"""Reading: the KPIs of all visible cases, of one case, and one KPI."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.common import lists
from winback.common.htmx import page
from winback.common.sheets import csv_response, sheet_response
from winback.kpis.filters import KpiFilter
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
    kpi_record,
    kpi_rows,
    list_rows,
    set_up_facts,
)

TAB = "kpis"


KPIS = lists.register(
    lists.ListPage(
        key="kpis:list",
        title=gettext_lazy("KPIs"),
        noun=ngettext_lazy("%(count)d KPI", "%(count)d KPIs", "count"),
        table="kpis/kpi_list.html",
        empty=gettext_lazy(
            "Here stand the KPIs of your live cases, worst first. They are added inside a case."
        ),
        none=gettext_lazy("No KPI matches these filters."),
        export="kpis:export",
    )
)


@require_safe
@requires(can_list_kpis)
def kpi_list(request: HttpRequest) -> HttpResponse:
    """The KPIs of all visible live cases, worst first."""
    user, today = user_of(request), timezone.localdate()
    form = KpiFilter(request.GET)
    return KPIS.respond(
        request,
        form=form,
        found=form.apply(user, today),
        rows=lambda page: list_rows(page, today),
        empty_url=reverse("cases:list"),
        empty_label=_("Open cases"),
    )


@require_safe
@requires(can_list_kpis)
def kpi_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    records = [kpi_record(kpi, today) for kpi in KpiFilter(request.GET).apply(user, today)]
    return sheet_response(kind, _("kpis"), LIST_COLUMNS, records)


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
