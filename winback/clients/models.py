"""The lost or endangered client, its sites and the people there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from winback.clients.enums import Channel, Segment, SiteKind
from winback.common.models import Searchable, Versioned
from winback.common.textsearch import normalise
from winback.common.workdays import Bundesland

if TYPE_CHECKING:
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
    since = models.DateField(_("client since"), null=True, blank=True)

    objects = ClientQuerySet.as_manager()

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


class Site(models.Model):
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


class Contact(models.Model):
    """A person at the client."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contacts")
    salutation = models.CharField(
        _("salutation"),
        max_length=10,
        choices=[("ms", _("Ms")), ("mr", _("Mr")), ("none", pgettext_lazy("salutation", "none"))],
        default="none",
    )
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    function = models.CharField(pgettext_lazy("contact", "function"), max_length=120, blank=True)
    is_decision_maker = models.BooleanField(_("decision maker"), default=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    channel = models.CharField(
        _("preferred channel"), max_length=10, choices=Channel.choices, blank=True
    )
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="de"
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As spoken of: ``Hr. Brandt`` style is left to templates; here the full name."""
        return f"{self.first_name} {self.last_name}".strip()

    def has_left(self, today: date) -> bool:
        return self.left_on is not None and self.left_on <= today
