import re
from importlib.metadata import distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture import tree

PIN = re.compile(r"^([\w.-]+)(?:\[([\w,-]+)\])?==([\w.!+]+)", re.MULTILINE)
USERS = "requirements.txt"
DEVELOPERS = "requirements-dev.txt"


def pins(name: str) -> dict[str, str]:
    return {found: version for found, _, version in PIN.findall(tree.read(tree.ROOT / name))}


def pinned_extras(name: str) -> dict[str, set[str]]:
    found = PIN.findall(tree.read(tree.ROOT / name))
    return {package: set(extras.split(",")) - {""} for package, extras, _ in found}


def test_developers_run_the_versions_that_users_run() -> None:
    developers = pins(DEVELOPERS)
    assert pins(USERS)
    assert {name: developers.get(name) for name in pins(USERS)} == pins(USERS)


@pytest.mark.parametrize("name", [USERS, DEVELOPERS])
def test_every_pin_carries_a_hash(name: str) -> None:
    entries = tree.read(tree.ROOT / name).replace("\\\n", "").splitlines()
    assert [line for line in entries if "==" in line and "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("name", [USERS, DEVELOPERS])
def test_every_extra_that_a_package_asks_for_is_pinned_as_such(name: str) -> None:
    """Else pip takes the newest ``name[extra]`` and refuses it for want of a hash."""
    pinned = pinned_extras(name)
    installed = [found for found in distributions() if canonicalize_name(found.name) in pinned]
    asked = [Requirement(line) for package in installed for line in package.requires or []]
    assert any(need.extras for need in asked)
    lacking = [
        str(need)
        for need in asked
        if need.extras and (need.marker is None or need.marker.evaluate({"extra": ""}))
        if not need.extras <= pinned.get(canonicalize_name(need.name), set())
    ]
    assert lacking == []
