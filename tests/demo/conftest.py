"""The demo, built once per module and rolled back afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.models import User
from tests.plugins import MONDAY
from winback.demo.services import Built, build_demo


@pytest.fixture(scope="module")
def demo(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Built]:
    """The demo as of ``NOW`` of the module, else of the Monday of the ``today`` fixture.

    A test that reads it asks for ``db`` too, which undoes whatever the test changes.
    """
    now = getattr(request.module, "NOW", MONDAY)
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_demo(today=now.date(), now=now)
        transaction.set_rollback(True)


@pytest.fixture
def aylin(demo: Built, db: None) -> User:
    """The key account manager of the practice case."""
    return User.objects.get(last_name="Kaya")
