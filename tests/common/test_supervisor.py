import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.common import supervised
from winback.common import broker, processes
from winback.common.management.commands.serve import port_answers
from winback.common.supervisor import Program, Supervisor, SupervisorError, pause_after

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("broker", "web", "worker")
SECONDS = 20.0
Start = Callable[[], "subprocess.Popen[str]"]


def wait_for(condition: Callable[[], bool], seconds: float = SECONDS) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def read_until(process: "subprocess.Popen[str]", word: str) -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.strip())
        if word in line:
            return lines
    pytest.fail(f"ended before {word}: {lines}")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def state_dir(tmp_path: Path) -> Path:
    return tmp_path / "run"


@pytest.fixture
def start(state_dir: Path, port: int) -> Iterator[Start]:
    begun: list[subprocess.Popen[str]] = []

    def run() -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", supervised.__name__, str(state_dir), str(port)]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        begun.append(process)
        return process

    yield run
    for process in begun:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    for pid_file in state_dir.glob("*.pid"):
        processes.reap(pid_file)


def pids(state_dir: Path) -> dict[str, int]:
    found = {name: processes.recall(state_dir / f"{name}.pid") for name in NAMES}
    return {name: pid for name, pid in found.items() if pid is not None}


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_supervisor_stops_everything_on_a_stop_signal(
    start: Start, state_dir: Path, port: int, number: signal.Signals
) -> None:
    process = start()
    read_until(process, "READY")
    running = pids(state_dir)
    assert set(running) == set(NAMES)
    assert port_answers(port)

    process.send_signal(number)

    read_until(process, "STOPPED")
    assert process.wait(SECONDS) == 0
    assert [pid for pid in running.values() if processes.started_at(pid)] == []
    assert list(state_dir.glob("*.pid")) == []
    assert not port_answers(port)


@pytest.mark.slow
def test_supervisor_starts_again_after_it_was_killed(
    start: Start, state_dir: Path, port: int
) -> None:
    process = start()
    read_until(process, "READY")
    first = pids(state_dir)

    process.kill()
    process.wait(SECONDS)

    if sys.platform.startswith("linux"):
        gone = wait_for(lambda: not any(processes.started_at(pid) for pid in first.values()))
        assert gone, "the death signal reached no child"
    read_until(start(), "READY")
    second = pids(state_dir)
    assert set(second) == set(NAMES)
    assert [pid for pid in first.values() if processes.started_at(pid)] == []
    assert not set(first.values()) & set(second.values())
    assert port_answers(port)
    assert broker.answers(broker.socket_path(state_dir))


@pytest.mark.slow
def test_supervisor_restarts_a_program_that_died(start: Start, state_dir: Path) -> None:
    process = start()
    read_until(process, "READY")
    first = pids(state_dir)

    os.kill(first["broker"], signal.SIGKILL)

    lines = read_until(process, "broker ended (-9)")
    assert lines[-1] == "broker ended (-9); starting it again in 1 s"
    assert wait_for(lambda: broker.answers(broker.socket_path(state_dir)))
    second = pids(state_dir)
    assert second["broker"] != first["broker"]
    assert second["web"] == first["web"]


@pytest.mark.slow
def test_supervisor_refuses_a_second_start_from_the_same_folder(
    start: Start, state_dir: Path
) -> None:
    read_until(start(), "READY")
    first = pids(state_dir)

    second = start()

    assert second.wait(SECONDS) == 1
    assert second.stdout is not None
    assert "already running" in second.stdout.read()
    assert pids(state_dir) == first


def run_in_process(programs: list[Program], state_dir: Path) -> list[str]:
    said: list[str] = []
    supervisor = Supervisor(programs, state_dir, said.append)
    supervisor.run(on_ready=lambda: said.append("ready"))
    return said


def test_supervisor_starts_nothing_when_something_stands_in_the_way(state_dir: Path) -> None:
    def obstacle() -> None:
        raise SupervisorError("port taken")

    program = Program("web", (sys.executable, "-c", "raise SystemExit"), require=obstacle)
    with pytest.raises(SupervisorError, match="port taken"):
        run_in_process([program], state_dir)
    assert list(state_dir.glob("*.pid")) == []


@pytest.mark.slow
def test_supervisor_ends_what_is_deaf_to_the_stop_signal(
    state_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winback.common.supervisor.STOP_SECONDS", 0.5)
    mark = state_dir / "deaf"
    deaf = (
        "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
    )
    program = Program("deaf", (sys.executable, "-c", deaf, str(mark)), is_ready=mark.exists)
    noted: list[int] = []

    def stop_soon() -> None:
        noted.extend(pid for pid in [processes.recall(state_dir / "deaf.pid")] if pid)
        os.kill(os.getpid(), signal.SIGTERM)

    begun = time.monotonic()
    Supervisor([program], state_dir, lambda _text: None).run(on_ready=stop_soon)

    assert noted
    assert processes.started_at(noted[0]) is None
    assert time.monotonic() - begun < SECONDS


def test_supervisor_gives_up_when_a_program_never_answers(
    state_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winback.common.supervisor.READY_SECONDS", 0.3)
    program = Program(
        "web", (sys.executable, "-c", "import time; time.sleep(60)"), is_ready=lambda: False
    )
    with pytest.raises(SupervisorError, match=r"web does not answer"):
        run_in_process([program], state_dir)
    assert list(state_dir.glob("*.pid")) == []


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 1.0), (1, 1.0), (2, 2.0), (5, 15.0), (6, 30.0), (100, 30.0)]
)
def test_pause_grows_with_failures_up_to_half_a_minute(failures: int, seconds: float) -> None:
    assert pause_after(failures) == seconds
