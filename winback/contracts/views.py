"""Pages to record and change a contract; it is shown on the client's and the case's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.permissions import requires, user_of
from winback.clients.permissions import can_edit_clients, get_visible_client
from winback.common.forms import submit
from winback.contracts import services
from winback.contracts.forms import ContractForm
from winback.contracts.permissions import get_visible_contract


@requires(can_edit_clients)
def contract_create(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    client = get_visible_client(user, pk)
    form = ContractForm(request.POST or None, client=client)

    def save() -> str:
        services.create_contract(client=client, actor=user, changes=form.changes)
        return client.get_absolute_url()

    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("New contract"), "client": client},
        save=save,
        saved=_("Saved."),
    )


@requires(can_edit_clients)
def contract_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    contract = get_visible_contract(user, pk)
    form = ContractForm(request.POST or None, client=contract.client, contract=contract)

    def save() -> str:
        services.change_contract(
            contract=contract, version=form.version, actor=user, changes=form.changes
        )
        return contract.client.get_absolute_url()

    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("Edit contract"), "client": contract.client},
        save=save,
        saved=_("Saved."),
    )
