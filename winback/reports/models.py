"""Reports: a snapshot of the data, rendered once, stored for good."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.models import Audit
from winback.cases.models import Case
from winback.reports.enums import ReportKind, ReportStatus

if TYPE_CHECKING:
    from accounts.models import User


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Reports of visible cases; external auditors those of their own audits."""
        if user.is_external:
            return self.filter(audit__in=Audit.objects.visible_to(user))
        return self.filter(case__in=Case.objects.visible_to(user))


class Report(models.Model):
    """One PDF. A ready report never changes: a newer one is the next version."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("report"), max_length=20, choices=ReportKind.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    audit = models.ForeignKey(
        Audit, on_delete=models.PROTECT, related_name="reports", null=True, blank=True
    )
    number = models.PositiveIntegerField(_("version"))
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    snapshot = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    as_of = models.DateTimeField(_("as of"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        max_length=10, choices=ReportStatus.choices, default=ReportStatus.QUEUED
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    file = models.FileField(upload_to="reports/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "case", "number"],
                condition=Q(audit__isnull=True),
                name="report_version_once_per_case",
            ),
            models.UniqueConstraint(
                fields=["audit", "number"],
                condition=Q(audit__isnull=False),
                name="report_version_once_per_audit",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.READY) | (~Q(sha256="") & ~Q(file="")),
                name="report_ready_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case} v{self.number}"
