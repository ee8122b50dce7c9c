"""Documents of a case, and the incidents that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.enums import LIVE
from winback.cases.enums.papers import IncidentKind
from winback.cases.models.case import Case
from winback.common.models import Searchable, Versioned
from winback.common.textsearch import normalise
from winback.documents.models import Document

if TYPE_CHECKING:
    from accounts.models import User


class CaseDocumentQuerySet(models.QuerySet["CaseDocument"]):
    def visible_to(self, user: User) -> Self:
        """Documents of visible cases."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def matching(self, text: str) -> Self:
        """Title or a file name contains ``text``, umlauts and case folded."""
        return self.filter(document__search_key__contains=normalise(text))

    def expiring(self) -> Self:
        """With an end of validity, in cases that go on."""
        return self.filter(document__valid_until__isnull=False, case__status__in=LIVE)

    def with_row(self) -> Self:
        """What a list shows, in three statements."""
        return self.select_related("document", "owner").prefetch_related(
            "document__versions__uploaded_by"
        )


class CaseDocument(models.Model):
    """One document in a case; title, kind, validity and versions stand at the document.

    ``owner`` renews it before its validity ends. Changes are claimed by the document's version.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("person", "owner"),
        help_text=_("Renews the document before its validity ends."),
    )
    note = models.TextField(_("note"), blank=True)
    is_shared = models.BooleanField(
        _("shared with the client"),
        default=False,
        help_text=_("Without this tick the document is internal."),
    )

    objects = CaseDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of the case")
        ordering = ["document__sort_key", "pk"]

    def __str__(self) -> str:
        return self.document.title

    def get_absolute_url(self) -> str:
        return reverse("cases:document", args=[self.case.number, self.pk])


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: User) -> Self:
        """Incidents of visible cases."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Incident(Versioned, Searchable):
    """One link in the chain that led to the loss: what happened on which day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="incidents")
    happened_on = models.DateField(_("happened on"))
    kind = models.CharField(
        pgettext_lazy("incident", "kind"), max_length=20, choices=IncidentKind.choices
    )
    what = models.CharField(_("what happened"), max_length=200)
    consequence = models.TextField(_("what followed from it"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = IncidentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sort_key", "search_key"])

    class Meta:
        verbose_name = _("incident")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="incident_says_what"),
        ]

    def __str__(self) -> str:
        return self.what

    def sort_source(self) -> str:
        return self.what

    def search_source(self) -> str:
        return f"{self.what} {self.consequence}"

    def get_absolute_url(self) -> str:
        return self.url_in(self.case.number)

    def url_in(self, number: str) -> str:
        """Its page in the case ``number``; asks nothing."""
        return reverse("cases:incident_edit", args=[number, self.pk])
