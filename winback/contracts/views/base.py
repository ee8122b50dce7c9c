"""What the pages below a contract share: they stand in the frame of its case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from accounts.models import User
from accounts.permissions import user_of
from winback.common import caselinks
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.contracts.models import Contract
from winback.contracts.permissions import can_keep_register, get_legal_contract

FORM = "contracts/register_form.html"


def kept_contract(request: HttpRequest, pk: int) -> tuple[Contract, User]:
    """A contract whose register the user may keep; 404 or 403 for others."""
    user = user_of(request)
    contract = get_legal_contract(user, pk)
    if not can_keep_register(user):
        raise PermissionDenied
    return contract, user


def framed(user: User, contract: Contract, **extra: Any) -> dict[str, Any]:
    """The context of a page below the contract: in its case, else on its own."""
    found = caselinks.frame(user, contract.pk, timezone.localdate())
    frame = found or {"base": "contracts/contract_base.html"}
    return {**frame, "contract": contract, "client": contract.client, **extra}


def data_of(request: HttpRequest) -> tuple[Any, Any]:
    """Data and files of a POST, even an empty one; None for both otherwise."""
    if request.method == "POST":
        return request.POST, request.FILES
    return None, None


def home(contract: Contract) -> str:
    """Where everything of the contract stands."""
    return resolve_url(contract)


def form_page(
    request: HttpRequest,
    contract: Contract,
    form: WinbackForm | WinbackModelForm,
    save: Callable[[], Any],
    *,
    saved: str,
    template: str = FORM,
    **extra: Any,
) -> HttpResponse:
    """One form below the contract."""
    context = framed(user_of(request), contract, **{"back": home(contract), **extra})
    return submit(request, form=form, template=template, context=context, save=save, saved=saved)
