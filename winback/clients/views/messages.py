"""Drafting, copying and recording mails to people at the client. The product sends none."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import requires, user_of
from winback.clients import forms, services
from winback.clients.models import OutwardMessage
from winback.clients.permissions import (
    can_edit_clients,
    get_visible_client,
    get_visible_message,
)
from winback.clients.rows.messages import mail_link, message_row, permits, recipient_rows
from winback.common.forms import submit
from winback.common.htmx import page


@requires(can_edit_clients)
def message_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a mail to people at the client; the gate answers at the people it stops."""
    user, today = user_of(request), timezone.localdate()
    client = get_visible_client(user, pk)
    people = list(client.contacts.there(today).with_consents())
    form = forms.MessageForm(request.POST or None, contacts=people)
    context = {
        "client": client,
        "permits": permits(people, today),
        "pause_days": settings.ADVERTISING_PAUSE_DAYS,
    }
    return submit(
        request,
        form=form,
        template="clients/message_form.html",
        context=context,
        save=lambda: services.draft_message(client=client, actor=user, today=today, **form.changes),
        saved=_("The draft is recorded. Send it from your own mail program."),
    )


@require_safe
def message_detail(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """The text to be copied, whom it goes to and on what ground."""
    user = user_of(request)
    message = get_visible_message(user, pk, message_pk)
    context = {
        "client": message.client,
        "message": message,
        "row": message_row(message),
        "recipients": recipient_rows(message),
        "mail_link": mail_link(message),
        "may_act": can_edit_clients(user) and message.is_draft,
    }
    return page(request, "clients/message_detail.html", context)


@requires(can_edit_clients)
def message_send(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """Say on which day it was sent; the gate is asked once more."""
    user, today = user_of(request), timezone.localdate()
    message = get_visible_message(user, pk, message_pk)
    form = forms.SentForm(request.POST or None, instance=message)
    return submit(
        request,
        form=form,
        template="clients/message_sent.html",
        context={"client": message.client, "message": message},
        save=lambda: services.mark_sent(
            message=message,
            version=form.version,
            actor=user,
            today=today,
            on=form.cleaned_data["sent_on"],
        ),
        saved=_("Recorded as sent."),
    )


@require_POST
def message_discard(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """Give a draft up."""
    user = user_of(request)
    message = get_visible_message(user, pk, message_pk)
    if not can_edit_clients(user):
        raise PermissionDenied
    form = forms.DiscardForm(request.POST, instance=message)

    def save() -> OutwardMessage:
        return services.discard_message(
            message=message, version=form.version, actor=user, today=timezone.localdate()
        )

    return submit(
        request,
        form=form,
        template="clients/message_sent.html",
        context={"client": message.client, "message": message, "discards": True},
        save=save,
        saved=_("The draft is discarded."),
    )
