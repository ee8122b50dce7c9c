"""What every test may use: the clock of the tests, own folders, servers where they exist.

Loaded by ``tests/conftest.py`` through ``pytest_plugins``. A test that needs a server which is
absent is skipped with a printed reason; with WINBACK_NO_SKIP=1 (continuous integration) it fails.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import override_settings
from redis import Redis
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


class Shares(LoadScopeScheduling):
    """One module goes to one process; a test in the browser is long enough to go by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares:
    """The processes end together, not the one with all the pages minutes after the other."""
    return Shares(config, log)


def pytest_configure() -> None:
    """Playwright's event loop stays in the thread of the tests, where Django would not query."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server, so that a run without it can leave it out by name."""
    for item in items:
        wanted = getattr(item, "fixturenames", ())
        if "postgres" in wanted:
            item.add_marker(pytest.mark.postgres)
        if "redis_url" in wanted:
            item.add_marker(pytest.mark.redis)


def absent(reason: str) -> NoReturn:
    """Skip the test that needs what this machine lacks; fail where nothing may be skipped."""
    if os.environ.get("WINBACK_NO_SKIP") == "1":
        pytest.fail(f"{reason} (WINBACK_NO_SKIP=1 allows no skip)", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _still_clock() -> Iterator[None]:
    """The clock stands still before anything is made: no test depends on the day it is run."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def today(_still_clock: None) -> date:
    """Monday, 23 November 2026; the clock stands at 9:00 in Berlin."""
    return MONDAY.date()


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploads and mails of the tests never reach the folders of a running Winback."""
    folder: Path = tmp_path_factory.mktemp("var")
    names = {"MEDIA_ROOT": "media", "EMAIL_FILE_PATH": "mail", "STATIC_ROOT": "static"}
    folders = {setting: folder / name for setting, name in names.items()}
    for path in folders.values():
        path.mkdir()
    with override_settings(**folders):
        yield


@pytest.fixture
def redis_url(worker_id: str) -> Iterator[str]:
    """The Redis server that REDIS_URL names: a database of this worker's own, empty at first."""
    if not settings.REDIS_URL:
        absent("needs a Redis server: set REDIS_URL")
    number = int(worker_id.removeprefix("gw")) + 1 if worker_id != "master" else 0
    url = urlsplit(settings.REDIS_URL)._replace(path=f"/{number}").geturl()
    with Redis.from_url(url) as client:
        client.flushdb()
        yield url
        client.flushdb()


@pytest.fixture
def postgres(db: None) -> None:
    """The test database is PostgreSQL."""
    if connection.vendor != "postgresql":
        absent("needs PostgreSQL: set DATABASE_URL")
