"""Photos: read, turned upright and written anew, so that nothing hidden comes along."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from winback.documents.rules.refusal import Refused

#: format of the library → content type
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def rewrite(data: bytes, kind: str, max_pixels: int) -> bytes:
    """The picture alone, as ``kind``: no EXIF (no place, no device), no comments, no second frame.

    The size is read before the picture is unpacked, so a decompression bomb costs nothing.
    """
    try:
        with warnings.catch_warnings(), _whole_pictures():
            # The library only warns of large pictures; our own limit decides.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as picture:
                width, height = picture.size
                if width * height > max_pixels:
                    raise Refused(_too_large(max_pixels))
                upright = ImageOps.exif_transpose(picture)
                return _written(upright, kind)
    except Image.DecompressionBombError as bomb:
        raise Refused(_too_large(max_pixels)) from bomb
    except (OSError, ValueError, SyntaxError, EOFError) as broken:
        raise Refused(_("The picture is damaged and cannot be read.")) from broken


def smaller(data: bytes, side: int) -> bytes:
    """The picture as JPEG, no edge longer than ``side``; of a file that passed the door."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.thumbnail((side, side))
        return _written(picture, "JPEG")


@contextmanager
def _whole_pictures() -> Iterator[None]:
    """A process that has printed reads half pictures (WeasyPrint sets it so); not from here."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _written(picture: Image.Image, kind: str) -> bytes:
    keeps_alpha = kind != "JPEG" and ("A" in picture.getbands() or "transparency" in picture.info)
    clean = picture.convert("RGBA" if keeps_alpha else "RGB")
    clean.info = {}
    out = io.BytesIO()
    options = {} if kind == "PNG" else {"quality": 90}
    clean.save(out, format=kind, **options)
    return out.getvalue()


def _too_large(max_pixels: int) -> str:
    return _("The picture has more than %(count)d million pixels. Please make it smaller.") % {
        "count": max_pixels // 1_000_000
    }
