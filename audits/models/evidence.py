"""What proves an answer or a finding."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.models.answer import Answer
from audits.models.audit import Audit, Finding
from winback.documents.models import Document

if TYPE_CHECKING:
    from accounts.models import User


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of_audit(self, audit: Audit) -> Self:
        """Of the audit's answers and of its findings."""
        return self.filter(Q(answer__audit=audit) | Q(finding__audit=audit))

    def visible_to(self, user: User) -> Self:
        """Whoever sees the audit sees what it collected."""
        audits = Audit.objects.visible_to(user)
        return self.filter(Q(answer__audit__in=audits) | Q(finding__audit__in=audits))

    def with_files(self) -> Self:
        """The audit, who took it, and the stored file; in two statements."""
        return self.select_related(
            "answer__audit", "finding__audit", "document", "taken_by"
        ).prefetch_related("document__versions")


class Evidence(models.Model):
    """A photo or file of one answer or one finding. ``key`` comes from the device that took it.

    A device that is not sure whether its photo arrived sends it again under the same key.
    """

    answer = models.ForeignKey(
        Answer, on_delete=models.PROTECT, related_name="evidence", null=True, blank=True
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="evidence", null=True, blank=True
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        ordering = ["taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False, finding__isnull=True)
                | Q(answer__isnull=True, finding__isnull=False),
                name="evidence_of_answer_or_finding",
            )
        ]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("audits:evidence", args=[self.audit.number, self.key])

    @property
    def audit(self) -> Audit:
        holder = self.answer or self.finding
        assert holder is not None, "the database insists on one of the two"
        return holder.audit

    @property
    def is_picture(self) -> bool:
        """Has a preview; no statement after ``with_files()``."""
        return self.document.current.content_type.startswith("image/")
