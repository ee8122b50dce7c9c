"""Clients that have gone quiet: somebody looks at each, by a date, and says what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from winback.clients.enums import LookResult
from winback.clients.models.client import Client
from winback.common.models import Obligation, ObligationQuerySet, Versioned

#: Results after which somebody must look again.
LOOK_AGAIN = (LookResult.PAUSING, LookResult.UNKNOWN)


class DormantLook(Versioned, Obligation):
    """One look at a quiet client: owed by ``owner`` until ``due_on``, with its result afterwards.

    A client has at most one open look; the results of earlier ones stay.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="looks")
    occasion = models.CharField(
        _("what makes us look"),
        max_length=250,
        help_text=_("for instance “no order since spring”"),
    )
    result = models.CharField(_("result"), max_length=10, choices=LookResult.choices, blank=True)
    reason = models.TextField(_("what we found out, and from whom"), blank=True)
    without_notice = models.BooleanField(
        _("left without a word"),
        default=False,
        help_text=_("The client never gave notice; orders just stopped."),
    )
    unspoken = models.TextField(
        _("suspected unspoken complaints"),
        blank=True,
        help_text=_("What may have annoyed the client without ever being said."),
    )
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = ObligationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("look at a dormant client")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(done_on__isnull=True), name="look_open_once"
            ),
            models.CheckConstraint(
                condition=(
                    Q(done_on__isnull=True, result="")
                    | (Q(done_on__isnull=False, examined_by__isnull=False) & ~Q(result=""))
                ),
                name="look_done_has_result",
            ),
            models.CheckConstraint(
                condition=Q(result="") | ~Q(reason=""), name="look_result_has_reason"
            ),
            models.CheckConstraint(condition=~Q(owner=F("deputy")), name="look_deputy_is_other"),
        ]

    def __str__(self) -> str:
        return str(self.client)

    def get_absolute_url(self) -> str:
        return reverse("clients:look", args=[self.client_id])
