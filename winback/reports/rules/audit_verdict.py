"""The verdict of an audit in words. It follows from the facts; nobody can word it kinder."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.enums import NONCONFORMITIES, Grade, Verdict
from audits.rules import PASS_MARK, verdict
from winback.common.formats import format_date, format_percent
from winback.reports.rules.facts import AuditFacts, FindingFacts


def judged(audit: AuditFacts) -> Verdict | None:
    """Any major means not passed, whatever the score."""
    return verdict(audit.score, has_major=bool(audit.majors))


def lead(audit: AuditFacts) -> str:
    """The first sentences of the report: the verdict, and what it hangs on."""
    result = judged(audit)
    if result is None:
        return _("There is no verdict: no question was applicable.")
    sentences = [_passed(audit) if result == Verdict.PASSED else _not_passed(audit)]
    settled = [finding for finding in audit.majors if not finding.is_open]
    if settled:
        text = ngettext(
            "%(count)d of them has been remedied since.",
            "%(count)d of them have been remedied since.",
            len(settled),
        )
        sentences.append(text % {"count": len(settled)})
    return " ".join(sentences)


def _passed(audit: AuditFacts) -> str:
    text = _("The audit is passed: %(score)s of the requirements are met, without a major.")
    return text % {"score": format_percent(audit.score)}


def _not_passed(audit: AuditFacts) -> str:
    majors = ngettext(
        "%(count)d major nonconformity", "%(count)d major nonconformities", len(audit.majors)
    ) % {"count": len(audit.majors)}
    values = {"score": format_percent(audit.score), "mark": format_percent(PASS_MARK, 0)}
    if not audit.majors:
        text = _("The audit is not passed: %(score)s are below the pass mark of %(mark)s.")
    elif audit.score is None or audit.score < PASS_MARK:
        text = _("The audit is not passed: %(majors)s, and a score of %(score)s.")
    else:
        text = _(
            "The score of %(score)s would do, but the audit is not passed: there is %(majors)s."
        )
    return text % {**values, "majors": majors}


def at_once(audit: AuditFacts) -> list[str]:
    """What cannot wait: the open nonconformities, worst and earliest first."""
    found = [each for each in audit.findings if each.is_open and each.grade in NONCONFORMITIES]
    found.sort(key=lambda each: (each.grade != Grade.MAJOR, each.due_on))
    return [_task(each) for each in found[:4]]


def _task(finding: FindingFacts) -> str:
    text = _("Remedy %(number)s by %(day)s (%(owner)s)")
    values = {"number": finding.number, "day": format_date(finding.due_on), "owner": finding.owner}
    return text % values


def measures_lead(audit: AuditFacts) -> str:
    """How far the answer to the findings is: what has no measure yet comes first."""
    bare = [
        each
        for each in audit.findings
        if each.grade in NONCONFORMITIES and each.is_open and not each.measures
    ]
    late = [measure for measure in audit.measures if measure.is_overdue(audit.today)]
    sentences = []
    if bare:
        text = ngettext(
            "%(count)d nonconformity has no measure yet.",
            "%(count)d nonconformities have no measure yet.",
            len(bare),
        )
        sentences.append(text % {"count": len(bare)})
    if late:
        text = ngettext(
            "%(count)d measure is overdue.", "%(count)d measures are overdue.", len(late)
        )
        sentences.append(text % {"count": len(late)})
    done = sum(measure.is_done for measure in audit.measures)
    if audit.measures:
        text = _("%(done)d of %(count)d measures are done.")
        sentences.append(text % {"done": done, "count": len(audit.measures)})
    return " ".join(sentences) or _("Nothing was found that asks for a measure.")


def groups_headline(audit: AuditFacts) -> str:
    """What the chart of the groups shows."""
    rated = [(group.percent, group.name) for group in audit.groups if group.percent is not None]
    if not rated:
        return _("No group could be rated")
    worst, best = min(rated), max(rated)
    if worst[0] == best[0]:
        return _("All groups reach %(score)s") % {"score": format_percent(best[0])}
    text = _("“%(worst)s” is weakest with %(low)s, “%(best)s” strongest with %(high)s")
    values = {
        "worst": worst[1],
        "low": format_percent(worst[0]),
        "best": best[1],
        "high": format_percent(best[0]),
    }
    return text % values
