"""What was answered on site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from audits.enums import Result
from audits.models.questions import Question


class Answer(models.Model):
    """The answer to one question of one audit. No row means "not assessed yet"."""

    audit = models.ForeignKey("audits.Audit", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    result = models.CharField(max_length=10, choices=Result.choices)
    note = models.TextField(_("note"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(fields=["audit", "question"], name="answer_once_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.audit} {self.question.code}: {self.result}"
