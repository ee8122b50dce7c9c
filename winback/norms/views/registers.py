"""Registers of inspections: over all sites, of a client, of a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.clients.permissions import get_visible_client
from winback.common import lists
from winback.common.htmx import page
from winback.common.sheets import sheet_response
from winback.norms.bulk import BULK
from winback.norms.filters import InspectionFilter
from winback.norms.models import Inspection
from winback.norms.permissions import can_list_inspections
from winback.norms.rows.inspections import (
    INSPECTION_COLUMNS,
    inspection_record,
    inspection_row,
    site_registers,
)
from winback.norms.views.base import way_back

INSPECTIONS = lists.register(
    lists.ListPage(
        key="norms:inspections",
        title=gettext_lazy("Inspections"),
        noun=ngettext_lazy("%(count)d inspection", "%(count)d inspections", "count"),
        table="norms/inspection_list.html",
        empty=gettext_lazy(
            "Here stand the inspections of all plants. They are entered at the site of a client."
        ),
        none=gettext_lazy("No inspection matches these filters."),
        export="norms:inspection_export",
        bulk=BULK,
    )
)


@require_safe
@requires(can_list_inspections)
def inspection_list(request: HttpRequest) -> HttpResponse:
    """Inspections at all visible sites, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = InspectionFilter(request.GET)
    return INSPECTIONS.respond(
        request,
        form=form,
        found=form.apply(Inspection.objects.visible_to(user).with_row(), user, today),
        rows=lambda page: [inspection_row(each, user, today) for each in page],
    )


@require_safe
@requires(can_list_inspections)
def inspection_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    form = InspectionFilter(lists.query_of(request))
    found = form.apply(Inspection.objects.visible_to(user).with_row(), user, today)
    records = (inspection_record(each, today) for each in lists.narrowed(request, found))
    return sheet_response(kind, _("inspections"), INSPECTION_COLUMNS, records)


@require_safe
def client_register(request: HttpRequest, pk: int) -> HttpResponse:
    """The plants of a client, below their sites."""
    user = user_of(request)
    client = get_visible_client(user, pk)
    rows = Inspection.objects.open().filter(site__client=client).with_row()
    registers = site_registers(client.sites.all(), rows, user, timezone.localdate())
    context = {"registers": registers, **way_back(client, user)}
    return page(request, "norms/client_register.html", context)


@require_safe
def case_register(request: HttpRequest, number: str) -> HttpResponse:
    """The plants at the sites of a case."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    rows = Inspection.objects.open().at_sites_of(case).with_row()
    registers = site_registers(case.sites.all(), rows, user, today)
    context = case_context(case, user, today, "audits", title=_("Inspections"))
    return page(request, "norms/case_register.html", {**context, "registers": registers})
