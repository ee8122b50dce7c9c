"""What forms say in German when they refuse, word for word."""

from __future__ import annotations

from typing import Any

REQUIRED = "Dieses Feld ist zwingend erforderlich."
FUTURE = "Das Datum liegt in der Zukunft."
PAST = "Das Datum liegt in der Vergangenheit."
SAME = "Die Vertretung muss eine andere Person sein als die verantwortliche."
BEFORE_RECEIPT = "Das Datum liegt vor dem Eingang der Beschwerde."
BEFORE_PROMISE = "Das Datum liegt vor der Zusage."


NO_NUMBER = "Geben Sie eine ganze Zahl ein."


def no_choice(value: str) -> str:
    """Refused by a choice that does not offer ``value``."""
    return f"Bitte eine gültige Auswahl treffen. {value} ist keine gültige Auswahl."


def too_long(limit: int, found: int) -> str:
    """Refused by a text field with room for ``limit`` characters."""
    return (
        f"Bitte sicherstellen, dass der Wert aus höchstens {limit} Zeichen besteht. "
        f"(Er besteht aus {found} Zeichen.)"
    )


def refusals(form: Any) -> dict[str, list[str]]:
    """Every message of a form that must not be valid, by its field."""
    assert not form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}
