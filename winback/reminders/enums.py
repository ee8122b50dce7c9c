"""Stages of a reminder and states of a mail."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    BEFORE = "before", pgettext_lazy("reminder", "coming up")
    DUE = "due", pgettext_lazy("reminder", "due today")
    OVERDUE = "overdue", pgettext_lazy("reminder", "overdue")


class MailState(TextChoices):
    QUEUED = "queued", pgettext_lazy("mail", "queued")
    SENDING = "sending", pgettext_lazy("mail", "being sent")
    SENT = "sent", pgettext_lazy("mail", "sent")
    FAILED = "failed", pgettext_lazy("mail", "failed")
    HELD = "held", pgettext_lazy("mail", "held")
    CANCELLED = "cancelled", pgettext_lazy("mail", "cancelled")
