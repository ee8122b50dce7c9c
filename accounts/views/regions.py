"""The tree of regions and who belongs to which. Administrators only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.forms import RegionConfirmForm, RegionForm
from accounts.models import Region
from accounts.permissions import can_manage_users, requires, user_of
from accounts.rows import region_rows
from winback.common.forms import submit
from winback.common.htmx import page


@requires(can_manage_users)
@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    return page(request, "accounts/region_list.html", {"rows": region_rows()})


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def region_create(request: HttpRequest) -> HttpResponse:
    form = RegionForm(request.POST or None, region=None)

    def save() -> str:
        services.save_region(actor=user_of(request), changes=form.changes)
        return "accounts:region_list"

    return submit(
        request,
        form=form,
        template="accounts/region_form.html",
        context={"region": None},
        save=save,
        saved=_("The region is saved."),
    )


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def region_edit(request: HttpRequest, pk: int) -> HttpResponse:
    region = get_object_or_404(Region, pk=pk)
    form = RegionForm(request.POST or None, region=region)

    def save() -> str:
        services.save_region(
            actor=user_of(request), changes=form.changes, region=region, version=form.version
        )
        return "accounts:region_list"

    return submit(
        request,
        form=form,
        template="accounts/region_form.html",
        context={"region": region},
        save=save,
        saved=_("The region is saved."),
    )


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def region_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; a region something lies in stays."""
    region = get_object_or_404(Region, pk=pk)
    form = RegionConfirmForm(request.POST or None, instance=region)

    def save() -> str:
        services.delete_region(region=region, version=form.version, actor=user_of(request))
        return "accounts:region_list"

    return submit(
        request,
        form=form,
        template="accounts/region_delete.html",
        context={"region": region},
        save=save,
        saved=_("The region is deleted."),
    )
