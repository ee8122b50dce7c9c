"""Keep a few programs running on one machine: start, restart with growing pauses, stop in order.

Meant for trying the product out and for one small team; a server has systemd or containers.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from winback.common import launcher, processes

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
HEALTHY_SECONDS = 60.0
READY_SECONDS = 30.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.1

Say = Callable[[str], object]


class SupervisorError(Exception):
    """The programs cannot be started; the text tells a person why."""


def _at_once() -> bool:
    return True


def _no_obstacle() -> None:
    return


@dataclass(frozen=True)
class Program:
    """One program to keep running.

    ``require`` raises SupervisorError when something stands in the way of a first start;
    ``is_ready`` says when the next program may start.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    require: Callable[[], None] = _no_obstacle
    is_ready: Callable[[], bool] = _at_once


def pause_after(failures: int) -> float:
    """Seconds to wait before the restart that follows the given number of failures in a row."""
    return PAUSES[min(max(failures, 1), len(PAUSES)) - 1]


@dataclass
class Child:
    """A program with the process that runs it just now; times are of the monotonic clock."""

    program: Program
    pid_file: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        argv = [sys.executable, launcher.__file__, str(os.getpid()), *self.program.argv]
        self.process = subprocess.Popen(  # noqa: S603 - our own programs, no shell, no user input
            argv, env=os.environ | dict(self.program.env), start_new_session=True
        )
        self.started = time.monotonic()
        processes.remember(self.pid_file, self.process.pid)

    def look_after(self, now: float, say: Say) -> None:
        """Notice that the process ended and start it again when its pause is over."""
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.failures = 1 if now - self.started > HEALTHY_SECONDS else self.failures + 1
        pause = pause_after(self.failures)
        self.process, self.due = None, now + pause
        say(f"{self.program.name} ended ({code}); starting it again in {pause:.0f} s")

    def stop(self) -> None:
        """Ask the process to end, wait, then end its whole group; safe to call twice."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.process = None
        self.pid_file.unlink(missing_ok=True)


class Supervisor:
    """Runs programs in the given order until SIGINT or SIGTERM and stops them in reverse."""

    def __init__(self, programs: Sequence[Program], state_dir: Path, say: Say) -> None:
        self.state_dir = state_dir
        self.say = say
        self.children = [Child(p, state_dir / f"{p.name}.pid") for p in programs]
        self.stopping = False

    def run(self, on_ready: Callable[[], None]) -> None:
        """Keep everything running; returns after a stop signal. Raises SupervisorError."""
        self.state_dir.mkdir(parents=True, exist_ok=True)
        with _only_one(self.state_dir / "supervisor.lock"), self._signals():
            try:
                self._reap()
                self._start()
                if not self.stopping:
                    on_ready()
                while not self.stopping:
                    time.sleep(POLL_SECONDS)
                    self._look_after()
            finally:
                self._stop()

    def _reap(self) -> None:
        for pid_file in self.state_dir.glob("*.pid"):
            if processes.reap(pid_file):
                self.say(f"{pid_file.stem}: ended what an earlier start had left behind")

    def _start(self) -> None:
        for child in self.children:
            if self.stopping:
                return
            child.program.require()
            child.start()
            self._wait_until_ready(child)

    def _wait_until_ready(self, child: Child) -> None:
        end = time.monotonic() + READY_SECONDS
        while not self.stopping and not child.program.is_ready():
            if time.monotonic() > end:
                raise SupervisorError(
                    f"{child.program.name} does not answer after {READY_SECONDS:.0f} s; "
                    f"its reason stands above or in {child.pid_file.parent}."
                )
            time.sleep(POLL_SECONDS)
            self._look_after()

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is not None or child.failures:
                child.look_after(now, self.say)

    def _stop(self) -> None:
        for child in reversed(self.children):
            child.stop()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        numbers = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
        if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
            numbers.remove(signal.SIGHUP)  # under nohup, which means to go on
        before = {number: signal.signal(number, self._on_signal) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.stopping = True


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """The lock goes with the process, however it ends; the file may stay."""
    with lock.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SupervisorError("Winback is already running from this folder.") from error
        yield
