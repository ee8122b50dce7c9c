"""What everybody settles for themselves: password, profile, absences."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import AbsenceForm, PasswordForm, ProfileForm
from accounts.models import Absence, User
from accounts.permissions import user_of
from winback.common.forms import submit
from winback.common.htmx import go
from winback.common.navigation import settings_pages


def settings_tabs(current: str) -> list[tuple[object, str, bool, str]]:
    """The pages of one's own settings, for ``components/tabs.html``."""
    pages = [
        ("profile", _("Profile")),
        ("absences", _("Absences")),
        ("views", _("Saved views")),
        ("password", _("Password")),
    ]
    own = [(label, reverse(f"accounts:{name}"), name == current, "") for name, label in pages]
    return own + [
        (str(each.label), reverse(each.url_name), each.key == current, "")
        for each in settings_pages()
    ]


@sensitive_post_parameters("current", "new", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set an own password; after the first sign-in this is the only page."""
    user = user_of(request)
    is_first = user.must_change_password
    form = PasswordForm(request.POST or None, user=user)

    def save() -> str:
        services.change_password(user=user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, user)
        return "/" if is_first else "accounts:password"

    return submit(
        request,
        form=form,
        template="accounts/password_first.html" if is_first else "accounts/password_form.html",
        context={"tabs": settings_tabs("password")},
        save=save,
        saved=_("Your password is changed. Other devices are signed out."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = ProfileForm(request.POST or None, instance=user)

    def save() -> str:
        services.change_profile(user=user, version=form.version, changes=form.changes)
        translation.activate(user.language)  # so that the word of success is in the new language
        return "accounts:profile"

    return submit(
        request,
        form=form,
        template="accounts/profile_form.html",
        context={"tabs": settings_tabs("profile")},
        save=save,
        saved=_("Your profile is saved."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """One's own absences, and the colleagues one stands in for."""
    user, today = user_of(request), timezone.localdate()
    form = AbsenceForm(request.POST or None, user=user)

    def save() -> str:
        services.add_absence(user=user, today=today, **form.changes)
        return "accounts:absences"

    return submit(
        request,
        form=form,
        template="accounts/absence_list.html",
        context={
            "tabs": settings_tabs("absences"),
            "absences": own_absences(user),
            "standing_in": user.deputised_absences.not_over(today).select_related("user"),
            "today": today,
        },
        save=save,
        saved=_("The absence is saved."),
    )


@require_POST
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Back today; an administrator ends the absences of others too."""
    user = user_of(request)
    absence = get_object_or_404(Absence.objects.visible_to(user), pk=pk)
    services.end_absence(absence=absence, today=timezone.localdate())
    if absence.user_id == user.pk:
        return go(request, "accounts:absences")
    return go(request, "accounts:user_detail", pk=absence.user_id)


def own_absences(user: User) -> list[Absence]:
    """The person's absences with their deputies, the latest first."""
    return list(user.absences.select_related("deputy").order_by("-starts_on"))
