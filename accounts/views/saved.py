"""Saved views of lists: keep one, open it, rename, share and forget it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.forms import SavedViewForm
from accounts.models import SavedView
from accounts.permissions import can_change_view, user_of
from accounts.rows import view_row
from accounts.views.own import settings_tabs
from winback.common import lists
from winback.common.forms import submit
from winback.common.htmx import go

#: query parameter that names the list a view is saved of: its path with its query
FROM = "von"


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """One's own saved views."""
    rows = [view_row(view) for view in SavedView.objects.filter(owner=user_of(request))]
    context = {"rows": rows, "tabs": settings_tabs("views")}
    return render(request, "accounts/view_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Keep the list named by ``von``; anything that is no list of the product is 404."""
    if FROM not in request.GET:
        return go(request, "accounts:views")
    listing, query = _list_at(request.GET[FROM])
    form = SavedViewForm(request.POST or None)
    return submit(
        request,
        form=form,
        template="accounts/view_form.html",
        context={"title": _("Save view"), "list": listing, "back": _address(listing, query)},
        save=lambda: services.save_view(
            owner=user_of(request), page=listing.key, query=query, **form.changes
        ),
        saved=_("The view is saved: it stands above its list."),
    )


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the list with the query of the view, never anywhere else."""
    view = get_object_or_404(SavedView.objects.visible_to(user_of(request)), slug=slug)
    listing = lists.known(view.page)
    if listing is None:
        raise Http404(slug)
    return go(request, _address(listing, lists.normalised(view.query)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    view = _own(request, slug)
    form = SavedViewForm(request.POST or None, instance=view)

    def save() -> str:
        services.change_view(view=view, **form.changes)
        return "accounts:views"

    context = {"title": _("Edit view"), "back": reverse("accounts:views")}
    return submit(
        request,
        form=form,
        template="accounts/view_form.html",
        context=context,
        save=save,
        saved=_("Saved."),
    )


@require_POST
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    view = _own(request, slug)
    services.delete_view(view=view)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return go(request, "accounts:views")


def _own(request: HttpRequest, slug: str) -> SavedView:
    user = user_of(request)
    view = get_object_or_404(SavedView.objects.visible_to(user), slug=slug)
    if not can_change_view(user, view):
        raise PermissionDenied
    return view


def _list_at(address: str) -> tuple[lists.ListPage, str]:
    """The list that stands at an address of the product, and its query as it is kept.

    Only the path counts, so that no address leads to another host.
    """
    try:
        origin = urlsplit(address)
        listing = lists.known(resolve(origin.path).view_name)
    except (ValueError, Resolver404):  # no address, or none of ours
        listing = None
    if listing is None:
        raise Http404(address)
    return listing, lists.normalised(origin.query)


def _address(listing: lists.ListPage, query: str) -> str:
    return f"{reverse(listing.key)}?{query}" if query else reverse(listing.key)
