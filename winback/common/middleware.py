"""Deny by default, speak the user's language, and say so in every header."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from winback.common.htmx import go

GetResponse = Callable[[HttpRequest], HttpResponse]

PASSWORD_PAGE = "accounts:password"  # noqa: S105  # the name of a page
# All that somebody with a start password can reach.
BEFORE_OWN_PASSWORD = frozenset({PASSWORD_PAGE, "accounts:sign_out"})


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page needs a signed-in user; an expired session tells htmx to load the sign-in page.

    A user with a start password is led to the page that asks for an own one, whatever they open.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        refusal: HttpResponseBase | None = super().process_view(
            request, view_func, view_args, view_kwargs
        )
        if refusal is None and _needs_own_password(request, view_func):
            return go(request, PASSWORD_PAGE)
        return refusal

    def handle_no_permission(  # type: ignore[override]  # htmx is led there by a header
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        target = resolve_url(self.get_login_url(view_func))
        if back := _way_back(request):
            target = f"{target}?{urlencode({self.get_redirect_field_name(view_func): back})}"
        if getattr(request, "htmx", None):
            return HttpResponseClientRedirect(target)
        return HttpResponseRedirect(target)


def _needs_own_password(request: HttpRequest, view_func: Callable[..., Any]) -> bool:
    match = request.resolver_match
    return (
        getattr(view_func, "login_required", True)
        and getattr(request.user, "must_change_password", False)
        and (match is None or match.view_name not in BEFORE_OWN_PASSWORD)
    )


def _way_back(request: HttpRequest) -> str:
    """The page to return to after sign-in: never a fragment or what only takes a POST."""
    details = getattr(request, "htmx", None)
    if details:
        try:
            return details.current_url_abs_path or ""
        except ValueError:  # no browser sends such an address
            return ""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else ""


class UserLanguageMiddleware:
    """The language of the profile; before sign-in that of the browser, German by default."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = getattr(request.user, "language", "")
        language = own or translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # as LocaleMiddleware does
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not own:
            patch_vary_headers(response, ["Accept-Language"])
        return response


class SecurityHeadersMiddleware:
    """Headers Django and django-csp do not set; pages of signed-in users are not stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(), microphone=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
