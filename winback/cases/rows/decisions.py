"""Whether we try at all: the decisions of a case as ready strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from winback.cases.enums import Degree, EscalationLevel
from winback.cases.models import Assessment, Case, EffortSheet, Qualification, Sheet, SiteFact
from winback.cases.rows.facts import (
    Fact,
    Section,
    entry_url,
    euro,
    facts_of,
    percent,
    sheet,
    sheet_url,
    words,
)
from winback.cases.rules import Score, expected_value, return_on_effort
from winback.cases.services import score_of
from winback.common.formats import format_date, format_number

#: Above this break-even probability no belief is enough.
CERTAIN = Decimal(100)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One factor of the breakdown."""

    factor: str
    degree: str
    weight: str
    points: str


def background_section(case: Case, *, may_edit: bool) -> Section:
    """How the relationship stood and how the client went."""
    row = sheet(case, "background")
    since = case.client.since
    facts = facts_of(
        row,
        "stage",
        "trust_note",
        "strain",
        "dispute_risk",
        "dispute_note",
        "dependency",
        "dependency_note",
        "outside_reasons",
        "provider_since",
        "competitor",
        "went_silently",
        "unspoken",
        "in_absence",
        "absence_note",
    )
    share = getattr(row, "revenue_share", None)
    if share is not None:
        facts.insert(1, (_("Share in our revenue"), percent(share), ""))
    if facts and since:
        note = _("A long relationship is in danger of routine.")
        facts.append((_("Client since"), format_date(since), note))
    links = [
        (_("Relationship and dependency"), sheet_url(case, "beziehung")),
        (_("Circumstances of the loss"), sheet_url(case, "verlust")),
    ]
    return Section("background", _("Background"), facts, links if may_edit else [])


def assessment_section(case: Case, score: Score | None, *, may_edit: bool) -> Section:
    """The two questions, the score, and what it would be worth."""
    row = sheet(case, "assessment")
    facts = facts_of(row, "long_unhappy", "hopeless", "note")
    if isinstance(row, Assessment) and score is not None:
        facts = [_score_fact(score), *facts, *value_facts(row, sheet(case, "plannedeffort"))]
    links = [
        (_("Assess the chances"), sheet_url(case, "einschaetzung")),
        (_("Second lifetime value"), sheet_url(case, "wert")),
    ]
    note = _("The score never decides: the executive board does, with reasons.")
    return Section("assessment", _("Qualification"), facts, links if may_edit else [], note)


def _score_fact(score: Score) -> Fact:
    missing = ngettext(
        "%(count)d factor is not judged yet", "%(count)d factors are not judged yet", score.missing
    ) % {"count": score.missing}
    text = _("%(points)d of 100") % {"points": score.points}
    return (pgettext("qualification", "Score"), text, missing if score.missing else "")


def value_facts(row: Assessment, effort: Sheet | None) -> list[Fact]:
    """SLTV, p* and expected value, as far as their inputs are known."""
    value = row.value
    if value is None:
        return []
    facts = [(_("Second lifetime value"), euro(value), _value_note(row))]
    if not isinstance(effort, EffortSheet):
        return [*facts, _reference()]
    facts.append(
        (
            _("Break-even probability p*"),
            break_even_words(effort, value),
            break_even_note(effort, value),
        )
    )
    if row.belief is not None:
        our_belief = _("Our belief")
        note = f"{our_belief}: {percent(row.belief)} · {row.belief_reason}"
        facts.append(
            (_("Expected value"), euro(expected_value(row.belief, value, effort.total)), note)
        )
    return [*facts, _reference()]


def _reference() -> Fact:
    """The range known from sales in general, with its source: never a forecast (domain notes)."""
    return (
        _("For comparison only"),
        _("lost clients 20–40 %, new clients 5–20 %"),
        _("Marketing Metrics, after Griffin: all industries. Neither a forecast nor a target."),
    )


def _value_note(row: Assessment) -> str:
    return _("%(years)s years, %(survival)s survival per year, %(interest)s interest") % {
        "years": row.years,
        "survival": percent(row.survival),
        "interest": percent(row.interest),
    }


def break_even_words(effort: EffortSheet, value: Decimal | None) -> str:
    """``18,5 %``; a word where nothing is earned back."""
    point = effort.break_even(value)
    return percent(point) if point is not None else pgettext("break-even", "not reachable")


def break_even_note(effort: EffortSheet, value: Decimal) -> str:
    """The sentence the board reads."""
    point = effort.break_even(value)
    if point is None or point > CERTAIN:
        return _("The win-back costs more than the second contract brings.")
    return _("Worth trying if we believe in more than %(point)s.") % {"point": percent(point)}


def effort_section(case: Case, *, may_edit: bool) -> Section:
    """The win-back as an investment: planned and actual."""
    planned, actual = sheet(case, "plannedeffort"), sheet(case, "actualeffort")
    row = sheet(case, "assessment")
    value = row.value if isinstance(row, Assessment) else None
    facts: list[Fact] = []
    for title, effort in ((_("Planned effort"), planned), (_("Actual effort"), actual)):
        if isinstance(effort, EffortSheet):
            facts.append((title, euro(effort.total), _effort_note(effort)))
    if isinstance(actual, EffortSheet) and value is not None:
        gain = return_on_effort(value, actual.total)
        facts.append((_("Return on the actual effort"), percent(gain), _("if the client returns")))
    links = [
        (_("Plan effort"), sheet_url(case, "aufwand-geplant")),
        (_("Record effort"), sheet_url(case, "aufwand-tatsaechlich")),
    ]
    return Section("effort", _("Effort of the win-back"), facts, links if may_edit else [])


def _effort_note(effort: EffortSheet) -> str:
    parts = [
        _("%(hours)s hours") % {"hours": words(effort, "hours")} if effort.hours else "",
        _amount(pgettext("effort", "Goodwill"), effort.goodwill),
        _amount(_("Audit"), effort.audit),
        _amount(_("Mediation"), effort.mediation_cost),
        effort.note,
    ]
    return " · ".join(part for part in parts if part)


def _amount(what: str, value: Decimal | None) -> str:
    return f"{what} {euro(value)}" if value else ""


def decision_facts(rows: list[Qualification]) -> list[Fact]:
    """Every decision, the latest first."""
    return [
        (format_date(row.decided_on), row.get_decision_display(), _decision_note(row))
        for row in rows
    ]


def _decision_note(row: Qualification) -> str:
    parts = [
        str(row.decided_by),
        row.reasons,
        _("top priority") if row.has_priority else "",
        _("score %(points)d") % {"points": row.score} if row.score is not None else "",
        row.independence,
    ]
    return " · ".join(part for part in parts if part)


def sites_section(case: Case, rows: Iterable[SiteFact], *, may_edit: bool) -> Section:
    """How it stands at each site somebody has written about."""
    facts = [
        (
            str(row.site),
            row.get_state_display(),
            " · ".join(part for part in (row.lots, _per_year(row), row.note) if part),
        )
        for row in rows
    ]
    links = [(_("Facts of a site"), entry_url(case, "objekt"))]
    return Section("sites", _("Sites of this case"), facts, links if may_edit else [])


def _per_year(row: SiteFact) -> str:
    return _("%(value)s per year") % {"value": euro(row.annual_value)} if row.annual_value else ""


def approach_section(case: Case, *, may_edit: bool) -> Section:
    row = sheet(case, "approach")
    facts = facts_of(row, "way", "way_reason", "caller", "suitability", "support", "conflict")
    links = [(_("Choose the first approach"), sheet_url(case, "erste-ansprache"))]
    return Section("approach", _("First approach"), facts, links if may_edit else [])


def farewell_section(case: Case, *, may_edit: bool) -> Section:
    row = sheet(case, "farewell")
    facts = facts_of(row, "held_on", "held_by", "form", "explanation", "released_capacity")
    links = [(_("Record farewell talk"), sheet_url(case, "abschied"))]
    return Section("farewell", _("Farewell"), facts, links if may_edit else [])


def score_rows(score: Score) -> list[ScoreRow]:
    """The breakdown: what each factor adds."""
    return [
        ScoreRow(
            factor=str(line.factor.label),
            degree=str(Degree(line.degree).label) if line.degree else "–",
            weight=format_number(line.weight, 0),
            points="–" if line.points is None else format_number(line.points, 0),
        )
        for line in score.lines
    ]


def case_score(case: Case, today: date) -> Score | None:
    """The score of the case; None while nobody has assessed it."""
    row = sheet(case, "assessment")
    return score_of(row, case, today) if isinstance(row, Assessment) else None


def escalation_words(case: Case) -> str:
    return str(EscalationLevel(case.escalation_level).label)


def summary(case: Case, latest: Qualification | None, today: date) -> list[Fact]:
    """What is decided, for the overview; needs ``with_summary()``, no further statement."""
    facts: list[Fact] = []
    if latest is not None:
        note = f"{latest.decided_by.short_name}, {format_date(latest.decided_on)}"
        facts.append((_("Go decision"), latest.get_decision_display(), note))
    facts += facts_of(sheet(case, "background"), "stage")
    score = case_score(case, today)
    if score is not None:
        facts.append(_score_fact(score))
    row, effort = sheet(case, "assessment"), sheet(case, "plannedeffort")
    if isinstance(row, Assessment) and isinstance(effort, EffortSheet) and row.value is not None:
        worth = _amount(_("Second lifetime value"), row.value)
        facts.append((_("Break-even p*"), break_even_words(effort, row.value), worth))
    if case.escalation_level:
        facts.append((_("Escalation"), escalation_words(case), ""))
    plan = sheet(case, "planb")
    if plan is not None:
        facts.append((_("Plan B"), format_date(case.planb.duty.due_on), _("Trigger date")))
    return facts


def figures(case: Case, today: date) -> str:
    """What the board should have before its eyes; empty while nobody has assessed the case."""
    score = case_score(case, today)
    row, effort = sheet(case, "assessment"), sheet(case, "plannedeffort")
    if score is None or not isinstance(row, Assessment):
        return ""
    parts = [_("Score: %(points)d of 100.") % {"points": score.points}]
    if row.value is not None:
        parts.append(_("Second lifetime value: %(value)s.") % {"value": euro(row.value)})
        if isinstance(effort, EffortSheet):
            parts.append(_("Planned effort: %(cost)s.") % {"cost": euro(effort.total)})
            parts.append(break_even_note(effort, row.value))
    return " ".join(parts)


def decision_pages(case: Case, current: str) -> list[tuple[str, str, bool]]:
    """The pages about decisions, as segments."""
    pages = (
        ("decisions", _("Decisions")),
        ("escalation", _("Escalation")),
        ("tenders", _("Plan B")),
    )
    return [
        (text, reverse(f"cases:{name}", args=[case.number]), name == current)
        for name, text in pages
    ]
