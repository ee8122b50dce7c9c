"""Files as people and attackers send them; everything is made here, nothing is shipped."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

from winback.documents.rules import CheckedFile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TYPES = b'<Types><Override PartName="/word/document.xml" ContentType="main+xml"/></Types>'
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    """A small picture; ``options`` go to the library, for instance ``exif``."""
    out = io.BytesIO()
    Image.new("RGB", size, "#336699").save(out, format=kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A photo taken sideways whose EXIF names the camera."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera-GEHEIM"
    exif[0x0112] = 6  # turn it by 90 degrees
    return picture(exif=exif)


def office(ending: str = "docx", parts: dict[str, bytes] | None = None, **replaced: bytes) -> bytes:
    """An Office file with its two necessary parts and ``parts``."""
    entries = {"[Content_Types].xml": TYPES, MAIN[ending]: b"<document/>", **(parts or {})}
    return archive({**entries, **replaced})


def archive(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    """``data`` with the mark of a password at every part."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            changed[start + offset] |= 1
            start = changed.find(mark, start + 1)
    return bytes(changed)


def flipped(data: bytes, place: int) -> bytes:
    """``data`` with one byte turned over."""
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def checked(name: str = "Protokoll.pdf", data: bytes = PDF) -> CheckedFile:
    """A file as the upload field hands it on."""
    return CheckedFile(name, "application/pdf", data)
