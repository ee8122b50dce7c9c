"""Choices about a client."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Segment(TextChoices):
    INDUSTRY = "industry", pgettext_lazy("segment", "Industry")
    OFFICE = "office", pgettext_lazy("segment", "Office and administration")
    HEALTH = "health", pgettext_lazy("segment", "Health and care")
    EDUCATION = "education", pgettext_lazy("segment", "Education and research")
    PUBLIC = "public", pgettext_lazy("segment", "Public sector")
    RETAIL = "retail", pgettext_lazy("segment", "Retail and logistics")
    OTHER = "other", pgettext_lazy("segment", "Other")


class SiteKind(TextChoices):
    OFFICE = "office", pgettext_lazy("site", "Office building")
    PLANT = "plant", pgettext_lazy("site", "Plant")
    HOSPITAL = "hospital", pgettext_lazy("site", "Hospital")
    SCHOOL = "school", pgettext_lazy("site", "School or university")
    STORE = "store", pgettext_lazy("site", "Store")
    WAREHOUSE = "warehouse", pgettext_lazy("site", "Warehouse")
    OTHER = "other", pgettext_lazy("site", "Other")


class Channel(TextChoices):
    PHONE = "phone", _("Phone")
    MAIL = "mail", _("E-mail")
    PERSONAL = "personal", _("In person")
    VIDEO = "video", _("Video call")
    LETTER = "letter", _("Letter")
