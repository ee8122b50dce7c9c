"""The branches of ``./dev`` on machines that lack something, with stand-ins for system tools."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.architecture import tree

TOOLS = ("sh", "dirname", "date", "cat", "cksum", "printf", "env")
PRINT_PACKAGES = "libpangoft2-1.0-0 libharfbuzz-subset0"
ALL_PACKAGES = f"python3 python3-venv {PRINT_PACKAGES}"


class Machine:
    """A folder with a copy of ``dev`` and a PATH that holds only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "winback"
        self.bin = folder / "bin"
        self.log = folder / "log"
        self.home.mkdir()
        self.bin.mkdir()
        self.log.touch()
        shutil.copy(tree.ROOT / "dev", self.home / "dev")
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.home / name).write_text("django==5.2\n")
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, f"this machine has no {tool}"
            (self.bin / tool).symlink_to(found)
        self.user(0)
        self.script("uname", "echo Linux")

    def script(self, name: str, body: str, folder: Path | None = None) -> Path:
        path = (folder or self.bin) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.log}"\n{body}\n')
        path.chmod(0o755)
        return path

    def user(self, number: int) -> None:
        path = self.bin / "id"
        path.write_text(f"#!/bin/sh\necho {number}\n")
        path.chmod(0o755)

    def venv(self) -> None:
        """A virtual environment whose packages are already installed."""
        self.script("python", "exit 0", self.home / ".venv" / "bin")
        for name in ("requirements.txt", "requirements-dev.txt"):
            content = (self.home / name).read_bytes()
            checksum = subprocess.run(["cksum"], input=content, capture_output=True, check=True)
            (self.home / ".venv" / f".stamp-{name}").write_bytes(checksum.stdout)

    def dev(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self.home / "dev", *arguments],
            env={"PATH": str(self.bin)},
            capture_output=True,
            text=True,
            timeout=30,
        )

    def calls(self, name: str) -> Sequence[str]:
        return [line for line in self.log.read_text().splitlines() if line.startswith(f"{name} ")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_bare_debian_as_root_installs_python_and_print_libraries(machine: Machine) -> None:
    machine.script("apt-get", "exit 0")
    done = machine.dev("run")
    assert machine.calls("apt-get") == [
        "apt-get update -q",
        f"apt-get install -q -y --no-install-recommends {ALL_PACKAGES}",
    ]
    assert done.returncode == 1
    assert "no Python 3.11 or newer with venv was found after installing" in done.stderr


def test_debian_user_with_sudo_installs_through_it(machine: Machine) -> None:
    machine.user(1000)
    machine.script("apt-get", "exit 0")
    machine.script("sudo", '"$@"')
    machine.dev("run")
    assert machine.calls("sudo")[0] == "sudo apt-get update -q"
    assert machine.calls("apt-get")[1].endswith(ALL_PACKAGES)


def test_debian_user_without_sudo_is_told_the_command(machine: Machine) -> None:
    machine.user(1000)
    machine.script("apt-get", "exit 0")
    done = machine.dev("run")
    assert done.returncode == 1
    assert f"As root, run: apt-get install {ALL_PACKAGES}" in done.stderr
    assert machine.calls("apt-get") == []


def test_failed_installation_stops_with_its_name(machine: Machine) -> None:
    machine.script("apt-get", "echo 'no network' >&2; exit 100")
    done = machine.dev("run")
    assert done.returncode == 1
    assert "no network" in done.stderr
    assert "installing python3" in done.stderr.splitlines()[-1]


def test_macos_installs_with_brew(machine: Machine) -> None:
    machine.user(501)
    machine.script("brew", "exit 0")
    machine.dev("run")
    assert machine.calls("brew") == ["brew install python@3.13 pango"]


def test_machine_without_a_known_installer_is_told_what_is_needed(machine: Machine) -> None:
    done = machine.dev("run")
    assert done.returncode == 1
    assert "Python 3.11 or newer with venv, Pango and HarfBuzz" in done.stderr


def test_python_that_is_too_old_counts_as_missing(machine: Machine) -> None:
    machine.script("python3", "exit 1")
    machine.script("apt-get", "exit 0")
    machine.dev("run")
    assert machine.calls("apt-get")[1].endswith(ALL_PACKAGES)


def test_only_the_print_libraries_are_installed_when_python_is_there(machine: Machine) -> None:
    machine.script("python3", '[ "$1" = -c ]')
    machine.script("apt-get", "exit 0")
    done = machine.dev("run")
    assert machine.calls("apt-get")[1].endswith(f"recommends {PRINT_PACKAGES}")
    assert "cannot be opened" in done.stderr


def test_first_start_installs_by_hash_and_remembers_it(machine: Machine) -> None:
    machine.script("python3", "exit 0")
    machine.script("python", '[ "$*" != "-m pip --version" ] || exit 1', machine.home / ".venv/bin")
    done = machine.dev("run")
    assert done.returncode == 0, done.stderr
    assert "python3 -m venv .venv" in machine.calls("python3")
    installs = [call for call in machine.calls("python") if "pip install" in call]
    assert len(installs) == 1
    assert installs[0].endswith("--require-hashes -r requirements.txt")

    machine.log.write_text("")
    machine.dev("run")
    assert [call for call in machine.calls("python") if "pip" in call] == []


def test_changed_requirements_are_installed_again(machine: Machine) -> None:
    machine.script("python3", "exit 0")
    machine.venv()
    (machine.home / "requirements.txt").write_text("django==5.2.1\n")
    machine.dev("run")
    assert any("pip install" in call for call in machine.calls("python"))


def test_second_start_goes_straight_to_the_server(machine: Machine) -> None:
    machine.venv()
    done = machine.dev("run")
    assert done.returncode == 0, done.stderr
    assert machine.calls("python") == [
        "python -m winback.common.catalogue",
        "python manage.py prepare",
        "python manage.py serve",
    ]


def test_test_command_hands_its_arguments_to_pytest(machine: Machine) -> None:
    machine.venv()
    done = machine.dev("test", "tests/cases", "-k", "two words")
    assert done.returncode == 0
    assert machine.calls("python")[-1] == "python -m pytest tests/cases -k two words"


@pytest.mark.parametrize(
    ("command", "module"), [("bench", "tests.bench"), ("pictures", "tests.bench.pictures")]
)
def test_measuring_commands_hand_on_their_arguments(
    machine: Machine, command: str, module: str
) -> None:
    machine.venv()
    done = machine.dev(command, "--cases", "10,20")
    assert done.returncode == 0, done.stderr
    assert machine.calls("python")[-1] == f"python -m {module} --cases 10,20"


def test_bench_that_fails_fails_the_command(machine: Machine) -> None:
    machine.venv()
    machine.script("python", '[ "$2" != tests.bench ]', machine.home / ".venv/bin")
    assert machine.dev("bench").returncode == 1


def mac(machine: Machine) -> Path:
    """A Mac with Homebrew, whose libraries lie where macOS does not look by itself."""
    machine.user(501)
    machine.script("uname", "echo Darwin")
    brewed = machine.home.parent / "brewed"
    machine.script("brew", f'[ "$1" != --prefix ] || echo "{brewed}"')
    return brewed


def test_macos_looks_for_the_print_libraries_of_homebrew(machine: Machine) -> None:
    brewed = mac(machine)
    machine.venv()
    machine.script(
        "python",
        f'echo "$DYLD_FALLBACK_LIBRARY_PATH" >>"{machine.log}"',
        machine.home / ".venv/bin",
    )
    done = machine.dev("run")
    assert done.returncode == 0, done.stderr
    assert f"{brewed}/lib:/usr/local/lib:/usr/lib" in machine.log.read_text().splitlines()


def test_macos_first_start_installs_print_libraries_and_then_finds_them(machine: Machine) -> None:
    brewed = mac(machine)
    machine.script(
        "brew",
        f'[ "$1" != --prefix ] || echo "{brewed}"\n[ "$1" != install ] || >"{brewed}.installed"',
    )
    opens = f'[ "$1" = -c ] || [ -n "$DYLD_FALLBACK_LIBRARY_PATH" -a -e "{brewed}.installed" ]'
    machine.script("python3", opens)
    machine.venv()
    (machine.home / ".venv/.stamp-requirements.txt").unlink()
    done = machine.dev("run")
    assert done.returncode == 0, done.stderr
    assert "brew install pango" in machine.calls("brew")


def test_macos_without_homebrew_is_told_what_is_needed(machine: Machine) -> None:
    machine.script("uname", "echo Darwin")
    done = machine.dev("run")
    assert done.returncode == 1
    assert "Install what your system calls" in done.stderr


def test_check_stops_at_the_first_failure_and_names_it(machine: Machine) -> None:
    machine.venv()
    machine.script("ruff", "exit 0", machine.home / ".venv/bin")
    machine.script("mypy", "echo 'a.py:1: error'; exit 1", machine.home / ".venv/bin")
    machine.script("lint-imports", "exit 0", machine.home / ".venv/bin")
    done = machine.dev("check")
    assert done.returncode == 1
    assert "Stopped: types (mypy) failed" in done.stderr
    assert machine.calls("lint-imports") == []


def test_unknown_command_shows_the_usage(machine: Machine) -> None:
    done = machine.dev("fly")
    assert done.returncode == 1
    assert "Usage: ./dev COMMAND" in done.stderr
    assert "there is no command 'fly'" in done.stderr


def test_help_lists_every_command(machine: Machine) -> None:
    shown = machine.dev().stdout
    listed = {line.split()[0] for line in shown.splitlines() if line.startswith("  ")}
    assert listed == {"run", "test", "check", "bench", "pictures", "lock", "messages"}


def test_dev_works_from_any_folder(machine: Machine) -> None:
    machine.venv()
    done = subprocess.run(
        [machine.home / "dev", "test"], cwd="/", env={"PATH": os.fspath(machine.bin)}
    )
    assert done.returncode == 0
