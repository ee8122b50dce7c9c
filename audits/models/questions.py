"""What a checklist asks."""

from __future__ import annotations

from django.db import models

from audits.models.templates import TemplateVersion
from winback.common.models import in_language


class QuestionGroup(models.Model):
    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="groups")
    key = models.SlugField(max_length=60)
    name_de = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_de, self.name_en)


class Question(models.Model):
    """One question, worded so that "met" is the desired state."""

    group = models.ForeignKey(QuestionGroup, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=12)
    text_de = models.TextField()
    text_en = models.TextField()
    hint_de = models.TextField(blank=True)
    hint_en = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    is_critical = models.BooleanField(default=False)
    wants_photo = models.BooleanField(default=False)
    norm_refs = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["group__position", "position"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)

    @property
    def hint(self) -> str:
        return in_language(self.hint_de, self.hint_en)
