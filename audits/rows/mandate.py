"""The words around the questions of an audit: what it was asked to do, how the day went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audits.models import Audit
from winback.common.formats import format_day

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MandateRows:
    """Label and words of what is recorded; the address of the previous audit."""

    mandate: list[Fact]
    record: list[Fact]
    previous: str
    previous_url: str
    #: before anybody wrote more than who, where and when
    is_bare: bool


def mandate(audit: Audit) -> MandateRows:
    """Two statements: team and further sites; the previous audit comes ``with_head()``."""
    team = ", ".join(person.full_name for person in audit.team.all())
    sites = ", ".join(site.name for site in audit.further_sites.all())
    words = [
        (_("Scope"), audit.scope),
        (_("Criteria"), audit.criteria),
        (_("Further sites"), sites),
        (_("Who is audited"), audit.auditees),
        (_("Audit plan"), audit.agenda),
        (_("Distribution list"), audit.distribution),
    ]
    head = [
        (pgettext("audit", "Kind"), str(audit.get_kind_display())),
        (_("Objective"), audit.objective),
        (_("Audit team"), team),
        (_("External auditor: for or against"), audit.external_reason),
    ]
    end = [(_("Confidentiality"), str(audit.get_confidentiality_display()))]
    return MandateRows(
        mandate=_written([*head, *words, *end]),
        record=_written(_record(audit)),
        previous=audit.previous.number if audit.previous else "",
        previous_url=audit.previous.get_absolute_url() if audit.previous else "",
        is_bare=not _written(words),
    )


def _record(audit: Audit) -> list[Fact]:
    return [
        (
            _("Opening meeting"),
            _meeting(audit.opening_on, audit.opening_at, audit.opening_with),
        ),
        (
            _("Closing meeting"),
            _meeting(audit.closing_on, audit.closing_at, audit.closing_with),
        ),
        (_("Participants of the client"), audit.participants),
        (_("Sample"), audit.sampling),
        (pgettext("audit", "Strengths"), audit.strengths),
    ]


def _meeting(on: date | None, at: time | None, people: str) -> str:
    day = format_day(on) if on else ""
    when = ", ".join(part for part in (day, f"{at:%H:%M}" if at else "") if part)
    return " · ".join(part for part in (when, people) if part)


def _written(facts: list[Fact]) -> list[Fact]:
    return [(label, words) for label, words in facts if words]
