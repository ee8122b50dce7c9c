"""Why the client was lost: causes with weight, view and evidence. No cause names a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from audits.models import Finding
from winback.cases.models import Case
from winback.causes.enums import CauseStatus, Controllability, Perspective
from winback.common.models import CatalogueRow, Versioned


class CauseCategory(CatalogueRow):
    """The shipped taxonomy: groups (no parent) and the causes below them."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True
    )
    controllability = models.CharField(
        max_length=10, choices=Controllability.choices, blank=True
    )

    class Meta(CatalogueRow.Meta):
        verbose_name = _("cause category")


class Cause(Versioned):
    """One cause of the loss. ``share`` is its weight in percent of all causes of the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="causes")
    category = models.ForeignKey(
        CauseCategory,
        on_delete=models.PROTECT,
        related_name="causes",
        verbose_name=pgettext_lazy("cause", "category"),
    )
    statement = models.TextField(
        pgettext_lazy("cause", "statement"),
        help_text=_("What happened, in facts. Causes name no person."),
    )
    perspective = models.CharField(
        _("seen by"), max_length=10, choices=Perspective.choices, default=Perspective.INTERNAL
    )
    share = models.PositiveSmallIntegerField(
        _("share in percent"), null=True, blank=True, help_text=_("weight among all causes")
    )
    controllability = models.CharField(
        _("controllable"), max_length=10, choices=Controllability.choices
    )
    is_changeable = models.BooleanField(_("can be changed for the future"), default=True)
    status = models.CharField(
        pgettext_lazy("cause", "status"),
        max_length=10,
        choices=CauseStatus.choices,
        default=CauseStatus.ASSUMED,
        editable=False,
    )
    is_primary = models.BooleanField(_("primary cause"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("cause")
        ordering = ["-is_primary", "-share", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(is_primary=True),
                name="cause_one_primary_per_case",
                violation_error_message=_("The case already has a primary cause."),
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__lte=100, share__gte=1),
                name="cause_share_is_percent",
                violation_error_message=_("Enter a share from 1 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.category)


class CauseEvidence(models.Model):
    """What shows that the cause is real: a finding, or a source described in words."""

    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="evidence")
    finding = models.ForeignKey(
        Finding,
        on_delete=models.PROTECT,
        related_name="cause_evidence",
        null=True,
        blank=True,
        verbose_name=_("finding"),
    )
    source = models.CharField(_("source in words"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False) | ~Q(source=""),
                name="cause_evidence_says_something",
                violation_error_message=_("Choose a finding or describe the source."),
            )
        ]

    def __str__(self) -> str:
        return str(self.finding) if self.finding_id else self.source
