"""The joined style sheet and the fonts: made in layers, anew when a source changes, and small."""

import gzip
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import font_source_sans_pro
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from winback.common import webfonts
from winback.common.styles import (
    FONTS,
    LAYERS,
    STYLE_SHEET,
    BuiltFilesFinder,
    join_styles,
    web_font,
)

CSS = settings.BASE_DIR / "static" / "css"
DECLARATION = re.compile(r"(--[\w-]+): ([^;]+);")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "css"
    (folder / "components").mkdir(parents=True)
    (folder / "reset.css").write_text("* { margin: 0; }\n")
    (folder / "print.css").write_text("a { color: inherit; }\n")
    (folder / "components" / "b.css").write_text(".b { color: red; }\n")
    (folder / "components" / "a.css").write_text(".a { color: red; }\n")
    return folder


@pytest.fixture
def finder(source: Path, tmp_path: Path) -> BuiltFilesFinder:
    return BuiltFilesFinder(source=source, target=tmp_path / "built")


def built(finder: BuiltFilesFinder) -> str:
    return Path(str(finder.find(STYLE_SHEET))).read_text()


def test_join_orders_layers_and_wraps_each_file(source: Path) -> None:
    joined = join_styles(source)
    assert joined.startswith(f"@layer {', '.join(LAYERS)};\n")
    places = [joined.index(part) for part in ("margin: 0", ".a {", ".b {", "color: inherit")]
    assert places == sorted(places)
    assert joined.count("@layer components {") == 2


def test_join_ignores_files_outside_every_layer(source: Path) -> None:
    (source / "stray.css").write_text(".stray { color: red; }")
    assert ".stray" not in join_styles(source)


def test_finder_makes_sheet_anew_when_a_source_is_newer(
    finder: BuiltFilesFinder, source: Path
) -> None:
    assert ".b { color: red; }" in built(finder)
    changed = source / "components" / "b.css"
    changed.write_text(".b { color: blue; }")
    later = changed.stat().st_mtime + 10
    os.utime(changed, (later, later))
    assert ".b { color: blue; }" in built(finder)


def test_finder_makes_sheet_anew_when_a_file_is_gone(
    finder: BuiltFilesFinder, source: Path
) -> None:
    assert ".b {" in built(finder)
    (source / "components" / "b.css").unlink()
    later = source.stat().st_mtime + 10
    os.utime(source / "components", (later, later))
    assert ".b {" not in built(finder)


def test_finder_keeps_sheet_when_nothing_changed(finder: BuiltFilesFinder) -> None:
    path = Path(str(finder.find(STYLE_SHEET)))
    later = path.stat().st_mtime + 10
    os.utime(path, (later, later))
    before = path.stat().st_mtime_ns
    finder.find(STYLE_SHEET)
    assert path.stat().st_mtime_ns == before


def test_finder_answers_only_for_its_own_files(finder: BuiltFilesFinder) -> None:
    assert finder.find("css/other.css") is None
    assert finder.find("css/other.css", find_all=True) == []
    found = finder.find(STYLE_SHEET, find_all=True)
    assert isinstance(found, list)
    assert len(found) == 1


def test_finder_lists_every_file_unless_ignored(finder: BuiltFilesFinder) -> None:
    assert {path for path, _ in finder.list(None)} == {STYLE_SHEET, *FONTS}
    assert {path for path, _ in finder.list(["*.woff2"])} == {STYLE_SHEET}
    assert finder.check() == []


def test_finder_leaves_no_half_written_files(finder: BuiltFilesFinder) -> None:
    list(finder.list(None))
    assert [path.name for path in finder.target.rglob(".new-*")] == []


@pytest.mark.parametrize("path", FONTS)
def test_web_font_holds_german_text_and_is_small(finder: BuiltFilesFinder, path: str) -> None:
    made = Path(str(finder.find(path)))
    assert made.stat().st_size < 25_000
    with TTFont(made) as font:
        assert font.flavor == "woff2"
        characters = font.getBestCmap()
    missing = [sign for sign in "ÄäÖöÜüßẞéğłš€–„“−≥→✓" if ord(sign) not in characters]
    assert missing == []


def test_making_fonts_leaves_their_tools_out_of_the_web_process() -> None:
    tools = "('fontTools', 'weasyprint')"
    asked = "import sys, winback.wsgi, winback.urls, winback.common.styles; "
    asked += f"print([name for name in {tools} if name in sys.modules])"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "winback.settings"}
    run = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == "[]", run.stderr


def test_font_is_the_same_within_and_as_a_program() -> None:
    original = Path(font_source_sans_pro.font_directory) / FONTS["fonts/source-sans-400.woff2"]
    within = TTFont(BytesIO(webfonts.web_font(original)))
    outside = TTFont(BytesIO(web_font(original)))
    assert within.getBestCmap() == outside.getBestCmap()
    assert set(within.getBestCmap()) <= set(webfonts.CHARACTERS)


def test_a_font_that_cannot_be_made_is_not_served_empty(finder: BuiltFilesFinder) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        web_font(Path("there-is-no-such-font.ttf"))


def test_static_files_serve_the_joined_sheet() -> None:
    found = finders.find(STYLE_SHEET)
    assert isinstance(found, str)
    assert ".btn" in Path(found).read_text()


def test_sheet_stays_within_its_budget() -> None:
    joined = join_styles(CSS).encode()
    assert len(joined) <= 60_000
    assert len(gzip.compress(joined, 9)) <= 14_000


def test_style_files_stay_short() -> None:
    lengths = {path.name: len(path.read_text().splitlines()) for path in CSS.rglob("*.css")}
    assert {name: n for name, n in lengths.items() if n > 250} == {}


def test_every_style_file_belongs_to_a_layer() -> None:
    stray = [
        str(path.relative_to(CSS))
        for path in CSS.rglob("*.css")
        if path.relative_to(CSS).parts[0].removesuffix(".css") not in LAYERS
    ]
    assert stray == []


def test_dark_colours_are_the_same_by_choice_and_by_device() -> None:
    tokens = (CSS / "tokens.css").read_text()
    chosen, device = tokens.split("color-scheme: dark;")[1:]
    by_choice = dict(DECLARATION.findall(chosen.split("}")[0]))
    by_device = dict(DECLARATION.findall(device.split("}")[0]))
    assert by_choice == by_device
    assert len(by_choice) > 20


def test_every_colour_token_in_use_is_defined() -> None:
    joined = join_styles(CSS)
    used = set(re.findall(r"var\((--[\w-]+)", joined))
    assert used - {name for name, _ in DECLARATION.findall(joined)} == set()
