from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.documents.factories import document
from tests.documents.files import checked
from tests.statements import CaptureQueriesContext, connection
from winback.documents import services
from winback.documents.models import Document, DocumentVersion, newest


@pytest.mark.parametrize(("day", "expired"), [(22, True), (23, False), (24, False)])
def test_document_expires_the_day_after_its_last_day(
    db: None, today: dt.date, day: int, expired: bool
) -> None:
    assert document(valid_until=dt.date(2026, 11, day)).has_expired(today) is expired


def test_document_without_validity_never_expires(today: dt.date) -> None:
    assert not Document(valid_until=None).has_expired(today)


def test_current_is_the_newest_version(kam: User, today: dt.date) -> None:
    row = document(actor=kam)
    added = services.add_version(
        document=row, version=row.version, upload=checked("Neu.pdf"), actor=kam
    )
    assert (row.current, added.number, str(row)) == (added, 2, "Protokoll Jour fixe")
    assert str(added) == "Protokoll Jour fixe v2"


def test_versions_come_in_two_statements_for_any_number(kam: User, today: dt.date) -> None:
    for title in ("Eins", "Zwei", "Drei"):
        document(title, actor=kam)
    with CaptureQueriesContext(connection) as captured:
        shown = [each.current.uploaded_by for each in Document.objects.with_versions()]
    assert shown == [kam] * 3
    assert len(captured) == 3


@pytest.mark.parametrize("text", ["jour", "JOUR FIXE", "grüsse", "gruße.pdf"])
def test_document_is_found_by_title_and_file_name(db: None, today: dt.date, text: str) -> None:
    row = document(upload=checked("Grüße.pdf"))
    document("Anderes")
    assert list(Document.objects.matching(text)) == [row]


def test_version_number_is_given_once(db: None, today: dt.date) -> None:
    version = document().current
    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_version_is_never_empty(db: None, today: dt.date) -> None:
    row = document().current
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersion.objects.filter(pk=row.pk).update(size=0)


def test_newest_file_is_named_without_loading_versions(kam: User, today: dt.date) -> None:
    row = document(actor=kam)
    services.add_version(document=row, version=1, upload=checked("Neu.pdf"), actor=kam)
    named = Document.objects.annotate(file_name=newest("original_name"))
    with CaptureQueriesContext(connection) as captured:
        assert [each.file_name for each in named] == ["Neu.pdf"]
    assert len(captured) == 1
