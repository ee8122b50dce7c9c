"""The list of cases, and a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases import forms, services
from winback.cases.filters import DEFAULT_SORT, VIEWS, CaseFilter
from winback.cases.models import Case
from winback.cases.permissions import can_list_cases, can_open_case
from winback.cases.rows import case_row
from winback.clients.models import Client
from winback.common.forms import submit
from winback.common.htmx import page
from winback.common.rows import chips, csv_response, page_of


@require_safe
@requires(can_list_cases)
def case_list(request: HttpRequest) -> HttpResponse:
    """All visible cases, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = CaseFilter(request.GET)
    found = form.apply(Case.objects.visible_to(user).with_header(), user, today)
    rows_page = page_of(request, found)
    context = {
        "filter_form": form,
        "page": rows_page,
        "rows": [case_row(case, today) for case in rows_page],
        "views": [
            (str(label), f"?ansicht={key}", key == form.view, "") for key, label in VIEWS.items()
        ],
        "chips": chips(request, form),
        "default_sort": DEFAULT_SORT,
        "may_open": can_open_case(user),
    }
    return page(request, "cases/case_list.html", context, part="results")


@require_safe
@requires(can_list_cases)
def case_export(request: HttpRequest) -> HttpResponse:
    """Exactly the list's query as CSV."""
    user, today = user_of(request), timezone.localdate()
    found = CaseFilter(request.GET).apply(Case.objects.visible_to(user).with_header(), user, today)
    header = [
        _("Case number"),
        _("Client"),
        _("Case health or status"),
        _("Phase"),
        _("Owner"),
        _("Next step"),
        _("Due on"),
        _("Value at stake per year"),
        _("Last day to give notice"),
    ]
    rows = (
        [
            row.number,
            row.client,
            row.standing,
            row.phase,
            row.owner,
            row.next_step,
            row.due,
            str(case.value_at_stake).replace(".", ","),
            row.notice_on,
        ]
        for case, row in ((case, case_row(case, today)) for case in found)
    )
    return csv_response(_("cases"), header, rows)


@requires(can_open_case)
def case_create(request: HttpRequest) -> HttpResponse:
    """Record a lost or endangered client; ``?kunde=`` brings contract and sites along."""
    user, today = user_of(request), timezone.localdate()
    client = (
        Client.objects.visible_to(user).filter(pk=_number(request.GET.get("kunde", ""))).first()
    )
    form = forms.CaseForm(
        request.POST or None, user=user, client=client, initial={"owner": user.pk}
    )
    return submit(
        request,
        form=form,
        template="cases/case_create.html",
        context={"client": client, "clients": Client.objects.visible_to(user)},
        save=lambda: services.open_case(
            actor=user, today=today, changes=form.changes, reason=form.reason
        ),
        saved=_("The case is open."),
    )


def _number(text: str) -> int:
    """The number in the query string; 0, which no row has, for nonsense."""
    return int(text) if text.isdecimal() else 0
