import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from winback.common import launcher, processes

SLEEP = "import time; time.sleep(60)"
DEAF = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); "
    + SLEEP
)


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-c", SLEEP], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def test_started_at_tells_running_from_gone(sleeper: "subprocess.Popen[bytes]") -> None:
    first = processes.started_at(sleeper.pid)
    assert first is not None
    assert processes.started_at(sleeper.pid) == first
    sleeper.kill()
    sleeper.wait()
    assert processes.started_at(sleeper.pid) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_started_at_counts_a_zombie_as_gone(sleeper: "subprocess.Popen[bytes]") -> None:
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert processes.started_at(sleeper.pid) is None


def test_reap_ends_the_process_that_was_noted(
    sleeper: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    note = tmp_path / "web.pid"
    processes.remember(note, sleeper.pid)
    assert processes.reap(note) is True
    assert sleeper.wait(5) == -signal.SIGTERM
    assert not note.exists()


def test_reap_ends_a_process_that_is_deaf_to_the_stop_signal(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DEAF], start_new_session=True, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        processes.remember(tmp_path / "web.pid", process.pid)
        assert processes.reap(tmp_path / "web.pid", seconds=0.3) is True
        assert process.wait(5) == -signal.SIGKILL


def test_reap_spares_a_process_that_was_given_the_same_number(
    sleeper: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    note = tmp_path / "web.pid"
    note.write_text(f"{sleeper.pid}\nanother start\n")
    assert processes.reap(note) is False
    assert sleeper.poll() is None
    assert not note.exists()


@pytest.mark.parametrize("text", ["", "12", "a\nb\nc\n"])
def test_recall_of_a_damaged_note_finds_nothing(tmp_path: Path, text: str) -> None:
    note = tmp_path / "web.pid"
    note.write_text(text)
    assert processes.recall(note) is None


def test_recall_without_a_note_finds_nothing(tmp_path: Path) -> None:
    assert processes.recall(tmp_path / "none.pid") is None
    assert processes.reap(tmp_path / "none.pid") is False


def test_launcher_starts_nothing_when_its_parent_has_gone() -> None:
    command = [sys.executable, launcher.__file__, "1", sys.executable, "-c", "print('started')"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "started" not in done.stdout
    assert "supervisor has gone" in done.stderr


def test_launcher_becomes_the_program() -> None:
    command = [sys.executable, launcher.__file__, str(os.getpid()), sys.executable, "-c"]
    with subprocess.Popen(
        [*command, "import os; print(os.getpid())"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.communicate()[0].strip() == str(process.pid)
