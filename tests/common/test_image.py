"""The commands of the image and of the compose file, run here as they stand there.

No container engine is needed: the same words, an empty folder, PostgreSQL and Redis.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml
from django.conf import settings

from tests.architecture.tree import ROOT, read
from winback.common.probes import READY

pytestmark = pytest.mark.slow
HOST = "winback.example"
PATIENCE = 180


def compose_command(name: str) -> str:
    """What the service runs, a ``$$`` of the compose file made a ``$`` again."""
    service = yaml.safe_load(read(ROOT / "docker-compose.yml"))["services"][name]
    return str(service["command"]).replace("$$", "$")


def image_command() -> str:
    (words,) = re.findall(r"^CMD (\[.*\])$", read(ROOT / "Dockerfile"), re.MULTILINE)
    return " ".join(yaml.safe_load(words))


def build_step() -> str:
    (step,) = re.findall(
        r"&& (SECRET_KEY=build .*collectstatic.*)$", read(ROOT / "Dockerfile"), re.M
    )
    return str(step)


@pytest.fixture
def database(postgres: None) -> Iterator[str]:
    """The address of an empty database of its own on the server of the tests."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"image_{os.getpid()}"
    with psycopg.connect(server.geturl(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # a number of our own
        yield server._replace(path=f"/{name}").geturl()
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture
def environment(database: str, redis_url: str, tmp_path: Path) -> dict[str, str]:
    """What the compose file sets; the secrets are files that end with a line break."""
    secrets = {
        "SECRET_KEY": "Aus der Datei, 1 Zeile: " * 3,
        "DATABASE_URL": database,
        "EMAIL_URL": "",
    }
    given = {
        "PRODUCTION": "true", "ALLOWED_HOSTS": HOST, "REDIS_URL": redis_url, "PROXY_COUNT": "1",
        "VAR_DIR": str(tmp_path), "STATIC_ROOT": str(tmp_path / "static-built"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8",
    }  # fmt: skip
    for name, value in secrets.items():
        (tmp_path / name.lower()).write_text(f"{value}\n")
        given[f"{name}_FILE"] = str(tmp_path / name.lower())
    return given


def run(command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, env=environment, text=True, capture_output=True,
        check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[str, str], Any]]:
    """``start(name, command)`` leaves a program running; all are stopped at the end."""
    with ExitStack() as running:

        def begin(name: str, command: str) -> subprocess.Popen[bytes]:
            log = running.enter_context((tmp_path / f"{name}.log").open("wb"))
            words = ["sh", "-c", f"exec {command}"]
            program = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
            running.callback(program.wait)
            running.callback(program.kill)
            return program

        yield begin


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def fetch(port: int, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """A redirect is an answer here."""


def wait_until(is_true: Callable[[], bool], what: str, logs: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not is_true():
        told = {log.name: log.read_text()[-2000:] for log in logs.glob("*.log")}
        assert time.monotonic() < until, f"{what}: {told}"
        time.sleep(0.2)


def answers(port: int, path: str) -> bool:
    try:
        return fetch(port, path)[0] == 200
    except OSError:
        return False


@pytest.mark.timeout(300)
def test_commands_of_the_image_make_a_running_installation(
    environment: dict[str, str], start: Callable[[str, str], Any], tmp_path: Path
) -> None:
    assert settings.REDIS_URL
    run(f"{build_step()} -v 0", {k: v for k, v in environment.items() if "_FILE" not in k})
    run(compose_command("migrate").replace('sh -c "', "").rstrip('"'), environment)
    assert "no issues" in run("python manage.py check --deploy --fail-level WARNING", environment)

    port = free_port()
    programs = [start("web", image_command().replace("0.0.0.0:8000", f"127.0.0.1:{port}"))]
    programs += [start(name, compose_command(name)) for name in ("worker", "reports", "beat")]
    wait_until(lambda: answers(port, READY), "web does not become ready", tmp_path)
    pages_are_served_as_in_production(port)
    for name in ("worker", "reports"):
        log = tmp_path / f"{name}.log"
        wait_until(lambda log=log: " ready." in log.read_text(), name, tmp_path)  # type: ignore[misc]  # a default binds the loop variable

    for program in programs:
        program.send_signal(signal.SIGTERM)
    assert [program.wait(timeout=PATIENCE) for program in programs] == [0, 0, 0, 0]
    log = (tmp_path / "web.log").read_text()
    assert '"page": "accounts:sign_in", "status": 200' in log


def pages_are_served_as_in_production(port: int) -> None:
    behind_proxy = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    status, headers, page = fetch(port, "/anmelden/", **behind_proxy)
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    (style,) = re.findall(rb'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    status, headers, _sheet = fetch(port, style.decode(), **behind_proxy)
    assert (status, "immutable" in headers["Cache-Control"]) == (200, True)
    assert fetch(port, "/anmelden/", Host=HOST)[0] == 301
    assert fetch(port, "/anmelden/", **{**behind_proxy, "Host": "elsewhere.example"})[0] == 400
