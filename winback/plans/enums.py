"""States of a measure and the verbs of the plan."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeasureStatus(TextChoices):
    OPEN = "open", pgettext_lazy("measure", "Open")
    IN_PROGRESS = "in_progress", pgettext_lazy("measure", "In progress")
    BLOCKED = "blocked", pgettext_lazy("measure", "Blocked")
    WAITING = "waiting", pgettext_lazy("measure", "Waiting for the client")
    DONE = "done", pgettext_lazy("measure", "Done")
    DROPPED = "dropped", pgettext_lazy("measure", "Dropped")


#: What a person may set by hand; the other two have their own steps.
SETTABLE = [
    MeasureStatus.OPEN,
    MeasureStatus.IN_PROGRESS,
    MeasureStatus.BLOCKED,
    MeasureStatus.WAITING,
]
#: Statuses that are worth nothing without saying why.
NEEDS_NOTE = {MeasureStatus.BLOCKED, MeasureStatus.WAITING}
#: Ended, one way or the other.
MEASURE_ENDED = {MeasureStatus.DONE, MeasureStatus.DROPPED}
MEASURE_OPEN = set(MeasureStatus) - MEASURE_ENDED


class Recurrence(TextChoices):
    NONE = "", pgettext_lazy("measure", "once")
    WEEKLY = "weekly", pgettext_lazy("measure", "weekly")
    MONTHLY = "monthly", pgettext_lazy("measure", "monthly")
    QUARTERLY = "quarterly", pgettext_lazy("measure", "quarterly")


class CheckResult(TextChoices):
    EFFECTIVE = "effective", pgettext_lazy("check", "effective")
    NOT_EFFECTIVE = "not_effective", pgettext_lazy("check", "not effective")


class Lack(TextChoices):
    """What a finding still lacks before it is closed; each is met in one place."""

    DECISION = "decision", pgettext_lazy("lack", "Decision")
    CORRECTION = "correction", pgettext_lazy("lack", "Correction")
    CAUSE = "cause", pgettext_lazy("lack", "Cause")
    MEASURE = "measure", pgettext_lazy("lack", "Corrective measure")
    DONE = "done", pgettext_lazy("lack", "Carried out")
    PROOF = "proof", pgettext_lazy("lack", "Proof of effectiveness")


class Verb(TextChoices):
    STARTED = "plan.started", _("Recovery plan started")
    RESUMED = "plan.resumed", _("Recovery plan resumed")
    PHASE_PASSED = "plan.phase_passed", _("Phase completed")
    ADDED = "measure.added", _("Measure added")
    CHANGED = "measure.changed", _("Measure changed")
    MOVED = "measure.moved", _("Measure moved")
    REASSIGNED = "measure.reassigned", _("Measure handed over")
    COMPLETED = "measure.completed", _("Measure completed")
    REPEATED = "measure.repeated", _("Recurring measure carried out")
    STATUS_SET = "measure.status_set", _("Status of the measure set")
    REOPENED = "measure.reopened", _("Measure reopened")
    DROPPED = "measure.dropped", _("Measure dropped")
    CHECK_PLANNED = "check.planned", _("Effectiveness check planned")
    CHECK_EFFECTIVE = "check.effective", _("Effectiveness checked: effective")
    CHECK_FAILED = "check.not_effective", _("Effectiveness checked: not effective")
