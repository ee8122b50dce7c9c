"""Photos of every make: what stays of them is the picture, and nothing but the picture."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from winback.documents.rules import Refused
from winback.documents.rules.images import rewrite

LIMIT = 1_000_000
ORIENTATION, MAKER, ARTIST = 0x0112, 0x010F, 0x013B


def made(kind: str, mode: str = "RGB", size: tuple[int, int] = (6, 4), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, format=kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("JPEG", "RGB", "RGB"),
        ("JPEG", "L", "RGB"),
        ("JPEG", "CMYK", "RGB"),
        ("PNG", "RGB", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "L", "RGB"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "P", "RGB"),
        ("PNG", "1", "RGB"),
        ("PNG", "I;16", "RGB"),
        ("WEBP", "RGB", "RGB"),
        ("WEBP", "RGBA", "RGBA"),
    ],
)
def test_every_mode_is_written_in_a_plain_one(kind: str, mode: str, kept: str) -> None:
    image = opened(rewrite(made(kind, mode), kind, LIMIT))
    assert (image.format, image.mode, image.size) == (kind, kept, (6, 4))


@pytest.mark.parametrize(
    ("value", "turned"),
    [(1, False), (2, False), (3, False), (4, False), (5, True), (6, True), (7, True), (8, True)],
)
def test_every_way_of_holding_the_camera_stands_upright(value: int, turned: bool) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = value
    image = opened(rewrite(made("JPEG", exif=exif), "JPEG", LIMIT))
    assert image.size == ((4, 6) if turned else (6, 4))
    assert not image.getexif()


def test_nobody_is_named_in_a_photo() -> None:
    exif = Image.Exif()
    exif[MAKER], exif[ARTIST] = "GEHEIM-Kamera", "GEHEIM-Person"
    for kind in ("JPEG", "PNG", "WEBP"):
        data = made(kind, exif=exif)
        assert b"GEHEIM" in data
        assert b"GEHEIM" not in rewrite(data, kind, LIMIT)


def test_texts_inside_a_png_are_gone() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "GEHEIM <script>alert(1)</script>")
    notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>GEHEIM</x:xmpmeta>")
    data = made("PNG", pnginfo=notes)
    assert b"GEHEIM" in data
    assert b"GEHEIM" not in rewrite(data, "PNG", LIMIT)


def test_comment_and_profile_of_a_jpeg_are_gone() -> None:
    data = made("JPEG", comment=b"GEHEIM", icc_profile=b"GEHEIM" * 40)
    assert b"GEHEIM" in data
    assert b"GEHEIM" not in rewrite(data, "JPEG", LIMIT)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_picture_keeps_its_first_frame(kind: str) -> None:
    frames = [Image.new("RGB", (6, 4), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, format=kind, save_all=True, append_images=frames[1:], duration=100)
    image = opened(rewrite(out.getvalue(), kind, LIMIT))
    assert getattr(image, "n_frames", 1) == 1
    red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]  # three bands
    assert red > 200
    assert max(green, blue) < 60


def test_transparent_colour_of_a_palette_stays_transparent() -> None:
    image = Image.new("P", (4, 4), 0)
    image.putpalette([255, 0, 0] + [0] * 765)
    out = io.BytesIO()
    image.save(out, format="PNG", transparency=0)
    assert opened(rewrite(out.getvalue(), "PNG", LIMIT)).getpixel((0, 0))[3] == 0  # type: ignore[index]  # four bands


def test_writing_twice_is_harmless() -> None:
    once = rewrite(made("PNG", "RGBA"), "PNG", LIMIT)
    assert rewrite(once, "PNG", LIMIT) == once


@pytest.mark.parametrize(("size", "fits"), [((10, 10), True), ((10, 11), False), ((1, 101), False)])
def test_limit_counts_pixels(size: tuple[int, int], fits: bool) -> None:
    data = made("PNG", size=size)
    if fits:
        assert rewrite(data, "PNG", 100)
        return
    with pytest.raises(Refused):
        rewrite(data, "PNG", 100)


@pytest.mark.parametrize("asked", ["JPEG", "WEBP"])
def test_picture_of_another_kind_is_refused(asked: str) -> None:
    with pytest.raises(Refused):
        rewrite(made("PNG"), asked, LIMIT)


@pytest.mark.parametrize("cut", [10, 30, 50, 60])
def test_picture_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(Refused):
        rewrite(made("PNG", size=(40, 40))[:cut], "PNG", LIMIT)


def test_picture_cut_short_is_refused_where_reports_are_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(Refused):
        rewrite(made("PNG", size=(40, 40))[:60], "PNG", LIMIT)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True  # as the others want it
