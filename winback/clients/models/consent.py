"""What a person allowed us to write, and what the person forbade. Nothing here is ever deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.clients.enums import CONSENT_CHANNELS, NEEDS_CONSENT, ConsentSource
from winback.clients.models.contact import Contact
from winback.clients.rules import Given
from winback.common.models import Versioned
from winback.documents.models import Document

_CHANNELS = [(each.value, each.label) for each in CONSENT_CHANNELS]
_PURPOSES = [(each.value, each.label) for each in NEEDS_CONSENT]


class Consent(Versioned):
    """A person's yes for one channel and purpose, in the words the person read (Art. 7 DSGVO)."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(
        pgettext_lazy("consent", "channel"), max_length=10, choices=_CHANNELS
    )
    purpose = models.CharField(
        pgettext_lazy("consent", "purpose"), max_length=14, choices=_PURPOSES
    )
    wording = models.TextField(
        _("wording"),
        help_text=_("Word for word what the person agreed to; without it nothing can be proved."),
    )
    source = models.CharField(_("given by way of"), max_length=14, choices=ConsentSource.choices)
    given_on = models.DateField(_("given on"))
    proof = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("consent", "proof"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)
    withdrawn_note = models.CharField(max_length=250, blank=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("consent")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=NEEDS_CONSENT), name="consent_purpose_needs_one"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=CONSENT_CHANNELS), name="consent_channel_is_known"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="consent_has_wording"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.get_channel_display()}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def is_proved(self) -> bool:
        """A file shows it; a spoken yes without one proves nothing."""
        return self.proof_id is not None

    @property
    def given(self) -> Given:
        """What the rules ask of it."""
        return Given(self.given_on, self.withdrawn_on, self.is_proved)


class Objection(models.Model):
    """A person's no to advertising, by one way or all of them (Art. 21 DSGVO); never taken back.

    A consent given on a later day counts again.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="objections")
    channel = models.CharField(
        pgettext_lazy("consent", "channel"), max_length=10, choices=_CHANNELS, blank=True
    )
    objected_on = models.DateField(_("objected on"))
    note = models.CharField(
        pgettext_lazy("objection", "how and in which words"), max_length=250, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("objection")
        ordering = ["-objected_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="") | Q(channel__in=CONSENT_CHANNELS),
                name="objection_channel_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact} · {self.objected_on}"

    def covers(self, channel: str) -> bool:
        """Whether it forbids this way; one without a channel forbids all."""
        return self.channel in ("", channel)
