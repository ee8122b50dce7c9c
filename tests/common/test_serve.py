import io
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import User
from tests.common.test_supervisor import ROOT, SECONDS, read_until
from winback.common import processes
from winback.common.management.commands import serve
from winback.common.supervisor import SupervisorError
from winback.demo.services import PASSWORD


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_refused_with_the_way_out(taken_port: int) -> None:
    with pytest.raises(SupervisorError, match=r"PORT=8001 \./dev run"):
        serve.require_free(taken_port)


def test_embedded_broker_comes_first_and_is_known_to_all(
    settings: Settings, tmp_path: Path
) -> None:
    settings.REDIS_URL = ""
    broker, *others = serve.programs(8123, tmp_path / "run")
    assert broker.name == "broker"
    assert [program.name for program in others] == ["web", "worker", "beat"]
    url = f"redis+socket://{tmp_path}/run/valkey.sock"
    assert {program.env["BROKER_URL"] for program in others} == {url}


def test_a_redis_of_ones_own_replaces_the_embedded_broker(
    settings: Settings, tmp_path: Path
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    started = serve.programs(8123, tmp_path / "run")
    assert [program.name for program in started] == ["web", "worker", "beat"]
    assert all("BROKER_URL" not in program.env for program in started)


def test_there_is_exactly_one_beat(settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL = ""
    argvs = [program.argv for program in serve.programs(8123, tmp_path / "run")]
    assert sum("beat" in argv for argv in argvs) == 1
    assert all("-B" not in argv for argv in argvs)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An empty installation of its own: SQLite, embedded broker, a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    foreign = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "EMAIL_URL")
    own = {key: value for key, value in os.environ.items() if key not in foreign}
    return own | {"VAR_DIR": str(tmp_path / "var"), "PORT": str(port)}


def begin(environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.slow
def test_serve_answers_again_after_it_was_killed(
    environment: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    page = f"http://127.0.0.1:{environment['PORT']}/anmelden/"
    state_dir = tmp_path / "var" / "run"
    try:
        with begin(environment) as first:
            read_until(first, f":{environment['PORT']}/")
            first.kill()
        with begin(environment) as second:
            read_until(second, f":{environment['PORT']}/")
            with urllib.request.urlopen(page, timeout=SECONDS) as answer:
                assert answer.status == 200
            second.send_signal(signal.SIGTERM)
            read_until(second, "Winback has stopped.")
            assert second.wait(SECONDS) == 0
        assert list(state_dir.glob("*.pid")) == []
    finally:
        for pid_file in state_dir.glob("*.pid"):
            processes.reap(pid_file)


def test_workers_start_without_a_page_of_warning(tmp_path: Path) -> None:
    for program in serve.programs(8123, tmp_path / "run"):
        if "celery" in program.argv:
            quiet = program.argv[program.argv.index("-W") + 1]
            assert quiet == "ignore:You're running the worker"
            assert program.argv.index("-W") < program.argv.index("-m")


class Unseen(io.StringIO):
    """A file that shows what is written only once it is flushed, as a log or a pipe does."""

    shown = ""

    def flush(self) -> None:
        self.shown = self.getvalue()


def test_demo_accounts_show_at_once_in_a_log(kam: User) -> None:
    kam.email = "aylin.kaya@winback-demo.example"
    kam.save()
    out = Unseen()
    serve.Command(stdout=out)._welcome(8123)
    assert "http://127.0.0.1:8123/" in out.shown
    assert kam.full_name in out.shown
    assert PASSWORD in out.shown
