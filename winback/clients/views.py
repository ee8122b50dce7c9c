"""Pages of a client, its sites and contacts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.clients import forms, services
from winback.clients.filters import DEFAULT_SORT, ClientFilter
from winback.clients.models import Client, Contact, Site
from winback.clients.permissions import can_edit_clients, can_list_clients, get_visible_client
from winback.common import clientpages
from winback.common.forms import submit
from winback.common.htmx import page
from winback.common.rows import chips, page_of


@require_safe
@requires(can_list_clients)
def client_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = ClientFilter(request.GET)
    rows = page_of(request, form.apply(Client.objects.visible_to(user)))
    context = {
        "filter_form": form,
        "page": rows,
        "counts": clientpages.counts(user, [client.pk for client in rows]),
        "chips": chips(request, form),
        "default_sort": DEFAULT_SORT,
        "may_edit": can_edit_clients(user),
    }
    return page(request, "clients/client_list.html", context, part="results")


@require_safe
def client_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about the client that is no case: facts, sites, contacts, contracts, cases."""
    user = user_of(request)
    client = get_visible_client(user, pk)
    context = {
        "client": client,
        "sites": client.sites.all(),
        "contacts": client.contacts.all(),
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
        context={"title": _("New client")},
        save=lambda: _url(services.create_client(actor=user_of(request), changes=form.changes)),
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
        context={"title": _("Edit client"), "client": client},
        save=lambda: _url(
            services.change_client(
                client=client, version=form.version, actor=user_of(request), changes=form.changes
            )
        ),
        saved=_("Saved."),
    )


@requires(can_edit_clients)
def site_save(request: HttpRequest, pk: int, site_pk: int | None = None) -> HttpResponse:
    """Add a site, or change one."""
    client = get_visible_client(user_of(request), pk)
    site = get_object_or_404(Site, client=client, pk=site_pk) if site_pk else None
    form = forms.SiteForm(request.POST or None, client=client, site=site)

    def save() -> str:
        services.save_site(client=client, actor=user_of(request), changes=form.changes, site=site)
        return _url(client)

    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("Edit site") if site else _("New site"), "client": client},
        save=save,
        saved=_("Saved."),
    )


@requires(can_edit_clients)
def contact_save(request: HttpRequest, pk: int, contact_pk: int | None = None) -> HttpResponse:
    """Add a person at the client, or change one."""
    client = get_visible_client(user_of(request), pk)
    contact = get_object_or_404(Contact, client=client, pk=contact_pk) if contact_pk else None
    form = forms.ContactForm(request.POST or None, client=client, contact=contact)

    def save() -> str:
        services.save_contact(
            client=client, actor=user_of(request), changes=form.changes, contact=contact
        )
        return _url(client)

    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("Edit contact") if contact else _("New contact"), "client": client},
        save=save,
        saved=_("Saved."),
    )


def _url(client: Client) -> str:
    return client.get_absolute_url()
