"""Read the project's files; every function takes the root, so a planted tree can be read too."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = ("accounts", "audits", "winback")
MADE = {"__pycache__", "var", "node_modules", "test-results"}
TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".js", ".json", ".md", ".po", ".py", ".sh", ".svg",
    ".toml", ".txt", ".yaml", ".yml",
}  # fmt: skip


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def length(path: Path) -> int:
    return len(read(path).splitlines())


def production_files(root: Path) -> list[Path]:
    """Python that runs for users; migrations are generated and do not count."""
    found = (path for name in PRODUCTION for path in (root / name).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def test_files(root: Path) -> list[Path]:
    return sorted((root / "tests").rglob("*.py"))


def files(root: Path, folder: str, suffix: str) -> list[Path]:
    return sorted((root / folder).rglob(f"*{suffix}"))


def text_files(root: Path) -> list[Path]:
    """Everything a person wrote: no hidden folders such as .venv and .git, nothing that is made."""
    return sorted(
        path
        for path in _visible(root)
        if path.suffix in TEXT and path.is_file() and not path.is_symlink()
    )


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with its number of lines, decorators not counted."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def _visible(root: Path) -> Iterator[Path]:
    for path in root.iterdir():
        hidden = path.name.startswith(".") and path.name not in (".ci", ".gitattributes")
        if hidden or path.name in MADE:
            continue
        if path.is_dir():
            yield from _visible(path)
        else:
            yield path
