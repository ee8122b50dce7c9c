"""The list of cases, and a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases import forms, services
from winback.cases.bulk import BULK
from winback.cases.filters import CaseFilter
from winback.cases.models import Case
from winback.cases.permissions import can_list_cases, can_open_case
from winback.cases.rows import CASE_COLUMNS, case_record, case_row
from winback.clients.models import Client
from winback.common import lists
from winback.common.forms import submit
from winback.common.sheets import sheet_response

CASES = lists.register(
    lists.ListPage(
        key="cases:list",
        title=gettext_lazy("Cases"),
        noun=ngettext_lazy("%(count)d case", "%(count)d cases", "count"),
        table="cases/case_list.html",
        empty=gettext_lazy("Here stand the clients you want to win back, worst first."),
        none=gettext_lazy("No case matches these filters."),
        export="cases:export",
        bulk=BULK,
    )
)


@require_safe
@requires(can_list_cases)
def case_list(request: HttpRequest) -> HttpResponse:
    """All visible cases, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = CaseFilter(request.GET)
    return CASES.respond(
        request,
        form=form,
        found=form.apply(Case.objects.visible_to(user).with_row(), user, today),
        rows=lambda page: [case_row(case, today) for case in page],
        action_url=reverse("cases:create") if can_open_case(user) else "",
        action_label=_("New case"),
    )


@require_safe
@requires(can_list_cases)
def case_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    form = CaseFilter(lists.query_of(request))
    found = form.apply(Case.objects.visible_to(user).with_row(), user, today)
    records = (case_record(case, today) for case in lists.narrowed(request, found))
    return sheet_response(kind, _("cases"), CASE_COLUMNS, records)


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
