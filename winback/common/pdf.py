"""From HTML to a tagged PDF. Only task code imports this module: WeasyPrint costs 1.2 s and 50 MB.

A document may load nothing: no address, no local file. The fonts, and the images a caller hands in
as bytes, are served under names of our own ("font:…", "image:…"); anything else ends the rendering.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import font_source_sans_pro
from django.utils.translation import gettext
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

REPORT_SHEETS: Final = tuple(
    Path(__file__).resolve().parents[2] / "templates" / "reports" / name
    for name in ("page.css", "tables.css", "parts.css")
)
MAX_CHARACTERS: Final = 1_000_000
"""About 190 pages or 250 MB of memory; longer lists belong into a table file."""

_LOGGER: Final = logging.getLogger("weasyprint")
_FAMILY: Final = "Source Sans Pro"
_FACES: Final = {
    "regular": (400, "normal"),
    "italic": (400, "italic"),
    "semibold": (600, "normal"),
    "bold": (700, "normal"),
}
_FILES: Final = {
    "font:regular": "SourceSansPro-Regular.ttf",
    "font:italic": "SourceSansPro-It.ttf",
    "font:semibold": "SourceSansPro-Semibold.ttf",
    "font:bold": "SourceSansPro-Bold.ttf",
}


class RenderError(Exception):
    """The report cannot be made; the message says why in words for the person who asked for it."""


class _ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves the given names from memory and refuses every other address."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._files = files

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the bytes behind one of our names. Raises ValueError for any other."""
        if url not in self._files:
            raise ValueError(url)
        return URLFetcherResponse(url, self._files[url])


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished document and how many pages it has."""

    data: bytes
    pages: int


def render_pdf(
    html: str,
    *,
    stylesheets: Sequence[Path] = REPORT_SHEETS,
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the bytes of ``print_pdf``."""
    return print_pdf(html, stylesheets=stylesheets, images=images).data


def print_pdf(
    html: str,
    *,
    stylesheets: Sequence[Path] = REPORT_SHEETS,
    images: Mapping[str, bytes] | None = None,
) -> Printed:
    """Return `html` as PDF/UA-1: tagged, with language, title, outline and one embedded typeface.

    `html` needs `lang` and `<title>`; user text in it must be escaped. `images` maps names to
    PNG or JPEG bytes, used as `<img src="image:NAME" alt="…">`. The first call in
    a process also sets up the fonts. Raises RenderError.
    """
    if len(html) > MAX_CHARACTERS:
        raise RenderError(gettext("The report is too long to print. Choose a shorter period."))
    fetcher = _ClosedFetcher({f"image:{name}": data for name, data in (images or {}).items()})
    fonts, sheets = _typesetting(tuple(stylesheets))
    pages: list[int] = []
    with _complaints() as complaints:
        try:
            document = HTML(string=html, base_url=None, url_fetcher=fetcher)
            pdf: bytes = document.write_pdf(
                finisher=lambda laid_out, _pdf: pages.append(len(laid_out.pages)),
                font_config=fonts,
                stylesheets=list(sheets),
                pdf_variant="pdf/ua-1",
            )
        except FatalURLFetchingError as error:
            raise RenderError(
                gettext("The report names a file or an address it may not load: %(name)s")
                % {"name": error.__cause__}
            ) from error
    if complaints:
        raise RenderError(
            gettext("A picture of the report cannot be drawn: %(reason)s")
            % {"reason": complaints[0]}
        )
    return Printed(pdf, sum(pages))


class _Complaints(logging.Handler):
    """Collects what the renderer logs as an error: it leaves a hole and goes on, we do not."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reasons: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.reasons.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    handler = _Complaints()
    _LOGGER.addHandler(handler)
    try:
        yield handler.reasons
    finally:
        _LOGGER.removeHandler(handler)


@cache
def _typesetting(stylesheets: tuple[Path, ...]) -> tuple[FontConfiguration, tuple[CSS, ...]]:
    """Return fonts and parsed sheets; kept for the life of the worker."""
    fonts = FontConfiguration()
    fetcher = _ClosedFetcher(_font_files())
    sources = [_font_faces(), *(path.read_text(encoding="utf-8") for path in stylesheets)]
    sheets = [CSS(string=source, font_config=fonts, url_fetcher=fetcher) for source in sources]
    return fonts, tuple(sheets)


def _font_files() -> dict[str, bytes]:
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    return {name: (folder / file).read_bytes() for name, file in _FILES.items()}


def _font_faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{_FAMILY}"; font-weight: {weight}; font-style: {style};'
        f" src: url(font:{name}); }}\n"
        for name, (weight, style) in _FACES.items()
    )
