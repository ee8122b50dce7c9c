"""The history of a case, append-only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from winback.cases.models.case import Case
from winback.common.history import verb_label


class AppendOnlyQuerySet(models.QuerySet["CaseEvent"]):
    """History is written once; correcting it is a new entry."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Case events are append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Case events are append-only.")


class CaseEvent(models.Model):
    """One verb that happened to a case: by whom, when, with which data. Append-only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    verb = models.CharField(max_length=40)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("case event")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["case", "-at"], name="case_event_case_at")]

    def __str__(self) -> str:
        return f"{self.case} {self.verb}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Case events are append-only.")

    @property
    def label(self) -> str:
        return verb_label(self.verb)
