"""The measures of all visible cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases.permissions import can_list_cases
from winback.common import lists
from winback.common.sheets import sheet_response
from winback.plans.bulk import BULK
from winback.plans.filters import MeasureFilter
from winback.plans.models import Measure
from winback.plans.rows.measures import MEASURE_COLUMNS, measure_record, measure_row

MEASURES = lists.register(
    lists.ListPage(
        key="plans:measure_list",
        title=gettext_lazy("Measures"),
        noun=ngettext_lazy("%(count)d measure", "%(count)d measures", "count"),
        table="plans/measure_list.html",
        empty=gettext_lazy(
            "Here stand the measures of all your cases, the earliest date first."
            " There is none in this view."
        ),
        none=gettext_lazy("No measure matches these filters."),
        export="plans:measure_export",
        bulk=BULK,
    )
)


@require_safe
@requires(can_list_cases)
def measure_list(request: HttpRequest) -> HttpResponse:
    """All visible measures, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = MeasureFilter(request.GET)
    return MEASURES.respond(
        request,
        form=form,
        found=form.apply(Measure.objects.visible_to(user).with_line(), user, today),
        rows=lambda page: [measure_row(measure, user, today) for measure in page],
    )


@require_safe
@requires(can_list_cases)
def measure_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    form = MeasureFilter(lists.query_of(request))
    found = form.apply(Measure.objects.visible_to(user).with_line(), user, today)
    records = (measure_record(each, user, today) for each in lists.narrowed(request, found))
    return sheet_response(kind, _("measures"), MEASURE_COLUMNS, records)
