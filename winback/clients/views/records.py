"""Pages of a client, its sites and the list of clients."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.clients import forms, services
from winback.clients.models import Client, Site
from winback.clients.permissions import can_edit_clients, get_visible_client
from winback.clients.rows.client import client_facts, contact_row, site_row, stakeholders
from winback.clients.rows.dormancy import look_row
from winback.clients.rows.messages import message_row
from winback.common import clientpages
from winback.common.forms import submit
from winback.common.htmx import page

LAST_MESSAGES = 5


@require_safe
def client_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about the client that is no case: facts, people, sites, contracts, messages."""
    user, today = user_of(request), timezone.localdate()
    client = get_visible_client(user, pk)
    people = list(client.contacts.with_consents())
    looks = list(client.looks.select_related("owner", "examined_by"))
    context = {
        "client": client,
        "facts": client_facts(client, today),
        "sites": [site_row(site) for site in client.sites.select_related("region")],
        "contacts": [contact_row(contact, today) for contact in people],
        "stakeholders": stakeholders([each for each in people if not each.has_left(today)]),
        "messages_sent": [message_row(each) for each in client.messages.with_row()[:LAST_MESSAGES]],
        "looks": [look_row(look) for look in looks],
        "has_open_look": any(look.is_open for look in looks),
        "panels": clientpages.panels(user, client),
        "may_edit": can_edit_clients(user),
    }
    return page(request, "clients/client_detail.html", context)


@requires(can_edit_clients)
def client_create(request: HttpRequest) -> HttpResponse:
    form = forms.ClientForm(request.POST or None)
    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("New client"), "groups": form.groups},
        save=lambda: services.create_client(actor=user_of(request), changes=form.changes),
        saved=_("The client is recorded. Add sites, contacts and the contract."),
    )


@requires(can_edit_clients)
def client_edit(request: HttpRequest, pk: int) -> HttpResponse:
    client = get_visible_client(user_of(request), pk)
    form = forms.ClientForm(request.POST or None, instance=client)
    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("Edit client"), "client": client, "groups": form.groups},
        save=lambda: services.change_client(
            client=client, version=form.version, actor=user_of(request), changes=form.changes
        ),
        saved=_("Saved."),
    )


@requires(can_edit_clients)
def site_save(request: HttpRequest, pk: int, site_pk: int | None = None) -> HttpResponse:
    """Add a site, or change one."""
    client = get_visible_client(user_of(request), pk)
    site = get_object_or_404(Site, client=client, pk=site_pk) if site_pk else None
    form = forms.SiteForm(request.POST or None, client=client, site=site)

    def save() -> Client:
        version = form.version if site else 0
        services.save_site(
            client=client, actor=user_of(request), changes=form.changes, site=site, version=version
        )
        return client

    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("Edit site") if site else _("New site"), "client": client},
        save=save,
        saved=_("Saved."),
    )
