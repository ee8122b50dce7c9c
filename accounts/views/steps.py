"""Deliberate steps about one account, each confirmed on a page of its own."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import ConfirmForm, DeactivateForm
from accounts.models import User
from accounts.permissions import can_manage_users, manages, requires, user_of
from accounts.views.users import show_start_password
from winback.common import obligations
from winback.common.formats import format_date
from winback.common.forms import submit


def _other_user(request: HttpRequest, pk: int) -> User:
    """The account of somebody else; one's own raises PermissionDenied."""
    user = get_object_or_404(User, pk=pk)
    if not manages(user_of(request), user):
        raise PermissionDenied(_("Another administrator has to do this for you."))
    return user


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def user_password(request: HttpRequest, pk: int) -> HttpResponse:
    user = _other_user(request, pk)
    form = ConfirmForm(request.POST or None, instance=user)

    def save() -> HttpResponse:
        password = services.set_start_password(
            user=user, version=form.version, actor=user_of(request)
        )
        return show_start_password(request, user, password)

    return submit(
        request, form=form, template="accounts/user_password.html", context={"person": user},
        save=save,
    )  # fmt: skip


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """List what the person owes, ask who takes over, close the account."""
    user, today = _other_user(request, pk), timezone.localdate()
    items = obligations.find(obligations.Query(owner_ids=[user.pk]))
    deputies = list(user.deputised_absences.not_over(today).select_related("user"))
    form = DeactivateForm(request.POST or None, instance=user, is_owing=bool(items or deputies))

    def save() -> User:
        services.deactivate_user(
            user=user,
            version=form.version,
            actor=user_of(request),
            today=today,
            new_owner=form.taker,
        )
        return user

    context = {
        "person": user,
        "items": [(item, format_date(item.due_on), item.due_on < today) for item in items],
        "deputies": deputies,
    }
    return submit(
        request, form=form, template="accounts/user_deactivate.html", context=context, save=save,
        saved=_("The account is deactivated."),
    )  # fmt: skip


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    user = _other_user(request, pk)
    form = ConfirmForm(request.POST or None, instance=user)

    def save() -> User:
        return services.reactivate_user(user=user, version=form.version, actor=user_of(request))

    return submit(
        request, form=form, template="accounts/user_reactivate.html", context={"person": user},
        save=save, saved=_("The account is active again."),
    )  # fmt: skip
