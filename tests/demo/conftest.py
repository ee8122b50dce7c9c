"""The demo, built once per day it is asked for and rolled back after every module."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from pytest_django import DjangoDbBlocker

from accounts.models import User
from tests.plugins import MONDAY
from winback.demo.services import Built, build_demo
from winback.documents.models import DocumentVersion


@dataclass(frozen=True, slots=True)
class Kept:
    """What a build left behind: its figures, every row in the order of the models, its files."""

    built: Built
    rows: list[list[models.Model]]
    files: dict[str, bytes]


@pytest.fixture(scope="session")
def kept() -> dict[dt.datetime, Kept]:
    """The demos built so far; putting one back takes a tenth of a build."""
    return {}


@pytest.fixture(scope="module")
def demo(
    request: pytest.FixtureRequest,
    kept: dict[dt.datetime, Kept],
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Built]:
    """The demo as of ``NOW`` of the module, else of the Monday of the ``today`` fixture.

    A test that reads it asks for ``db`` too, which undoes whatever the test changes.
    """
    now = getattr(request.module, "NOW", MONDAY)
    with django_db_blocker.unblock(), transaction.atomic():
        if now in kept:
            _put_back(kept[now])
        else:
            kept[now] = _build(now)
        yield kept[now].built
        transaction.set_rollback(True)


def _tables() -> list[type[models.Model]]:
    found: list[type[Any]] = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _build(now: dt.datetime) -> Kept:
    empty = [model for model in _tables() if not model._base_manager.exists()]
    with time_machine.travel(now, tick=False):
        built = build_demo(today=now.date(), now=now)
    files: dict[str, bytes] = {}
    for name in DocumentVersion.objects.values_list("file", flat=True):
        with default_storage.open(name) as stored:
            files[name] = stored.read()
    return Kept(built, [list(model._base_manager.all()) for model in empty], files)


def _put_back(demo: Kept) -> None:
    """The files went with the transaction that stored them."""
    for rows in demo.rows:
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=400)
    for name, data in demo.files.items():
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(data))


@pytest.fixture
def aylin(demo: Built, db: None) -> User:
    """The key account manager of the practice case."""
    return User.objects.get(last_name="Kaya")
