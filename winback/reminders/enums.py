"""Stages of a reminder; kinds, states and endings of a mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
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


#: Owed to somebody: the sweep still has work with it.
WAITING = {MailState.QUEUED, MailState.SENDING}


class MailKind(TextChoices):
    DIGEST = "digest", pgettext_lazy("mail", "Daily digest")


class CancelReason(TextChoices):
    """Why a mail was not sent: the facts had changed by the time of sending."""

    INACTIVE = "inactive", _("The account is deactivated.")
    NO_MAIL = "no_mail", _("The person does not want a reminder mail.")
    NOTHING_OPEN = "nothing_open", _("Nothing new is open any more.")
    SUPERSEDED = "superseded", _("A newer digest takes its place.")
