"""One door for every file: size, name, content, and whether the two fit together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from winback.documents.rules import names
from winback.documents.rules.images import TYPES, rewrite
from winback.documents.rules.office import MAIN_PARTS, check_office
from winback.documents.rules.papers import check_pdf, check_text
from winback.documents.rules.refusal import Refused

_OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_TYPES = {
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
}
IMAGE_KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
TEXT_TYPES = {"txt": "text/plain", "csv": "text/csv"}
PDF_TYPE = "application/pdf"
ACCEPTED = ("pdf", *IMAGE_KINDS, *OFFICE_TYPES, *TEXT_TYPES)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be: bytes as sent, bytes unpacked, pixels of a picture."""

    size: int
    unpacked: int
    pixels: int


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed the door; only such a file can be stored. ``name`` is data, no path."""

    name: str
    content_type: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def sha256(self) -> str:
        """Of the bytes that are stored, as 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def check(name: str, data: bytes, limits: Limits) -> CheckedFile:
    """Judge a file by its content; the claimed type of the sender counts for nothing.

    Raises:
        Refused: it is empty, too large, of no accepted kind, or not what its name says.
    """
    if not data:
        raise Refused(_("The file is empty."))
    if len(data) > limits.size:
        raise Refused(too_large(limits.size))
    clean_name = names.tidy(name)
    ending = names.ending(clean_name)
    if ending not in ACCEPTED:
        raise Refused(_not_accepted())
    if _real_kind(data) != _claimed_kind(ending):
        raise Refused(
            _("The content of the file does not fit its extension “.%(ending)s”.")
            % {"ending": ending}
        )
    return CheckedFile(clean_name, *_content(data, ending, limits))


def _claimed_kind(ending: str) -> str:
    if ending in OFFICE_TYPES:
        return "archive"
    if ending in TEXT_TYPES:
        return "text"
    return IMAGE_KINDS.get(ending, "pdf")


def _real_kind(data: bytes) -> str:
    """What the first bytes say; everything without a known mark may still be text."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith(b"PK"):
        return "archive"
    return "text"


def _content(data: bytes, ending: str, limits: Limits) -> tuple[str, bytes]:
    """Content type and the bytes to store: pictures and text are written anew."""
    if ending in IMAGE_KINDS:
        kind = IMAGE_KINDS[ending]
        return TYPES[kind], rewrite(data, kind, limits.pixels)
    if ending in TEXT_TYPES:
        return TEXT_TYPES[ending], check_text(data)
    if ending in MAIN_PARTS:
        check_office(data, ending, limits.unpacked)
        return OFFICE_TYPES[ending], data
    check_pdf(data)
    return PDF_TYPE, data


def too_large(limit: int) -> str:
    """The refusal of a file beyond ``limit`` bytes, in MB."""
    return _("The file is larger than %(count)d MB.") % {"count": limit // 1_000_000}


def _not_accepted() -> str:
    return _(
        "This kind of file is not accepted. Possible are PDF, JPEG, PNG, WebP, DOCX, XLSX, PPTX, "
        "TXT and CSV. Save an e-mail as PDF."
    )
