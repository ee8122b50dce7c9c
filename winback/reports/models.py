"""Reports: a snapshot of the data, rendered once, stored for good."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits.models import Audit
from winback.cases.models import Case
from winback.reports.enums import PENDING, ReportKind, ReportStatus

if TYPE_CHECKING:
    from accounts.models import User

#: How often rendering is tried before a person has to ask again.
ATTEMPTS = 3
#: Queued for longer than this means that no worker is listening.
LONG_WAIT = timedelta(minutes=2)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Reports of visible cases; external auditors those of their own audits."""
        if user.is_external:
            return self.filter(audit__in=Audit.objects.visible_to(user))
        return self.filter(case__in=Case.objects.visible_to(user))

    def with_row(self) -> Self:
        """What one line of a list shows, in one statement and without the snapshot."""
        return self.select_related(
            "case__client", "audit", "requested_by", "released_by", "release"
        ).defer("snapshot", "release__snapshot")

    def due(self, now: datetime) -> Self:
        """Queued, or taken by a worker that did not come back before its lease was over."""
        lost = Q(status=ReportStatus.RENDERING, lease_until__lt=now)
        return self.filter(Q(status=ReportStatus.QUEUED) | lost)


class Report(models.Model):
    """One PDF. A ready report never changes: a newer one is the next version.

    ``snapshot`` holds what it says, as assembled when it was asked for. ``attempts`` counts the
    workers that took it and only grows: who finishes must still be the last one.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("report"), max_length=20, choices=ReportKind.choices)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    audit = models.ForeignKey(
        Audit, on_delete=models.PROTECT, related_name="reports", null=True, blank=True
    )
    number = models.PositiveIntegerField(pgettext_lazy("report", "version"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
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
    attempts_allowed = models.PositiveIntegerField(default=ATTEMPTS)
    error = models.TextField(blank=True)
    file = models.FileField(upload_to="reports/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    #: the version a second person signed for; drafts have nobody
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    #: the draft that person read
    draft = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="release", null=True, blank=True
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["-as_of", "-pk"]
        indexes = [
            models.Index(
                fields=["status", "lease_until"],
                condition=Q(status__in=["queued", "rendering"]),
                name="report_pending",
            )
        ]
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
                condition=~Q(status=ReportStatus.FAILED) | ~Q(error=""),
                name="report_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.AUDIT, audit__isnull=False)
                | Q(kind__in=[ReportKind.PROGRESS, ReportKind.CONCEPT], audit__isnull=True),
                name="report_kind_fits_subject",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, draft__isnull=True)
                | Q(released_by__isnull=False, draft__isnull=False, kind=ReportKind.AUDIT),
                name="report_released_by_somebody_who_read_it",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReportStatus.READY) | (~Q(sha256="") & ~Q(file="")),
                name="report_ready_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports:status", args=[self.token])

    @property
    def subject(self) -> str:
        """The number of what it is about."""
        return self.audit.number if self.audit else self.case.number

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    @property
    def is_ready(self) -> bool:
        return self.status == ReportStatus.READY

    @property
    def is_released(self) -> bool:
        return self.released_by_id is not None

    @property
    def is_draft(self) -> bool:
        """An audit report nobody has signed for yet; needs ``with_row()``."""
        is_audit = self.kind == ReportKind.AUDIT and not self.is_released
        return is_audit and getattr(self, "release", None) is None

    @property
    def has_failed(self) -> bool:
        return self.status == ReportStatus.FAILED

    def waits_long(self, now: datetime) -> bool:
        """Nobody has taken it for so long that no worker seems to run."""
        return self.status == ReportStatus.QUEUED and self.as_of < now - LONG_WAIT
