import stat
from pathlib import Path

import pytest

from winback.common import broker


def test_socket_stands_in_the_state_folder() -> None:
    assert broker.socket_path(Path("/srv/winback/var/run")) == Path(
        "/srv/winback/var/run/valkey.sock"
    )


@pytest.mark.parametrize("letter", ["a", "ä"])
def test_socket_of_a_deep_folder_moves_to_the_temporary_folder(letter: str) -> None:
    deep = Path("/" + letter * 110)
    path = broker.socket_path(deep)
    assert len(bytes(path)) <= broker.LONGEST_SOCKET_PATH
    assert path == broker.socket_path(deep)
    assert path != broker.socket_path(deep / "other")


def test_socket_path_counts_bytes_not_letters() -> None:
    assert broker.socket_path(Path("/" + "ä" * 60)).parent != Path("/" + "ä" * 60)


def test_socket_folder_is_open_to_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "run" / "valkey.sock"
    broker.make_socket_dir(path)
    broker.make_socket_dir(path)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_socket_folder_that_was_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o755)
    broker.make_socket_dir(folder / "valkey.sock")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_answers_where_no_server_runs(tmp_path: Path) -> None:
    assert broker.answers(tmp_path / "valkey.sock") is False


def test_server_takes_no_port_and_writes_no_file(tmp_path: Path) -> None:
    command = list(broker.server_command(tmp_path / "valkey.sock"))
    assert command[command.index("--port") + 1] == "0"
    assert command[command.index("--save") + 1] == ""
    assert Path(command[0]).is_file()
