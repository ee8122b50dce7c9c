"""Storing: what is kept, and that nothing is left behind."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction

from accounts.models import User
from tests.documents.factories import document
from tests.documents.files import PDF, checked
from winback.common.claims import StaleVersion
from winback.documents import services
from winback.documents.enums import DocumentKind
from winback.documents.models import Document


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("documents/*/*") if path.is_file()}


def test_store_keeps_bytes_under_a_random_name(kam: User, today: dt.date) -> None:
    row = document(actor=kam, valid_until=today)
    version = row.current
    assert re.fullmatch(r"documents/[0-9a-f]{2}/[0-9a-f]{32}", version.file.name)
    assert (version.original_name, version.number, version.size) == ("Protokoll.pdf", 1, len(PDF))
    assert version.sha256 == checked().sha256
    assert version.uploaded_by == kam
    assert row.history.get().history_user == kam
    with version.file.open("rb") as stored:
        assert stored.read() == PDF


def test_add_version_keeps_the_earlier_file(kam: User, today: dt.date) -> None:
    row = document(actor=kam)
    first = row.current
    services.add_version(
        document=row, version=row.version, upload=checked("Neu.pdf", PDF + b"\n"), actor=kam
    )
    row.refresh_from_db()
    assert [each.number for each in row.versions.all()] == [2, 1]
    assert default_storage.exists(first.file.name)
    assert "neu.pdf" in row.search_key
    assert "protokoll.pdf" in row.search_key


def test_add_version_refuses_the_slower_of_two(kam: User, today: dt.date) -> None:
    row = document(actor=kam)
    before = stored_files()
    with pytest.raises(StaleVersion):
        services.add_version(document=row, version=7, upload=checked(), actor=kam)
    assert stored_files() == before


def test_change_document_corrects_what_is_said_about_it(kam: User, today: dt.date) -> None:
    row = document(actor=kam)
    services.change_document(
        document=row,
        version=row.version,
        actor=kam,
        title="Abnahme Übergabe",
        kind=DocumentKind.ACCEPTANCE,
        valid_until=today,
    )
    row.refresh_from_db()
    assert (row.title, row.kind, row.valid_until) == ("Abnahme Übergabe", "acceptance", today)
    assert row.search_key == "abnahme ubergabe protokoll.pdf"
    assert row.history.count() == 2


def test_change_document_refuses_the_slower_of_two(kam: User, today: dt.date) -> None:
    row = document(actor=kam)
    with pytest.raises(StaleVersion):
        services.change_document(
            document=row, version=9, actor=kam, title="x", kind="other", valid_until=None
        )


def test_rollback_of_the_whole_leaves_no_file(kam: User, today: dt.date) -> None:
    before = stored_files()

    def verb_that_breaks() -> None:
        with transaction.atomic():
            document(actor=kam)
            assert stored_files() > before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        verb_that_breaks()
    assert stored_files() == before
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_commit_keeps_the_file_and_an_outer_rollback_removes_it(today: dt.date) -> None:
    kept = document().current.file.name
    assert default_storage.exists(kept)
    before = stored_files()
    with transaction.atomic():
        document()
        transaction.set_rollback(True)
    assert stored_files() == before
    assert default_storage.exists(kept)


class FullDisk(FileSystemStorage):
    """Writes half of the file, then the disk is full."""

    def _save(self, name: str, content: object) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PDF[:4])
        raise OSError(28, "No space left on device")


def test_full_disk_says_so_and_leaves_nothing(
    kam: User, today: dt.date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default_storage, "_wrapped", FullDisk(location=tmp_path))
    with pytest.raises(services.NotStored) as refused:
        document(actor=kam)
    assert refused.value.field == "file"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not Document.objects.exists()
