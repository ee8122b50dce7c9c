"""Clients that have gone quiet: the list, a planned look, its result."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.clients import forms, services
from winback.clients.filters import VIEWS, DormantFilter
from winback.clients.models import Client
from winback.clients.permissions import can_edit_clients, can_list_clients, get_visible_client
from winback.clients.rows.dormancy import dormant_row, look_row
from winback.common import clientpages
from winback.common.forms import submit
from winback.common.htmx import page
from winback.common.rows import chips, page_of


@require_safe
@requires(can_list_clients)
def dormant_list(request: HttpRequest) -> HttpResponse:
    """Clients without a running contract and an open case, and those somebody has examined."""
    user, today = user_of(request), timezone.localdate()
    form = DormantFilter(request.GET)
    found = form.apply(Client.objects.visible_to(user), clientpages.bonds(today))
    rows, may_edit = page_of(request, found), can_edit_clients(user)
    context = {
        "filter_form": form,
        "page": rows,
        "rows": [dormant_row(client, user, today, may_edit=may_edit) for client in rows],
        "views": [
            (str(label), f"?ansicht={key}", key == form.view, "") for key, label in VIEWS.items()
        ],
        "chips": chips(request, form),
        "view": form.view,
    }
    return page(request, "clients/dormant_list.html", context, part="results")


@requires(can_edit_clients)
def look_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a client on the list, with somebody who looks at it by a day."""
    user, today = user_of(request), timezone.localdate()
    client = get_visible_client(user, pk)
    form = forms.LookPlanForm(request.POST or None, initial={"owner": user.pk})
    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("Mark as dormant"), "client": client},
        save=lambda: (
            services.plan_look(client=client, actor=user, today=today, **form.changes).client
        ),
        saved=_("The look is planned."),
    )


@requires(can_edit_clients)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a quiet client; a look nobody had planned begins and ends today."""
    user, today = user_of(request), timezone.localdate()
    client = get_visible_client(user, pk)
    planned = client.looks.open().select_related("owner").first()
    form = forms.LookForm(request.POST or None, instance=planned)

    def save() -> Client:
        if planned is None:
            services.examine_now(client=client, actor=user, today=today, **form.changes)
        else:
            services.finish_look(
                look=planned, version=form.version, actor=user, today=today, **form.changes
            )
        return client

    return submit(
        request,
        form=form,
        template="clients/look_form.html",
        context={"client": client, "planned": look_row(planned) if planned else None},
        save=save,
        saved=_("The result is recorded."),
    )
