"""Pages that gather several rooms: my work, the case, the finding, the month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import can_see_management_pages, user_of
from winback.cases.models import Case
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context, case_row, event_row
from winback.common.htmx import go, page
from winback.dashboards.rows import work

RECENT_EVENTS = 8
MY_CASES = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My work; the executive board starts with the month instead."""
    if can_see_management_pages(user_of(request)):
        return month_now(request)
    return my_work(request)


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What I owe: overdue, this week, waiting for me; then my cases, worst first."""
    user, today = user_of(request), timezone.localdate()
    mine = Case.objects.visible_to(user).live().led_by(user).worst_first().with_header()
    context = {
        "work": work.my_work(user, today),
        "cases": [case_row(case, today) for case in mine[:MY_CASES]],
        "greeting": work.greeting(timezone.localtime(), user),
        "day": work.long_day(today),
    }
    return page(request, "dashboards/my_work.html", context)


@require_safe
def case_overview(request: HttpRequest, number: str) -> HttpResponse:
    """How the case stands, readable from top to bottom."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    events = case.events.select_related("actor")[:RECENT_EVENTS]
    context = case_context(case, user, today, "overview", events=[event_row(e) for e in events])
    return page(request, "dashboards/case_overview.html", context)


@require_safe
def finding(request: HttpRequest, number: str) -> HttpResponse:
    return go(request, "cases:list")


@require_safe
def month_now(request: HttpRequest) -> HttpResponse:
    return go(request, "cases:list")


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return go(request, "cases:list")
