"""Kinds and states of a report."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportKind(TextChoices):
    AUDIT = "audit", _("Audit report")
    PROGRESS = "progress", _("Progress report")
    CONCEPT = "norm_concept", _("Norm and inspection-date concept")


class ReportStatus(TextChoices):
    QUEUED = "queued", pgettext_lazy("report", "Queued")
    RENDERING = "rendering", pgettext_lazy("report", "Being rendered")
    READY = "ready", pgettext_lazy("report", "Ready")
    FAILED = "failed", pgettext_lazy("report", "Failed")


#: Somebody still waits for it.
PENDING = {ReportStatus.QUEUED, ReportStatus.RENDERING}


class Verb(TextChoices):
    REQUESTED = "report.requested", _("Report requested")
    READY = "report.ready", _("Report rendered")
    FAILED = "report.failed", _("Report failed")
    RELEASED = "report.released", _("Audit report released")
    RETRIED = "report.retried", _("Report tried again")
