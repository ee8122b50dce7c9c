"""Handing out a stored file. No addresses here: the room that refers to it checks access first."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from winback.documents.models import DocumentVersion
from winback.documents.rules.checking import PDF_TYPE, TEXT_TYPES
from winback.documents.rules.images import TYPES, smaller

#: Longest edge of a preview: twice what a card shows, for dense screens.
PREVIEW_SIDE = 256

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
#: Nothing in the file may run, load or send anything.
SANDBOX = f"{_NOTHING}; sandbox"
#: Browsers refuse to start their PDF viewer, a sandbox of its own, inside this sandbox.
SHOWN_PDF = f"{_NOTHING}; style-src 'unsafe-inline'; object-src 'self'"


def send(version: DocumentVersion, *, inline: bool = False) -> HttpResponse:
    """The stored bytes, to be saved; with ``inline`` shown, where a browser can do that safely.

    Call it after the room's own check that the user may see the thing the file belongs to.
    Raises Http404 when the file is missing on the disk.
    """
    shown = inline and version.can_be_shown
    response = HttpResponse(_bytes(version), content_type=_content_type(version))
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=not shown, filename=version.original_name)
    )
    is_pdf = shown and version.content_type == PDF_TYPE
    response["Content-Security-Policy"] = SHOWN_PDF if is_pdf else SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def send_preview(version: DocumentVersion) -> HttpResponse:
    """A stored picture, small, as JPEG; the same rules as for ``send``."""
    response = HttpResponse(smaller(_bytes(version), PREVIEW_SIDE), content_type=TYPES["JPEG"])
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(version: DocumentVersion) -> bytes:
    try:
        with version.file.open("rb") as stored:
            data: bytes = stored.read()
    except FileNotFoundError as error:
        raise Http404(version.pk) from error
    return data


def _content_type(version: DocumentVersion) -> str:
    text = version.content_type in TEXT_TYPES.values()
    return f"{version.content_type}; charset=utf-8" if text else version.content_type
