"""Start web, worker, beat and the embedded broker under one supervisor."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from winback.common import broker
from winback.common.supervisor import Program, Supervisor, SupervisorError

HOST = "127.0.0.1"
DEFAULT_PORT = 8000


def port_answers(port: int) -> bool:
    """Whether something accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def require_free(port: int) -> None:
    """Raise SupervisorError if somebody else holds the port."""
    if port_answers(port):
        raise SupervisorError(f"Port {port} is taken. Choose another: PORT=8001 ./dev run")


def _broker(path: Path) -> Program:
    broker.make_socket_dir(path)
    return Program("broker", broker.server_command(path), is_ready=lambda: broker.answers(path))


def _web(port: int, env: Mapping[str, str]) -> Program:
    argv = (
        sys.executable, "-m", "gunicorn", "winback.wsgi:application", "--bind", f"{HOST}:{port}",
        "--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket",
        "--log-level", "warning",
    )  # fmt: skip
    return Program("web", argv, env, lambda: require_free(port), lambda: port_answers(port))


def _celery(name: str, env: Mapping[str, str], *arguments: str) -> Program:
    # Who tries Winback out as root need not read a page of warning over the demo accounts.
    quiet = ("-W", "ignore:You're running the worker")
    celery = ("-m", "celery", "-q", "-A", "winback", name, "--loglevel", "warning")
    return Program(name, (sys.executable, *quiet, *celery, *arguments), env)


def programs(port: int, state_dir: Path) -> list[Program]:
    """What runs, in the order of starting; REDIS_URL replaces the embedded broker."""
    env: dict[str, str] = {}
    brokers: list[Program] = []
    if not settings.REDIS_URL:
        path = broker.socket_path(state_dir)
        env["BROKER_URL"] = broker.broker_url(path)
        brokers.append(_broker(path))
    queues = ("-Q", "winback,reports", "--concurrency", "2", "--without-gossip", "--without-mingle")
    # The tick needs no memory of its own, so beat keeps its schedule in memory.
    ticks = ("--scheduler", "celery.beat:Scheduler", "--pidfile=")
    worker, beat = _celery("worker", env, *queues), _celery("beat", env, *ticks)
    return [*brokers, _web(port, env), worker, beat]


class Command(BaseCommand):
    help = "Serve Winback on 127.0.0.1:$PORT until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(os.environ.get("PORT", DEFAULT_PORT))
        state_dir = Path(settings.VAR_DIR) / "run"
        supervisor = Supervisor(programs(port, state_dir), state_dir, self._say)
        try:
            supervisor.run(on_ready=lambda: self._welcome(port))
        except SupervisorError as error:
            raise CommandError(str(error)) from error
        self._say("Winback has stopped.")

    def _welcome(self, port: int) -> None:
        self._say(f"\nWinback: http://{HOST}:{port}/   (Ctrl-C stops everything)")
        if "demo" in get_commands():
            call_command("demo", sign_ins=True, stdout=self.stdout)
            # Into a file or pipe nothing would show until the end.
            self.stdout.flush()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
