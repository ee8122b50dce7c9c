"""The catalogue of norms, and the inspections they ask for."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.common.models import CatalogueRow, Searchable, Versioned, in_language
from winback.common.textsearch import normalise
from winback.norms.enums import Confidence, NormKind, NormStatus

#: Fifty years; longer is a mistype.
LONGEST_INTERVAL = 600


def confidence_field() -> models.CharField[Any, Any]:
    return models.CharField(
        pgettext_lazy("norm", "confidence"),
        max_length=6,
        choices=Confidence.choices,
        default=Confidence.LOW,
        help_text=_("How sure we are of this entry; low shows a warning wherever it is cited."),
    )


class NormQuerySet(models.QuerySet["Norm"]):
    def matching(self, text: str) -> Self:
        """Code, title or issuer contains ``text``, umlauts and case folded."""
        return self.filter(search_key__contains=normalise(text))

    def offered(self) -> Self:
        """What can be cited: active ones, by code."""
        return self.filter(active=True).order_by("sort_key", "pk")


class Norm(Versioned, Searchable, CatalogueRow):
    """A norm, guideline or law: described in our own words, never quoted.

    ``name`` is its title. Questions of checklists name norms by ``key``.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    issuer = models.CharField(_("issuer"), max_length=60, blank=True)
    kind = models.CharField(pgettext_lazy("norm", "kind"), max_length=20, choices=NormKind.choices)
    edition = models.CharField(
        pgettext_lazy("norm", "edition"),
        max_length=40,
        blank=True,
        help_text=_("Year and month of the edition, for instance 2018-01."),
    )
    status = models.CharField(
        pgettext_lazy("norm", "status"),
        max_length=20,
        choices=NormStatus.choices,
        default=NormStatus.UNKNOWN,
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="supersedes",
        null=True,
        blank=True,
        verbose_name=_("superseded by"),
    )
    topics = models.JSONField(default=list, blank=True, editable=False)
    covers_de = models.TextField(_("what it covers (German)"), blank=True)
    covers_en = models.TextField(_("what it covers (English)"), blank=True)
    remark_de = models.TextField(_("remark (German)"), blank=True)
    remark_en = models.TextField(_("remark (English)"), blank=True)
    confidence = confidence_field()
    source = models.CharField(pgettext_lazy("norm", "source"), max_length=400, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("checked by"),
    )

    objects = NormQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sort_key", "search_key"])

    class Meta:
        verbose_name = _("norm")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("pk")),
                name="norm_supersedes_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("norms:norm", args=[self.key])

    def sort_source(self) -> str:
        return self.code

    def search_source(self) -> str:
        return f"{self.code} {self.name_de} {self.name_en} {self.issuer}"

    @property
    def covers(self) -> str:
        return in_language(self.covers_de, self.covers_en)

    @property
    def remark(self) -> str:
        return in_language(self.remark_de, self.remark_en)

    @property
    def citation(self) -> str:
        """Code and edition, as a report cites it."""
        return f"{self.code}:{self.edition}" if self.edition else self.code

    @property
    def is_doubtful(self) -> bool:
        """To be checked before anybody cites it to a client."""
        return self.confidence == Confidence.LOW or self.status == NormStatus.UNKNOWN

    @property
    def is_outdated(self) -> bool:
        return self.status == NormStatus.SUPERSEDED


class InspectionRule(CatalogueRow):
    """An inspection of the catalogue: which plant, which task, how often, by whom, why.

    ``name`` is the plant. ``max_interval_months`` is how far the interval may be stretched under
    the conditions of ``binding``; ``offset_months`` when the first one is due if not after a
    whole interval.
    """

    task_de = models.CharField(_("task (German)"), max_length=120)
    task_en = models.CharField(_("task (English)"), max_length=120, blank=True)
    norm = models.ForeignKey(
        Norm, on_delete=models.PROTECT, related_name="rules", null=True, blank=True
    )
    interval_months = models.PositiveSmallIntegerField(_("interval in months"))
    max_interval_months = models.PositiveSmallIntegerField(null=True, blank=True)
    offset_months = models.PositiveSmallIntegerField(null=True, blank=True)
    by_de = models.CharField(max_length=200, blank=True)
    by_en = models.CharField(max_length=200, blank=True)
    binding_de = models.CharField(max_length=250, blank=True)
    binding_en = models.CharField(max_length=250, blank=True)
    is_safety = models.BooleanField(_("relevant to safety"), default=True)
    confidence = confidence_field()
    source = models.CharField(pgettext_lazy("norm", "source"), max_length=400, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("inspection of the catalogue")
        constraints = [
            models.CheckConstraint(
                condition=Q(interval_months__range=(1, LONGEST_INTERVAL)),
                name="inspectionrule_interval_in_range",
            ),
            models.CheckConstraint(
                condition=Q(max_interval_months__isnull=True)
                | Q(max_interval_months__gte=F("interval_months")),
                name="inspectionrule_longest_not_below_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.task}"

    @property
    def task(self) -> str:
        return in_language(self.task_de, self.task_en)

    @property
    def by(self) -> str:
        return in_language(self.by_de, self.by_en)

    @property
    def binding(self) -> str:
        return in_language(self.binding_de, self.binding_en)

    @property
    def longest(self) -> int:
        """The longest interval the catalogue knows for it."""
        longest: int = self.max_interval_months or self.interval_months
        return longest

    @property
    def is_doubtful(self) -> bool:
        doubtful: bool = self.confidence == Confidence.LOW
        return doubtful
