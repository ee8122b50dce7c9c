"""Signing in and out: throttled, silent about accounts, and never led to a foreign site."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.conftest import ClientFor
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/anmelden/"
NOBODY = "niemand@provider.example"
WRONG = "E-Mail-Adresse und Passwort passen nicht zusammen."


def try_often(client: Client, email: str, times: int = 5, address: str = "192.0.2.1") -> list[int]:
    data = {"email": email, "password": "geraten"}
    return [client.post(SIGN_IN, data, REMOTE_ADDR=address).status_code for _try in range(times)]


def test_sign_in_page_is_german_without_a_language(client: Client) -> None:
    response = client.get(SIGN_IN)
    assert response.status_code == 200
    assert "<h1>Anmelden</h1>" in response.content.decode()
    assert response.headers["Content-Language"] == "de"


def test_sign_in_page_follows_the_browser(client: Client) -> None:
    response = client.get(SIGN_IN, HTTP_ACCEPT_LANGUAGE="en")
    assert "<h1>Sign in</h1>" in response.content.decode()


def test_sign_in_leads_to_the_start_page(client: Client, kam: User) -> None:
    response = client.post(SIGN_IN, {"email": kam.email.upper(), "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/einstellungen/profil/").status_code == 200


def test_sign_in_when_signed_in_goes_on(client_for: ClientFor, kam: User) -> None:
    response = client_for(kam).get(f"{SIGN_IN}?next=/einstellungen/profil/")
    assert response.headers["Location"] == "/einstellungen/profil/"


def test_sign_in_ends_with_the_browser_unless_asked_to_stay(client: Client, kam: User) -> None:
    client.post(SIGN_IN, {"email": kam.email, "password": PASSWORD})
    assert client.session.get_expire_at_browser_close()
    client.post("/abmelden/")
    client.post(SIGN_IN, {"email": kam.email, "password": PASSWORD, "stay": "on"})
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_page_asked_for_comes_back_after_sign_in(client: Client, kam: User) -> None:
    refused = client.get("/einstellungen/abwesenheiten/?x=1")
    assert refused.headers["Location"] == (
        "/anmelden/?next=%2Feinstellungen%2Fabwesenheiten%2F%3Fx%3D1"
    )
    page = client.get(refused.headers["Location"]).content.decode()
    assert 'name="next" value="/einstellungen/abwesenheiten/?x=1"' in page
    data = {"email": kam.email, "password": PASSWORD, "next": "/einstellungen/abwesenheiten/?x=1"}
    assert client.post(SIGN_IN, data).headers["Location"] == "/einstellungen/abwesenheiten/?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //evil.example",
        "\t//evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "",
    ],
)
def test_next_never_leaves_the_site(client: Client, kam: User, target: str) -> None:
    data = {"email": kam.email, "password": PASSWORD, "next": target}
    assert client.post(SIGN_IN, data).headers["Location"] == "/"


@pytest.mark.parametrize("case", ["wrong password", "no account", "inactive account"])
def test_failure_reads_the_same_for_everybody(client: Client, kam: User, case: str) -> None:
    gone = UserFactory(is_active=False)
    email, password = {
        "wrong password": (kam.email, "geraten"),
        "no account": (NOBODY, PASSWORD),
        "inactive account": (gone.email, PASSWORD),
    }[case]
    response = client.post(SIGN_IN, {"email": email, "password": password, "stay": "on"})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(WRONG) == 1
    assert f'value="{email}"' in page
    assert password not in page
    assert "_auth_user_id" not in client.session


def test_missing_values_are_named_at_their_fields(client: Client) -> None:
    response = client.post(SIGN_IN, {"email": "kein at", "password": ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert "E-Mail-Adresse: Bitte gültige E-Mail-Adresse eingeben." in page
    assert "Passwort: Dieses Feld ist zwingend erforderlich." in page
    assert 'value="kein at"' in page


@pytest.mark.parametrize("exists", [True, False])
def test_fifth_failure_locks_out_whether_or_not_the_account_exists(
    client: Client, kam: User, exists: bool
) -> None:
    assert try_often(client, kam.email if exists else NOBODY) == [422, 422, 422, 422, 429]


@time_machine.travel(dt.datetime(2026, 11, 23, 13, 30, tzinfo=dt.UTC), tick=False)
def test_lock_out_says_when_to_try_again(client: Client, kam: User) -> None:
    try_often(client, kam.email, 4)
    response = client.post(
        SIGN_IN, {"email": kam.email, "password": "geraten"}, REMOTE_ADDR="192.0.2.1"
    )
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert "23.11.2026, 14:45\u00a0Uhr" in response.content.decode()


def test_lock_out_holds_for_the_right_password_and_other_case(client: Client, kam: User) -> None:
    try_often(client, kam.email)
    data = {"email": kam.email.upper(), "password": PASSWORD}
    assert client.post(SIGN_IN, data, REMOTE_ADDR="192.0.2.1").status_code == 429


def test_lock_out_does_not_reach_other_addresses_and_accounts(
    client: Client, kam: User, qm: User
) -> None:
    try_often(client, kam.email)
    there = {"email": kam.email, "password": PASSWORD}
    assert Client().post(SIGN_IN, there, REMOTE_ADDR="192.0.2.2").status_code == 302
    here = {"email": qm.email, "password": PASSWORD}
    assert Client().post(SIGN_IN, here, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_lock_out_tells_visitors_behind_a_proxy_apart(
    client: Client, kam: User, settings: Settings
) -> None:
    settings.PROXY_COUNT = 1
    data = {"email": kam.email, "password": "geraten"}
    for _try in range(5):
        client.post(SIGN_IN, data, HTTP_X_FORWARDED_FOR="192.0.2.66")
    right = {"email": kam.email, "password": PASSWORD}
    theirs = Client().post(SIGN_IN, right, HTTP_X_FORWARDED_FOR="192.0.2.66")
    ours = Client().post(SIGN_IN, right, HTTP_X_FORWARDED_FOR="192.0.2.7")
    assert (theirs.status_code, ours.status_code) == (429, 302)


def test_lock_out_ends_after_a_quarter_of_an_hour(client: Client, kam: User) -> None:
    right = {"email": kam.email, "password": PASSWORD}
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)) as clock:
        try_often(client, kam.email)
        clock.shift(dt.timedelta(minutes=14))
        assert client.get(SIGN_IN).status_code == 200
        clock.shift(dt.timedelta(minutes=2))
        assert client.post(SIGN_IN, right, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_success_forgets_the_failures_before(client: Client, kam: User) -> None:
    try_often(client, kam.email, 4)
    right = {"email": kam.email, "password": PASSWORD}
    assert client.post(SIGN_IN, right, REMOTE_ADDR="192.0.2.1").status_code == 302
    assert try_often(Client(), kam.email, 4) == [422] * 4


def test_sign_out_ends_the_session(client_for: ClientFor, kam: User) -> None:
    client = client_for(kam)
    assert client.post("/abmelden/").headers["Location"] == SIGN_IN
    assert client.get("/einstellungen/profil/").status_code == 302


def test_sign_out_by_a_link_is_refused(client_for: ClientFor, kam: User) -> None:
    client = client_for(kam)
    assert client.get("/abmelden/").status_code == 405
    assert client.get("/einstellungen/profil/").status_code == 200


def test_deactivated_user_is_out_at_the_next_click(client_for: ClientFor, kam: User) -> None:
    client = client_for(kam)
    User.objects.filter(pk=kam.pk).update(is_active=False)
    assert client.get("/einstellungen/profil/").headers["Location"].startswith(SIGN_IN)


def test_expired_session_tells_htmx_the_page_not_the_fragment(client: Client) -> None:
    response = client.get(
        "/einstellungen/profil/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/verwaltung/nutzer/"},
    )
    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == "/anmelden/?next=%2Fverwaltung%2Fnutzer%2F"


def test_expired_session_does_not_return_to_what_only_takes_a_post(client: Client) -> None:
    assert client.post("/abmelden/").headers["Location"] == SIGN_IN
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://evil.example/"}
    assert client.post("/abmelden/", headers=htmx).headers["HX-Redirect"] == SIGN_IN


@pytest.mark.parametrize("url", ["/einstellungen/profil/", "/verwaltung/nutzer/"])
def test_start_password_leads_to_an_own_one_from_everywhere(
    client_for: ClientFor, url: str
) -> None:
    client = client_for(UserFactory(must_change_password=True, is_administrator=True))
    for response in (client.get(url, follow=True), client.post(url, follow=True)):
        assert response.redirect_chain == [("/einstellungen/passwort/", 302)]
        assert "<h1>Eigenes Passwort wählen</h1>" in response.content.decode()


def test_start_password_redirects_htmx_as_a_page(client_for: ClientFor) -> None:
    client = client_for(UserFactory(must_change_password=True))
    response = client.get("/einstellungen/profil/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/einstellungen/passwort/"


def test_start_password_allows_to_sign_out(client_for: ClientFor) -> None:
    client = client_for(UserFactory(must_change_password=True))
    assert client.post("/abmelden/").headers["Location"] == SIGN_IN


def test_own_password_opens_the_product_and_keeps_the_session(client_for: ClientFor) -> None:
    client = client_for(UserFactory(must_change_password=True))
    new = {"new": "Neun-Kraniche-ziehen", "repeated": "Neun-Kraniche-ziehen"}
    assert client.post("/einstellungen/passwort/", new).headers["Location"] == "/"
    assert client.get("/einstellungen/profil/").status_code == 200
