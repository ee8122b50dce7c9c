"""The norm and inspection-date concept as ready strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from winback.common.formats import DASH, format_date
from winback.norms.rows.inspections import months_phrase
from winback.reports.rules.concept import ConceptFacts, NormFacts, PlantFacts
from winback.reports.services.printing.head import Head, Stamp, chapters


@dataclass(frozen=True, slots=True)
class PlantLine:
    """One line of the table of plants."""

    plant: str
    task: str
    basis: str
    interval: str
    source: str
    last: str
    result: str
    due: str
    late: bool
    duty: str
    owner: str
    executor: str
    proof: str


def concept_context(facts: ConceptFacts, stamp: Stamp) -> dict[str, Any]:
    """Everything ``reports/concept/report.html`` places."""
    toc = chapters(("plants", _("Plants and dates")), ("norms", _("Norms cited")))
    return {
        "head": _head(facts, stamp),
        "toc": toc,
        "lead": _lead(facts),
        "sites": [
            (site, [_line(plant, facts.today) for plant in plants])
            for site, plants in groupby(facts.plants, key=lambda plant: plant.site)
        ],
        "norms": [_norm(norm) for norm in facts.norms],
        "today": format_date(facts.today),
    }


def _head(facts: ConceptFacts, stamp: Stamp) -> Head:
    return Head(
        language=stamp.language,
        title=facts.client,
        description=_("Which plants are inspected by which norm, and when"),
        provider=facts.provider,
        kind=_("Norm and inspection-date concept"),
        subtitle=_("For the sites of %(client)s") % {"client": facts.client},
        classification=_("For the client"),
        stamp=stamp.text,
        for_client=True,
    )


def _lead(facts: ConceptFacts) -> str:
    """The message first: how many plants, and whether one is late."""
    count = len(facts.plants)
    if not count:
        return _("No plant of these sites is in the register yet.")
    words = ngettext("%(count)d inspection is planned", "%(count)d inspections are planned", count)
    if not facts.overdue:
        late = _("none is overdue")
    else:
        late = ngettext("%(count)d is overdue", "%(count)d are overdue", facts.overdue)
        late %= {"count": facts.overdue}
    return f"{words % {'count': count}}; {late}."


def _line(plant: PlantFacts, today: date) -> PlantLine:
    return PlantLine(
        plant=plant.plant,
        task=plant.task,
        basis=plant.basis,
        interval=months_phrase(plant.months),
        source=plant.source,
        last=format_date(plant.last_done_on) if plant.last_done_on else DASH,
        result=plant.last_result,
        due=format_date(plant.due_on),
        late=plant.is_overdue(today),
        duty=plant.duty,
        owner=plant.owner,
        executor=", ".join(filter(None, (plant.executor, plant.qualification))),
        proof=", ".join(plant.proofs),
    )


def _norm(norm: NormFacts) -> tuple[str, str, str, str]:
    """Code, edition, title, status; a doubtful edition says so."""
    status = norm.status
    if norm.warning:
        status = _("%(status)s – check edition with the issuer") % {"status": status}
    return norm.code, norm.edition or DASH, norm.title, status
