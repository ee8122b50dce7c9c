"""Choices of a KPI and the verbs of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(TextChoices):
    """The groups of the catalogue, in the order in which it is read."""

    SERVICE = "service", pgettext_lazy("kpi", "Service and response")
    QUALITY = "quality", pgettext_lazy("kpi", "Quality")
    MAINTENANCE = "maintenance", pgettext_lazy("kpi", "Maintenance")
    COMPLIANCE = "compliance", pgettext_lazy("kpi", "Inspections and operator duties")
    CUSTOMER = "customer", pgettext_lazy("kpi", "Client and relationship")
    COST = "cost", pgettext_lazy("kpi", "Cost")
    ENERGY = "energy", pgettext_lazy("kpi", "Energy")
    PEOPLE = "people", pgettext_lazy("kpi", "Staff and subcontractors")
    PROCESS = "process", pgettext_lazy("kpi", "Win-back process")


class Direction(TextChoices):
    UP = "up", pgettext_lazy("kpi", "higher is better")
    DOWN = "down", pgettext_lazy("kpi", "lower is better")
    RANGE = "range", pgettext_lazy("kpi", "target band")


class Frequency(TextChoices):
    WEEKLY = "weekly", pgettext_lazy("kpi", "weekly")
    MONTHLY = "monthly", pgettext_lazy("kpi", "monthly")
    QUARTERLY = "quarterly", pgettext_lazy("kpi", "quarterly")
    HALF_YEARLY = "half_yearly", pgettext_lazy("kpi", "half-yearly")
    YEARLY = "yearly", pgettext_lazy("kpi", "yearly")
    #: after an audit, once in a case: at most one value a month, never overdue
    OCCASIONAL = "occasional", pgettext_lazy("kpi", "as it occurs")


class Standing(TextChoices):
    """How a KPI stands against its target path; never against last month."""

    REACHED = "reached", pgettext_lazy("kpi", "Target reached")
    ON_PATH = "on_path", pgettext_lazy("kpi", "On the target path")
    BEHIND = "behind", pgettext_lazy("kpi", "Behind the target path")
    WORSE = "worse", pgettext_lazy("kpi", "Worse than the baseline")
    STALE = "stale", pgettext_lazy("kpi", "Value overdue")
    NO_DATA = "no_data", pgettext_lazy("kpi", "No current data")
    #: there is a value, but baseline or target are not agreed yet
    UNJUDGED = "unjudged", pgettext_lazy("kpi", "Cannot be judged yet")


class Verb(TextChoices):
    PICKED = "kpi.picked", _("KPI added")
    CHANGED = "kpi.changed", _("KPI changed")
    ENDED = "kpi.ended", _("KPI no longer measured")
    BASELINE_RELEASED = "kpi.baseline_released", _("Baseline recorded")
    TARGET_SET = "kpi.target_set", _("Target set")
    MEASURED = "kpi.measured", _("Measurement entered")
    CORRECTED = "kpi.corrected", _("Measurement corrected")
