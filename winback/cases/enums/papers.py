"""Documents and incidents of a case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaperVerb(TextChoices):
    """What happens to documents and incidents; one member per verb."""

    ADDED = "document.added", _("Document added")
    VERSION_ADDED = "document.version_added", _("New version of a document")
    CHANGED = "document.changed", _("Document details changed")
    REASSIGNED = "document.reassigned", _("Document handed over")
    INCIDENT = "incident.recorded", _("Incident recorded")
    INCIDENT_CHANGED = "incident.changed", _("Incident changed")


class IncidentKind(TextChoices):
    """What a chain of small things is made of, long before the notice."""

    MISHAP = "mishap", pgettext_lazy("incident", "Mishap")
    MISUNDERSTANDING = "misunderstanding", pgettext_lazy("incident", "Misunderstanding")
    OMISSION = "omission", pgettext_lazy("incident", "Omission")
    DAMAGE = "damage", pgettext_lazy("incident", "Damage or safety incident")
    ESCALATION = "escalation", pgettext_lazy("incident", "Escalation by the client")
    WARNING = "warning", pgettext_lazy("incident", "Warning or formal notice")
    OTHER = "other", pgettext_lazy("incident", "Other incident")
