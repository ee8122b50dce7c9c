"""Contract and history of a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from winback.cases.permissions import can_edit_case, get_visible_case
from winback.cases.rows import case_context, event_row
from winback.clients.models import Client
from winback.clients.permissions import can_edit_clients
from winback.common.htmx import page
from winback.common.rows import page_of


@require_safe
def contract(request: HttpRequest, number: str) -> HttpResponse:
    """The contract of the case, its sites and decision makers."""
    user = user_of(request)
    case = get_visible_case(user, number)
    context = case_context(
        case,
        user,
        timezone.localdate(),
        "contract",
        sites=case.sites.all(),
        contacts=case.client.contacts.all(),
        may_edit_contract=can_edit_clients(user),
        may_open_client=Client.objects.visible_to(user).filter(pk=case.client_id).exists(),
        may_edit=can_edit_case(user, case),
    )
    return page(request, "cases/case_contract.html", context)


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened to the case, newest first."""
    user = user_of(request)
    case = get_visible_case(user, number)
    events = page_of(request, case.events.select_related("actor"))
    context = case_context(
        case,
        user,
        timezone.localdate(),
        "history",
        page=events,
        events=[event_row(event) for event in events],
    )
    return page(request, "cases/case_history.html", context)
