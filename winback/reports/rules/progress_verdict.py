"""The leads of the progress report, computed: never kinder than the tables below them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy, npgettext_lazy

from winback.cases.enums import Health, Status
from winback.common.formats import format_date, format_date_short, format_percent
from winback.kpis.enums import Standing
from winback.reports.rules.progress import BEHIND, PhaseFacts, ProgressFacts
from winback.reports.rules.words import capital, joined

_MAJORS = ngettext_lazy(
    "%(count)d major nonconformity is open", "%(count)d major nonconformities are open", "count"
)
_MEASURES = npgettext_lazy(
    "report", "%(count)d measure is overdue", "%(count)d measures are overdue", "count"
)
_BROKEN = ngettext_lazy(
    "%(count)d commitment is broken or overdue",
    "%(count)d commitments are broken or overdue",
    "count",
)
_STEPS = ngettext_lazy(
    "%(count)d further duty is overdue", "%(count)d further duties are overdue", "count"
)
_BEHIND = ngettext_lazy(
    "%(count)d of %(all)d KPIs is behind its target path",
    "%(count)d of %(all)d KPIs are behind their target path",
    "count",
)


def lead(facts: ProgressFacts) -> str:
    """The first sentences of the report: standing, what is bad, which phase ends late."""
    bad, live = troubles(facts), facts.closed_on is None
    sentences = [_standing(facts, is_bad=bool(bad))]
    if bad:
        sentences.append(capital(joined(bad)) + ".")
    if facts.late_phases:
        sentences.append(plan_delay(facts))
    if live and (lacking := missing(facts)):
        sentences.append(_("Not there yet: %(parts)s.") % {"parts": joined(lacking)})
    return " ".join(sentences)


def _standing(facts: ProgressFacts, *, is_bad: bool) -> str:
    if facts.status == Status.WON:
        return _("The client is won back.")
    if facts.status == Status.LOST:
        return _("The client is lost for good.")
    if facts.status == Status.PARTED:
        return _("The parties have separated by agreement.")
    if facts.status == Status.RESTING:
        return _("The case rests until %(day)s.") % {"day": format_date(facts.resting_until)}
    if facts.health == Health.CRITICAL:
        return _("The case is critical.")
    if facts.health == Health.AT_RISK:
        return _("The case is at risk.")
    if not facts.health:
        return _("The case is open and not judged yet.")
    return _on_track(facts, is_bad=is_bad)


def _on_track(facts: ProgressFacts, *, is_bad: bool) -> str:
    """On track only without a reservation when nothing below speaks against it."""
    if is_bad or facts.late_phases:
        return _("The case health says “on track”, but not everything is in order.")
    if missing(facts):
        return _("Nothing known speaks against the case, but little is known yet.")
    return _("The case is on track: nothing is overdue and no major nonconformity is open.")


def troubles(facts: ProgressFacts) -> list[str]:
    """What speaks against the case, in words with counts; empty when nothing does."""
    counted = [
        (len(facts.majors), _MAJORS),
        (len(facts.overdue_measures), _MEASURES),
        (len(facts.broken), _BROKEN),
        (len(facts.overdue_steps), _STEPS),
        (len(facts.behind), _BEHIND),
    ]
    return [str(text % {"count": n, "all": len(facts.kpis)}) for n, text in counted if n]


def missing(facts: ProgressFacts) -> list[str]:
    """What the report cannot show because nobody has entered it."""
    parts = [
        (not facts.has_plan, _("a recovery plan")),
        (not facts.kpis, _("KPIs")),
        (facts.last_audit is None, _("a finished audit")),
        (not facts.commitments, _("recorded commitments")),
    ]
    return [word for is_missing, word in parts if is_missing]


def plan_delay(facts: ProgressFacts) -> str:
    """``Phase 3 schließt nicht am 30.11., sondern frühestens am 04.12.2026.`` The lowest one."""
    phase, end = facts.late_phases[0]
    text = _("Phase %(number)s does not close on %(planned)s but on %(earliest)s at the earliest.")
    is_same_year = phase.ends_on.year == end.year
    planned = format_date_short(phase.ends_on) if is_same_year else format_date(phase.ends_on)
    return text % {"number": phase.number, "planned": planned, "earliest": format_date(end)}


def plan_lead(facts: ProgressFacts) -> str:
    """The lead of the chapter about the plan: delay first, then what is done."""
    if not facts.has_plan:
        return _("There is no recovery plan yet.")
    done = sum(measure.is_done for measure in facts.measures)
    text = _("%(done)d of %(count)d measures are done.")
    sentences = [plan_delay(facts)] if facts.late_phases else []
    sentences.append(text % {"done": done, "count": len(facts.measures)})
    if late := len(facts.overdue_measures):
        words = ngettext("%(count)d measure is overdue.", "%(count)d measures are overdue.", late)
        sentences.append(words % {"count": late})
    return " ".join(sentences)


def phase_title(facts: ProgressFacts, phase: PhaseFacts, name: str) -> str:
    """The head of a phase in the plan: number, name, how far, until when."""
    parts = [
        f"{phase.number} {name}",
        _("%(done)d of %(count)d done") % {"done": len(phase.done), "count": len(phase.measures)},
    ]
    if phase.passed_on is not None:
        parts.append(_("closed on %(day)s") % {"day": format_date(phase.passed_on)})
    else:
        parts.append(_("until %(day)s") % {"day": format_date(phase.ends_on)})
        late = {each.number: end for each, end in facts.late_phases}
        if phase.number in late:
            parts.append(_("at the earliest %(day)s") % {"day": format_date(late[phase.number])})
    return " · ".join(parts)


def kpi_lead(facts: ProgressFacts) -> str:
    """The lead of the chapter about the KPIs."""
    if not facts.kpis:
        return _("No KPI is measured yet.")
    count = len(facts.kpis)
    good = sum(kpi.judged in {Standing.REACHED, Standing.ON_PATH} for kpi in facts.kpis)
    text = _("%(good)d of %(count)d KPIs are on the target path or have reached the target.")
    sentences = [text % {"good": good, "count": count}]
    worse = [kpi.name for kpi in facts.kpis if kpi.judged == Standing.WORSE]
    behind = [kpi.name for kpi in facts.kpis if kpi.judged in BEHIND and kpi.name not in worse]
    if worse:
        sentences.append(_("Worse than the baseline: %(names)s.") % {"names": joined(worse)})
    if behind:
        sentences.append(_("Behind the target path: %(names)s.") % {"names": joined(behind)})
    if silent := len(facts.silent):
        words = ngettext(
            "%(count)d cannot be judged, because a current value, baseline or target is missing.",
            "%(count)d cannot be judged, because a current value, baseline or target is missing.",
            silent,
        )
        sentences.append(words % {"count": silent})
    return " ".join(sentences)


def commitments_lead(facts: ProgressFacts) -> str:
    """Kept of due, with the percentage from five due ones on; overdue ones are named."""
    if not facts.commitments:
        return _("No commitment to the client is recorded yet.")
    ratio = facts.kept
    if not ratio.due:
        return _("No commitment was due yet.")
    text = _("%(kept)d of %(due)d commitments due were kept on time")
    words = text % {"kept": ratio.on_time, "due": ratio.due}
    if ratio.percent is not None:
        words += f" ({format_percent(ratio.percent, 0)})"
    sentences = [words + "."]
    if late := len(facts.overdue_commitments):
        overdue = ngettext(
            "%(count)d commitment is overdue.", "%(count)d commitments are overdue.", late
        )
        sentences.append(overdue % {"count": late})
    return " ".join(sentences)


def majors_lead(facts: ProgressFacts) -> str:
    """How many major nonconformities are open, and how many of them are late."""
    if facts.last_audit is None and not facts.majors:
        return _("No audit is finished yet, so nothing is known about nonconformities.")
    if not facts.majors:
        return _("No major nonconformity is open.")
    count = len(facts.majors)
    text = ngettext(
        "%(count)d major nonconformity is open.", "%(count)d major nonconformities are open.", count
    )
    sentences = [text % {"count": count}]
    if late := sum(major.is_overdue(facts.today) for major in facts.majors):
        words = ngettext("%(count)d of them is overdue.", "%(count)d of them are overdue.", late)
        sentences.append(words % {"count": late})
    return " ".join(sentences)
