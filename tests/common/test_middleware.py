"""Deny by default, the reader's language, and headers on every answer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.models import User
from tests.conftest import ClientFor
from tests.factories import UserFactory
from winback.common.middleware import SecurityHeadersMiddleware, UserLanguageMiddleware

PROFILE = "/einstellungen/profil/"
SIGN_IN = "/anmelden/"


@pytest.mark.parametrize("url", ["/", PROFILE, "/faelle/", "/kunden/1/"])
def test_nobody_comes_in_without_signing_in(client: Client, db: None, url: str) -> None:
    response = client.get(f"{url}?x=1&y=ä")
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{SIGN_IN}?next=%2F")
    assert "%3Fx%3D1%26y%3D" in response.headers["Location"]


def test_refused_post_does_not_come_back_as_a_link(client: Client, db: None) -> None:
    assert client.post(PROFILE).headers["Location"] == SIGN_IN


def test_expired_session_leads_htmx_to_the_page_around_the_fragment(
    client: Client, db: None
) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/faelle/?ansicht=meine"}
    response = client.post("/faelle/neu/", headers=here)
    assert response.headers["HX-Redirect"] == "/anmelden/?next=%2Ffaelle%2F%3Fansicht%3Dmeine"
    assert response.content == b""


@pytest.mark.parametrize("current", ["http://evil.example/x", "", "unsinn"])
def test_expired_session_never_leads_htmx_back_to_elsewhere(
    client: Client, db: None, current: str
) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": current}
    target = client.get(PROFILE, headers=here).headers["HX-Redirect"]
    assert target.split("?")[0] == SIGN_IN
    assert "evil" not in target


def test_start_password_opens_one_page_only(client_for: ClientFor, db: None) -> None:
    client = client_for(UserFactory(must_change_password=True))
    assert client.get("/faelle/").headers["Location"] == "/einstellungen/passwort/"
    assert client.get("/einstellungen/passwort/").status_code == 200
    htmx = client.get("/faelle/", headers={"HX-Request": "true"})
    assert htmx.headers["HX-Redirect"] == "/einstellungen/passwort/"


def test_start_password_does_not_bar_public_pages(client_for: ClientFor, db: None) -> None:
    client = client_for(UserFactory(must_change_password=True))
    assert "/einstellungen/passwort/" not in client.get(SIGN_IN).headers.get("Location", "")


def active_language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(translation.get_language())


def answered(user: object, accept: str = "") -> HttpResponse:
    request = RequestFactory().get("/", headers={"Accept-Language": accept})
    request.user = user  # type: ignore[assignment]  # a stand-in for a user
    return UserLanguageMiddleware(active_language)(request)


@pytest.mark.parametrize("language", ["de", "en"])
def test_signed_in_user_reads_their_own_language(language: str) -> None:
    response = answered(SimpleNamespace(language=language), accept="fr, de;q=0.5")
    assert response.content.decode() == language
    assert response.headers["Content-Language"] == language
    assert "Vary" not in response.headers


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("en-GB, de;q=0.8", "en"),
        ("de-AT", "de"),
        ("fr, en;q=0.5", "en"),
        ("fr", "de"),
        ("", "de"),
        ("*", "de"),
        ("x" * 600, "de"),
    ],
)
def test_before_sign_in_the_browser_says_which_language(accept: str, language: str) -> None:
    response = answered(AnonymousUser(), accept)
    assert response.content.decode() == language
    assert response.headers["Vary"] == "Accept-Language"


def test_language_ends_with_the_request() -> None:
    with translation.override("de"):
        answered(SimpleNamespace(language="en"))
        assert translation.get_language() == "de"


def test_view_may_name_the_language_of_its_answer(rf: RequestFactory) -> None:
    def polish(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Language": "pl"})

    request = rf.get("/")
    request.user = AnonymousUser()
    assert UserLanguageMiddleware(polish)(request).headers["Content-Language"] == "pl"


def test_pages_come_in_the_language_of_their_reader(
    client: Client, client_for: ClientFor, db: None
) -> None:
    assert '<html lang="en"' in client.get(SIGN_IN, headers={"Accept-Language": "en"}).text
    assert '<html lang="de"' in client.get(SIGN_IN).text
    own = client_for(UserFactory(language="en"))
    page = own.get(PROFILE, headers={"Accept-Language": "de"}).text
    assert '<html lang="en"' in page


def test_every_page_of_a_signed_in_user_is_guarded(client_for: ClientFor, kam: User) -> None:
    headers = client_for(kam).get(PROFILE).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(self), geolocation=(), microphone=()"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    rules = headers["Content-Security-Policy"]
    assert "default-src 'none'" in rules
    assert "script-src 'self'" in rules
    assert "unsafe" not in rules


@pytest.mark.parametrize("url", ["/gibt-es-nicht/", "/faelle/RG-2026-0001/"])
def test_refusals_are_guarded_too(client_for: ClientFor, kam: User, url: str) -> None:
    response = client_for(kam).get(url)
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"


def test_sign_in_page_is_guarded(client: Client, db: None) -> None:
    headers = client.get(SIGN_IN).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Accept-Language" in headers["Vary"]


def guarded(user: object, **given: str) -> HttpResponse:
    request = RequestFactory().get("/")
    if user is not None:
        request.user = user  # type: ignore[assignment]  # a stand-in for a user
    return SecurityHeadersMiddleware(lambda request: HttpResponse(headers=given))(request)


def test_headers_a_view_has_set_are_kept() -> None:
    user = SimpleNamespace(is_authenticated=True)
    response = guarded(user, **{"Cache-Control": "max-age=60, private"})
    assert response.headers["Cache-Control"] == "max-age=60, private"


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_answers_to_nobody_may_be_stored(user: object) -> None:
    response = guarded(user)
    assert "Cache-Control" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
