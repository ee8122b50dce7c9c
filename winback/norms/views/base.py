"""What the pages of an inspection share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.permissions import user_of
from winback.clients.models import Client
from winback.clients.permissions import can_list_clients
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.norms.models import Inspection
from winback.norms.permissions import get_visible_inspection

FORM = "norms/inspection_form.html"


def allowed(
    request: HttpRequest, pk: int, may: Callable[[User, Inspection], bool]
) -> tuple[Inspection, User]:
    """The inspection of a step the user may take; 404 or 403 for others."""
    user = user_of(request)
    inspection = get_visible_inspection(user, pk)
    if not may(user, inspection):
        raise PermissionDenied
    return inspection, user


def data_of(request: HttpRequest) -> tuple[Any, Any]:
    """Data and files of a POST, even an empty one; None for both otherwise."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def way_back(client: Client, user: User) -> dict[str, Any]:
    """The client above the page, as a link for those who open client pages."""
    return {"client": client, "opens_client": can_list_clients(user)}


def step(
    request: HttpRequest,
    inspection: Inspection,
    form: WinbackForm | WinbackModelForm,
    save: Callable[[], Any],
    *,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about an inspection, which its page follows."""
    back = inspection.get_absolute_url()

    def leave() -> str:
        save()
        return back

    context = {
        **way_back(inspection.site.client, user_of(request)),
        "inspection": inspection,
        "back": back,
        "groups": getattr(form, "groups", None),
        **extra,
    }
    return submit(request, form=form, template=FORM, context=context, save=leave, saved=saved)
