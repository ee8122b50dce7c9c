"""The change of the key account manager."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from winback.cases.models.case import Case
from winback.cases.models.duties import duty_link
from winback.common.models import Versioned


class Handover(Versioned):
    """Who hands the case to whom and why; the former one stays as adviser."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    former = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("former key account manager"),
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("new key account manager"),
    )
    changed_on = models.DateField(_("changed on"))
    reason = models.TextField(
        _("reason of the change"), help_text=_("What is broken, without naming somebody guilty.")
    )
    fit = models.TextField(
        _("profile of the new person"),
        help_text=_("Why this person fits this client: profession, experience, temper."),
    )
    resources = models.TextField(
        _("resources and freedom granted"),
        blank=True,
        help_text=_("Time, people, budget, own decisions. Trust may need about a year."),
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("granted by"),
    )
    told_on = models.DateField(_("client told on"), null=True, blank=True)
    told_how = models.CharField(_("how the client was told"), max_length=250, blank=True)
    duty = duty_link("handover")

    class Meta:
        verbose_name = _("handover")
        ordering = ["-changed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.former} → {self.successor}"

    def get_absolute_url(self) -> str:
        return reverse("cases:handover", args=[self.case.number, self.pk])


class HandoverItem(models.Model):
    """One line of the handover checklist."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(_("what"), max_length=200)
    done_on = models.DateField(_("done on"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
