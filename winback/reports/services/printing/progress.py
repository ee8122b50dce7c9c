"""The progress report as ready strings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audits.enums import Verdict
from winback.cases.enums import Health, Status
from winback.common.formats import (
    days_phrase,
    format_date,
    format_day,
    format_money_short,
    format_percent,
)
from winback.reports.rules import progress_verdict as verdict
from winback.reports.rules.progress import ProgressFacts
from winback.reports.services.printing.commitments import commitment_lines, ledger_chart
from winback.reports.services.printing.findings import card
from winback.reports.services.printing.head import Entry, Head, Stamp, chapters
from winback.reports.services.printing.kpis import baseline_notes, kpi_figures, kpi_lines
from winback.reports.services.printing.plan import done_lines, phase_groups, plan_chart

HEALTH_SHAPE = {Health.ON_TRACK: "ok", Health.AT_RISK: "warn", Health.CRITICAL: "crit"}
STATUS_SHAPE = {
    Status.OPEN: "open",
    Status.ACTIVE: "run",
    Status.RESTING: "na",
    Status.WON: "done",
    Status.LOST: "crit",
    Status.PARTED: "na",
}
Key = tuple[str, str, str, str]


def progress_context(facts: ProgressFacts, stamp: Stamp) -> dict[str, Any]:
    """Everything ``reports/progress/report.html`` places."""
    toc = chapters(
        ("situation", pgettext("print", "Situation")),
        ("kpis", _("KPIs against the baseline")),
        ("plan", _("Plan by phase")),
        ("commitments", _("Commitments to the client")),
        ("majors", _("Open major nonconformities")),
        ("steps", _("Next steps")),
    )
    finished = done_lines(facts)
    if finished:
        toc["done"] = Entry("done", "A", _("Annex: measures done"))
    return {
        "head": _head(facts, stamp),
        "toc": toc,
        "entries": list(toc.values()),
        "lead": verdict.lead(facts),
        "keys": _keys(facts),
        "standing": standing(facts),
        "reasons": facts.health_reasons,
        "situation": facts.situation,
        "situation_note": _situation_note(facts),
        "kpi_lead": verdict.kpi_lead(facts),
        "kpis": kpi_lines(facts),
        "figures": kpi_figures(facts),
        "agreed": "; ".join(baseline_notes(facts.kpis)),
        "plan_lead": verdict.plan_lead(facts),
        "plan_chart": plan_chart(facts) if facts.has_plan else "",
        "phases": phase_groups(facts),
        "finished": finished,
        "commitments_lead": verdict.commitments_lead(facts),
        "ledger": ledger_chart(facts) if facts.commitments else "",
        "commitments": commitment_lines(facts),
        "majors_lead": verdict.majors_lead(facts),
        "majors": [card(major, facts.today) for major in facts.majors],
        "steps": [_step(facts.today, each.on, each.title, each.who) for each in facts.steps],
        "today": format_date(facts.today),
    }


def _head(facts: ProgressFacts, stamp: Stamp) -> Head:
    return Head(
        language=stamp.language,
        title=f"{facts.client}: {standing(facts)[1]}",
        description=_("Progress of winning back %(client)s, as of %(day)s")
        % {"client": facts.client, "day": format_date(facts.today)},
        provider=facts.provider,
        kind=_("Progress report %(number)s") % {"number": facts.case_number},
        subtitle=facts.provider,
        classification=_("Internal – only for %(provider)s") % {"provider": facts.provider},
        stamp=stamp.text,
        byline=facts.owner,
    )


def standing(facts: ProgressFacts) -> tuple[str, str]:
    """Shape and word: the health where the case is judged, else its status."""
    if facts.health:
        return HEALTH_SHAPE[Health(facts.health)], str(Health(facts.health).label)
    return STATUS_SHAPE[Status(facts.status)], str(Status(facts.status).label)


def _keys(facts: ProgressFacts) -> list[Key]:
    """The five figures on top: label, value, its small part, note."""
    ratio, audit = facts.kept, facts.last_audit
    notice = (_("Last day to give notice"), "–", "", _("no contract or no notice date"))
    if facts.notice_on is not None:
        days = days_phrase(facts.today, facts.notice_on)
        notice = (_("Last day to give notice"), format_date(facts.notice_on), "", days)
        if facts.notice_on < facts.today:
            notice = (*notice[:3], pgettext("notice", "over"))
    kept = (_("Commitments kept"), "–", "", _("none was due yet"))
    if ratio.due:
        late = _("%(late)d late, %(broken)d broken or overdue")
        note = late % {"late": ratio.late, "broken": ratio.broken}
        of = _("of %(count)d") % {"count": ratio.due}
        kept = (_("Commitments kept"), str(ratio.on_time), of, note)
    result = (_("Audit result"), "–", "", _("no audit finished yet"))
    if audit is not None:
        word = str(Verdict(audit.verdict).label) if audit.verdict else ""
        note = " · ".join(filter(None, (audit.number, word)))
        result = (_("Audit result"), format_percent(audit.score), "", note)
    value = format_money_short(facts.value_at_stake)
    return [(_("Value at stake"), value, "", _("per year")), kept, result, notice]


def _situation_note(facts: ProgressFacts) -> str:
    if not facts.situation_on:
        return ""
    return f"{facts.situation_by}, {format_date(facts.situation_on)}"


def _step(today: date, on: date, title: str, who: str) -> tuple[str, str, str, str]:
    """Day, title, person, and the lateness in words."""
    return format_day(on), title, who, days_phrase(today, on) if on < today else ""
