"""States and choices of a case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common import health


class Status(TextChoices):
    OPEN = "open", pgettext_lazy("case", "Open")
    ACTIVE = "active", pgettext_lazy("case", "Active")
    RESTING = "resting", pgettext_lazy("case", "Resting")
    WON = "won", pgettext_lazy("case", "Won back")
    LOST = "lost", pgettext_lazy("case", "Lost")
    PARTED = "parted", pgettext_lazy("case", "Parted by agreement")


# Tuples, not sets: they stand in database constraints, whose text must not change from run to run.
#: Ended: needs an outcome and lessons; may be reopened.
CLOSED = (Status.WON, Status.LOST, Status.PARTED)
#: Work goes on or may go on.
LIVE = (Status.OPEN, Status.ACTIVE, Status.RESTING)


class Health(TextChoices):
    ON_TRACK = health.ON_TRACK, pgettext_lazy("health", "On track")
    AT_RISK = health.AT_RISK, pgettext_lazy("health", "At risk")
    CRITICAL = health.CRITICAL, pgettext_lazy("health", "Critical")


class Phase(TextChoices):
    """The five phases of a recovery plan, in order; they may overlap."""

    ANALYSIS = "1", _("Analysis & audit")
    RESET = "2", _("Communication reset")
    IMMEDIATE = "3", _("Immediate measures")
    REALIGNMENT = "4", _("Strategic realignment")
    MONITORING = "5", _("Monitoring & feedback")


class Trigger(TextChoices):
    COMPLAINTS = "complaints", pgettext_lazy("trigger", "Complaints pile up")
    FORMAL_WARNING = "formal_warning", pgettext_lazy("trigger", "Formal warning received")
    THREAT = "threat", pgettext_lazy("trigger", "Termination threatened")
    TERMINATION = "termination", pgettext_lazy("trigger", "Termination received")
    TENDER_LOST = "tender_lost", pgettext_lazy("trigger", "Tender lost")
    NOT_RENEWED = "not_renewed", pgettext_lazy("trigger", "Not invited to renew")
    SILENCE = "silence", pgettext_lazy("trigger", "Client went silent")
    OTHER = "other", pgettext_lazy("trigger", "Other")


class LossKind(TextChoices):
    """How much is gone already."""

    ENDANGERED = "endangered", pgettext_lazy("loss", "Endangered, still a client")
    PARTIAL = "partial", pgettext_lazy("loss", "Part of the contract lost")
    TERMINATED = "terminated", pgettext_lazy("loss", "Terminated, contract still running")
    LOST = "lost", pgettext_lazy("loss", "Lost, served by somebody else")


class Function(TextChoices):
    """What somebody does inside one case; the roles of the plan template."""

    EXECUTIVE = "executive", _("Executive board")
    REGIONAL_LEAD = "regional_lead", _("Regional management")
    KEY_ACCOUNT_MANAGER = "key_account_manager", _("Key account manager")
    QUALITY_MANAGER = "quality_manager", _("Quality manager")
    OPERATIONS_LEAD = "operations_lead", _("Site management")
    TECHNICIAN = "technician", _("Technician")
    HSE_OFFICER = "hse_officer", _("HSSEQ officer")
    HR_DEVELOPMENT = "hr_development", _("HR development")
    LEGAL = "legal", _("Contract management and legal")
    PROCUREMENT = "procurement", _("Procurement and subcontractor control")
    EXTERNAL_AUDITOR = "external_auditor", _("External auditor")
    ADVISER = "adviser", _("Adviser without main responsibility")
    CONTRIBUTOR = "contributor", _("Contributor")
