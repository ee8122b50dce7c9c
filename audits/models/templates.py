"""Checklists in versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.enums import AuditKind
from winback.common.models import (
    CatalogueRow,
    in_language,
)


class AuditTemplate(CatalogueRow):
    """A checklist of the catalogue; audits use its newest version."""

    kind = models.CharField(max_length=40, choices=AuditKind.choices)
    purpose_de = models.TextField(blank=True)
    purpose_en = models.TextField(blank=True)
    typical_hours = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("audit template")

    @property
    def purpose(self) -> str:
        return in_language(self.purpose_de, self.purpose_en)


class TemplateVersion(models.Model):
    """The questions as of one date. An audit keeps the version it began with."""

    template = models.ForeignKey(AuditTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    released_on = models.DateField()
    fingerprint = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="template_version_number_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} v{self.number}"
