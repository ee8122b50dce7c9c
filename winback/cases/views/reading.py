"""Contract and history of a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from winback.cases.permissions import can_edit_case, can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.cases.rows.history import history_rows, timeline, topic_chips
from winback.clients.models import Client
from winback.common.htmx import page
from winback.common.rows import page_of
from winback.contracts.rows.register import register_of


@require_safe
def contract(request: HttpRequest, number: str) -> HttpResponse:
    """The contract of the case with its register, the sites and decision makers."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    context = case_context(
        case,
        user,
        today,
        "contract",
        register=register_of(case.contract, user, today) if case.contract else None,
        sites=case.sites.all(),
        contacts=case.client.contacts.all(),
        may_open_client=Client.objects.visible_to(user).filter(pk=case.client_id).exists(),
        may_edit=can_edit_case(user, case),
    )
    return page(request, "cases/case_contract.html", context)


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened to the case, newest first; ``?thema=`` shows one topic."""
    user = user_of(request)
    case = get_visible_case(user, number)
    topic = request.GET.get("thema", "")
    found = timeline(user, case)
    shown = [entry for entry in found if topic in ("", entry.topic)]
    rows = page_of(request, history_rows(shown, fold=not topic))
    context = case_context(
        case,
        user,
        timezone.localdate(),
        "history",
        page=rows,
        entries=rows.object_list,
        topics=topic_chips(found, topic),
        count=len(shown),
        may_work=can_work_on_case(user, case),
    )
    return page(request, "cases/case_history.html", context)
