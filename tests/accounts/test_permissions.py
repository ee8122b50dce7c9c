"""Who may manage people, and which pages need no sign-in at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from accounts.permissions import (
    can_manage_users,
    can_see_management_pages,
    manages,
    requires,
    user_of,
)
from tests.conftest import ClientFor
from tests.factories import AbsenceFactory

# Everything that answers without a session. A new entry is a decision: review it.
# The calendar is asked for by programs that cannot sign in; its secret address is the key.
PUBLIC = {"accounts:sign_in", "reminders:feed_file"}
ADMINISTRATION = [
    "user_list",
    "user_create",
    "user_detail",
    "user_edit",
    "user_absence",
    "user_password",
    "user_deactivate",
    "user_reactivate",
]
OWN = ["profile", "absences", "password"]


def address(name: str, user: User) -> str:
    needs_nobody = {"user_list", "user_create", *OWN}
    return reverse(f"accounts:{name}", args=[] if name in needs_nobody else [user.pk])


def patterns(
    resolver: URLResolver, namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            below = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from patterns(entry, below)
        else:
            yield ":".join((*namespaces, entry.name or str(entry.pattern))), entry


def test_public_pages_are_these() -> None:
    found = {
        name
        for name, pattern in patterns(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
    }
    assert found == PUBLIC


def test_only_administrators_manage_users(
    admin_user: User, kam: User, qm: User, leitung: User, operativ: User, auditor: User
) -> None:
    assert can_manage_users(admin_user)
    assert not any(can_manage_users(user) for user in (kam, qm, leitung, operativ, auditor))


def test_nobody_manages_themselves(admin_user: User, kam: User) -> None:
    assert manages(admin_user, kam)
    assert not manages(admin_user, admin_user)
    assert not manages(kam, admin_user)


def test_only_management_sees_management_pages(leitung: User, admin_user: User, kam: User) -> None:
    assert can_see_management_pages(leitung)
    assert not can_see_management_pages(admin_user)
    assert not can_see_management_pages(kam)


def test_requires_lets_through_or_refuses(admin_user: User, kam: User, rf: RequestFactory) -> None:
    @requires(can_manage_users)
    def view(request: HttpRequest, word: str) -> HttpResponse:
        return HttpResponse(f"{user_of(request)} {word}")

    request = rf.get("/")
    request.user = admin_user
    assert view(request, word="hier").content == b"Sabine Kern hier"
    request.user = kam
    with pytest.raises(PermissionDenied):
        view(request, word="hier")


@pytest.mark.parametrize("name", ADMINISTRATION)
@pytest.mark.parametrize("role", ["kam", "qm", "leitung", "operativ", "auditor"])
def test_administration_is_forbidden_to_everybody_else(
    request: pytest.FixtureRequest, client_for: ClientFor, role: str, name: str
) -> None:
    user = request.getfixturevalue(role)
    client = client_for(user)
    for response in (client.get(address(name, user)), client.post(address(name, user))):
        assert response.status_code == 403


@pytest.mark.parametrize("name", ["user_password", "user_deactivate", "user_reactivate"])
def test_steps_about_oneself_are_forbidden(
    client_for: ClientFor, admin_user: User, name: str
) -> None:
    response = client_for(admin_user).get(address(name, admin_user))
    assert response.status_code == 403
    assert "Das muss ein anderer Administrator für Sie tun." in response.content.decode()


@pytest.mark.parametrize(
    "name", [name for name in ADMINISTRATION if name not in {"user_list", "user_create"}]
)
def test_unknown_account_is_not_found(client_for: ClientFor, admin_user: User, name: str) -> None:
    url = reverse(f"accounts:{name}", args=[admin_user.pk + 1])
    assert client_for(admin_user).get(url).status_code == 404


@pytest.mark.parametrize("role", ["kam", "qm", "leitung", "operativ", "auditor", "admin_user"])
@pytest.mark.parametrize("name", OWN)
def test_own_settings_are_open_to_everybody(
    request: pytest.FixtureRequest, client_for: ClientFor, role: str, name: str
) -> None:
    user = request.getfixturevalue(role)
    assert client_for(user).get(address(name, user)).status_code == 200


def test_absence_of_a_stranger_is_not_found(client_for: ClientFor, kam: User, fremde: User) -> None:
    absence = AbsenceFactory(user=kam)
    url = reverse("accounts:absence_end", args=[absence.pk])
    assert client_for(fremde).post(url).status_code == 404
    assert client_for(absence.deputy).post(url).status_code == 404
