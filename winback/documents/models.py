"""Stored papers and their versions. Who may see one is decided by the room that refers to it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.common.models import Searchable, Versioned
from winback.common.textsearch import normalise
from winback.documents.enums import DocumentKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

#: What browsers show without a program of their own.
SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


class DocumentQuerySet(models.QuerySet["Document"]):
    def matching(self, text: str) -> Self:
        """Title or a file name contains ``text``, umlauts and case folded."""
        return self.filter(search_key__contains=normalise(text))

    def with_versions(self) -> Self:
        """Versions and who uploaded them, in two further statements."""
        return self.prefetch_related("versions__uploaded_by")


class Document(Versioned, Searchable):
    """One paper with all its versions; the newest counts."""

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        pgettext_lazy("document", "kind"), max_length=20, choices=DocumentKind.choices
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    if TYPE_CHECKING:
        versions: RelatedManager[DocumentVersion]

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sort_key", "search_key"])

    class Meta:
        verbose_name = _("document")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.title

    def sort_source(self) -> str:
        return self.title

    def search_source(self) -> str:
        names = " ".join(self.versions.values_list("original_name", flat=True)) if self.pk else ""
        return f"{self.title} {names}"

    def note_file(self, name: str) -> None:
        """Let a file that is about to be stored be found by its name; asks nothing."""
        self.search_key = normalise(f"{self.search_key} {name}")

    @property
    def current(self) -> DocumentVersion:
        """The newest version; no statement after ``with_versions()``."""
        return self.versions.all()[0]

    def has_expired(self, today: date) -> bool:
        """The last day of validity is still valid."""
        return self.valid_until is not None and self.valid_until < today


def stored_name(version: DocumentVersion, original_name: str) -> str:
    """Where a version lies: a random name, so that nothing of the original reaches the disk."""
    token = uuid.uuid4().hex
    return f"documents/{token[:2]}/{token}"


class DocumentVersion(models.Model):
    """One uploaded file; never changed, never replaced."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(pgettext_lazy("document", "version"))
    file = models.FileField(_("file"), upload_to=stored_name, max_length=120)
    original_name = models.CharField(_("file name"), max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("document version")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="document_version_number_once"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_version_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"

    @property
    def can_be_shown(self) -> bool:
        """A browser can show it as it is: pictures and PDF."""
        return self.content_type in SHOWN_INLINE


def newest(name: str, document: str = "pk") -> Subquery:
    """A value of the newest version, for ``annotate``; ``document`` names the reference to it.

    Lists that show no more than the newest file are thus one statement.
    """
    versions = DocumentVersion.objects.filter(document=OuterRef(document)).order_by("-number")
    return Subquery(versions.values(name)[:1])
