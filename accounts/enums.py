"""Roles and choices of a person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """Exactly one per user; functions inside a case stand on the case team."""

    KEY_ACCOUNT_MANAGER = "kam", _("Key account manager")
    QUALITY_MANAGER = "qm", _("Quality manager")
    OPERATIONS = "operations", _("Operations")
    MANAGEMENT = "management", _("Executive board")
    EXTERNAL_AUDITOR = "auditor", _("External auditor")


class Salutation(TextChoices):
    MS = "ms", _("Ms")
    MR = "mr", _("Mr")
    NONE = "none", pgettext_lazy("salutation", "none")


class Theme(TextChoices):
    AUTO = "auto", pgettext_lazy("theme", "as the device")
    LIGHT = "light", pgettext_lazy("theme", "light")
    DARK = "dark", pgettext_lazy("theme", "dark")


class DigestRhythm(TextChoices):
    DAILY = "daily", _("every working day at 07:00")
    NONE = "none", _("no mail, only in the product")
