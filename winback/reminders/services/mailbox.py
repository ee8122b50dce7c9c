"""The mail folder of an installation without a mail server: mails as files, read as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from winback.common.formats import format_datetime

#: what Django's file backend writes after each mail
_END = b"\n" + b"-" * 79 + b"\n"
_NAME = re.compile(r"[\w-]+\.log")


@dataclass(frozen=True, slots=True)
class Post:
    """One mail out of a file; the text is shown as it stands, never as HTML."""

    file: str
    to: str
    subject: str
    date: str
    message_id: str
    text: str


def is_folder_used() -> bool:
    """Whether mails go to the folder instead of a mail server."""
    return "filebased" in settings.EMAIL_BACKEND


def files() -> list[str]:
    """The names of the mail files, the latest first; their names begin with date and time."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.is_dir():
        return []
    return sorted((path.name for path in folder.iterdir() if _is_mail(path)), reverse=True)


def read(name: str) -> list[Post]:
    """The mails in one file; empty when it is none of ``files()``.

    Only plain names are accepted, and no links, so that nothing outside the folder is read.
    """
    path = Path(settings.EMAIL_FILE_PATH) / Path(name).name
    if path.name != name or not _is_mail(path):
        return []
    parts = (part.strip() for part in path.read_bytes().split(_END))
    return [_post(name, part) for part in parts if part]


def _is_mail(path: Path) -> bool:
    return bool(_NAME.fullmatch(path.name)) and path.is_file() and not path.is_symlink()


def _post(name: str, source: bytes) -> Post:
    mail = message_from_bytes(source, policy=policy.default)
    return Post(
        file=name,
        to=str(mail.get("To", "")),
        subject=str(mail.get("Subject", "")),
        date=format_datetime(_written_at(mail)),
        message_id=str(mail.get("Message-ID", "")),
        text=_text(mail),
    )


def _written_at(mail: EmailMessage) -> datetime | None:
    """The date header; Django writes the zone as -0000, which means UTC (RFC 5322, 3.3)."""
    moment: datetime | None = getattr(mail.get("Date"), "datetime", None)
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    return "" if body is None else str(body.get_content())
