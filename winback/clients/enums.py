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


class Influence(TextChoices):
    """How much the person's word counts in the client's decision."""

    HIGH = "high", pgettext_lazy("influence", "high")
    MEDIUM = "medium", pgettext_lazy("influence", "medium")
    LOW = "low", pgettext_lazy("influence", "low")


class Attitude(TextChoices):
    """How the person stands towards working with us."""

    SUPPORTIVE = "supportive", pgettext_lazy("attitude", "supportive")
    NEUTRAL = "neutral", pgettext_lazy("attitude", "neutral")
    CRITICAL = "critical", pgettext_lazy("attitude", "critical")
    OPPOSED = "opposed", pgettext_lazy("attitude", "opposed")


class MeetingForm(TextChoices):
    ON_SITE = "on_site", pgettext_lazy("meeting", "on site")
    VIRTUAL = "virtual", pgettext_lazy("meeting", "by video")
    BOTH = "both", pgettext_lazy("meeting", "either, by occasion")


#: Ways of advertising a person can consent to; tuples, since they stand in database constraints.
CONSENT_CHANNELS = (Channel.MAIL, Channel.PHONE, Channel.LETTER)


class Purpose(TextChoices):
    """What an outward message is for. Contract communication needs no consent."""

    CONTRACT = "contract", pgettext_lazy("purpose", "Contract communication")
    IMPROVEMENTS = "improvements", pgettext_lazy("purpose", "Information on improvements")
    ADVERTISING = "advertising", pgettext_lazy("purpose", "Advertising and offers")
    SURVEY = "survey", pgettext_lazy("purpose", "Satisfaction survey")


#: Advertising in the sense of § 7 UWG: needs a live consent that can be proved.
NEEDS_CONSENT = (Purpose.IMPROVEMENTS, Purpose.ADVERTISING, Purpose.SURVEY)


class ConsentSource(TextChoices):
    DOUBLE_OPT_IN = "double_opt_in", pgettext_lazy("consent", "Double opt-in by e-mail")
    WRITTEN = "written", pgettext_lazy("consent", "Signed form or letter")
    MAIL = "mail", pgettext_lazy("consent", "E-mail of the person")
    CONTRACT = "contract", pgettext_lazy("consent", "Separate clause of the contract")
    SPOKEN = "spoken", pgettext_lazy("consent", "Spoken, noted by us")


class ConsentState(TextChoices):
    """Where a person stands for one channel and purpose; computed, never typed."""

    LIVE = "live", pgettext_lazy("consent", "Consent proved")
    UNPROVED = "unproved", pgettext_lazy("consent", "Consent without proof")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")
    OBJECTED = "objected", pgettext_lazy("consent", "Objected")
    NONE = "none", pgettext_lazy("consent", "No consent")


class Barrier(TextChoices):
    """Why a message must not go to a person; each is a whole sentence part after the name."""

    OBJECTED = "objected", _("has objected to advertising")
    NO_CONSENT = "none", _("has given no consent for this purpose by e-mail")
    UNPROVED = "unproved", _("has consented, but nothing proves it")
    WITHDRAWN = "withdrawn", _("has withdrawn the consent")
    TOO_SOON = "too_soon", _("has been written to lately: too often is a nuisance")
    NO_ADDRESS = "no_address", _("has no e-mail address here")
    LEFT = "left", _("has left the client")


class LookResult(TextChoices):
    """What became of a dormant client."""

    GONE = "gone", pgettext_lazy("dormant", "Really gone")
    PAUSING = "pausing", pgettext_lazy("dormant", "Only pausing")
    UNKNOWN = "unknown", pgettext_lazy("dormant", "Still unknown")
    ACTIVE = "active", pgettext_lazy("dormant", "Not dormant after all")
