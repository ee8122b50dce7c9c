"""The bell rings after commit, and a user never waits for a broker that is down."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery, current_app
from django.db import transaction
from pytest_django import Settings

import winback
from winback.celery import app as product
from winback.common import broker, doorbell

LONGEST_WAIT = 3.0
RingAt = Callable[[str], Celery]


@pytest.fixture
def ring_at(settings: Settings) -> Iterator[RingAt]:
    """``ring_at(url)``: the product's settings with the broker at ``url``, as the current app."""
    made: list[Celery] = []

    def use(url: str) -> Celery:
        settings.CELERY_BROKER_URL = url
        app = Celery("bell", set_as_current=True)
        app.config_from_object("django.conf:settings", namespace="CELERY")
        made.append(app)
        return app

    yield use
    product.set_current()
    for app in made:
        app.pool.force_close_all()
        app.close()


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Path]:
    """A real server on a socket file."""
    path = broker.socket_path(tmp_path)
    broker.make_socket_dir(path)
    server = subprocess.Popen(list(broker.server_command(path)))
    try:
        deadline = time.monotonic() + 10
        while not broker.answers(path):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield path
    finally:
        server.kill()
        server.wait()


def waited(task: str) -> float:
    """Ring at once and return the seconds it took."""
    begun = time.monotonic()
    with transaction.atomic():
        doorbell.ring(task, 7)
    return time.monotonic() - begun


def messages(app: Celery) -> list[tuple[str, list[object]]]:
    """Task and arguments of everything that waits in the queue."""
    found = []
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue(app.conf.task_default_queue)
        while True:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                break
            found.append((message.headers["task"], json.loads(message.body)[0]))
            message.ack()
        queue.close()
    return found


def test_current_app_is_the_products_in_every_thread() -> None:
    seen: list[object] = []
    thread = threading.Thread(target=lambda: seen.append(current_app._get_current_object()))
    thread.start()
    thread.join()
    assert winback.celery_app is product
    assert seen == [product]
    assert current_app.conf.task_default_queue == "winback"


@pytest.mark.django_db(transaction=True)
def test_bell_rings_with_plain_ids_into_the_queue_of_the_product(
    ring_at: RingAt, valkey: Path
) -> None:
    app = ring_at(broker.broker_url(valkey))
    doorbell.ring("reminders.deliver", 7, "de")
    assert messages(app) == [("reminders.deliver", [7, "de"])]


@pytest.mark.django_db(transaction=True)
def test_bell_waits_for_the_commit(ring_at: RingAt) -> None:
    app = ring_at("memory://waits")
    with transaction.atomic():
        doorbell.ring("reminders.sweep")
        assert messages(app) == []
    assert messages(app) == [("reminders.sweep", [])]


@pytest.mark.django_db(transaction=True)
def test_bell_of_a_change_that_is_rolled_back_stays_silent(ring_at: RingAt) -> None:
    app = ring_at("memory://silent")

    @transaction.atomic
    def failing() -> None:
        doorbell.ring("reminders.sweep")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert messages(app) == []


@pytest.fixture
def hanging_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield server.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.mark.django_db(transaction=True)
def test_broker_that_is_down_neither_raises_nor_makes_wait(
    ring_at: RingAt, closed_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    ring_at(f"redis://127.0.0.1:{closed_port}/0")
    with caplog.at_level(logging.WARNING, logger="winback.common.doorbell"):
        assert waited("reminders.sweep") < LONGEST_WAIT
    assert "doorbell reminders.sweep not heard" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_broker_whose_socket_is_gone_neither_raises_nor_makes_wait(
    ring_at: RingAt, tmp_path: Path
) -> None:
    ring_at(broker.broker_url(tmp_path / "valkey.sock"))
    assert waited("reminders.sweep") < LONGEST_WAIT


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_broker_that_hangs_neither_raises_nor_makes_wait(
    ring_at: RingAt, hanging_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    ring_at(f"redis://127.0.0.1:{hanging_port}/0")
    assert waited("reminders.sweep") < LONGEST_WAIT
    assert "not heard" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_broker_that_dies_between_two_rings_is_missed_without_a_word_to_the_user(
    ring_at: RingAt, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = broker.socket_path(tmp_path)
    broker.make_socket_dir(path)
    app = ring_at(broker.broker_url(path))
    for heard in (True, False, True):
        if not heard:
            assert waited("reminders.lost") < LONGEST_WAIT
            continue
        server = subprocess.Popen(list(broker.server_command(path)))
        while not broker.answers(path):
            time.sleep(0.05)
        waited("reminders.sweep")
        assert messages(app) == [("reminders.sweep", [7])]
        server.kill()
        server.wait()
    assert caplog.text.count("not heard") == 1
