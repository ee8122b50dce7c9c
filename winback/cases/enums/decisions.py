"""Choices of the decisions in a case."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GoReason(TextChoices):
    GO = "go", pgettext_lazy("decision", "Go: we try to win the client back")
    NO_GO = "no_go", pgettext_lazy("decision", "No go: we let the client leave on good terms")
    STAY = "stay", pgettext_lazy("decision", "Must stay for now: we depend on this client")


#: The work may begin; who must stay for now is worked for all the same.
ALLOWS_WORK = (GoReason.GO, GoReason.STAY)


class Stage(TextChoices):
    """How far the relationship has gone, from the first chill to another provider."""

    COOLING = "cooling", pgettext_lazy("stage", "Cooling down")
    COMPLAINING = "complaining", pgettext_lazy("stage", "Complaining")
    ESCALATED = "escalated", pgettext_lazy("stage", "Formally escalated")
    WARNED = "warned", pgettext_lazy("stage", "Formal warning received")
    THREATENED = "threatened", pgettext_lazy("stage", "Termination threatened")
    TERMINATED = "terminated", pgettext_lazy("stage", "Terminated")
    TENDER_LOST = "tender_lost", pgettext_lazy("stage", "Lost in a tender")
    NOT_INVITED = "not_invited", pgettext_lazy("stage", "Not invited to renew")
    ELSEWHERE = "elsewhere", pgettext_lazy("stage", "Served by another provider")


class SiteState(TextChoices):
    """How it stands at one site of the case."""

    KEPT = "kept", pgettext_lazy("site", "Still served by us")
    ENDANGERED = "endangered", pgettext_lazy("site", "Endangered")
    LOST = "lost", pgettext_lazy("site", "Lost")


class Level(TextChoices):
    LOW = "low", pgettext_lazy("level", "low")
    MEDIUM = "medium", pgettext_lazy("level", "medium")
    HIGH = "high", pgettext_lazy("level", "high")


class Reply(TextChoices):
    """An answer that somebody may not have yet."""

    YES = "yes", pgettext_lazy("reply", "yes")
    NO = "no", pgettext_lazy("reply", "no")
    UNKNOWN = "unknown", pgettext_lazy("reply", "not known")


class Dependency(TextChoices):
    NONE = "none", pgettext_lazy("dependency", "We can do without this client")
    PARTLY = "partly", pgettext_lazy("dependency", "The loss would hurt, but can be made up for")
    DEPENDENT = "dependent", pgettext_lazy("dependency", "We depend on this client")


class Factor(TextChoices):
    """What the qualification score is made of; the weights stand in the settings."""

    CONTROLLABLE = "controllable", _("The cause lies in our hands")
    CHANGEABLE = "changeable", _("The cause can be removed for the future")
    STRATEGIC = "strategic", _("The client has strategic value")
    RECENT = "recent", _("The loss is recent")
    RECOVERY = "recovery", _("Earlier recovery worked, references were given")
    COMPLAINTS = "complaints", _("There is a long history of complaints")
    DECIDER = "decider", _("The decision maker is still there")
    WINDOW = "window", _("Contract or tender window within 18 months")


class Degree(TextChoices):
    """How far a factor holds."""

    YES = "yes", pgettext_lazy("degree", "holds")
    PARTLY = "partly", pgettext_lazy("degree", "holds partly")
    NO = "no", pgettext_lazy("degree", "does not hold")


class Way(TextChoices):
    """How the lost client is approached first."""

    PERSONAL = "personal", pgettext_lazy("approach", "Personal visit")
    PHONE = "phone", pgettext_lazy("approach", "Phone call")
    SURVEY = "survey", pgettext_lazy("approach", "Survey")
    MAILING = "mailing", pgettext_lazy("approach", "Letter or mailing")


class EscalationLevel(IntegerChoices):
    NONE = 0, pgettext_lazy("escalation", "0 No escalation")
    SITE = 1, pgettext_lazy("escalation", "1 Site management and key account manager")
    REGION = 2, pgettext_lazy("escalation", "2 Regional management")
    BOARD = 3, pgettext_lazy("escalation", "3 Executive board")


class MediationSubject(TextChoices):
    QUALITY = "quality", pgettext_lazy("mediation", "Quality")
    PRICE = "price", pgettext_lazy("mediation", "Price")
    CONTRACT = "contract", pgettext_lazy("mediation", "Reading of the contract")
    OTHER = "other", pgettext_lazy("mediation", "Something else")


class MediationResult(TextChoices):
    AGREED = "agreed", pgettext_lazy("mediation", "Agreed")
    PARTLY = "partly", pgettext_lazy("mediation", "Partly agreed")
    FAILED = "failed", pgettext_lazy("mediation", "Failed")


class TenderResult(TextChoices):
    PLANNED = "planned", pgettext_lazy("tender", "Still to come")
    LOST = "lost", pgettext_lazy("tender", "Lost")
    WON = "won", pgettext_lazy("tender", "Won")


class Extent(TextChoices):
    """What "won back" means in this case."""

    WON_BACK = "won_back", pgettext_lazy("outcome", "Won back as before")
    PROLONGED = "prolonged", pgettext_lazy("outcome", "Contract prolonged")
    EXTENDED = "extended", pgettext_lazy("outcome", "Extended with more lots")


class TalkForm(TextChoices):
    PERSONAL = "personal", pgettext_lazy("talk", "In person")
    PHONE = "phone", pgettext_lazy("talk", "By phone")
    LETTER = "letter", pgettext_lazy("talk", "In writing")


class Load(TextChoices):
    """Of a whole team, never of a person: no comparison of people (§ 87 (1) no. 6 BetrVG)."""

    FINE = "fine", pgettext_lazy("load", "Manageable")
    STRAINED = "strained", pgettext_lazy("load", "Strained")
    OVERLOADED = "overloaded", pgettext_lazy("load", "Overloaded")


class SuccessKind(TextChoices):
    TEAM = "team", pgettext_lazy("success", "Success of the team")
    PROLONGATION = "prolongation", pgettext_lazy("success", "Prolongation")
    ORDER = "order", pgettext_lazy("success", "Follow-up order")
    RECOMMENDATION = "recommendation", pgettext_lazy("success", "Recommendation")
    CERTIFICATE = "certificate", pgettext_lazy("success", "Certificate")


class LessonTarget(TextChoices):
    PLAN = "plan", pgettext_lazy("lesson", "Template of the recovery plan")
    TENDER = "tender", pgettext_lazy("lesson", "Tender standard")
    AUDIT = "audit", pgettext_lazy("lesson", "Checklists of the audits")
    OTHER = "other", pgettext_lazy("lesson", "Other rules of the company")


class LessonState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("lesson", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("lesson", "Accepted")
    REJECTED = "rejected", pgettext_lazy("lesson", "Rejected")


class DutyKind(TextChoices):
    """What a decision of the case leaves to do."""

    HANDOVER = "handover", _("Handover to the new key account manager")
    ESCALATION = "escalation", _("Escalation step")
    PLAN_B = "plan_b", _("Plan B")
    TENDER = "tender", _("Preparation of a tender")
    CARE = "care", _("Contact after the end of the case")


#: Owed also once the case has ended: the comeback may lie years ahead.
OUTLIVING = (DutyKind.TENDER, DutyKind.CARE)
