"""File names as strangers choose them, made harmless. They are data, never a path."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from winback.documents.rules.refusal import Refused

LONGEST = 150
#: What a desktop starts or a browser runs, wherever it stands in a name: "rechnung.exe.pdf".
RUNS = frozenset(
    {
        *(
            "bat",
            "cmd",
            "dll",
            "exe",
            "hta",
            "jar",
            "js",
            "jsp",
            "lnk",
            "msi",
            "phar",
            "php",
            "pif",
        ),
        *("docm", "htm", "html", "pptm", "ps1", "py", "scr", "sh", "svg", "vbs", "wsf", "xlsm"),
    }
)
#: Device names that Windows takes for itself, with any extension.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_UNFIT = re.compile(r'[<>:"|?*]')


def tidy(name: str) -> str:
    """The last part of ``name`` without what deceives or breaks: paths, control and
    direction-changing characters, leading dots. Keeps its extension when it is shortened.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(char for char in last if not _is_hidden(char))
    plain = " ".join(_UNFIT.sub("_", visible).split()).strip(". ")
    if _DEVICE.fullmatch(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"[:LONGEST]


def _is_hidden(char: str) -> bool:
    """Control, format (direction, zero width), private and unassigned characters."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def ending(name: str) -> str:
    """The extension in lower case; refuses a name without one or with one that runs."""
    parts = [part.strip().lower() for part in name.split(".")]
    if len(parts) < 2 or not parts[-1] or not parts[0]:
        raise Refused(_("The file name has no extension such as .pdf or .jpg."))
    for part in parts[1:]:
        if part in RUNS:
            raise Refused(
                _("Files with “.%(ending)s” in their name are not accepted.") % {"ending": part}
            )
    return parts[-1]
