"""System checks of the machine, run by every management command."""

from collections.abc import Sequence
from ctypes.util import find_library
from typing import Any, Final

from django.apps import AppConfig
from django.core import checks

LIBRARIES: Final = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
}
"""The shared libraries the PDF renderer opens, with the Debian package of each."""


def check_pdf_libraries(
    app_configs: Sequence[AppConfig] | None = None, **_options: Any
) -> list[checks.CheckMessage]:
    """Warn about missing libraries for PDF reports and name the packages.

    It only looks the libraries up: the web process never loads them.
    """
    missing = [package for name, package in LIBRARIES.items() if not find_library(name)]
    if not missing:
        return []
    return [
        checks.Warning(
            "PDF reports cannot be made: system libraries are missing.",
            hint=f"Debian: apt-get install {' '.join(missing)}; macOS: brew install pango",
            id="winback.W001",
        )
    ]
