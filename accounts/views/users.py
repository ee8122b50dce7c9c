"""User administration: who works here and with which role. Administrators only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.filters import UserFilter
from accounts.forms import AbsenceForm, UserForm
from accounts.models import User
from accounts.permissions import can_manage_users, manages, requires, user_of
from accounts.rows import user_facts, user_row
from accounts.views.own import own_absences
from winback.common.forms import submit
from winback.common.htmx import page
from winback.common.rows import chips, page_of


@requires(can_manage_users)
@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    form = UserFilter(request.GET)
    found = page_of(request, form.apply(User.objects.all()))
    context = {
        "filter_form": form,
        "chips": chips(request, form),
        "page": found,
        "rows": [user_row(user) for user in found],
    }
    return page(request, "accounts/user_list.html", context)


@requires(can_manage_users)
@require_safe
def user_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    context = {
        "person": user,
        "facts": user_facts(user),
        "absences": own_absences(user),
        "is_manageable": manages(user_of(request), user),
        "today": timezone.localdate(),
    }
    return page(request, "accounts/user_detail.html", context)


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    form = UserForm(request.POST or None)

    def save() -> HttpResponse:
        user, password = services.create_user(actor=user_of(request), changes=form.changes)
        return show_start_password(request, user, password)

    return submit(
        request, form=form, template="accounts/user_form.html", context={"person": None}, save=save
    )


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = UserForm(request.POST or None, instance=user)

    def save() -> User:
        return services.change_user(
            user=user, version=form.version, changes=form.changes, actor=user_of(request)
        )

    return submit(
        request,
        form=form,
        template="accounts/user_form.html",
        context={"person": user},
        save=save,
        saved=_("The account is saved."),
    )


@requires(can_manage_users)
@require_http_methods(["GET", "HEAD", "POST"])
def user_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an absence for somebody who cannot do it, for instance when ill."""
    user, today = get_object_or_404(User, pk=pk), timezone.localdate()
    form = AbsenceForm(request.POST or None, user=user)

    def save() -> User:
        services.add_absence(user=user, today=today, **form.changes)
        return user

    return submit(
        request,
        form=form,
        template="accounts/user_absence.html",
        context={"person": user},
        save=save,
        saved=_("The absence is saved."),
    )


def show_start_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Show the start password this once, in the answer itself: it is stored nowhere."""
    context = {"person": user, "password": password}
    return page(request, "accounts/start_password.html", context)
