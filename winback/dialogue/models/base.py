"""What every row of the dialogue has: a case, a version, and the case's visibility."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from winback.cases.models import Case
from winback.common.models import ObligationQuerySet, Versioned

if TYPE_CHECKING:
    from accounts.models import User

#: What the header of a case shows; joined so that a page asks once.
HEADER = ("case__client", "case__owner", "case__deputy", "case__contract")


class CaseRowQuerySet(models.QuerySet):  # type: ignore[type-arg]  # generic in the subclass only
    def visible_to(self, user: User) -> Self:
        """Rows of the cases the user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def with_page(self) -> Self:
        """The row with the header of its case, in one statement."""
        return self.select_related(*HEADER)


class DutyQuerySet(ObligationQuerySet):
    """Rows of a case that somebody owes; the same words as ``CaseRowQuerySet``."""

    def visible_to(self, user: User) -> Self:
        """Rows of the cases the user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def with_page(self) -> Self:
        """The row with the header of its case, in one statement."""
        return self.select_related(*HEADER)


class CaseRow(Versioned):
    """A row of one case; its pages lie below the case."""

    #: first part of the names of its addresses: ``talk`` for ``dialogue:talk_edit``
    url_stem = ""
    case: Case  # each class has its own key, for the name of the way back

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Left to the forms, which name the field without asking the database, and to it."""

    def url(self, what: str) -> str:
        """The address of one of its pages: ``detail``, ``edit``, …"""
        return reverse(f"dialogue:{self.url_stem}_{what}", args=[self.case.number, self.pk])
