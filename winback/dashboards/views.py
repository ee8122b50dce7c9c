"""Pages that gather several rooms: my work, the case, the finding, the month."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import can_see_management_pages, requires, user_of
from audits.permissions import get_visible_finding
from winback.cases.models import Case
from winback.cases.permissions import can_edit_case, get_visible_case
from winback.cases.rows import case_context, case_row
from winback.causes.models import with_primary_cause
from winback.clients.permissions import can_list_clients
from winback.common import quality
from winback.common import search as rooms
from winback.common.formats import format_datetime
from winback.common.htmx import page
from winback.common.lists import picked
from winback.common.rows import page_of
from winback.dashboards.rows import work
from winback.dashboards.rows.finding import finding_page
from winback.dashboards.rows.month import month_page
from winback.dashboards.rows.overview import overview
from winback.dashboards.rows.quality import check_rows, gaps
from winback.dashboards.rules import Month

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
    mine = Case.objects.visible_to(user).live().led_by(user).worst_first().with_row()
    context = {
        "work": work.my_work(user, today, _asked_case(request)),
        "cases": [case_row(case, today) for case in mine[:MY_CASES]],
        "greeting": work.greeting(timezone.localtime(), user),
        "day": work.long_day(today),
    }
    return page(request, "dashboards/my_work.html", context)


def _asked_case(request: HttpRequest) -> int | None:
    """The case the work is narrowed to, ``?fall=<key>``; nonsense narrows nothing."""
    return next(iter(picked(request.GET.getlist("fall"))), None)


@require_safe
def case_overview(request: HttpRequest, number: str) -> HttpResponse:
    """How the case stands, readable from top to bottom."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number, with_primary_cause(Case.objects.with_summary()))
    context = case_context(
        case,
        user,
        today,
        "overview",
        o=overview(case, user, today),
        may_edit=can_edit_case(user, case),
    )
    return page(request, "dashboards/case_overview.html", context)


@require_safe
def finding(request: HttpRequest, number: str) -> HttpResponse:
    """One finding with its cause and its measures."""
    user, today = user_of(request), timezone.localdate()
    found = get_visible_finding(user, number)
    context = {"finding": found, "f": finding_page(found, user, today)}
    return page(request, "dashboards/finding.html", context)


@require_safe
@requires(can_see_management_pages)
def month_now(request: HttpRequest) -> HttpResponse:
    """The running month."""
    return _month(request, Month.of(timezone.localdate()))


@require_safe
@requires(can_see_management_pages)
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A month that has begun; anything else is 404."""
    wanted = Month(year, number)
    if not (1 <= number <= 12 and year >= 2000 and wanted <= Month.of(timezone.localdate())):
        raise Http404
    return _month(request, wanted)


@require_safe
@requires(can_list_clients)
def data_quality(request: HttpRequest) -> HttpResponse:
    """What is missing in the data the user may see."""
    rows = check_rows(user_of(request), timezone.localdate())
    context = {"rows": rows, "missing": sum(row.count for row in rows)}
    return page(request, "dashboards/quality.html", context)


@require_safe
@requires(can_list_clients)
def quality_check(request: HttpRequest, key: str) -> HttpResponse:
    """The rows one check has found, each with the page on which to mend it."""
    check = quality.check(key)
    if check is None:
        raise Http404(key)
    rows = page_of(request, check.rows(user_of(request), timezone.localdate()))
    context = {"check": check, "page": rows, "gaps": gaps(check, rows)}
    return page(request, "dashboards/quality_check.html", context)


def _month(request: HttpRequest, wanted: Month) -> HttpResponse:
    user, now = user_of(request), timezone.localtime()
    context = {"m": month_page(wanted, user, now.date()), "as_of": format_datetime(now)}
    return page(request, "dashboards/month.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the user may see that holds ``?q=``; an exact number leads there at once."""
    user, text = user_of(request), rooms.typed(request.GET.get("q", ""))
    if target := rooms.jump(user, text):
        return redirect(target)
    groups = rooms.search(user, text)
    context = {
        "search_text": text,
        "groups": groups,
        "count": sum(group.count for group in groups),
        "is_short": len(text) < rooms.SHORTEST,
    }
    return page(request, "dashboards/search.html", context)
