"""The field: what reaches it, and what its form gets."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.documents.files import PDF, picture
from winback.common.forms import WinbackForm
from winback.documents.forms import PhotoField, UploadField
from winback.documents.rules import CheckedFile


class NeedsFile(WinbackForm):
    file = UploadField()


class MayHaveFile(WinbackForm):
    file = UploadField(required=False)


class MayHavePhoto(WinbackForm):
    photo = PhotoField(required=False)


def filled(form: type[WinbackForm], name: str = "", data: bytes = b"", **facts: Any) -> WinbackForm:
    upload = SimpleUploadedFile(name, data, **facts) if name else None
    return form({}, {"file": upload} if upload else {})


def test_upload_becomes_a_checked_file_whatever_type_is_claimed() -> None:
    form = filled(NeedsFile, "Foto.jpg", picture(), content_type="text/html")
    assert form.is_valid(), form.errors
    found = form.cleaned_data["file"]
    assert isinstance(found, CheckedFile)
    assert (found.name, found.content_type) == ("Foto.jpg", "image/jpeg")


def test_missing_file_is_an_error_only_where_it_is_needed() -> None:
    assert not filled(NeedsFile).is_valid()
    optional = filled(MayHaveFile)
    assert optional.is_valid()
    assert optional.cleaned_data["file"] is None


@pytest.mark.parametrize(
    ("name", "data"),
    [("leer.pdf", b""), ("a.exe", b"MZ"), ("a.pdf", b"MZ"), ("a.pdf.exe", PDF), ("x", PDF)],
)
def test_refused_file_is_an_error_at_the_field(name: str, data: bytes) -> None:
    form = filled(MayHaveFile, name, data)
    assert not form.is_valid()
    assert len(form.errors["file"]) == 1


def test_too_large_file_is_refused_before_it_is_read(settings: Settings) -> None:
    settings.DOCUMENT_MAX_BYTES = 1_000_000
    upload = SimpleUploadedFile("a.pdf", PDF)
    upload.size = 1_000_001
    form = NeedsFile({}, {"file": upload})
    assert form.errors["file"] == ["Die Datei ist größer als 1 MB."]
    assert upload.tell() == 0


def test_field_names_the_kinds_it_takes() -> None:
    assert 'accept=".pdf,.jpg' in str(NeedsFile()["file"])
    assert NeedsFile().is_multipart()


def test_photo_field_opens_the_camera_and_may_stay_empty() -> None:
    form = MayHavePhoto({}, {})
    assert form.is_valid()
    assert form.cleaned_data["photo"] is None
    assert {"accept": "image/*", "capture": "environment"}.items() <= (
        form.fields["photo"].widget.attrs.items()
    )
