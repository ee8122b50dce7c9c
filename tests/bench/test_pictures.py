"""The pictures of the docs stay few and small, and are those the script takes."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.bench import pictures


def png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def test_pictures_in_the_docs_are_few_small_and_taken_by_the_script() -> None:
    stored = sorted(pictures.FOLDER.iterdir(), key=lambda path: path.stem)
    assert [path.stem for path in stored] == sorted(each.name for each in pictures.PICTURES)
    assert len(stored) <= 6
    assert all(path.stat().st_size <= pictures.LIMIT for path in stored)


def test_readme_shows_three_pictures_that_exist() -> None:
    readme = (pictures.ROOT / "README.md").read_text()
    shown = re.findall(r"!\[[^\]]+\]\((docs/pictures/[^)]+)\)", readme)
    assert len(shown) == 3
    assert all((pictures.ROOT / path).exists() for path in shown)


def test_a_picture_is_saved_in_few_colours(tmp_path: Path) -> None:
    path = pictures.save("page", png(Image.new("RGB", (1360, 850), "white")), tmp_path)
    assert path == tmp_path / "page.png"
    with Image.open(path) as saved:
        assert (saved.mode, saved.size) == ("P", (1360, 850))


def test_a_picture_that_stays_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "LIMIT", 1000)
    noise = Image.frombytes("RGB", (100, 100), os.urandom(30_000))
    with pytest.raises(ValueError, match="even in 16 colours"):
        pictures.save("noise", png(noise), tmp_path)
