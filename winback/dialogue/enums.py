"""Choices and states of the dialogue, and its verbs."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommitmentState(TextChoices):
    """Computed, never stored. Overdue and still open counts as broken."""

    OPEN = "open", pgettext_lazy("commitment", "Open")
    KEPT = "kept", pgettext_lazy("commitment", "Kept")
    KEPT_LATE = "kept_late", pgettext_lazy("commitment", "Kept late")
    BROKEN = "broken", pgettext_lazy("commitment", "Broken")
    RELEASED = "released", pgettext_lazy("commitment", "Released by the client")


class InteractionKind(TextChoices):
    CRISIS = "crisis", _("Crisis talk")
    APOLOGY = "apology", _("Apology")
    LOSS_TALK = "loss_talk", _("Talk about the reasons for leaving")
    ESCALATION = "escalation", _("Escalation meeting")
    MEDIATION = "mediation", _("Mediation session")
    REGULAR = "regular", _("Jour fixe")
    MANAGEMENT = "management", _("Meeting of the boards")
    REVIEW = "review", _("Performance review")
    WORKSHOP = "workshop", _("Workshop")
    SERVICE_LEVELS = "service_levels", _("Service-level workshop")
    FEEDBACK = "feedback", _("Feedback round")
    SITE_WALK = "site_walk", _("Site walk")
    CALL = "call", pgettext_lazy("interaction", "Phone call")
    MAIL = "mail", pgettext_lazy("interaction", "E-mail")
    LETTER = "letter", pgettext_lazy("interaction", "Letter")
    FAREWELL = "farewell", _("Farewell talk")


#: Kinds of talks that can repeat.
SERIES_KINDS = (
    InteractionKind.REGULAR,
    InteractionKind.REVIEW,
    InteractionKind.MANAGEMENT,
    InteractionKind.FEEDBACK,
    InteractionKind.WORKSHOP,
    InteractionKind.SITE_WALK,
)


class TalkChannel(TextChoices):
    """On site and video are chosen on purpose, so they are told apart."""

    ON_SITE = "on_site", pgettext_lazy("channel", "On site")
    VIDEO = "video", _("Video call")
    PHONE = "phone", _("Phone")
    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Letter")
    TOOL = "tool", pgettext_lazy("channel", "Shared platform")


class Mood(IntegerChoices):
    """The client's mood and trust as we perceive it."""

    BROKEN = 1, pgettext_lazy("mood", "hostile")
    TENSE = 2, pgettext_lazy("mood", "tense")
    NEUTRAL = 3, pgettext_lazy("mood", "matter-of-fact")
    OPEN = 4, pgettext_lazy("mood", "open")
    TRUSTING = 5, pgettext_lazy("mood", "trusting")


class ApologyForm(TextChoices):
    PERSONAL = "personal", _("In person")
    PHONE = "phone", _("Phone")
    LETTER = "letter", _("Letter")
    MAIL = "mail", _("E-mail")


class Rhythm(IntegerChoices):
    """Calendar days between two rounds."""

    WEEKLY = 7, _("weekly")
    FORTNIGHTLY = 14, _("every two weeks")
    MONTHLY = 28, _("every four weeks")
    QUARTERLY = 91, _("every quarter")


class Severity(TextChoices):
    LOW = "low", pgettext_lazy("severity", "minor")
    MEDIUM = "medium", pgettext_lazy("severity", "considerable")
    HIGH = "high", pgettext_lazy("severity", "severe")


class ComplaintCore(TextChoices):
    """Whether the complaint is the point, or stands for something else; a judgement."""

    UNCLEAR = "unclear", pgettext_lazy("complaint core", "not judged yet")
    REAL = "real", pgettext_lazy("complaint core", "real")
    TACTICAL = "tactical", pgettext_lazy("complaint core", "tactical")


class ComplaintState(TextChoices):
    """Computed, never stored: the steps of ISO 10002."""

    RECEIVED = "received", pgettext_lazy("complaint", "Received")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("complaint", "Acknowledged")
    ANSWERED = "answered", pgettext_lazy("complaint", "Answered")
    CLOSED = "closed", pgettext_lazy("complaint", "Closed")


class ExpectationKind(TextChoices):
    EXPECTATION = "expectation", _("Expectation")
    CHANGE = "change", _("Late change of wish")
    OBJECTION = "objection", _("Objection")


class Realism(TextChoices):
    UNCLEAR = "unclear", pgettext_lazy("realism", "not judged yet")
    YES = "yes", pgettext_lazy("realism", "realistic")
    PARTLY = "partly", pgettext_lazy("realism", "partly realistic")
    NO = "no", pgettext_lazy("realism", "not realistic")


class ClientDecision(TextChoices):
    PENDING = "pending", pgettext_lazy("decision", "not decided yet")
    ACCEPTS = "accepts", pgettext_lazy("decision", "accepts the precondition")
    ADJUSTS = "adjusts", pgettext_lazy("decision", "adjusts the wish")
    ALTERNATIVE = "alternative", pgettext_lazy("decision", "takes the alternative")
    WITHDRAWS = "withdraws", pgettext_lazy("decision", "withdraws the wish")
    INSISTS = "insists", pgettext_lazy("decision", "insists without precondition")


class Verb(TextChoices):
    PROMISED = "commitment.promised", _("Commitment given")
    CHANGED = "commitment.changed", _("Commitment changed")
    KEPT = "commitment.kept", _("Commitment kept")
    BROKEN = "commitment.broken", _("Commitment broken")
    RELEASED = "commitment.released", _("Commitment released by the client")
    REASSIGNED = "commitment.reassigned", _("Commitment handed over")
    FOREWARNED = "commitment.forewarned", _("Client told in advance about a commitment")
    TOLD = "commitment.told", _("Result of a commitment told to the client")
    TALKED = "talk.recorded", _("Talk recorded")
    TALK_CHANGED = "talk.changed", _("Talk record changed")
    TALK_SHARED = "talk.shared", _("Talk record shared with the client")
    TALK_WITHDRAWN = "talk.withdrawn", _("Sharing of a talk record withdrawn")
    SERIES_AGREED = "series.agreed", _("Meeting series agreed")
    SERIES_CHANGED = "series.changed", _("Meeting series changed")
    SERIES_ENDED = "series.ended", _("Meeting series ended")
    FOLLOWUP_AGREED = "followup.agreed", _("Call-back agreed")
    FOLLOWUP_CHANGED = "followup.changed", _("Call-back changed")
    FOLLOWUP_DONE = "followup.done", _("Call-back made")
    FOLLOWUP_DROPPED = "followup.dropped", _("Call-back dropped")
    COMPLAINED = "complaint.received", _("Complaint received")
    COMPLAINT_CHANGED = "complaint.changed", _("Complaint changed")
    COMPLAINT_ACKNOWLEDGED = "complaint.acknowledged", _("Complaint acknowledged")
    COMPLAINT_ANSWERED = "complaint.answered", _("Complaint answered")
    COMPLAINT_CLOSED = "complaint.closed", _("Complaint closed")
    COMPLAINT_REOPENED = "complaint.reopened", _("Complaint reopened")
    EXPECTED = "expectation.recorded", _("Expectation recorded")
    EXPECTATION_CHANGED = "expectation.changed", _("Expectation changed")
    RHYTHM_AGREED = "rhythm.agreed", _("Contact rhythm agreed")
    RHYTHM_CHANGED = "rhythm.changed", _("Contact rhythm changed")
    RHYTHM_ENDED = "rhythm.ended", _("Contact rhythm ended")
    WAY_AGREED = "way.agreed", _("Communication way agreed")
    WAY_CHANGED = "way.changed", _("Communication way changed")
    WAY_ENDED = "way.ended", _("Communication way removed")
