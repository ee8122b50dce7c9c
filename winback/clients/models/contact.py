"""The people at a client."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.clients.enums import Attitude, Channel, ConsentState, Influence, MeetingForm
from winback.clients.models.client import Client
from winback.clients.rules import consent_state
from winback.common.models import Versioned

if TYPE_CHECKING:
    from accounts.models import User
    from winback.clients.models.consent import Consent


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> Self:
        """The people at the clients the user may see."""
        return self.filter(client__in=Client.objects.visible_to(user))

    def there(self, today: date) -> Self:
        """Who has not left."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=today))

    def with_consents(self) -> Self:
        """Consents and objections, in two further statements."""
        return self.prefetch_related("consents", "objections")


class Contact(Versioned):
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
    influence = models.CharField(
        _("influence on the decision"), max_length=10, choices=Influence.choices, blank=True
    )
    attitude = models.CharField(
        _("attitude towards us"), max_length=12, choices=Attitude.choices, blank=True
    )
    rhythm_days = models.PositiveSmallIntegerField(
        _("wished rhythm in days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=_("How often the person wants to hear from us: 7 is weekly, 14 every two weeks."),
    )
    preferred_time = models.CharField(
        _("wished time"),
        max_length=120,
        blank=True,
        help_text=_("for instance “working days 9 to 16”"),
    )
    meeting_form = models.CharField(
        _("form of meetings"), max_length=10, choices=MeetingForm.choices, blank=True
    )
    internal_need = models.TextField(
        _("what the person must justify internally"),
        blank=True,
        help_text=_("To whom, and with which facts from us it becomes easier."),
    )
    erased_on = models.DateField(null=True, editable=False)

    objects = ContactQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact")
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As spoken of: ``Hr. Brandt`` style is left to templates; here the full name."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("clients:contact_detail", args=[self.client_id, self.pk])

    def consent_state(self, channel: str, purpose: str, on: date) -> ConsentState:
        """Where the person stood on that day; no statement after ``with_consents()``."""
        objected = (row.objected_on for row in self.objections.all() if row.covers(channel))
        return consent_state((row.given for row in self._consents(channel, purpose)), objected, on)

    def usable_consent(self, channel: str, purpose: str, on: date) -> Consent | None:
        """The newest proved consent alive on that day; ask only where the state is ``LIVE``."""
        rows = self._consents(channel, purpose)
        usable = (row for row in rows if row.is_proved and row.given.is_live(on))
        return max(usable, key=lambda row: (row.given_on, row.pk), default=None)

    def _consents(self, channel: str, purpose: str) -> list[Consent]:
        rows = self.consents.all()
        return [row for row in rows if (row.channel, row.purpose) == (channel, purpose)]

    @property
    def is_erased(self) -> bool:
        """Made unrecognisable at the person's wish; nothing is recorded any more."""
        return self.erased_on is not None

    def has_left(self, today: date) -> bool:
        return self.left_on is not None and self.left_on <= today
