"""What forms answer, word for word: shared by the tables of the tests."""

from __future__ import annotations

REQUIRED = "Dieses Feld ist zwingend erforderlich."
FUTURE = "Das Datum liegt in der Zukunft."
PAST = "Das Datum liegt in der Vergangenheit."
NO_DATE = "Das ist kein Datum. Beispiele: 23.11.2026, +14, heute."
NUMBER = "Geben Sie eine Zahl ein."
WHOLE = "Geben Sie eine ganze Zahl ein."
NO_ROW = "Bitte eine gültige Auswahl treffen. Dies ist keine gültige Auswahl."
PERIOD = "Wählen Sie einen Tag innerhalb der nächsten drei Monate."


def no_choice(typed: str) -> str:
    """The answer to a value that is none of those offered."""
    return f"Bitte eine gültige Auswahl treffen. {typed} ist keine gültige Auswahl."


def at_least(limit: int) -> str:
    return f"Dieser Wert muss größer oder gleich {limit} sein."


def at_most(limit: int) -> str:
    return f"Dieser Wert muss kleiner oder gleich {limit} sein."


def decimals(count: int) -> str:
    return f"Höchstens {count} Nachkommastelle{'n' if count > 1 else ''}."


def digits(count: int) -> str:
    return f"Bitte sicherstellen, dass der Wert höchstens {count} Ziffern vor dem Komma enthält."


def too_long(limit: int) -> str:
    """The answer to one character too many."""
    return (
        f"Bitte sicherstellen, dass der Wert aus höchstens {limit} Zeichen besteht. "
        f"(Er besteht aus {limit + 1} Zeichen.)"
    )
