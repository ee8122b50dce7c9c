"""The photos of a finding on the page, and their bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from winback.common.pdf import RenderError
from winback.documents.models import DocumentVersion
from winback.documents.rules.images import smaller
from winback.reports.rules.facts import FindingFacts

#: so many fit beside each other
PER_ROW = 2
#: longest edge in pixels: 60 mm at more than 300 dpi
SIDE = 800


@dataclass(frozen=True, slots=True)
class Photo:
    """``name`` is what the page calls the picture; ``alt`` is read aloud in its place."""

    name: str
    alt: str
    caption: str


def photo_rows(finding: FindingFacts, title: str) -> list[tuple[Photo, ...]]:
    """The photos of a finding, numbered, as many beside each other as fit."""
    photos = [
        Photo(
            name=_name(photo.version),
            alt=_("Photo %(number)d of %(finding)s: %(title)s")
            % {"number": number, "finding": finding.number, "title": title},
            caption=_("Photo %(number)d, %(taken)s") % {"number": number, "taken": photo.taken},
        )
        for number, photo in enumerate(finding.photos, start=1)
    ]
    return [tuple(photos[at : at + PER_ROW]) for at in range(0, len(photos), PER_ROW)]


def pictures(snapshot: Mapping[str, Any]) -> dict[str, bytes]:
    """The bytes of every photo the snapshot names. Raises RenderError where one is gone."""
    keys = {
        photo["version"]
        for finding in snapshot.get("findings", ())
        for photo in finding.get("photos", ())
    }
    versions = DocumentVersion.objects.in_bulk(keys)
    return {_name(key): _small(versions[key]) for key in sorted(keys)}


def _small(version: DocumentVersion) -> bytes:
    try:
        with version.file.open("rb") as stored:
            return smaller(stored.read(), SIDE)
    except FileNotFoundError as error:
        text = _("The file of a photo is missing: %(name)s")
        raise RenderError(text % {"name": version.original_name}) from error


def _name(key: int) -> str:
    return f"photo-{key}"
