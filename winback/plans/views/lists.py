"""The measures of all visible cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases.permissions import can_list_cases
from winback.common.htmx import page
from winback.common.rows import chips, csv_response, page_of
from winback.plans.filters import DEFAULT_SORT, VIEWS, MeasureFilter
from winback.plans.models import Measure
from winback.plans.rows.measures import MeasureRow, measure_row


@require_safe
@requires(can_list_cases)
def measure_list(request: HttpRequest) -> HttpResponse:
    """All visible measures, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = MeasureFilter(request.GET)
    found = form.apply(Measure.objects.visible_to(user).with_row(), user, today)
    rows_page = page_of(request, found)
    context = {
        "filter_form": form,
        "page": rows_page,
        "rows": [measure_row(measure, user, today) for measure in rows_page],
        "views": [
            (str(label), f"?ansicht={key}", key == form.view, "") for key, label in VIEWS.items()
        ],
        "chips": chips(request, form),
        "default_sort": DEFAULT_SORT,
    }
    return page(request, "plans/measure_list.html", context, part="results")


@require_safe
@requires(can_list_cases)
def measure_export(request: HttpRequest) -> HttpResponse:
    """Exactly the list's query as CSV."""
    user, today = user_of(request), timezone.localdate()
    found = MeasureFilter(request.GET).apply(
        Measure.objects.visible_to(user).with_row(), user, today
    )
    header = [
        _("Case number"),
        _("Client"),
        _("Phase"),
        pgettext("measure", "Number"),
        pgettext("measure", "Measure"),
        pgettext("person", "Owner"),
        _("Due on"),
        _("Original due date"),
        pgettext("measure", "Status"),
    ]
    rows = (_cells(measure_row(measure, user, today)) for measure in found)
    return csv_response(_("measures"), header, rows)


def _cells(row: MeasureRow) -> list[str]:
    original = row.moved_from or row.due
    who = [row.case_number, row.client, row.phase]
    return [*who, row.code, row.title, row.owner, row.due, original, row.status]
