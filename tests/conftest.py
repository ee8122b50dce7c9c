"""People by role, and how they sign in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.enums import Role
from accounts.models import User
from tests.factories import UserFactory

pytest_plugins = ["tests.plugins"]

ClientFor = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    """Argon2 is slow on purpose; tests make hundreds of users."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def client_for() -> ClientFor:
    """``client_for(user)``: a client in whose session the user is signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def kam(db: None) -> User:
    """Key account manager; owns the cases of the tests."""
    return UserFactory(first_name="Aylin", last_name="Kaya")


@pytest.fixture
def kollegin(db: None) -> User:
    """Key account manager in the same team as ``kam``."""
    return UserFactory(first_name="Nele", last_name="Brunner")


@pytest.fixture
def fremde(db: None) -> User:
    """Key account manager of other cases: sees nothing of ``kam``."""
    return UserFactory(first_name="Petra", last_name="Vogt")


@pytest.fixture
def qm(db: None) -> User:
    """Quality manager."""
    return UserFactory(first_name="Tim", last_name="Wolf", role=Role.QUALITY_MANAGER)


@pytest.fixture
def leitung(db: None) -> User:
    """Executive board."""
    return UserFactory(first_name="Maria", last_name="Lindner", role=Role.MANAGEMENT)


@pytest.fixture
def operativ(db: None) -> User:
    """Operations."""
    return UserFactory(first_name="Ralf", last_name="Ott", role=Role.OPERATIONS)


@pytest.fixture
def auditor(db: None) -> User:
    """External auditor."""
    return UserFactory(first_name="Hanna", last_name="Seidel", role=Role.EXTERNAL_AUDITOR)


@pytest.fixture
def admin_user(db: None) -> User:
    """Administrator; otherwise operations."""
    return UserFactory(
        first_name="Sabine", last_name="Kern", role=Role.OPERATIONS, is_administrator=True
    )
