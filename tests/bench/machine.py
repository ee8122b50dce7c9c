"""A PostgreSQL cluster and a web server of one's own, thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import psycopg

ROOT = Path(__file__).resolve().parents[2]
#: Where Debian keeps the programs of the server, out of the search path.
DEBIAN = Path("/usr/lib/postgresql")
#: PostgreSQL refuses to run as root.
UNPRIVILEGED = "postgres"
READY_SECONDS = 60


class Missing(Exception):
    """The machine lacks something; the message says what."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def find_programs(path: str | None = None, debian: Path = DEBIAN) -> Path:
    """The folder with ``initdb`` and ``postgres``; the newest where there are several."""
    found = shutil.which("initdb", path=path)
    if found:
        return Path(found).resolve().parent
    folders = sorted(debian.glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    if not folders:
        raise Missing("there is no PostgreSQL server here (packages: postgresql)")
    return folders[-1].parent


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A fresh cluster below ``folder``; yields the address of its server, without a database."""
    programs, port = find_programs(), free_port()
    data = folder / "data"
    data.mkdir()
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    if user:
        folder.chmod(0o755)
        shutil.chown(data, user)
    make = [programs / "initdb", "-D", data, "-U", "winback", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*make, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, user=user)
    serve = [programs / "postgres", "-D", data, "-p", str(port), "-k", "", "-h", "127.0.0.1"]
    serve += ["-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB"]
    with (folder / "postgres.log").open("w") as log, _running(serve, log, user=user):
        address = f"postgres://winback@127.0.0.1:{port}"
        _await_database(f"{address}/postgres", folder / "postgres.log")
        yield address


@contextmanager
def web(env: dict[str, str], folder: Path, *, workers: int, threads: int) -> Iterator[int]:
    """gunicorn with the product as users get it; yields its port."""
    port = free_port()
    serve = [sys.executable, "-m", "gunicorn", "tests.bench.application:application"]
    serve += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", str(threads)]
    serve += ["--no-control-socket", "--log-level", "warning", "--worker-class", "gthread"]
    with (folder / "web.log").open("w") as log, _running(serve, log, env=env):
        _await_page(port, folder / "web.log")
        yield port


def on_database(address: str, statement: str) -> None:
    """One statement outside of a transaction."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


def manage(env: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)


@contextmanager
def _running(
    command: Sequence[str | Path],
    log: IO[str],
    *,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> Iterator[None]:
    folder = ROOT if user is None else "/"
    process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=env, user=user)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_database(address: str, log: Path) -> None:
    """Until it takes statements; the port is open before that."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            on_database(address, "SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not answer:\n{log.read_text()[-2000:]}")


def _await_page(port: int, log: Path) -> None:
    """Until a worker answers; the socket is open before that."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"http://127.0.0.1:{port}/bench/fixed", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The web server did not answer:\n{log.read_text()[-2000:]}")
