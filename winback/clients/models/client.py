"""The lost or endangered client and its sites."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from accounts.enums import Role
from accounts.models import Region
from winback.clients.enums import Segment, SiteKind
from winback.common.models import Searchable, Versioned
from winback.common.textsearch import normalise
from winback.common.workdays import Bundesland

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from accounts.models import User

#: Roles that see every client; others see clients inside a case they belong to.
ROLES_SEEING_ALL = {Role.KEY_ACCOUNT_MANAGER, Role.QUALITY_MANAGER, Role.MANAGEMENT}


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, user: User) -> Self:
        """All for KAM, QM, management and administrators; nobody else opens the client pages."""
        if user.role in ROLES_SEEING_ALL or (user.is_administrator and not user.is_external):
            return self
        return self.none()

    def matching(self, text: str) -> Self:
        """Name or number contains ``text``, umlauts and case folded."""
        return self.filter(search_key__contains=normalise(text))

    def quiet(self, bound: Iterable[models.QuerySet[Any, Any]]) -> Self:
        """To be examined or examined: with a look, or in none of the ``bound`` sets of keys."""
        free = Q()
        for keys in bound:
            free &= ~Q(pk__in=keys)
        return self.filter(free | Q(looks__isnull=False)).distinct()

    def in_region(self, region: Region) -> Self:
        """With at least one site in the region or below it."""
        sites = Site.objects.filter(client=OuterRef("pk"), region__in=Region.objects.within(region))
        return self.filter(Exists(sites))


def _percent(label: _StrOrPromise, help_text: _StrOrPromise) -> models.DecimalField[Any, Any]:
    """A share from 0 to 100 percent, unknown while empty."""
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=help_text,
    )


class Client(Versioned, Searchable):
    """The client whose contract is lost, terminated or in danger."""

    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(
        _("client number"), max_length=40, unique=True, null=True, blank=True, default=None
    )
    segment = models.CharField(
        _("segment"), max_length=20, choices=Segment.choices, default=Segment.OTHER
    )
    industry = models.CharField(_("industry"), max_length=120, blank=True)
    is_public_sector = models.BooleanField(_("public-sector client"), default=False)
    business_goals = models.TextField(_("business goals of the client"), blank=True)
    operational_problems = models.TextField(_("operational problems of the client"), blank=True)
    since = models.DateField(_("client since"), null=True, blank=True)
    revenue_share = _percent(
        _("share of our revenue"), _("in percent of the yearly revenue of our company")
    )
    result_share = _percent(
        _("share of our result"), _("in percent of the yearly result of our company")
    )
    is_hard_to_replace = models.BooleanField(
        _("not replaceable at short notice"),
        default=False,
        help_text=_("Its loss could not be made up within a year."),
    )

    objects = ClientQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sort_key", "search_key"])

    class Meta:
        verbose_name = _("client")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("clients:detail", args=[self.pk])

    def sort_source(self) -> str:
        return self.name

    def search_source(self) -> str:
        return f"{self.name} {self.number or ''}"

    def years_with_us(self, today: date) -> int | None:
        """Whole years of the relationship; None where its begin is unknown."""
        if self.since is None:
            return None
        passed = (today.month, today.day) >= (self.since.month, self.since.day)
        return today.year - self.since.year - (0 if passed else 1)


class Site(Versioned):
    """A building or property under contract. Its Bundesland decides the holidays."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        pgettext_lazy("site", "kind"),
        max_length=20,
        choices=SiteKind.choices,
        default=SiteKind.OTHER,
    )
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    bundesland = models.CharField(
        pgettext_lazy("site", "Bundesland"), max_length=2, choices=Bundesland.choices
    )
    area = models.DecimalField(
        _("area in m²"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    area_norm = models.CharField(
        _("area norm"), max_length=80, blank=True, help_text=_("for instance DIN 277 NUF")
    )
    lots = models.CharField(
        pgettext_lazy("site", "lots"),
        max_length=120,
        blank=True,
        help_text=_("Lots of the contract the site belongs to, for instance “Los 2”."),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="sites",
        null=True,
        blank=True,
        verbose_name=_("region"),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("site")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "name"],
                name="site_name_is_unique_per_client",
                violation_error_message=_("The client already has a site of this name."),
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(area__gt=0),
                name="site_area_is_positive",
                violation_error_message=_("The area must be greater than zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)
