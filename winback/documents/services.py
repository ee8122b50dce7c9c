"""Verbs of stored papers. They stand below cases: row versions instead of case events."""

from __future__ import annotations

import weakref
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common import clock
from winback.common.claims import RuleBroken, claim, sign
from winback.documents.models import Document, DocumentVersion, stored_name
from winback.documents.rules import CheckedFile


class NotStored(RuleBroken):
    """The disk did not take the file."""


@transaction.atomic
def store(
    *,
    upload: CheckedFile,
    title: str,
    kind: str,
    actor: User,
    valid_until: date | None = None,
) -> Document:
    """Keep a checked file as the first version of a new document.

    The file is gone again when the surrounding transaction is rolled back.

    Raises:
        NotStored: the disk is full or cannot be written.
    """
    document = Document(title=title, kind=kind, valid_until=valid_until)
    document.fill_keys()
    document.note_file(upload.name)
    sign(document, actor)
    document.save()
    _write(document, 1, upload, actor)
    return document


@transaction.atomic
def add_version(
    *, document: Document, version: int, upload: CheckedFile, actor: User
) -> DocumentVersion:
    """Put a newer file beside the earlier ones, which stay.

    Raises:
        StaleVersion: somebody changed the document meanwhile.
        NotStored: the disk is full or cannot be written.
    """
    claim(document, version=version, actor=actor)
    document.note_file(upload.name)
    document.save()
    return _write(document, document.current.number + 1, upload, actor)


@transaction.atomic
def change_document(
    *,
    document: Document,
    version: int,
    actor: User,
    title: str,
    kind: str,
    valid_until: date | None,
) -> Document:
    """Correct what is said about the document; its files stay. Raises StaleVersion."""
    claim(document, version=version, actor=actor)
    document.title, document.kind, document.valid_until = title, kind, valid_until
    document.fill_keys()
    document.save()
    return document


def _write(document: Document, number: int, upload: CheckedFile, actor: User) -> DocumentVersion:
    version = DocumentVersion(
        document=document,
        number=number,
        original_name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    version.file.name = _save(stored_name(version, upload.name), upload.data)
    version.save()
    return version


def _save(name: str, data: bytes) -> str:
    """Write the bytes; no half-written file stays behind."""
    try:
        saved = default_storage.save(name, ContentFile(data))
    except OSError as error:
        default_storage.delete(name)
        raise NotStored(
            _(
                "The file could not be stored: the disk is full or cannot be written. "
                "Nothing was changed; please tell your administrator."
            ),
            field="file",
        ) from error
    transaction.on_commit(_Pending(saved).keep)
    return saved


class _Pending:
    """A file that stays only when the transaction naming it is committed.

    Django calls back after a commit and forgets the callback at a rollback, also at one to a
    savepoint. With the callback this object goes, and with it the file.
    """

    def __init__(self, name: str) -> None:
        self._undo = weakref.finalize(self, default_storage.delete, name)

    def keep(self) -> None:
        self._undo.detach()
