"""Word, Excel and PowerPoint files: archives that are checked before anybody unpacks them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from winback.documents.rules.refusal import Refused

#: extension → the part every such file has
MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
CONTENTS = "[Content_Types].xml"
MAX_ENTRIES = 2_000
MAX_RATIO = 200
_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_END = b"PK\x05\x06"
#: Macros, controls and packaged programs.
_ACTIVE = re.compile(r"vba|/activex/|/macrosheets/|/embeddings/.*\.bin$|/ctrlprops/", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\.(exe|dll|js|vbs|bat|cmd|ps1|hta|html?|svg|jar|zip|lnk|scr|msi|docm|xlsm|pptm)$",
    re.IGNORECASE,
)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_REMOTE = re.compile(
    rb"(attachedTemplate|oleObject|frame|externalLinkPath)\"[^>]*TargetMode\s*=\s*\"External"
    rb"|TargetMode\s*=\s*\"External\"[^>]*(attachedTemplate|oleObject|/frame)",
    re.IGNORECASE,
)


@dataclass
class _Budget:
    """How many bytes may still be unpacked."""

    left: int

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Refused(_bomb())


def check_office(data: bytes, ending: str, max_unpacked: int) -> None:
    """A whole Office file of the kind its name says: no macros, no bomb, nothing before or after.

    Every part is unpacked once in small pieces and counted, whatever the archive claims.
    """
    if not data.startswith(b"PK\x03\x04") or data[-22:-18] != _END:
        raise Refused(_broken())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_names(parts, MAIN_PARTS[ending])
            budget = _Budget(max_unpacked)
            for part in parts:
                _check_part(archive, part, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as broken:
        raise Refused(_broken()) from broken


def _check_names(parts: list[zipfile.ZipInfo], main: str) -> None:
    names = [part.filename for part in parts]
    if len(names) > MAX_ENTRIES:
        raise Refused(_bomb())
    if len(set(names)) < len(names) or not {CONTENTS, main} <= set(names):
        raise Refused(_broken())
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            raise Refused(_broken())
        if _ACTIVE.search(name) or _FOREIGN.search(name):
            raise Refused(_active())


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: _Budget) -> None:
    if part.flag_bits & _ENCRYPTED:
        raise Refused(_("The file is protected by a password and cannot be checked."))
    if part.file_size > MAX_RATIO * max(part.compress_size, 1024):
        raise Refused(_bomb())
    reads = part.filename == CONTENTS or part.filename.endswith(".rels")
    kept = bytearray()
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            budget.take(len(piece))
            if reads:
                kept += piece
    if _MACRO_TYPE.search(kept) or _REMOTE.search(kept):
        raise Refused(_active())


def _bomb() -> str:
    return _("The file unpacks to far more than it seems and is not accepted.")


def _active() -> str:
    return _("The file contains macros, programs or parts from elsewhere. Save it without them.")


def _broken() -> str:
    return _("The file is damaged or not what its name says.")
