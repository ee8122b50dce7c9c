"""Single notifications and mails, as the sweep would have made them on Monday at 07:00."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import User
from tests.reminders.world import MONDAY, at
from winback.reminders.enums import MailKind, Stage
from winback.reminders.models import Notification, OutboxMessage


def note(user: User, **facts: Any) -> Notification:
    """Something due on that day."""
    named = {
        "kind": "test",
        "object_id": 1,
        "period": "due:2026-11-23",
        "stage": Stage.DUE,
        "title": "Aufzugsnotruf prüfen",
        "url": "/",
        "due_on": MONDAY,
        "created_at": at(),
    }
    return Notification.objects.create(user=user, **named | facts)


def mail(user: User, **facts: Any) -> OutboxMessage:
    """A digest, queued unless told otherwise."""
    named = {
        "key": f"digest:{user.pk}:{MONDAY}",
        "kind": MailKind.DIGEST,
        "due_at": at(),
        "next_try_at": at(),
        "message_id": f"<digest.{user.pk}@provider.example>",
    }
    return OutboxMessage.objects.create(recipient=user, **named | facts)


def mail_file(name: str = "20261123-070000-1.log") -> str:
    """A mail in the folder that one person got; returns its name."""
    Path(settings.EMAIL_FILE_PATH, name).write_text("Subject: GEHEIM\nTo: x\n\nGEHEIM")
    return name
