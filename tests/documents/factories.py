"""Stored documents as ``store`` leaves them."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from tests.documents.files import checked
from tests.factories import UserFactory
from winback.documents import services
from winback.documents.enums import DocumentKind
from winback.documents.models import Document
from winback.documents.rules import CheckedFile


def document(
    title: str = "Protokoll Jour fixe",
    *,
    upload: CheckedFile | None = None,
    actor: User | None = None,
    **facts: Any,
) -> Document:
    """One document with one version."""
    return services.store(
        upload=upload or checked(),
        title=title,
        kind=facts.pop("kind", DocumentKind.MINUTES),
        actor=actor or UserFactory(),
        **facts,
    )
