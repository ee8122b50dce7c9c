"""Abstract models shared by the rooms. This package has no tables of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from winback.common.textsearch import normalise

if TYPE_CHECKING:
    from accounts.models import User


class Versioned(models.Model):
    """A row two people may edit at once: services claim it by its version (see ``claims``)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Searchable(models.Model):
    """Normalised copies for sorting and searching, so that SQLite and PostgreSQL agree.

    ``sort_source`` and ``search_source`` name what the keys are made of; ``fill_keys()`` is called
    by the service that changes one of them.
    """

    sort_key = models.CharField(max_length=250, editable=False, db_index=True)
    search_key = models.TextField(editable=False)

    class Meta:
        abstract = True

    def sort_source(self) -> str:
        raise NotImplementedError

    def search_source(self) -> str:
        return self.sort_source()

    def fill_keys(self) -> None:
        """Recompute both keys in memory."""
        self.sort_key = normalise(self.sort_source())[:250]
        self.search_key = normalise(self.search_source())


class CatalogueRow(models.Model):
    """A row of shipped reference data that an administrator may edit.

    ``edited`` keeps a changed row safe from the next ``load_reference``.
    """

    key = models.SlugField(max_length=80, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=250)
    name_en = models.CharField(_("name (English)"), max_length=250)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    edited = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, German unless English is asked for."""
        return in_language(self.name_de, self.name_en)


def in_language(german: str, english: str) -> str:
    """Pick the text of the active language; an empty English text falls back to German."""
    if (get_language() or "de").startswith("en") and english:
        return english
    return german


class ObligationQuerySet(models.QuerySet):  # type: ignore[type-arg]  # generic in the subclass only
    """The words every obligation answers to."""

    def open(self) -> Self:
        """Not done yet. Rooms whose rows can end otherwise narrow this."""
        return self.filter(done_on__isnull=True)

    def overdue(self, today: date) -> Self:
        """Open and due before ``today``, judged by the current due date."""
        return self.open().filter(due_on__lt=today)

    def due_within(self, today: date, days: int) -> Self:
        """Open and due from ``today`` up to ``days`` calendar days ahead."""
        return self.open().filter(due_on__range=(today, today + timedelta(days=days)))

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)


class Obligation(models.Model):
    """Something one named person owes by a date. Owner and date are never empty.

    *Overdue* uses ``due_on``; on-time ratios use ``original_due_on``, which never moves.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("person", "owner"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("person", "deputy"),
    )
    due_on = models.DateField(_("due on"))
    original_due_on = models.DateField(_("original due date"), editable=False)
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    def is_overdue(self, today: date) -> bool:
        """Open and due before ``today``; due today is not overdue."""
        return self.is_open and self.due_on < today

    @property
    def was_on_time(self) -> bool:
        """Done no later than originally due. Moves do not make a late thing punctual."""
        return self.done_on is not None and self.done_on <= self.original_due_on
