"""The contract itself: record, change, show its register, hand out its papers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.clients.permissions import can_edit_clients, get_visible_client
from winback.common import caselinks
from winback.common.forms import submit
from winback.common.htmx import page
from winback.contracts import services
from winback.contracts.forms import ContractForm
from winback.contracts.permissions import (
    get_legal_contract,
    get_visible_contract,
    paper_of,
)
from winback.contracts.rows.register import register_of
from winback.contracts.views.base import framed
from winback.documents.views import send


@requires(can_edit_clients)
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a contract of the client."""
    user, today = user_of(request), timezone.localdate()
    client = get_visible_client(user, pk)
    land = client.sites.values_list("bundesland", flat=True).first()
    form = ContractForm(
        request.POST or None, client=client, initial={"owner": user.pk, "bundesland": land}
    )

    def save() -> str:
        services.create_contract(client=client, actor=user, today=today, changes=form.changes)
        return client.get_absolute_url()

    return submit(
        request,
        form=form,
        template="contracts/contract_form.html",
        context={"title": _("New contract"), "client": client, "back": client.get_absolute_url()},
        save=save,
        saved=_("Saved."),
    )


@requires(can_edit_clients)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contract; whoever may not see its register goes back to the client."""
    user, today = user_of(request), timezone.localdate()
    contract = get_visible_contract(user, pk)
    form = ContractForm(request.POST or None, client=contract.client, contract=contract)
    back = contract.client.get_absolute_url()
    if caselinks.cases(user).filter(contract=pk).exists():
        back = contract.get_absolute_url()

    def save() -> str:
        services.change_contract(
            contract=contract, version=form.version, actor=user, today=today, changes=form.changes
        )
        return back

    context = {"title": _("Edit contract"), "client": contract.client, "back": back}
    return submit(
        request,
        form=form,
        template="contracts/contract_form.html",
        context=context,
        save=save,
        saved=_("Saved."),
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The register of a contract; where the user sees its case, on the tab of the case."""
    user, today = user_of(request), timezone.localdate()
    contract = get_legal_contract(user, pk)
    case = caselinks.cases(user).filter(contract=pk).first()
    if case is not None:
        return redirect("cases:contract", case.number)
    register = register_of(contract, user, today)
    context = framed(user, contract, register=register)
    return page(request, "contracts/contract_detail.html", context)


@require_safe
def paper(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Hand out a stored paper that something of this contract refers to."""
    contract = get_legal_contract(user_of(request), pk)
    found = paper_of(contract, document)
    if found is None:
        raise Http404(document)
    return send(found.current, inline=True)
