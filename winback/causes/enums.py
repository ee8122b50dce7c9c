"""Choices of a cause and the verbs of the root-cause analysis."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Controllability(TextChoices):
    OWN = "own", pgettext_lazy("cause", "by us")
    SHARED = "shared", pgettext_lazy("cause", "by us and the client")
    EXTERNAL = "external", pgettext_lazy("cause", "not by us")


class Perspective(TextChoices):
    INTERNAL = "internal", pgettext_lazy("cause", "our own view")
    CLIENT = "client", pgettext_lazy("cause", "the client's view")
    AUDIT = "audit", pgettext_lazy("cause", "audit")


class CauseStatus(TextChoices):
    ASSUMED = "assumed", pgettext_lazy("cause", "assumed")
    CONFIRMED = "confirmed", pgettext_lazy("cause", "confirmed")


class Axis(TextChoices):
    """The bones of the cause and effect diagram, as facility management needs them."""

    CONTRACT = "contract", pgettext_lazy("axis", "Contract")
    PEOPLE = "people", pgettext_lazy("axis", "People")
    METHOD = "method", pgettext_lazy("axis", "Method, process")
    COMMUNICATION = "communication", pgettext_lazy("axis", "Communication")
    SUBCONTRACTOR = "subcontractor", pgettext_lazy("axis", "Subcontractors")
    MEANS = "means", pgettext_lazy("axis", "Means, technology")
    MATERIAL = "material", pgettext_lazy("axis", "Material")
    SITE = "site", pgettext_lazy("axis", "Site, surroundings")
    MEASUREMENT = "measurement", pgettext_lazy("axis", "Measurement")


class Weighing(TextChoices):
    """By what the weight of a cause is measured."""

    SHARE = "anteil", pgettext_lazy("pareto", "by our weights")
    FINDINGS = "feststellungen", pgettext_lazy("pareto", "by findings")


class ChainGap(TextChoices):
    """What a chain of whys still lacks."""

    SHORT = "short", _("Ask on: a chain has three to seven answers.")
    UNPROVED = "unproved", _("Not every answer is proved yet.")
    NOT_OURS = "not_ours", _("Ask on until the answer is something we can control.")


class Period(TextChoices):
    """Which cases the analysis of reasons looks at, by the day they were opened."""

    ALL = "alle", pgettext_lazy("period", "all")
    YEAR = "12", pgettext_lazy("period", "last 12 months")
    THREE_YEARS = "36", pgettext_lazy("period", "last 36 months")


class Verb(TextChoices):
    NAMED = "cause.named", _("Cause named")
    CHANGED = "cause.changed", _("Cause changed")
    CONFIRMED = "cause.confirmed", _("Cause confirmed")
    CLIENT_CONFIRMED = "cause.client_confirmed", _("Cause confirmed by the client")
    MADE_PRIMARY = "cause.made_primary", _("Primary cause chosen")
    EVIDENCE_ADDED = "cause.evidence_added", _("Evidence of a cause added")
    EVIDENCE_REMOVED = "cause.evidence_removed", _("Evidence of a cause removed")
    WHY_ASKED = "cause.why_asked", _("Asked why, again and again")
    REMOVED = "cause.removed", _("Cause removed")
