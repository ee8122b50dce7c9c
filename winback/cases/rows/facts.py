"""Pages of facts as ready strings: label, value, note."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse

from winback.cases.enums import Reply
from winback.cases.models import Case, Sheet
from winback.common.formats import format_date, format_money, format_number, format_percent

Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One block of a page: its facts, and where to change them."""

    key: str
    title: str
    facts: list[Fact]
    links: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(value for _label, value, _note in self.facts)


def sheet_url(case: Case, key: str) -> str:
    return reverse("cases:sheet", args=[case.number, key])


def entry_url(case: Case, key: str) -> str:
    return reverse("cases:entry", args=[case.number, key])


def sheet(case: Case, name: str) -> Sheet | None:
    """A page of facts loaded by ``with_sheets()``; None where nobody has written it."""
    found: Sheet | None = getattr(case, name, None)
    return found


def fact(row: Sheet | None, name: str, note: str = "") -> Fact:
    """One field of a page in words; a longer explanation may stand below it."""
    return (label(row, name), words(row, name), words(row, note) if note else "")


def label(row: Sheet | None, name: str) -> str:
    """The name of a field, its first letter large; empty without a row: nothing is shown then."""
    if row is None:
        return ""
    text = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a plain field
    return text[:1].upper() + text[1:]


def words(row: Sheet | None, name: str) -> str:
    """The value of a field as one reads it; empty where there is none."""
    value = getattr(row, name, None)
    if row is None or value in (None, ""):
        return ""
    if row._meta.get_field(name).choices:  # type: ignore[union-attr]  # a plain field
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, bool):
        return str(Reply.YES.label if value else Reply.NO.label)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_number(value, 1 if value % 1 else 0)
    return str(value)


def facts_of(row: Sheet | None, *names: str) -> list[Fact]:
    """The filled fields of a page in this order."""
    found = (fact(row, name) for name in names)
    return [each for each in found if each[1]]


def percent(value: Decimal | None) -> str:
    return "" if value is None else format_percent(value, 1 if value % 1 else 0)


def euro(value: Decimal | None) -> str:
    return "" if value is None else format_money(value)
