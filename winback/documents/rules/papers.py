"""PDF and plain text."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from winback.documents.rules.refusal import Refused

_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
#: Code that runs and programs that start when somebody opens the paper.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch)(?![A-Za-z])\s*[(<\[/0-9]|/S\s*/(JavaScript|Launch)")
#: How far from the end the last mark may stand; what follows would be a second file.
_TAIL = 1024
_HEAD = 1024
_MARKUP = re.compile(
    rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|\?php|object|embed|meta|link|img)",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def check_pdf(data: bytes) -> None:
    """A whole PDF from the first to the last byte, without scripts or programs in the open.

    What stands inside compressed streams is not read: readers show a PDF in a sandbox.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        raise Refused(_("The PDF is incomplete or something was appended to it."))
    if b"PK\x05\x06" in data[-_TAIL * 64 :]:
        raise Refused(_("The file is a PDF and an archive at once."))
    unescaped = _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)
    if _ACTIVE.search(unescaped):
        raise Refused(_("The PDF contains scripts or starts programs. Print it to a new PDF."))


def check_text(data: bytes) -> bytes:
    """Plain text as UTF-8; refuses what a browser could take for a page or a script."""
    if _MARKUP.search(data[:_HEAD]) or data.startswith(b"#!"):
        raise Refused(_("The file contains markup or a script, not plain text."))
    text = _decoded(data)
    if _CONTROL.search(text):
        raise Refused(_("The file is not plain text."))
    return text.encode()


def _decoded(data: bytes) -> str:
    """UTF-8, or the code page of older German spreadsheets."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("The file is not plain text."))
