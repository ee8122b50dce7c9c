"""What the image, the compose file and the README say, read and held against the settings."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.tree import ROOT, read

SETTING = re.compile(r'env\.(?:str|int|bool|list|json|db_url|email_url)\(\s*["\']([A-Z_]+)["\']')
OURS = ("web", "worker", "reports", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(read(ROOT / "docker-compose.yml"))
    return loaded


def settings_read() -> set[str]:
    """Every variable that the settings or the supervisor read from the environment."""
    return set(SETTING.findall(read(ROOT / "winback/settings.py")))


def variables_told(text: str) -> set[str]:
    """The variables of the first column of the table in the README."""
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", text, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_readme_tells_every_variable_and_no_other() -> None:
    assert variables_told(read(ROOT / "README.md")) == settings_read()


def test_a_planted_variable_would_be_noticed() -> None:
    assert variables_told("| `PORT`, `LOG_LEVEL` | `x` |\n| Role | `NOT_ONE` |") == {
        "PORT",
        "LOG_LEVEL",
    }


def literal_defaults() -> dict[str, str]:
    """Variable → default, where the settings write it as a plain number, word or yes and no.

    An empty text says that something else takes its place, which the table puts into words.
    """
    found = {}
    for node in ast.walk(ast.parse(read(ROOT / "winback/settings.py"))):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.")):
            continue
        default = next((word.value for word in node.keywords if word.arg == "default"), None)
        if isinstance(default, ast.Constant) and default.value != "":
            value = default.value
            found[ast.literal_eval(node.args[0])] = (
                str(value).lower() if isinstance(value, bool) else str(value)
            )
    return found


def defaults_told(text: str) -> dict[str, str]:
    """Variable → default as the table tells it; a row of two variables tells two."""
    told = {}
    for names, cell in re.findall(r"^\| (`[A-Z_`, ]+`) \| ([^|]+) \|", text, re.MULTILINE):
        values = [value.strip().strip("`") for value in cell.split(", ")]
        told |= dict(zip(re.findall(r"`([A-Z_]+)`", names), values, strict=False))
    return told


def test_readme_tells_the_defaults_of_the_settings() -> None:
    told = defaults_told(read(ROOT / "README.md"))
    wrong = {
        name: (default, told[name])
        for name, default in literal_defaults().items()
        if told[name] not in {default, "invented"} and not told[name].startswith("true` in")
    }
    assert wrong == {}
    assert len(literal_defaults()) >= 8


def test_a_planted_default_would_be_noticed() -> None:
    planted = "| `PORT` | `9000` | x |\n| `A`, `B` | invented, `HE` | y |"
    assert defaults_told(planted) == {"PORT": "9000", "A": "invented", "B": "HE"}


def test_variables_of_the_compose_file_are_known_to_the_settings(compose: dict[str, Any]) -> None:
    for name in OURS:
        told = {key.removesuffix("_FILE") for key in compose["services"][name]["environment"]}
        assert told <= settings_read() | {"VAR_DIR"}, name
        assert told >= {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"}, name


def test_secrets_come_as_files_and_never_as_values(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for key, value in service.get("environment", {}).items():
            if any(word in key for word in ("SECRET", "PASSWORD", "DATABASE_URL", "EMAIL_URL")):
                assert key.endswith("_FILE"), (name, key)
                assert Path(value).name in service["secrets"], (name, key)
    assert all("file" in secret for secret in compose["secrets"].values())


def test_every_part_that_stays_is_restarted_and_given_time_to_stop(
    compose: dict[str, Any],
) -> None:
    for name in (*OURS, "database", "broker"):
        assert compose["services"][name]["restart"] == "unless-stopped", name
    for name in (*OURS, "database"):
        assert "stop_grace_period" in compose["services"][name], name
    for name in ("web", "worker", "reports", "database", "broker"):
        assert "healthcheck" in compose["services"][name], name


def test_nothing_starts_before_the_database_is_up_to_date(compose: dict[str, Any]) -> None:
    for name in OURS:
        waits = compose["services"][name]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}, name
        assert waits["broker"] == {"condition": "service_healthy"}, name


def test_every_queue_has_its_worker_and_beat_is_alone(compose: dict[str, Any]) -> None:
    commands = {name: compose["services"][name].get("command", "") for name in OURS}
    queues = {name: re.findall(r"-Q (\S+)", text) for name, text in commands.items()}
    assert (queues["worker"], queues["reports"]) == (["winback"], ["reports"])
    assert compose["services"]["beat"]["deploy"] == {"replicas": 1}
    assert sum("beat" in text for text in commands.values()) == 1
    assert not any(re.search(r"worker.* (-B|--beat)\b", text) for text in commands.values())
    assert "mem_limit" in compose["services"]["reports"]


def test_several_webs_do_not_ask_for_the_same_port(compose: dict[str, Any]) -> None:
    (port,) = compose["services"]["web"]["ports"]
    assert re.fullmatch(r"127\.0\.0\.1:(\d+)-(\d+):8000", port)


def test_image_installs_by_hash_and_does_not_run_as_root() -> None:
    steps = re.findall(r"^([A-Z]+) ", read(ROOT / "Dockerfile"), re.MULTILINE)
    assert "--require-hashes" in read(ROOT / "Dockerfile")
    assert steps.index("USER") < steps.index("CMD")
    assert steps.count("CMD") == 1
