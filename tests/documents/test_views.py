"""Handing out: never as a page of ours."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.http import Http404

from tests.documents.factories import document
from tests.documents.files import PDF
from winback.documents.rules import CheckedFile
from winback.documents.views import send


def test_file_is_saved_under_its_own_name(db: None, today: dt.date) -> None:
    response = send(document(upload=CheckedFile("Grüße.pdf", "application/pdf", PDF)).current)
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].endswith("sandbox")


@pytest.mark.parametrize(
    ("content_type", "shown", "sandboxed"),
    [
        ("image/png", True, True),
        ("application/pdf", True, False),
        ("text/plain", False, True),
        ("text/csv", False, True),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", False, True),
        ("text/html", False, True),
        ("image/svg+xml", False, True),
    ],
)
def test_only_pictures_and_papers_are_shown(
    db: None, today: dt.date, content_type: str, shown: bool, sandboxed: bool
) -> None:
    version = document(upload=CheckedFile("a.bin", content_type, b"x")).current
    response = send(version, inline=True)
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert ("sandbox" in response["Content-Security-Policy"]) is sandboxed
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


def test_text_is_sent_as_utf_8(db: None, today: dt.date) -> None:
    response = send(document(upload=CheckedFile("a.txt", "text/plain", b"x")).current)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_lost_file_is_not_found(db: None, today: dt.date) -> None:
    version = document().current
    default_storage.delete(version.file.name)
    with pytest.raises(Http404):
        send(version)
