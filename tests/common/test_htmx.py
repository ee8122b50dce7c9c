"""One template for the page and its fragments; redirects that htmx understands."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from tests.clients.factories import ClientFactory
from tests.conftest import ClientFor
from winback.common.htmx import go, is_fragment

HTMX = {"HX-Request": "true"}


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]  # as its middleware does
    return request


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_fragment_is_asked_for_by_htmx_alone(headers: dict[str, str], fragment: bool) -> None:
    assert is_fragment(asked(**headers)) is fragment


def test_request_that_never_met_the_middleware_wants_the_page(rf: RequestFactory) -> None:
    assert is_fragment(rf.get("/", headers=HTMX)) is False


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    ClientFactory(name="Klinikum Auental")
    return client_for(kam)


def test_page_is_whole_without_htmx_and_a_part_with_it(desk: Client) -> None:
    whole = desk.get("/kunden/").content.decode()
    part = desk.get("/kunden/", headers=HTMX).content.decode()
    assert "</html>" in whole
    assert "</html>" not in part
    for html in (whole, part):
        assert "Klinikum Auental" in html


def test_page_without_a_part_is_whole_for_htmx_too(desk: Client) -> None:
    assert "</html>" in desk.get("/kunden/neu/", headers=HTMX).content.decode()


def test_redirect_is_a_location_for_browsers_and_a_header_for_htmx() -> None:
    plain = go(asked(), "clients:detail", 7)
    assert (plain.status_code, plain.headers["Location"]) == (302, "/kunden/7/")
    htmx = go(asked(**HTMX), "clients:detail", pk=7)
    assert (htmx.status_code, htmx.headers["HX-Redirect"]) == (200, "/kunden/7/")
    assert "Location" not in htmx.headers


def test_redirect_of_a_boosted_link_is_followed_by_the_browser() -> None:
    response = go(asked(**HTMX, **{"HX-Boosted": "true"}), "/kunden/")
    assert response.headers["Location"] == "/kunden/"


def test_redirect_takes_an_object_that_knows_its_page(db: None) -> None:
    client = ClientFactory()
    assert go(asked(), client).headers["Location"] == f"/kunden/{client.pk}/"
