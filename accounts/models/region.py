"""Parts of the area of the provider."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import rules
from accounts.models.user import User
from winback.common.models import Versioned


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, region: Region) -> Self:
        """The region and everything below it; one statement more, for the whole small tree."""
        parents = dict(Region.objects.values_list("pk", "parent_id"))
        return self.filter(pk__in=rules.subtree(parents, region.pk))

    def outside(self, region: Region) -> Self:
        """Neither the region nor anything below it: what it may become a part of."""
        return self.exclude(pk__in=Region.objects.within(region))


class Region(Versioned):
    """A part of the provider's area; regions form a tree, and people belong to some of them."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("region", "part of"),
    )
    members = models.ManyToManyField(
        User, blank=True, related_name="regions", verbose_name=pgettext_lazy("region", "members")
    )
    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="region_name_is_unique_below_its_parent",
                violation_error_message=_("There already is a region of this name here."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent__isnull=True),
                name="region_name_is_unique_at_the_top",
                violation_error_message=_("There already is a region of this name here."),
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="region_is_not_its_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:region_edit", args=[self.pk])
