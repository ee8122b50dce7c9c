"""A small supervisor for tests to kill: ``python -m tests.common.supervised STATE_DIR PORT``."""

import sys
from pathlib import Path

from winback.common import broker
from winback.common.management.commands.serve import port_answers
from winback.common.supervisor import Program, Supervisor, SupervisorError


def _programs(state_dir: Path, port: int) -> list[Program]:
    path = broker.socket_path(state_dir)
    broker.make_socket_dir(path)
    page = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1")
    return [
        Program("broker", broker.server_command(path), is_ready=lambda: broker.answers(path)),
        Program("web", page, is_ready=lambda: port_answers(port)),
        Program("worker", (sys.executable, "-c", "import time; time.sleep(120)")),
    ]


def main(state_dir: Path, port: int) -> None:
    """Run until a stop signal; prints READY when all programs answer."""
    supervisor = Supervisor(_programs(state_dir, port), state_dir, _say)
    try:
        supervisor.run(on_ready=lambda: _say("READY"))
    except SupervisorError as error:
        sys.exit(str(error))
    _say("STOPPED")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
