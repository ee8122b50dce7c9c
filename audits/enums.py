"""States, results and grades of audits, kept apart: result, workflow status and score."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditKind(TextChoices):
    INTERNAL = "internal_service_audit", _("Internal service audit")
    FULFILMENT = "contract_fulfilment_audit", _("Contract-fulfilment audit")
    EXTERNAL = "external_audit", _("External audit")
    FOLLOW_UP = "follow_up_audit", _("Follow-up audit")
    JOINT = "joint_audit", _("Audit together with the client")


class Confidentiality(TextChoices):
    """Who may read the report of an audit."""

    INTERNAL = "internal", pgettext_lazy("confidentiality", "internal")
    CLIENT = "client", pgettext_lazy("confidentiality", "for us and the client")
    NAMED = "named", pgettext_lazy("confidentiality", "for the distribution list only")


class AuditStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("audit", "Planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("audit", "In progress")
    FINISHED = "finished", pgettext_lazy("audit", "Finished and locked")
    CANCELLED = "cancelled", pgettext_lazy("audit", "Cancelled")


#: Still to be carried out; everything else is locked.
AUDIT_OPEN = {AuditStatus.PLANNED, AuditStatus.IN_PROGRESS}


class Result(TextChoices):
    MET = "met", pgettext_lazy("answer", "met")
    PARTLY = "partly", pgettext_lazy("answer", "partly met")
    NOT_MET = "not_met", pgettext_lazy("answer", "not met")
    NOT_APPLICABLE = "na", pgettext_lazy("answer", "not applicable")


#: Answers that need a note or a finding.
NEED_JUSTIFICATION = {Result.PARTLY, Result.NOT_MET}


class Grade(TextChoices):
    MAJOR = "major", pgettext_lazy("finding", "Major nonconformity")
    MINOR = "minor", pgettext_lazy("finding", "Minor nonconformity")
    OBSERVATION = "observation", pgettext_lazy("finding", "Observation")
    IMPROVEMENT = "improvement", pgettext_lazy("finding", "Opportunity for improvement")
    STRENGTH = "strength", pgettext_lazy("finding", "Good practice")


#: Grades that ask for a correction; the others for a decision or nothing.
NONCONFORMITIES = {Grade.MAJOR, Grade.MINOR}


class FindingStatus(TextChoices):
    OPEN = "open", pgettext_lazy("finding", "Open")
    IN_PROGRESS = "in_progress", pgettext_lazy("finding", "In progress")
    DONE = "done", pgettext_lazy("finding", "Done")
    EFFECTIVE = "effective", pgettext_lazy("finding", "Effective")
    WITHDRAWN = "withdrawn", pgettext_lazy("finding", "Withdrawn")
    MERGED = "merged", pgettext_lazy("finding", "Part of a major")


#: In no result: unfounded, or counted once as part of a major.
NOT_COUNTING = {FindingStatus.WITHDRAWN, FindingStatus.MERGED}
#: Still owed by somebody.
FINDING_OPEN = {FindingStatus.OPEN, FindingStatus.IN_PROGRESS}


class ClientSeverity(TextChoices):
    """How the client sees it, whatever our grade says."""

    SEVERE = "severe", pgettext_lazy("severity", "severe")
    NOTICEABLE = "noticeable", pgettext_lazy("severity", "noticeable")
    SLIGHT = "slight", pgettext_lazy("severity", "slight")


#: What may change of a finding when its audit is locked; the rest is its wording.
MOVABLE = frozenset({"owner", "due_on", "containment", "contained_on", "client_severity"})


class Change(TextChoices):
    """How a question stands against the previous audit."""

    BETTER = "better", pgettext_lazy("comparison", "better")
    WORSE = "worse", pgettext_lazy("comparison", "worse")
    SAME = "same", pgettext_lazy("comparison", "unchanged")
    NONE = "none", pgettext_lazy("comparison", "not comparable")


class Verdict(TextChoices):
    PASSED = "passed", pgettext_lazy("audit", "passed")
    NOT_PASSED = "not_passed", pgettext_lazy("audit", "not passed")


class OwnWork(TextChoices):
    """Why somebody cannot audit here: what they would judge is their own work."""

    CASE = "case", pgettext_lazy("own work", "owns the case")
    SERVICE = "service", pgettext_lazy("own work", "runs the service in this case")
    CORRECTION = "correction", pgettext_lazy("own work", "had to correct what is checked again")


class Verb(TextChoices):
    PLANNED = "audit.planned", _("Audit planned")
    CHANGED = "audit.changed", _("Audit changed")
    STARTED = "audit.started", _("Audit started")
    FINISHED = "audit.finished", _("Audit finished and locked")
    CANCELLED = "audit.cancelled", _("Audit cancelled")
    FINDING_RECORDED = "finding.recorded", _("Finding recorded")
    EVIDENCE_ADDED = "finding.evidence", _("Evidence added")
    FINDING_CHANGED = "finding.changed", _("Finding changed")
    FINDING_STARTED = "finding.started", _("Finding in progress")
    FINDING_DONE = "finding.done", _("Finding done")
    FINDING_RESOLVED = "finding.resolved", _("Correction or decision recorded")
    FINDING_EFFECTIVE = "finding.effective", _("Finding closed: effect proved")
    FINDING_REOPENED = "finding.reopened", _("Finding reopened")
    FINDING_DISCLOSED = "finding.disclosed", _("Findings told to the client")
    FINDING_UNDISCLOSED = "finding.undisclosed", _("Entry taken back: the client was not told")
    FINDING_AGGREGATED = "finding.aggregated", _("Minors made one major")
    FINDING_WITHDRAWN = "finding.withdrawn", _("Finding withdrawn")
