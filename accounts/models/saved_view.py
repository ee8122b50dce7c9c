"""Lists as somebody wants to see them again."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.user import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and what colleagues share; external auditors see just their own."""
        mine = Q(owner=user)
        return self.filter(mine if user.is_external else mine | Q(shared=True))


class SavedView(models.Model):
    """A list as somebody wants to see it again: a named query string.

    ``page`` is the URL name of the list. What the list no longer knows of ``query`` it ignores.
    ``slug`` is the address colleagues are sent; it stays when the view is renamed.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60, editable=False)
    slug = models.SlugField(max_length=60, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("saved view", "name"), max_length=60)
    query = models.CharField(max_length=1000, blank=True, editable=False)
    shared = models.BooleanField(
        pgettext_lazy("saved view", "shared with colleagues"), default=False
    )
    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        ordering = ["page", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"], name="saved_view_name_once_per_list"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:view", args=[self.slug])
