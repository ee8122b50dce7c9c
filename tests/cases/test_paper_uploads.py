"""Uploads as raw requests: names and types as no browser would send them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.documents.files import PDF, office, photo_with_place, picture
from winback.cases.models import Case, CaseDocument

pytestmark = pytest.mark.usefixtures("today")
EDGE = "grenze-7MA4YWxkTrZu0gW"


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def raw(case: Case, disposition: str, data: bytes, claimed: str = "application/pdf") -> bytes:
    """A request as a program writes it, with whatever name it likes."""
    fields = {"kind": "proof", "owner": str(case.owner_id)}
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f"--{EDGE}\r\nContent-Disposition: form-data; {disposition}\r\n"
    parts.append(f"{head}Content-Type: {claimed}\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(parts) + f"--{EDGE}--\r\n".encode()


def send(desk: Client, case: Case, body: bytes) -> Any:
    return desk.post(
        f"/faelle/{case.number}/dokumente/neu/",
        body,
        content_type=f"multipart/form-data; boundary={EDGE}",
    )


def files_on_disk() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('name="file"; filename="../../../etc/cron.d/x.pdf"', "x.pdf"),
        ('name="file"; filename="..\\\\..\\\\windows\\\\x.pdf"', "x.pdf"),
        ('name="file"; filename="/etc/x.pdf"', "x.pdf"),
        ('name="file"; filename="C:\\\\x.pdf"', "x.pdf"),
        ('name="file"; filename="Abnahme;rm -rf.pdf"', "Abnahme;rm -rf.pdf"),
        ('name="file"; filename="Abnahme\'s.pdf"', "Abnahme's.pdf"),
        ('name="file"; filename="Abnahme%2fx.pdf"', "Abnahme%2fx.pdf"),
        ('name="file"; filename="&lt;b&gt;x.pdf"', "_b_x.pdf"),
        ("name=\"file\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf", "Grüße.pdf"),
        ("name=\"file\"; filename*=UTF-8''..%2F..%2Fx.pdf", "x.pdf"),
        ("name=\"file\"; filename*=UTF-8''ab%E2%80%AEfdp.pdf", "abfdp.pdf"),
        ('name="file"; filename="{{ 7*7 }}.pdf"', "{{ 7_7 }}.pdf"),
    ],
)
def test_name_never_becomes_a_path(case: Case, desk: Client, disposition: str, name: str) -> None:
    before = files_on_disk()
    assert send(desk, case, raw(case, disposition, PDF)).status_code == 302
    version = CaseDocument.objects.get().document.current
    assert version.original_name == name
    (made,) = files_on_disk() - before
    assert made.name not in {"x.pdf", name}
    assert made.parent.parent.name == "documents"


@pytest.mark.parametrize(
    ("name", "data", "claimed"),
    [
        ("x.pdf", b"<html><script>alert(1)</script>", "application/pdf"),
        ("x.exe", b"MZ\x90", "application/pdf"),
        ("x.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
        ("x.pdf", picture(), "application/pdf"),
        ("x.docx", office(parts={"word/vbaProject.bin": b"x"}), "application/msword"),
        ("x.pdf.js", PDF, "application/pdf"),
        ("x", PDF, "application/pdf"),
        ("x.pdf", b"", "application/pdf"),
    ],
)
def test_hostile_upload_leaves_neither_row_nor_file(
    case: Case, desk: Client, name: str, data: bytes, claimed: str
) -> None:
    before = files_on_disk()
    body = raw(case, f'name="file"; filename="{name}"', data, claimed)
    assert send(desk, case, body).status_code == 422
    assert not CaseDocument.objects.exists()
    assert files_on_disk() == before


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "", "x" * 300])
def test_claimed_type_counts_for_nothing(case: Case, desk: Client, claimed: str) -> None:
    send(desk, case, raw(case, 'name="file"; filename="x.pdf"', PDF, claimed))
    version = CaseDocument.objects.get().document.current
    assert version.content_type == "application/pdf"


def test_empty_name_is_no_file(case: Case, desk: Client) -> None:
    response = send(desk, case, raw(case, 'name="file"; filename=""', PDF))
    assert response.status_code == 422
    assert "erforderlich" in response.content.decode()


def test_text_instead_of_a_file_is_no_file(case: Case, desk: Client) -> None:
    assert send(desk, case, raw(case, 'name="file"', b"/etc/passwd")).status_code == 422


def test_second_file_of_the_same_field_does_not_slip_in(case: Case, desk: Client) -> None:
    first = raw(case, 'name="file"; filename="a.exe"', b"MZ").removesuffix(
        f"--{EDGE}--\r\n".encode()
    )
    second = raw(case, 'name="file"; filename="b.pdf"', PDF)
    before = files_on_disk()
    assert send(desk, case, first + second).status_code == 302
    assert CaseDocument.objects.get().document.current.original_name == "b.pdf"
    assert len(files_on_disk() - before) == 1


def test_broken_request_is_refused(case: Case, desk: Client) -> None:
    body = raw(case, 'name="file"; filename="a.pdf"', PDF)[:-60]
    assert send(desk, case, body).status_code in {400, 422}
    assert not CaseDocument.objects.exists()


def test_photo_comes_back_without_its_place(case: Case, desk: Client) -> None:
    body = raw(case, 'name="file"; filename="Flur.jpg"', photo_with_place(), "image/jpeg")
    place = send(desk, case, body)["Location"]
    handed_out = desk.get(f"{place}fassungen/1/")
    assert handed_out["Content-Type"] == "image/jpeg"
    assert b"Kamera-GEHEIM" not in handed_out.content


def test_upload_needs_the_token_of_the_page(kam: User, case: Case) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(kam, backend="django.contrib.auth.backends.ModelBackend")
    response = send(strict, case, raw(case, 'name="file"; filename="a.pdf"', PDF))
    assert response.status_code == 403
    assert not CaseDocument.objects.exists()


@pytest.mark.parametrize(
    "tail",
    ["0/", "99999999999999999999/", "1/fassungen/0/", "1/fassungen/99999999999999999999/"],
)
def test_absurd_numbers_are_not_found(case: Case, desk: Client, tail: str) -> None:
    assert desk.get(f"/faelle/{case.number}/dokumente/{tail}").status_code == 404


@pytest.mark.parametrize("query", ["?thema=%00", "?seite=-1", "?seite=x", "?thema=a&thema=b"])
def test_odd_questions_to_the_history_are_answered(case: Case, desk: Client, query: str) -> None:
    assert desk.get(f"/faelle/{case.number}/verlauf/{query}").status_code == 200


@pytest.mark.parametrize("query", ["%00", "%ff", "%F0%9F%98%80", "a" * 500, "%0d%0a", "[", "("])
def test_odd_words_are_searched_without_harm(desk: Client, query: str) -> None:
    assert desk.get(f"/suche/?q={query}").status_code == 200
