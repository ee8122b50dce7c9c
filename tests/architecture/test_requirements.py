import re

import pytest

from tests.architecture import tree

PIN = re.compile(r"^([\w.-]+)==([\w.!+]+)", re.MULTILINE)
USERS = "requirements.txt"
DEVELOPERS = "requirements-dev.txt"


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(tree.read(tree.ROOT / name)))


def test_developers_run_the_versions_that_users_run() -> None:
    developers = pins(DEVELOPERS)
    assert pins(USERS)
    assert {name: developers.get(name) for name in pins(USERS)} == pins(USERS)


@pytest.mark.parametrize("name", [USERS, DEVELOPERS])
def test_every_pin_carries_a_hash(name: str) -> None:
    entries = tree.read(tree.ROOT / name).replace("\\\n", "").splitlines()
    assert [line for line in entries if "==" in line and "--hash=sha256:" not in line] == []
