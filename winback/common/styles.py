"""Static files that are made, not written: the joined style sheet and the web fonts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, overload

import font_source_sans_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

LAYERS = ("reset", "tokens", "base", "layout", "components", "pages", "utilities", "print")
STYLE_SHEET = "css/winback.css"
CUTTER = Path(__file__).with_name("webfonts.py")
FONTS = {
    "fonts/source-sans-400.woff2": "SourceSansPro-Regular.ttf",
    "fonts/source-sans-400-italic.woff2": "SourceSansPro-It.ttf",
    "fonts/source-sans-600.woff2": "SourceSansPro-Semibold.ttf",
    "fonts/source-sans-700.woff2": "SourceSansPro-Bold.ttf",
}


def layer_files(source: Path) -> Iterator[tuple[str, Path]]:
    """Every style file below ``source`` with its layer: ``<layer>.css`` or ``<layer>/*.css``."""
    for layer in LAYERS:
        single = source / f"{layer}.css"
        if single.exists():
            yield layer, single
        for path in sorted((source / layer).glob("*.css")):
            yield layer, path


def join_styles(source: Path) -> str:
    """One style sheet of all files, each inside the layer its place names."""
    parts = [f"@layer {', '.join(LAYERS)};\n"]
    for layer, path in layer_files(source):
        parts.append(f"@layer {layer} {{\n{path.read_text(encoding='utf-8')}}}\n")
    return "".join(parts)


def web_font(original: Path) -> bytes:
    """The font as WOFF2, made by a process of its own."""
    make = [sys.executable, "-I", str(CUTTER), str(original)]
    done = subprocess.run(make, stdout=subprocess.PIPE, check=True)  # noqa: S603  # our own program
    return done.stdout


class BuiltFilesFinder(BaseFinder):
    """Finds the style sheet and the fonts; makes each anew when a source is newer."""

    def __init__(self, *_args: Any, source: Path | None = None, target: Path | None = None) -> None:
        self.source = source or settings.BASE_DIR / "static" / "css"
        self.target = target or settings.VAR_DIR / "static-build"
        self.storage = FileSystemStorage(location=self.target)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    @overload
    def find(self, path: str, find_all: Literal[False] = ...) -> str | None: ...
    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...
    def find(self, path: str, find_all: bool = False) -> list[str] | str | None:
        if path != STYLE_SHEET and path not in FONTS:
            return [] if find_all else None
        found = str(self._build(path))
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in (STYLE_SHEET, *FONTS):
            if not matches_patterns(path, list(ignore_patterns or ())):
                self._build(path)
                yield path, self.storage

    def _build(self, path: str) -> Path:
        target = self.target / path
        if path == STYLE_SHEET:
            # A folder changes when a file is added or removed.
            sources = [self.source, *self.source.rglob("*")]
            return _made(target, sources, lambda: join_styles(self.source).encode())
        original = Path(font_source_sans_pro.font_directory) / FONTS[path]
        return _made(target, [original, CUTTER], lambda: web_font(original))


def _made(target: Path, sources: Iterable[Path], make: Callable[[], bytes]) -> Path:
    """Write ``target`` in one stroke unless it is newer than its sources; processes may race."""
    newest = max(path.stat().st_mtime_ns for path in sources)
    if target.exists() and target.stat().st_mtime_ns > newest:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(make())
    Path(name).chmod(0o644)
    Path(name).replace(target)
    return target
