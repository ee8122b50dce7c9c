"""Know a process again by its number and its start, and end what an earlier start left behind."""

import os
import platform
import signal
import subprocess
import time
from pathlib import Path

REAP_SECONDS = 5.0
_PROC_STARTED_AT = 19  # field 22 of /proc/PID/stat, counted after the command's closing bracket


def started_at(pid: int) -> str | None:
    """When process ``pid`` started, in the system's own notation; None if it does not run.

    Numbers are given again, so a number alone does not say that it is still the same process.
    """
    if platform.system() == "Linux":
        return _started_at_linux(pid)
    shown = subprocess.run(  # noqa: S603 - a fixed command and a number
        ["ps", "-o", "lstart=", "-p", str(pid)],  # noqa: S607 - its folder differs by system
        capture_output=True,
        text=True,
        check=False,
    )
    return shown.stdout.strip() or None


def _started_at_linux(pid: int) -> str | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in ("Z", "X") else fields[_PROC_STARTED_AT]


def remember(path: Path, pid: int) -> None:
    """Note a running process in ``path`` so that the next start can find it."""
    path.write_text(f"{pid}\n{started_at(pid)}\n")


def recall(path: Path) -> int | None:
    """The process noted in ``path``, if it is still the same one and still runs."""
    try:
        pid, started = path.read_text().splitlines()
    except (FileNotFoundError, ValueError):
        return None
    return int(pid) if started_at(int(pid)) == started else None


def reap(path: Path, seconds: float = REAP_SECONDS) -> bool:
    """End the group of the process noted in ``path`` and forget it; True if one was running."""
    pid = recall(path)
    if pid is not None:
        _signal_group(pid, signal.SIGTERM)
        if not _is_gone_within(pid, seconds):
            _signal_group(pid, signal.SIGKILL)
            _is_gone_within(pid, seconds)
    path.unlink(missing_ok=True)
    return pid is not None


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _is_gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while started_at(pid) is not None:
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
