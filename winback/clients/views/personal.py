"""Data protection for people at the client: access and erasure. Executive board only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.clients import forms, services
from winback.clients.permissions import can_answer_data_requests, get_visible_contact
from winback.clients.rows.personal import as_file
from winback.common.forms import submit


@require_safe
@requires(can_answer_data_requests)
def personal_data(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """All that is stored about the person, as a file for the person."""
    contact = get_visible_contact(user_of(request), pk, contact_pk)
    return as_file(contact, timezone.localtime())


@requires(can_answer_data_requests)
def contact_erase(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Says first what goes, what stays and what hinders."""
    user = user_of(request)
    contact = get_visible_contact(user, pk, contact_pk)
    form = forms.EraseForm(request.POST or None, instance=contact)
    return submit(
        request,
        form=form,
        template="clients/contact_erase.html",
        context={
            "contact": contact,
            "client": contact.client,
            "hindrances": services.hindrances(contact),
        },
        save=lambda: services.erase_contact(
            contact=contact, version=form.version, actor=user, today=timezone.localdate()
        ),
        saved=_("The person is erased."),
    )
