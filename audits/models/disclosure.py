"""What the client was told: tell first, before he finds out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.models.audit import Finding


class Disclosure(models.Model):
    """A finding was told to the client. No row means that the client does not know it from us.

    ``words`` are those it was told in, where somebody kept them. A wrong entry is taken back by
    removing the row; the history of the case keeps both.
    """

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="disclosure")
    told_on = models.DateField(_("told on"))
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("told by"),
    )
    words = models.TextField(_("in which words"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("disclosure")

    def __str__(self) -> str:
        return str(self.finding)
