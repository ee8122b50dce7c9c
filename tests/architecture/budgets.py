"""The budgets of the house: each function returns what is beyond the budget, readable."""

import ast
import gzip
import re
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.architecture import tree

FILE_LINES = 400
MEDIAN_LINES = 80
FUNCTION_LINES = 40
VIEW_LINES = 30
TEMPLATE_LINES = 150
CSS_LINES = 250
CSS_BYTES = 60 * 1024
CSS_COMPRESSED_BYTES = 14 * 1024
TESTS_TO_PRODUCTION = 1.2
TOP_LEVEL_ENTRIES = 18

# Written with brackets so that this line does not find itself.
_OPEN_NOTE = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
_ADDRESS = re.compile(r"\b(https?|file|git|ssh)(\+\w+)?://")
_INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style\b|<script(?![^>]*\bsrc=)", re.I)
_HOME = re.compile(r"(?<![\w.:/-])/(home|Users|root)/\w")
_COMMON_FOLDERS = {"bin", "etc", "home", "lib", "opt", "proc", "srv", "tmp", "usr", "var", "Users"}

Finding = str


def _longer(paths: list[Path], limit: int, root: Path) -> list[Finding]:
    counted = ((path.relative_to(root), tree.length(path)) for path in paths)
    return [f"{path}: {lines} lines (at most {limit})" for path, lines in counted if lines > limit]


def long_files(root: Path) -> list[Finding]:
    return _longer(tree.production_files(root), FILE_LINES, root)


def long_templates(root: Path) -> list[Finding]:
    return _longer(tree.files(root, "templates", ".html"), TEMPLATE_LINES, root)


def long_styles(root: Path) -> list[Finding]:
    return _longer(tree.files(root, "static", ".css"), CSS_LINES, root)


def median_length(root: Path) -> list[Finding]:
    lengths = [lines for lines in map(tree.length, tree.production_files(root)) if lines]
    median = statistics.median(lengths) if lengths else 0
    return [f"half of the files are longer than {median} lines"] if median > MEDIAN_LINES else []


def heavy_styles(root: Path) -> list[Finding]:
    written = b"".join(path.read_bytes() for path in tree.files(root, "static", ".css"))
    packed = len(gzip.compress(written, compresslevel=9, mtime=0))
    found = []
    if len(written) > CSS_BYTES:
        found.append(f"style sheets: {len(written)} bytes (at most {CSS_BYTES})")
    if packed > CSS_COMPRESSED_BYTES:
        found.append(f"style sheets: {packed} bytes packed (at most {CSS_COMPRESSED_BYTES})")
    return found


def _is_view_module(path: Path) -> bool:
    return path.name == "views.py" or path.parent.name == "views"


def long_functions(root: Path) -> list[Finding]:
    found = []
    for path in tree.production_files(root):
        limit = VIEW_LINES if _is_view_module(path) else FUNCTION_LINES
        found += [
            f"{path.relative_to(root)}: {name} has {lines} lines (at most {limit})"
            for name, lines in tree.functions(path)
            if lines > limit
        ]
    return found


def _local_imports(path: Path) -> Iterator[int]:
    for function in ast.walk(ast.parse(tree.read(path))):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        # Django loads an application's other modules in ready(), the one place that may wait.
        if function.name == "ready" and path.name == "apps.py":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node.lineno


def local_imports(root: Path) -> list[Finding]:
    return [
        f"{path.relative_to(root)}:{line}: import inside a function"
        for path in tree.production_files(root)
        for line in sorted(set(_local_imports(path)))
    ]


def _lines_with(
    paths: list[Path], root: Path, matches: Callable[[str], object]
) -> Iterator[Finding]:
    for path in paths:
        for number, line in enumerate(tree.read(path).splitlines(), start=1):
            if matches(line):
                yield f"{path.relative_to(root)}:{number}: {line.strip()[:100]}"


def open_notes(root: Path) -> list[Finding]:
    return list(_lines_with(tree.text_files(root), root, _OPEN_NOTE.search))


def addresses_in_requirements(root: Path) -> list[Finding]:
    return list(_lines_with(sorted(root.glob("requirements*.txt")), root, _ADDRESS.search))


def inline_code(root: Path) -> list[Finding]:
    """Style or script inside a page; printed reports and mails know no content security policy."""
    exempt = (root / "templates" / "reports", root / "templates" / "emails")
    pages = [
        path
        for path in tree.files(root, "templates", ".html")
        if not any(path.is_relative_to(folder) for folder in exempt)
    ]
    return list(_lines_with(pages, root, _INLINE.search))


def machine_paths(root: Path) -> list[Finding]:
    """Home folders, and the top folder this checkout happens to stand in."""
    first = root.parts[1] if len(root.parts) > 1 else ""
    own = re.compile(rf"(?<![\w.:/-])/{re.escape(first)}/\w")
    patterns = [_HOME] if first in _COMMON_FOLDERS or not first else [_HOME, own]
    return list(
        _lines_with(tree.text_files(root), root, lambda line: any(p.search(line) for p in patterns))
    )


def few_tests(root: Path) -> list[Finding]:
    """Lines of code on both sides: nobody tests a docstring, and nobody should spare one."""
    production = sum(map(tree.code_lines, tree.production_files(root)))
    tests = sum(map(tree.code_lines, tree.test_files(root)))
    if tests >= production * TESTS_TO_PRODUCTION:
        return []
    return [f"{tests} lines of tests for {production} lines (at least × {TESTS_TO_PRODUCTION})"]


def crowded_top_level(root: Path) -> list[Finding]:
    names = sorted(p.name for p in root.iterdir() if not p.name.startswith("."))
    kept = [name for name in names if name not in tree.MADE]
    too_many = len(kept) > TOP_LEVEL_ENTRIES
    return [f"{len(kept)} entries: {', '.join(kept)}"] if too_many else []


BUDGETS: tuple[Callable[[Path], list[Finding]], ...] = (
    long_files,
    median_length,
    long_functions,
    local_imports,
    long_templates,
    long_styles,
    heavy_styles,
    inline_code,
    open_notes,
    addresses_in_requirements,
    machine_paths,
    few_tests,
    crowded_top_level,
)
