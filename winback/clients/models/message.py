"""Mails to people at the client: drafted and recorded here, sent by a person's own mail program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.clients.enums import NEEDS_CONSENT, Purpose
from winback.clients.models.client import Client
from winback.clients.models.consent import Consent
from winback.clients.models.contact import Contact
from winback.common.models import Versioned


class MessageQuerySet(models.QuerySet["OutwardMessage"]):
    def with_row(self) -> Self:
        """Who drafted and sent it, and to how many people, in one statement."""
        counted = self.annotate(people_count=Count("recipients"))
        # A grouped query does not take the order of the model.
        return counted.select_related("drafted_by", "sent_by").order_by("-drafted_at", "-pk")


class OutwardMessage(Versioned):
    """One text to some people at the client, with the purpose that decides whom it may reach."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="messages")
    purpose = models.CharField(
        pgettext_lazy("message", "purpose"), max_length=14, choices=Purpose.choices
    )
    subject = models.CharField(pgettext_lazy("message", "subject"), max_length=200)
    body = models.TextField(pgettext_lazy("message", "text"), max_length=5000)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(editable=False)
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    discarded_on = models.DateField(null=True, editable=False)

    #: set by ``with_row()``
    people_count: int

    objects = MessageQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("message")
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(discarded_on__isnull=True),
                name="message_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_by__isnull=True)
                | Q(sent_on__isnull=False, sent_by__isnull=False),
                name="message_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="message_purpose_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("clients:message_detail", args=[self.client_id, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.sent_on is None and self.discarded_on is None

    @property
    def needs_consent(self) -> bool:
        return self.purpose in NEEDS_CONSENT


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def drafts(self) -> Self:
        """Of messages neither sent nor discarded."""
        return self.filter(message__sent_on__isnull=True, message__discarded_on__isnull=True)

    def last_advertising(self, contacts: Iterable[Contact]) -> dict[int, date]:
        """When each person was last sent something that needs consent; one statement."""
        sent = self.filter(
            contact__in=contacts, message__purpose__in=NEEDS_CONSENT, message__sent_on__isnull=False
        )
        rows = sent.order_by().values("contact").annotate(last=Max("message__sent_on"))
        return dict(rows.values_list("contact", "last"))


class Recipient(models.Model):
    """A person the message goes to, at the address of that day and on the strength of a consent."""

    message = models.ForeignKey(OutwardMessage, on_delete=models.CASCADE, related_name="recipients")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="received")
    email = models.EmailField(_("e-mail address"), blank=True)
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, related_name="uses", null=True, blank=True
    )
    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ["contact__last_name", "contact__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "contact"], name="recipient_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contact} · {self.message}"
