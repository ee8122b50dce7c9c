"""Signing in and out, and what somebody sees who tried too often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.helpers import get_attempt_expiration, get_cool_off
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import SignInForm
from winback.common.claims import RuleBroken
from winback.common.formats import format_datetime
from winback.common.forms import submit
from winback.common.htmx import go


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail address and password; a wrong pair is answered alike whether or not it exists."""
    target = _target(request)
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request.POST or None)

    def save() -> str:
        user = authenticate(
            request,
            email=form.cleaned_data["email"],
            password=form.cleaned_data["password"],
        )
        if user is None:
            raise RuleBroken(_("E-mail address and password do not fit together."))
        login(request, user)
        if not form.cleaned_data["stay"]:
            request.session.set_expiry(0)  # ends with the browser, after 12 hours at the latest
        return target

    context = {"next": request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME))}
    return submit(request, form=form, template="accounts/sign_in.html", context=context, save=save)


def _target(request: HttpRequest) -> str:
    """Where to go after sign-in: the page asked for if it is ours, else the start page."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    # A path: anything else would be taken for the name of a page.
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return go(request, settings.LOGOUT_REDIRECT_URL)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None
) -> HttpResponse:
    """Too many wrong passwords for this account from this address; called by django-axes."""
    until = get_attempt_expiration(request)
    wait: timedelta = get_cool_off(request)
    context = {"until": format_datetime(localtime(until))}
    response = render(request, "accounts/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(int(wait.total_seconds()))
    return response
