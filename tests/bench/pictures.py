"""``./dev pictures``: the pictures of README and docs, taken from a demo of its own in Chromium."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.machine import ROOT, manage, web

FOLDER = ROOT / "docs" / "pictures"
PASSWORD = "Rueckgewinnung-Probe"  # as printed by the demo
#: What a picture may weigh.
LIMIT = 120_000
DESKTOP, TABLET = (1360, 850), (820, 1100)
KAYA, LINDNER = "aylin.kaya@winback-demo.example", "maria.lindner@winback-demo.example"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a person sees it; ``{case}`` is the practice case."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False


PICTURES = (
    Picture("work", KAYA, "/meine-arbeit/"),
    Picture("case", KAYA, "/faelle/{case}/"),
    Picture("plan-dark", KAYA, "/faelle/{case}/plan/", dark=True),
    Picture("kpis", KAYA, "/faelle/{case}/kennzahlen/"),
    Picture("case-tablet", KAYA, "/faelle/{case}/", TABLET),
    Picture("month", LINDNER, "/monat/"),
)


def main(chromium: str | None = None) -> int:
    with tempfile.TemporaryDirectory(prefix="winback-pictures-") as name:
        folder = Path(name)
        env = {**os.environ, "VAR_DIR": str(folder / "var"), "LOG_LEVEL": "ERROR"}
        env["DATABASE_URL"] = f"sqlite:///{folder / 'demo.sqlite3'}"
        manage(env, "prepare")
        with web(env, folder, workers=1, threads=4) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium)
            for picture in PICTURES:
                save(picture.name, _take(browser, picture, f"http://127.0.0.1:{port}"))
            browser.close()
    return 0


def save(name: str, png: bytes, folder: Path = FOLDER) -> Path:
    """Write it small enough: in ever fewer colours, which text bears better than blur."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LIMIT:
            return path
    raise ValueError(f"{path.name} weighs more than {LIMIT} bytes even in 16 colours.")


def _take(browser: Browser, picture: Picture, site: str) -> bytes:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        locale="de-DE",
    )
    page = context.new_page()
    _sign_in(page, picture.who, site)
    page.goto(site + picture.path.format(case=_practice_case(page, site)))
    page.wait_for_load_state("networkidle")
    png = page.screenshot(animations="disabled")
    context.close()
    return png


def _sign_in(page: Page, email: str, site: str) -> None:
    page.goto(f"{site}/anmelden/")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "anmelden" not in url)


def _practice_case(page: Page, site: str) -> str:
    page.goto(f"{site}/faelle/?q=Norhagen")
    link = page.locator("a[href^='/faelle/RG-']").first.get_attribute("href")
    return str(link).split("/")[2]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
