"""Read the project's files; every function takes the root, so a planted tree can be read too."""

import ast
import io
import tokenize
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


def code_lines(path: Path) -> int:
    """Lines that hold code: no blank ones, no comments, no docstrings."""
    text = read(path)
    words = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in words and token.type != tokenize.ENDMARKER:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - _docstring_lines(ast.parse(text)))


def _docstring_lines(module: ast.Module) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(module):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            found.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return found


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
