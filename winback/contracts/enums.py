"""Choices about a contract, its service lines, deadlines and amendments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContractKind(TextChoices):
    """What is owed decides the rights of the client; judged per service line."""

    MIXED = "mixed", pgettext_lazy("contract", "Mixed contract")
    WORKS = "works", pgettext_lazy("contract", "Contract for works (Werkvertrag)")
    SERVICE = "service", pgettext_lazy("contract", "Service contract (Dienstvertrag)")


class LineKind(TextChoices):
    """The type of one service line: a choice with a reason, never a default."""

    WORKS = "works", pgettext_lazy("line", "Works: a result is owed")
    SERVICE = "service", pgettext_lazy("line", "Service: careful action is owed")
    MIXED = "mixed", pgettext_lazy("line", "Mixed")


class Agreed(TextChoices):
    UNKNOWN = "", pgettext_lazy("agreed", "not checked yet")
    YES = "yes", pgettext_lazy("agreed", "agreed")
    NO = "no", pgettext_lazy("agreed", "not agreed")


class Unit(TextChoices):
    DAYS = "days", pgettext_lazy("unit", "days")
    WORKING_DAYS = "working_days", pgettext_lazy("unit", "working days")
    WEEKS = "weeks", pgettext_lazy("unit", "weeks")
    MONTHS = "months", pgettext_lazy("unit", "months")
    FIXED = "fixed", pgettext_lazy("unit", "fixed date")


#: Units that count from an event or back from an end.
COUNTED = (Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS)


class NoticeTo(TextChoices):
    """To which day a notice takes effect."""

    TERM = "term", pgettext_lazy("notice", "to the end of the term")
    MONTH = "month", pgettext_lazy("notice", "to the end of a month")
    QUARTER = "quarter", pgettext_lazy("notice", "to the end of a quarter")
    YEAR = "year", pgettext_lazy("notice", "to the end of a calendar year")


class DeadlineKind(TextChoices):
    REMEDY = "remedy", pgettext_lazy("deadline", "Remedy period")
    WARNING = "warning", pgettext_lazy("deadline", "Reaction to a formal warning")
    CURE = "cure", pgettext_lazy("deadline", "Supplementary performance")
    ACCEPTANCE = "acceptance", pgettext_lazy("deadline", "Acceptance")
    DEFECTS = "defects", pgettext_lazy("deadline", "Limitation of defect claims")
    TERMINATION = "termination", pgettext_lazy("deadline", "Declaration of termination")
    OBJECTION = "objection", pgettext_lazy("deadline", "Objection or reply")
    PAYMENT = "payment", pgettext_lazy("deadline", "Payment")
    OTHER = "other", pgettext_lazy("deadline", "Other deadline")
    NOTICE = "notice", pgettext_lazy("deadline", "Notice before the term ends")
    OPTION = "option", pgettext_lazy("deadline", "Renewal option")
    CHECK = "check", pgettext_lazy("deadline", "Contract check target/actual")
    SUSPENSION = "suspension", pgettext_lazy("deadline", "Termination right suspended")


#: Dates that follow from the contract itself.
OF_CONTRACT = (DeadlineKind.NOTICE, DeadlineKind.OPTION, DeadlineKind.CHECK)
#: Dates that follow from the contract or an amendment: kept there, not typed in the register.
DERIVED = (*OF_CONTRACT, DeadlineKind.SUSPENSION)


class Basis(TextChoices):
    """Where a deadline comes from: a choice of the person, no legal conclusion of the product."""

    CONTRACT = "contract", pgettext_lazy("basis", "Contract clause")
    AMENDMENT = "amendment", pgettext_lazy("basis", "Amendment or settlement paper")
    BGB_314 = "bgb_314", pgettext_lazy("basis", "§ 314 BGB (good cause, continuing obligation)")
    BGB_323 = "bgb_323", pgettext_lazy("basis", "§ 323 BGB (withdrawal after a fruitless period)")
    BGB_621 = "bgb_621", pgettext_lazy("basis", "§ 621 BGB (ordinary notice, services)")
    BGB_626 = "bgb_626", pgettext_lazy("basis", "§ 626 (2) BGB (two weeks from knowledge)")
    BGB_635 = "bgb_635", pgettext_lazy("basis", "§ 635 BGB (supplementary performance)")
    BGB_634A = "bgb_634a", pgettext_lazy("basis", "§ 634a BGB (limitation of defect claims)")
    BGB_640 = "bgb_640", pgettext_lazy("basis", "§ 640 BGB (acceptance)")
    BGB_648A = "bgb_648a", pgettext_lazy("basis", "§ 648a BGB (good cause, works)")
    VOB_B_8 = "vob_b_8", pgettext_lazy("basis", "VOB/B § 8 (only if agreed, construction works)")
    OTHER = "other", pgettext_lazy("basis", "Other basis")


class Receipt(TextChoices):
    """By which way a declaration reached us or the client (Zugang)."""

    REGISTERED = "registered", pgettext_lazy("receipt", "Registered letter")
    LETTER = "letter", pgettext_lazy("receipt", "Letter")
    HAND = "hand", pgettext_lazy("receipt", "Handed over")
    COURIER = "courier", pgettext_lazy("receipt", "Courier")
    EMAIL = "email", pgettext_lazy("receipt", "E-mail")
    FAX = "fax", pgettext_lazy("receipt", "Fax")
    PORTAL = "portal", pgettext_lazy("receipt", "Client portal")
    ORAL = "oral", pgettext_lazy("receipt", "Orally, with minutes")


class Counting(TextChoices):
    """Whether the day of the event belongs to the period."""

    NEXT_DAY = "next_day", _("from the day after the event (§ 187 (1) BGB)")
    SAME_DAY = "same_day", _("from the beginning of that day (§ 187 (2) BGB)")


class DayOff(TextChoices):
    """What happens when a period ends on a Saturday, Sunday or holiday."""

    SHIFT = "shift", _("ends on the next working day (§ 193 BGB)")
    STAY = "stay", _("does not move: notice periods and fixed dates")


class Bound(TextChoices):
    US = "us", pgettext_lazy("bound", "we")
    CLIENT = "client", pgettext_lazy("bound", "the client")
    SUBCONTRACTOR = "subcontractor", pgettext_lazy("bound", "a subcontractor")


class RequiredForm(TextChoices):
    ANY = "any", pgettext_lazy("form", "none prescribed")
    TEXT = "text", pgettext_lazy("form", "text form (e-mail is enough)")
    WRITTEN = "written", pgettext_lazy("form", "written form (signed)")
    REGISTERED = "registered", pgettext_lazy("form", "registered letter")


class DeadlineState(TextChoices):
    """Computed, never stored."""

    OPEN = "open", pgettext_lazy("deadline state", "Open")
    NEAR = "near", pgettext_lazy("deadline state", "Due soon")
    OVERDUE = "overdue", pgettext_lazy("deadline state", "Overdue")
    PAUSED = "paused", pgettext_lazy("deadline state", "Suspended")
    DONE = "done", pgettext_lazy("deadline state", "Done")
    DONE_LATE = "done_late", pgettext_lazy("deadline state", "Done late")
    ENDED = "ended", pgettext_lazy("deadline state", "Ended")


class AmendmentKind(TextChoices):
    AMENDMENT = "amendment", pgettext_lazy("amendment", "Amendment")
    SETTLEMENT = "settlement", pgettext_lazy("amendment", "Settlement paper")


class AmendmentState(TextChoices):
    """Computed, never stored."""

    IN_FORCE = "in_force", pgettext_lazy("amendment", "In force")
    AT_RISK = "at_risk", pgettext_lazy("amendment", "At risk")
    BROKEN = "broken", pgettext_lazy("amendment", "Broken")
    EXPIRED = "expired", pgettext_lazy("amendment", "Expired")


class CooperationKind(TextChoices):
    """What the client owes so that we can perform (Mitwirkung)."""

    ACCESS = "access", pgettext_lazy("cooperation", "Access")
    DECISION = "decision", pgettext_lazy("cooperation", "Decision or release")
    INFORMATION = "information", pgettext_lazy("cooperation", "Information or documents")
    SUPPLY = "supply", pgettext_lazy("cooperation", "Rooms, power, water, materials")
    PAYMENT = "payment", pgettext_lazy("cooperation", "Payment")
    OTHER = "other", pgettext_lazy("cooperation", "Other cooperation")


class CooperationState(TextChoices):
    """Computed, never stored."""

    OWED = "owed", pgettext_lazy("cooperation", "Owed")
    MISSING = "missing", pgettext_lazy("cooperation", "Missing")
    GIVEN = "given", pgettext_lazy("cooperation", "Given")
    GIVEN_LATE = "given_late", pgettext_lazy("cooperation", "Given late")
