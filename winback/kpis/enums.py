"""Choices of a KPI and the verbs of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    UP = "up", pgettext_lazy("kpi", "higher is better")
    DOWN = "down", pgettext_lazy("kpi", "lower is better")
    RANGE = "range", pgettext_lazy("kpi", "target band")


class Frequency(TextChoices):
    WEEKLY = "weekly", pgettext_lazy("kpi", "weekly")
    MONTHLY = "monthly", pgettext_lazy("kpi", "monthly")
    QUARTERLY = "quarterly", pgettext_lazy("kpi", "quarterly")
    YEARLY = "yearly", pgettext_lazy("kpi", "yearly")


class Standing(TextChoices):
    """How a KPI stands against its target path; never against last month."""

    REACHED = "reached", pgettext_lazy("kpi", "Target reached")
    ON_PATH = "on_path", pgettext_lazy("kpi", "On the target path")
    BEHIND = "behind", pgettext_lazy("kpi", "Behind the target path")
    WORSE = "worse", pgettext_lazy("kpi", "Worse than the baseline")
    STALE = "stale", pgettext_lazy("kpi", "Value overdue")
    NO_DATA = "no_data", pgettext_lazy("kpi", "No data yet")


class Verb(TextChoices):
    PICKED = "kpi.picked", _("KPI added")
    BASELINE_RELEASED = "kpi.baseline_released", _("Baseline recorded")
    TARGET_SET = "kpi.target_set", _("Target set")
    MEASURED = "kpi.measured", _("Measurement entered")
    CORRECTED = "kpi.corrected", _("Measurement corrected")
