"""The visitor's address, with and without proxies, and never an invented one."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from winback.common.addresses import client_address


def address(proxies: int, settings: Settings, forwarded: str = "", remote: str = "10.0.0.9") -> str:
    settings.PROXY_COUNT = proxies
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return str(client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **extra)))


def test_address_without_proxy_is_the_peer(settings: Settings) -> None:
    assert address(0, settings) == "10.0.0.9"


def test_address_without_proxy_ignores_the_header(settings: Settings) -> None:
    assert address(0, settings, forwarded="192.0.2.1") == "10.0.0.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.7, 192.0.2.1", "192.0.2.1"),
        (2, "192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "198.51.100.7,192.0.2.1 , 10.0.0.1", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_address_behind_proxies_is_counted_from_the_right(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    assert address(proxies, settings, forwarded) == expected


@pytest.mark.parametrize("forwarded", ["", "unknown", "192.0.2.1, <script>", "1" * 300])
def test_address_that_makes_no_sense_falls_back_to_the_peer(
    settings: Settings, forwarded: str
) -> None:
    assert address(1, settings, forwarded) == "10.0.0.9"


def test_address_with_fewer_entries_than_proxies_is_the_peer(settings: Settings) -> None:
    assert address(2, settings, forwarded="192.0.2.1") == "10.0.0.9"


@pytest.mark.parametrize("remote", ["", "/run/web.sock"])
def test_address_of_a_socket_file_is_unknown(settings: Settings, remote: str) -> None:
    assert address(0, settings, remote=remote) == "None"
