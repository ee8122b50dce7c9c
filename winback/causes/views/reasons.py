"""Why clients are lost, over all cases somebody may see."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from winback.cases.permissions import can_list_cases
from winback.causes.enums import Period
from winback.causes.models import Cause
from winback.causes.rows import REASON_COLUMNS, reason_record, reason_row
from winback.causes.rules import months_back
from winback.common.htmx import page
from winback.common.sheets import sheet_response


@require_safe
def reasons(request: HttpRequest) -> HttpResponse:
    """Primary causes by value: how many cases, how much, how often the client came back."""
    period, found = _found(request)
    url = reverse("causes:reasons")
    context = {
        "period": period,
        "segments": [(each.label, f"{url}?zeitraum={each}", each == period) for each in Period],
        "rows": [reason_row(row) for row in found],
    }
    return page(request, "causes/reasons.html", context)


@require_safe
def reasons_export(request: HttpRequest, kind: str) -> HttpResponse:
    _period, found = _found(request)
    records = [reason_record(row) for row in found]
    return sheet_response(kind, _("reasons for losses"), REASON_COLUMNS, records)


def _found(request: HttpRequest) -> tuple[Period, list[dict[str, Any]]]:
    user = user_of(request)
    if not can_list_cases(user):
        raise PermissionDenied
    asked = request.GET.get("zeitraum", "")
    period = Period(asked) if asked in Period.values else Period.ALL
    causes = Cause.objects.visible_to(user).primary()
    if period != Period.ALL:
        causes = causes.filter(case__opened_on__gte=months_back(timezone.localdate(), int(period)))
    return period, causes.by_reason()
