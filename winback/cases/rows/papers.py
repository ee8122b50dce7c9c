"""Documents of a case as ready strings, its own and those other rooms hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.cases.models import CaseDocument
from winback.common.formats import NBSP, days_phrase, format_date, format_datetime, format_number
from winback.common.papers import Paper
from winback.documents.enums import DocumentKind
from winback.documents.models import Document, DocumentVersion

#: From how many calendar days before its end the validity is shown as ending.
SOON = 30
_SHORT_SUM = 12


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when a paper is valid; ``shape`` and ``word`` are empty while nothing is to do."""

    until: str
    shape: str
    word: str


def validity(until: date | None, today: date) -> Validity:
    """The last day is still valid; a month before it the page begins to warn."""
    if until is None:
        return Validity("–", "", "")
    shown = format_date(until)
    if until < today:
        return Validity(shown, "late", _("expired"))
    if (until - today).days <= SOON:
        return Validity(shown, "warn", days_phrase(today, until))
    return Validity(shown, "", "")


def validity_of(document: Document, today: date) -> Validity:
    return validity(document.valid_until, today)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One uploaded file."""

    number: int
    name: str
    size: str
    by: str
    at: str
    sha: str
    sha_full: str
    url: str
    #: empty where no browser can show it safely
    view_url: str
    is_picture: bool


def version_row(paper: CaseDocument, version: DocumentVersion) -> VersionRow:
    """Needs the case of the paper; no statement after ``with_row()``."""
    place = [paper.case.number, paper.pk, version.number]
    shown = version.can_be_shown
    return VersionRow(
        number=version.number,
        name=version.original_name,
        size=size_in_words(version.size),
        by=version.uploaded_by.short_name.replace(" ", NBSP),
        at=format_datetime(version.uploaded_at),
        sha=version.sha256[:_SHORT_SUM],
        sha_full=version.sha256,
        url=reverse("cases:document_file", args=place),
        view_url=reverse("cases:document_view", args=place) if shown else "",
        is_picture=version.content_type.startswith("image/"),
    )


def size_in_words(count: int) -> str:
    """Decimal units, as file managers show them: 14 kB, 2,4 MB."""
    if count < 1_000_000:
        return f"{format_number(max(1, round(count / 1_000)), 0)}{NBSP}kB"
    return f"{format_number(round(count / 1_000_000, 1), 1)}{NBSP}MB"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One document of the case."""

    title: str
    url: str
    kind: str
    sharing: str
    note: str
    owner: str
    validity: Validity
    version: VersionRow
    versions: int


def paper_row(paper: CaseDocument, today: date) -> PaperRow:
    """Needs ``with_row()`` and the case; no further statement."""
    document = paper.document
    return PaperRow(
        title=document.title,
        url=paper.get_absolute_url(),
        kind=str(DocumentKind(document.kind).label),
        sharing=sharing_word(shared=paper.is_shared),
        note=paper.note,
        owner=paper.owner.short_name,
        validity=validity_of(document, today),
        version=version_row(paper, document.current),
        versions=len(document.versions.all()),
    )


def sharing_word(*, shared: bool) -> str:
    """Whether the client may see it, by word and never by colour alone."""
    return _("shared with the client") if shared else _("internal")


@dataclass(frozen=True, slots=True)
class OtherPaperRow:
    """A paper another room holds about this case."""

    title: str
    kind: str
    belongs_to: str
    belongs_url: str
    file_url: str
    file_name: str
    on: str
    validity: Validity


def other_paper_row(paper: Paper, today: date) -> OtherPaperRow:
    return OtherPaperRow(
        title=paper.title,
        kind=paper.kind,
        belongs_to=paper.belongs_to,
        belongs_url=paper.belongs_url,
        file_url=paper.file_url,
        file_name=paper.file_name,
        on=format_date(paper.on),
        validity=validity(paper.valid_until, today),
    )


def paper_facts(row: PaperRow) -> list[tuple[str, str, str]]:
    """What the page of one document says first: label, value, note below it."""
    facts = [
        (_("Kind of document"), row.kind, ""),
        (_("Sharing"), row.sharing, ""),
        (_("Valid until"), row.validity.until, row.validity.word),
        (pgettext("person", "Owner"), row.owner, ""),
    ]
    return [*facts, (_("Note"), row.note, "")] if row.note else facts
