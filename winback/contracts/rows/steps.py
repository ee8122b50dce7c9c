"""The steps of a computation in words: what happened, by which rule, to which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from winback.common.formats import format_date, format_day, format_range
from winback.common.workdays import Bundesland
from winback.contracts.enums import Counting, NoticeTo, Unit
from winback.contracts.rules.periods import Step

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the computation; ``is_sum`` marks the end that counts."""

    title: str
    text: str
    day: str
    is_sum: bool = False


def stored_steps(data: Iterable[Mapping[str, Any]]) -> list[Step]:
    """The steps a deadline keeps as data."""
    return [Step(each["rule"], date.fromisoformat(each["on"]), each["facts"]) for each in data]


def stored_rows(data: Iterable[Mapping[str, Any]]) -> list[StepRow]:
    """The stored computation of a deadline in the language of the reader."""
    return step_rows(stored_steps(data))


def step_rows(steps: Iterable[Step]) -> list[StepRow]:
    """The computation in the language of the reader."""
    return [_row(step) for step in steps]


def _row(step: Step) -> StepRow:
    title, text = _WORDS[step.rule](step.on, step.facts)
    return StepRow(title, text, format_day(step.on), is_sum=step.rule == "end")


def span(length: int, unit: str) -> str:
    """``2 weeks``, in the language of the reader."""
    words = {
        Unit.DAYS: ngettext("%(n)d day", "%(n)d days", length),
        Unit.WORKING_DAYS: ngettext("%(n)d working day", "%(n)d working days", length),
        Unit.WEEKS: ngettext("%(n)d week", "%(n)d weeks", length),
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", length),
    }
    return words[Unit(unit)] % {"n": length}


def _event(on: date, facts: Facts) -> tuple[str, str]:
    return _("Receipt or event"), _("The receipt counts, not the date of the letter.")


def _next_day(on: date, facts: Facts) -> tuple[str, str]:
    return _("Start of the period"), _("§ 187 (1) BGB: the day of the event is not counted.")


def _same_day(on: date, facts: Facts) -> tuple[str, str]:
    return _("Start of the period"), _("§ 187 (2) BGB: the period begins with this day.")


def _fixed(on: date, facts: Facts) -> tuple[str, str]:
    return _("Fixed date"), _("Set as a calendar day; nothing is counted.")


def _length(text: Callable[[], str]) -> Callable[[date, Facts], tuple[str, str]]:
    def words(on: date, facts: Facts) -> tuple[str, str]:
        return _("Length: %(span)s") % {"span": span(facts["length"], facts["unit"])}, text()

    return words


def _working_days(on: date, facts: Facts) -> tuple[str, str]:
    text = _("As agreed: Monday to Friday without the holidays of %(land)s are counted.")
    title = _("Length: %(span)s") % {"span": span(facts["length"], Unit.WORKING_DAYS)}
    return title, text % {"land": Bundesland(facts["land"]).label}


def _paused(on: date, facts: Facts) -> tuple[str, str]:
    days = format_range(date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"]))
    title = _("Suspension %(days)s") % {"days": days}
    text = ngettext(
        "%(n)d day is added: %(reason)s", "%(n)d days are added: %(reason)s", facts["days"]
    )
    return title, text % {"n": facts["days"], "reason": facts["reason"]}


def _working_day(on: date, facts: Facts) -> tuple[str, str]:
    text = _("§ 193 BGB: a working day in %(land)s. The end does not move.")
    return _("Weekend or holiday?"), text % {"land": Bundesland(facts["land"]).label}


def _days_off(facts: Facts) -> str:
    """``Sa., 31.10.2026 (Reformationstag), So., 01.11.2026``."""
    named = [(format_day(date.fromisoformat(day)), name) for day, name in facts["days_off"]]
    return ", ".join(f"{day} ({name})" if name else day for day, name in named)


def _shifted(on: date, facts: Facts) -> tuple[str, str]:
    text = _("§ 193 BGB: no working day in %(land)s: %(days)s. The next working day counts.")
    facts = {"land": Bundesland(facts["land"]).label, "days": _days_off(facts)}
    return _("Weekend or holiday?"), text % facts


def _not_shifted(on: date, facts: Facts) -> tuple[str, str]:
    text = _(
        "No working day in %(land)s: %(days)s. § 193 BGB is not applied to notice periods and "
        "fixed dates: the end does not move. Act by %(act_by)s."
    )
    act_by = format_day(date.fromisoformat(facts["act_by"]))
    facts = {"land": Bundesland(facts["land"]).label, "days": _days_off(facts), "act_by": act_by}
    return _("Weekend or holiday?"), text % facts


def _manual(on: date, facts: Facts) -> tuple[str, str]:
    return _("Other end, set by hand"), _("Reason: %(reason)s") % {"reason": facts["reason"]}


def _contract_end(on: date, facts: Facts) -> tuple[str, str]:
    return _("End of the contract"), _("Notice takes effect %(to)s.") % {
        "to": NoticeTo(facts["to"]).label
    }


def _counted_back(on: date, facts: Facts) -> tuple[str, str]:
    text = _(
        "Counted back by §§ 187 (1), 188 BGB: received on this day, the period just ends with "
        "the contract."
    )
    title = _("Notice period: %(span)s") % {"span": span(facts["length"], facts["unit"])}
    return title, text


def _end(on: date, facts: Facts) -> tuple[str, str]:
    return _("End"), _("%(day)s, 24:00. Legal check needed.") % {"day": format_date(on)}


_WORDS: dict[str, Callable[[date, Facts], tuple[str, str]]] = {
    "event": _event,
    Counting.NEXT_DAY: _next_day,
    Counting.SAME_DAY: _same_day,
    "fixed": _fixed,
    "days": _length(lambda: _("§ 188 (1) BGB: ends with the last of these days.")),
    "working_days": _working_days,
    "weeks": _length(lambda: _("§ 188 (2) BGB: ends on the like day of the week.")),
    "months": _length(lambda: _("§ 188 (2) BGB: ends on the day of the like number.")),
    "day_before": _length(lambda: _("§ 188 (2) BGB: ends on the day before the like day.")),
    "month_end": _length(
        lambda: _("§ 188 (3) BGB: that day is missing, the last day of the month counts.")
    ),
    "paused": _paused,
    "working_day": _working_day,
    "shifted": _shifted,
    "not_shifted": _not_shifted,
    "manual": _manual,
    "contract_end": _contract_end,
    "counted_back": _counted_back,
    "end": _end,
}
