"""The mail folder: what is shown of it, and that nothing beside it can be reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.conftest import ClientFor
from winback.reminders.services import mailbox

FOLDER = "/verwaltung/mails/ordner/"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    (tmp_path / "mail").mkdir()
    (tmp_path / "secret-key.log").write_text("GEHEIM")
    return tmp_path / "mail"


@pytest.fixture
def admin(client_for: ClientFor, admin_user: User) -> Client:
    return client_for(admin_user)


def write(*subjects: str) -> None:
    """Several mails over one connection share a file."""
    messages = []
    for subject in subjects:
        mail = EmailMultiAlternatives(subject, f"Text von {subject}", to=["aylin@provider.example"])
        mail.attach_alternative(f"<p>HTML von {subject}</p>", "text/html")
        messages.append(mail)
    get_connection().send_messages(messages)


def test_read_gives_the_plain_text_of_a_real_file(folder: Path) -> None:
    write("3 Aufgaben überfällig")
    (name,) = mailbox.files()
    (post,) = mailbox.read(name)
    assert (post.file, post.to) == (name, "aylin@provider.example")
    assert post.subject == "3 Aufgaben überfällig"
    assert post.text.strip() == "Text von 3 Aufgaben überfällig"
    assert post.message_id
    assert post.date.endswith("Uhr")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Mon, 23 Nov 2026 06:00:00 -0000", "23.11.2026, 07:00\N{NO-BREAK SPACE}Uhr"),
        ("Mon, 23 Nov 2026 07:00:00 +0100", "23.11.2026, 07:00\N{NO-BREAK SPACE}Uhr"),
        ("gestern", "–"),
        ("", "–"),
    ],
)
def test_read_gives_the_date_in_local_time(folder: Path, header: str, expected: str) -> None:
    (folder / "1.log").write_text(f"Date: {header}\nSubject: x\n\nx")
    (post,) = mailbox.read("1.log")
    assert post.date == expected


def test_read_gives_every_mail_of_a_file(folder: Path) -> None:
    write("Erste", "Zweite")
    (name,) = mailbox.files()
    assert [post.subject for post in mailbox.read(name)] == ["Erste", "Zweite"]


def test_files_come_latest_first_and_are_mails_only(folder: Path) -> None:
    for name in ("20261123-070000-1.log", "20261124-070000-1.log", "notes.txt", ".hidden.log"):
        (folder / name).write_text("Subject: x\n\nx")
    (folder / "deep").mkdir()
    (folder / "20261125-070000-1.log").symlink_to(folder.parent / "secret-key.log")
    assert mailbox.files() == ["20261124-070000-1.log", "20261123-070000-1.log"]


def test_files_of_a_folder_that_does_not_exist_yet_are_none(
    settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "never"
    assert mailbox.files() == []


@pytest.mark.parametrize(
    "name",
    [
        "../secret-key.log",
        "..",
        ".",
        "",
        "/etc/passwd",
        "secret-key.log",
        "link.log",
        "deep/x.log",
        "20261123.log/",
        "20261123.log\x00",
        "20261123.log\n",
        "..\\secret-key.log",
        "20261123.txt",
    ],
)
def test_read_of_anything_but_a_mail_in_the_folder_is_empty(folder: Path, name: str) -> None:
    (folder / "link.log").symlink_to(folder.parent / "secret-key.log")
    assert mailbox.read(name) == []


@pytest.mark.parametrize("source", [b"", b"\n\n", b"-" * 79])
def test_read_of_a_file_without_a_mail_does_not_fail(folder: Path, source: bytes) -> None:
    (folder / "1.log").write_bytes(source)
    assert all(post.subject == "" for post in mailbox.read("1.log"))


def test_read_of_html_alone_shows_no_text(folder: Path) -> None:
    (folder / "1.log").write_bytes(b"Content-Type: text/html\nSubject: x\n\n<p>x</p>")
    (post,) = mailbox.read("1.log")
    assert post.text == ""


@pytest.mark.parametrize(
    ("backend", "expected"),
    [
        ("django.core.mail.backends.filebased.EmailBackend", True),
        ("django.core.mail.backends.smtp.EmailBackend", False),
    ],
)
def test_folder_is_used_without_a_mail_server(
    settings: Settings, backend: str, expected: bool
) -> None:
    settings.EMAIL_BACKEND = backend
    assert mailbox.is_folder_used() is expected


def test_folder_page_lists_and_opens_a_mail(admin: Client, folder: Path) -> None:
    write("3 Aufgaben überfällig")
    (name,) = mailbox.files()
    page = admin.get(FOLDER).content.decode()
    assert f'<a href="{FOLDER}{name}/">3 Aufgaben überfällig</a>' in page
    opened = admin.get(f"{FOLDER}{name}/").content.decode()
    assert "<h1>3 Aufgaben überfällig</h1>" in opened
    assert "Text von 3 Aufgaben überfällig" in opened
    assert "HTML von" not in opened


def test_mail_page_shows_markup_as_text(admin: Client, folder: Path) -> None:
    (folder / "1.log").write_bytes(b"Subject: <script>a\nTo: x\n\n<script>alert(1)</script>")
    page = admin.get(f"{FOLDER}1.log/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>a" not in page


def test_mail_page_without_subject_is_headed_by_its_file(admin: Client, folder: Path) -> None:
    (folder / "1.log").write_bytes(b"To: x\n\nx")
    assert "<h1>1.log</h1>" in admin.get(f"{FOLDER}1.log/").content.decode()
    assert ">1.log</a>" in admin.get(FOLDER).content.decode()


def test_folder_page_says_when_it_is_empty(admin: Client, folder: Path) -> None:
    assert "Der Ordner ist leer." in admin.get(FOLDER).content.decode()


@pytest.mark.parametrize(
    "path", ["..%2fsecret-key.log/", "%2e%2e%2fsecret-key.log/", "..%5csecret-key.log/", "nix.log/"]
)
def test_mail_page_of_anything_else_is_404(admin: Client, folder: Path, path: str) -> None:
    response = admin.get(FOLDER + path)
    assert response.status_code == 404
    assert "GEHEIM" not in response.content.decode()


def test_mail_page_address_needs_no_escape() -> None:
    assert reverse("reminders:mail", args=["20261123-070000-1.log"]).endswith("-1.log/")
