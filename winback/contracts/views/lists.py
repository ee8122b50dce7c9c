"""The deadline register over all contracts, and what leaves the room as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.common import lists
from winback.common.sheets import sheet_response
from winback.contracts.bulk import BULK
from winback.contracts.filters import DeadlineFilter
from winback.contracts.models import Deadline
from winback.contracts.permissions import can_list_deadlines, get_legal_contract
from winback.contracts.rows.deadlines import DEADLINE_COLUMNS, deadline_record, deadline_row
from winback.contracts.rows.lines import LINE_COLUMNS, line_record

DEADLINES = lists.register(
    lists.ListPage(
        key="contracts:deadline_list",
        title=gettext_lazy("Deadlines"),
        noun=ngettext_lazy("%(count)d deadline", "%(count)d deadlines", "count"),
        table="contracts/deadline_list.html",
        empty=gettext_lazy(
            "Here stand the deadlines of all contracts: formal warnings, notice days, options."
        ),
        none=gettext_lazy("No deadline matches these filters."),
        export="contracts:deadline_export",
        bulk=BULK,
    )
)


@require_safe
@requires(can_list_deadlines)
def deadline_list(request: HttpRequest) -> HttpResponse:
    """Deadlines of all visible contracts, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = DeadlineFilter(request.GET)
    return DEADLINES.respond(
        request,
        form=form,
        found=form.apply(Deadline.objects.visible_to(user).with_row(user), today),
        rows=lambda page: [deadline_row(each, user, today) for each in page],
    )


@require_safe
@requires(can_list_deadlines)
def deadline_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    form = DeadlineFilter(lists.query_of(request))
    found = form.apply(Deadline.objects.visible_to(user).with_row(user), today)
    records = (deadline_record(each, user, today) for each in lists.narrowed(request, found))
    return sheet_response(kind, _("deadlines"), DEADLINE_COLUMNS, records)


@require_safe
def line_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The service lines of one contract as a file."""
    contract = get_legal_contract(user_of(request), pk)
    records = (line_record(line) for line in contract.lines.all())
    return sheet_response(kind, _("service-lines"), LINE_COLUMNS, records)
