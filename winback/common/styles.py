"""Static files that are made, not written: the joined style sheet and the web fonts."""

from __future__ import annotations

import os
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
from fontTools import subset
from fontTools.ttLib import TTFont

LAYERS = ("reset", "tokens", "base", "layout", "components", "pages", "utilities", "print")
STYLE_SHEET = "css/winback.css"
FONTS = {
    "fonts/source-sans-400.woff2": "SourceSansPro-Regular.ttf",
    "fonts/source-sans-400-italic.woff2": "SourceSansPro-It.ttf",
    "fonts/source-sans-600.woff2": "SourceSansPro-Semibold.ttf",
    "fonts/source-sans-700.woff2": "SourceSansPro-Bold.ttf",
}
# Latin with its extensions, Delta and mu, punctuation, currency, arrows, mathematics, shapes.
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *(0x394, 0x3BC, 0x1E9E),
    *range(0x2000, 0x2070),
    *(0x20AC, 0x2122),
    *range(0x2190, 0x2194),
    *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25B2, 0x25BC, 0x25C6, 0x2713),
)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "case", "frac", "ordn", "pnum"]


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
    """WOFF2 with the characters of European business text."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    with TTFont(original) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        handle, name = tempfile.mkstemp(suffix=".woff2")
        os.close(handle)
        made = Path(name)
        subset.save_font(font, made, options)
    content = made.read_bytes()
    made.unlink()
    return content


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
        return _made(target, [original, Path(__file__)], lambda: web_font(original))


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
