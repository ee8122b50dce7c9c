"""Alive and ready, asked from inside; what the log says of a request and what it keeps back."""

from __future__ import annotations

import json
import logging
import logging.config
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from accounts.models import User
from tests.conftest import ClientFor
from winback.common.probes import LIVE, READY, ProbeMiddleware
from winback.urls import handler500  # noqa: F401  # part of the planted addresses


def fall_over(request: HttpRequest, token: str) -> HttpResponse:
    """A planted page that breaks."""
    raise RuntimeError("Leitung gekappt")


fall_over.login_required = False  # type: ignore[attr-defined]  # the mark of a public page
urlpatterns = [path("geplant/<str:token>/", fall_over, name="planted")]


def with_a_new_one() -> dict[str, str | None]:
    """The tables of the tests are made without migrations; now there is one."""
    return {app.label: None for app in apps.get_app_configs()} | {"cases": "tests.common.planted"}


def gone(*args: object) -> None:
    raise OperationalError("server closed the connection")


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == "winback.request"]


@pytest.mark.parametrize("address", [LIVE, READY])
def test_probe_is_answered_for_any_host_without_sign_in_and_https(db: None, address: str) -> None:
    with override_settings(ALLOWED_HOSTS=["winback.example"], SECURE_SSL_REDIRECT=True):
        response = Client().get(address, headers={"Host": "10.1.2.3:8000"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_not_ready_while_a_migration_is_missing(db: None) -> None:
    probe = ProbeMiddleware(lambda request: HttpResponse())
    with override_settings(MIGRATION_MODULES=with_a_new_one()):
        response = probe(RequestFactory().get(READY))
    assert (response.status_code, response.content) == (503, b"migrations\n")


def test_migrations_are_looked_at_once_and_the_database_always(db: None) -> None:
    probe = ProbeMiddleware(lambda request: HttpResponse())
    assert probe(RequestFactory().get(READY)).status_code == 200
    with override_settings(MIGRATION_MODULES=with_a_new_one()):
        assert probe(RequestFactory().get(READY)).status_code == 200
    with connection.execute_wrapper(gone):
        assert probe(RequestFactory().get(READY)).content == b"database\n"


def test_not_ready_but_alive_without_the_database(db: None) -> None:
    probe = ProbeMiddleware(lambda request: HttpResponse())
    with connection.execute_wrapper(gone):
        ready, live = (probe(RequestFactory().get(each)) for each in (READY, LIVE))
    assert (ready.status_code, ready.content) == (503, b"database\n")
    assert live.status_code == 200


def test_other_addresses_go_on_to_the_page() -> None:
    probe = ProbeMiddleware(lambda request: HttpResponse("page"))
    assert probe(RequestFactory().get("/health/livery")).content == b"page"


def test_log_names_the_page_and_never_address_search_or_person(
    kam: User, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client_for(kam).get("/faelle/", {"q": "Norhagen"}, headers={"X-Forwarded-For": "9.8.7.6"})
    (line,) = lines(caplog)
    assert line.startswith("GET cases:list 200 ")
    for secret in ("Norhagen", "faelle", kam.email, kam.last_name, "9.8.7.6"):
        assert secret not in caplog.text


def test_failed_sign_in_leaves_no_address_in_the_log(
    kam: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = Client().post("/anmelden/", {"email": kam.email, "password": "falsch"})
    assert response.status_code == 422
    assert kam.email not in caplog.text


@override_settings(ROOT_URLCONF="tests.common.test_probes")
def test_error_page_shows_the_number_that_stands_in_the_log(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    number = "0123456789abcdef0123456789abcdef"
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.INFO):
        response = client.get("/geplant/geheim/", headers={"X-Request-ID": number})
    assert response.status_code == 500
    assert f"<code>{number}</code>" in response.content.decode()
    assert response["X-Request-ID"] == number
    (line,) = lines(caplog)
    assert line.startswith("GET planted 500 ")


def test_number_from_outside_that_is_none_is_replaced(db: None) -> None:
    response = Client().get("/anmelden/", headers={"X-Request-ID": "x<script>"})
    assert UUID(response["X-Request-ID"])


def test_production_writes_one_json_object_per_line() -> None:
    config: Any = logging.config.DictConfigurator(settings.LOGGING)
    formatter = config.configure_formatter(settings.LOGGING["formatters"]["json"])
    record = logging.makeLogRecord(
        {"name": "winback.request", "levelname": "INFO", "msg": "GET\ncases:list", "status": 200}
    )
    record.correlation_id = "abc"
    line = formatter.format(record)
    assert "\n" not in line
    wanted = {"logger": "winback.request", "request_id": "abc", "status": 200, "level": "INFO"}
    assert json.loads(line).items() >= wanted.items()
    assert json.loads(line)["message"] == "GET\ncases:list"
