"""The secret address of a calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedToken(models.Model):
    """The private calendar address of one person; only a hash of it is kept.

    Whoever knows the address reads the dates without signing in, so it can be revoked: the row
    goes, and with it the access.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_token"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    #: the last day on which a calendar asked; a day is enough to notice a stranger
    read_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("calendar address")

    def __str__(self) -> str:
        return f"Feed {self.user}"
