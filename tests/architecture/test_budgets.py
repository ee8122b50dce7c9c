"""Every budget holds for the project, and every checker sees the fault that is planted for it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import budgets, tree

Check = Callable[[Path], list[str]]
SMALL = "VALUE = 1\n"
BODY = "    x = 1\n"


@pytest.mark.parametrize("budget", budgets.BUDGETS, ids=lambda budget: budget.__name__)
def test_budget_holds(budget: Check) -> None:
    assert budget(tree.ROOT) == []


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small tree within every budget."""
    write(tmp_path, "accounts/models.py", SMALL)
    write(tmp_path, "accounts/apps.py", "def ready():\n    import accounts.obligations\n")
    write(tmp_path, "accounts/migrations/0001_initial.py", SMALL * 500)
    write(tmp_path, "tests/test_models.py", SMALL * 4)
    write(tmp_path, "templates/base.html", '<script src="a.js"></script>\n<p class="a">once</p>\n')
    write(tmp_path, "templates/reports/audit.html", "<style>p { color: red }</style>\n")
    write(tmp_path, "static/css/base.css", "p { margin: 0 }\n")
    write(tmp_path, "requirements.txt", "django==5.2 \\\n    --hash=sha256:00\n")
    write(tmp_path, "var/run/secret.txt", "/home/" + "somebody/x\n")
    return tmp_path


@pytest.mark.parametrize("budget", budgets.BUDGETS, ids=lambda budget: budget.__name__)
def test_budget_is_silent_about_a_good_tree(budget: Check, root: Path) -> None:
    assert budget(root) == []


def uneven(count: int) -> str:
    """Text that does not compress away."""
    marks = (hashlib.sha256(str(number).encode()).hexdigest() for number in range(count))
    return "".join(f"/* {mark} */\n" for mark in marks)


PLANTED: list[tuple[Check, str, str]] = [
    (budgets.long_files, "winback/cases/models.py", SMALL * 401),
    (budgets.median_length, "accounts/models.py", SMALL * 161),
    (budgets.long_functions, "accounts/services.py", "def f():\n" + BODY * 40),
    (budgets.long_functions, "accounts/services.py", "class A:\n  async def f(s):\n" + BODY * 40),
    (budgets.long_functions, "accounts/views.py", "def f():\n" + BODY * 30),
    (budgets.long_functions, "accounts/views/people.py", "def f():\n" + BODY * 30),
    (budgets.local_imports, "accounts/services.py", "def f():\n    import os\n"),
    (budgets.local_imports, "accounts/services.py", "def ready():\n    from os import path\n"),
    (budgets.local_imports, "accounts/apps.py", "def steady():\n    from os import path\n"),
    (budgets.long_templates, "templates/cases/case_detail.html", "<p>\n" * 151),
    (budgets.long_styles, "static/css/pages/case.css", "p { margin: 0 }\n" * 251),
    (budgets.heavy_styles, "static/css/a.css", "p { margin: 0 }\n" * 4000),
    (budgets.heavy_styles, "static/css/a.css", uneven(500)),
    (budgets.inline_code, "templates/a.html", '<p style="color: red">'),
    (budgets.inline_code, "templates/a.html", "<button onclick='go()'>"),
    (budgets.inline_code, "templates/a.html", "<script>go()</script>"),
    (budgets.inline_code, "templates/a.html", '<script type="module">go()</script>'),
    (budgets.inline_code, "templates/a.html", "<style>p {}</style>"),
    (budgets.open_notes, "accounts/models.py", "# TO" + "DO later\n"),
    (budgets.open_notes, "templates/a.html", "{# FIX" + "ME #}\n"),
    (budgets.addresses_in_requirements, "requirements-dev.txt", "a @ https" + "://x.example/a.whl"),
    (budgets.addresses_in_requirements, "requirements.txt", "--find-links file" + ":///wheels"),
    (budgets.machine_paths, "docs/a.md", "see /home/" + "somebody/winback\n"),
    (budgets.machine_paths, "accounts/a.py", "PATH = '/root/" + "winback'\n"),
    (budgets.few_tests, "accounts/services.py", SMALL * 10),
]


@pytest.mark.parametrize(("budget", "name", "text"), PLANTED)
def test_budget_sees_a_planted_fault(budget: Check, name: str, text: str, root: Path) -> None:
    write(root, name, text)
    assert budget(root) != []


def test_crowded_top_level_sees_one_entry_too_many(root: Path) -> None:
    for number in range(budgets.TOP_LEVEL_ENTRIES):
        (root / f"file{number}").touch()
    assert budgets.crowded_top_level(root) != []


@pytest.mark.parametrize(
    ("budget", "name", "text"),
    [
        (budgets.long_functions, "accounts/services.py", "def f():\n" + BODY * 39),
        (budgets.long_functions, "accounts/views.py", "def f():\n" + BODY * 29),
        (budgets.inline_code, "templates/a.html", '<p data-style="x" class="onset">One = "a"</p>'),
        (budgets.machine_paths, "docs/a.md", "GET https" + "://winback.example/home/page\n"),
        (budgets.open_notes, "static/js/a.js", "todos.push(1)\n"),
    ],
)
def test_budget_is_silent_just_within_the_limit(
    budget: Check, name: str, text: str, root: Path
) -> None:
    write(root, name, text)
    write(root, "tests/test_more.py", SMALL * 100)
    assert budget(root) == []
