"""Words for the verbs in the history of a case; each room brings its own."""

from django.db.models import TextChoices

_labels: dict[str, object] = {}


def register_verbs(verbs: type[TextChoices]) -> None:
    """Make a room's verbs readable in the timeline; called from ``AppConfig.ready()``."""
    _labels.update(zip(verbs.values, verbs.labels, strict=True))


def verb_label(verb: str) -> str:
    """The translated word for a stored verb; an unknown one is shown as stored."""
    return str(_labels.get(verb, verb))
