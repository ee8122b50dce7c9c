"""The list of clients, and the file of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.clients.filters import ClientFilter
from winback.clients.models import Client
from winback.clients.permissions import can_edit_clients, can_list_clients
from winback.clients.rows.listing import CLIENT_COLUMNS, client_rows
from winback.common import clientpages, lists
from winback.common.sheets import sheet_response

CLIENTS = lists.register(
    lists.ListPage(
        key="clients:list",
        title=gettext_lazy("Clients"),
        noun=ngettext_lazy("%(count)d client", "%(count)d clients", "count"),
        table="clients/client_list.html",
        head="clients/_list_head.html",
        empty=gettext_lazy("No client here. Record the one you have lost or are about to lose."),
        export="clients:export",
    )
)


@require_safe
@requires(can_list_clients)
def client_list(request: HttpRequest) -> HttpResponse:
    """All clients, with how many live cases and the like each has."""
    user = user_of(request)
    form = ClientFilter(request.GET)
    return CLIENTS.respond(
        request,
        form=form,
        found=form.apply(Client.objects.visible_to(user)),
        rows=lambda page: client_rows(page, user),
        count_labels=clientpages.count_labels(),
        action_url=reverse("clients:create") if can_edit_clients(user) else "",
        action_label=_("New client"),
    )


@require_safe
@requires(can_list_clients)
def client_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user = user_of(request)
    found = ClientFilter(request.GET).apply(Client.objects.visible_to(user))
    records = (
        [row.name, row.number, row.segment, row.sites, *(count for _label, count in row.counts)]
        for row in client_rows(found, user)
    )
    header = [*CLIENT_COLUMNS, *clientpages.count_labels()]
    return sheet_response(kind, _("clients"), header, records)
