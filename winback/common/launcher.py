"""Start a program that must not outlive the supervisor: ``launcher.py PARENT_PID PROGRAM ARGS…``.

Run as a plain script, so nothing but the standard library is loaded before the program itself.
Linux tells the program when its parent dies, even by ``kill -9``. Other systems have no such
signal; there the next start ends what was left behind (see ``supervisor.reap``).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, argv: list[str]) -> None:
    """Become ``argv``; does not return. Ends at once if the parent has already gone."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("the supervisor has gone")
    os.execvp(argv[0], argv)  # noqa: S606 - the whole purpose; the supervisor names the program


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
