"""The audit report as ready strings."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from audits.enums import NONCONFORMITIES, AuditKind, Grade, Verdict
from audits.rules import PASS_MARK
from winback.common.charts import Bar, Bars, bars
from winback.common.formats import format_date, format_number, format_percent, format_range
from winback.reports.rules import audit_verdict
from winback.reports.rules.facts import AuditFacts, GroupFacts
from winback.reports.rules.words import headline
from winback.reports.services.printing.comparison import compared_values
from winback.reports.services.printing.findings import (
    GRADES,
    Card,
    FindingSection,
    answer_groups,
    card,
    finding_sections,
    measure_groups,
)
from winback.reports.services.printing.head import Entry, Head, Stamp, chapters

Fact = tuple[str, str]


def audit_context(facts: AuditFacts, stamp: Stamp) -> dict[str, Any]:
    """Everything ``reports/audit/report.html`` places."""
    toc = _contents(facts)
    sections = finding_sections(facts, toc["findings"].number)
    children = tuple(Entry(each.anchor, each.number, each.title) for each in sections)
    toc["findings"] = Entry("findings", toc["findings"].number, toc["findings"].title, children)
    return {
        "head": _head(facts, stamp),
        "facts": _cover(facts, stamp),
        "disclaimer": _(
            "The report states what a sample showed. It replaces neither a statutory inspection "
            "nor legal advice."
        ),
        "toc": toc,
        "entries": list(toc.values()),
        "grades": grade_rows(),
        "overview": [each for section in sections for each in section.cards],
        "overview_title": _overview_title(sections),
        "withdrawn": [(each.number, each.withdrawn_reason) for each in facts.withdrawn],
        "mandate": _mandate(facts),
        "sections": sections,
        "strengths": [card(each, facts.today) for each in facts.graded(Grade.STRENGTH)],
        "measures_lead": audit_verdict.measures_lead(facts),
        "measures": measure_groups(facts),
        "comparison": facts.comparison,
        "compared": compared_values(facts) if facts.comparison else [],
        "conclusion": facts.conclusion,
        "signs": _signs(facts),
        "answers": answer_groups(facts),
        "answers_title": _answers_title(facts),
        "today": format_date(facts.today),
        **_summary(facts),
    }


def _contents(facts: AuditFacts) -> dict[str, Entry]:
    """The chapters; the comparison has one where there is a previous audit."""
    compared = [("comparison", _("Comparison with the previous audit"))]
    toc = chapters(
        ("summary", pgettext("print", "Summary")),
        ("mandate", _("Mandate and procedure")),
        ("strengths", _("Good practice")),
        ("findings", _("Findings")),
        ("measures", _("Catalogue of measures")),
        *(compared if facts.comparison else []),
        ("conclusion", _("Conclusion and participants")),
    )
    toc["answers"] = Entry("answers", "A", _("Annex: answers by question"))
    return toc


def _head(facts: AuditFacts, stamp: Stamp) -> Head:
    span = format_range(facts.started_on or facts.done_on, facts.done_on)
    return Head(
        language=stamp.language,
        title=f"{facts.template}, {facts.site}",
        description=_("Report of audit %(number)s of %(span)s")
        % {"number": facts.number, "span": span},
        provider=facts.provider,
        kind=_("Audit report %(number)s") % {"number": facts.number},
        subtitle=f"{facts.client}, {span}",
        classification=_("Confidential – only for %(client)s and %(provider)s")
        % {"client": facts.client, "provider": facts.provider},
        stamp=stamp.text,
        byline=facts.lead,
    )


def _cover(facts: AuditFacts, stamp: Stamp) -> list[Fact]:
    return [
        (_("Lead auditor"), facts.lead),
        (_("Client and case"), f"{facts.client} · {facts.case_number}"),
        (_("Site"), ", ".join(part for part in (facts.site, facts.site_address) if part)),
        (_("Provider"), facts.provider),
        (_("Version and date"), stamp.text),
        (_("Overall verdict"), _verdict_word(facts)),
        (pgettext("report", "Release"), _release(facts)),
    ]


def _release(facts: AuditFacts) -> str:
    """Who signed for it when; a draft says that nobody has."""
    if facts.released_on is None:
        return _("draft, not released yet")
    values = {"person": facts.released_by, "day": format_date(facts.released_on)}
    return _("released by %(person)s on %(day)s") % values


def _verdict_word(facts: AuditFacts) -> str:
    verdict = audit_verdict.judged(facts)
    return str(verdict.label) if verdict else pgettext("audit", "no verdict")


def _summary(facts: AuditFacts) -> dict[str, Any]:
    majors = facts.majors
    still_open = sum(each.is_open for each in majors)
    return {
        "lead": audit_verdict.lead(facts),
        "score": format_number(facts.score, 1),
        "score_note": _("%(points)d of %(possible)d points · pass mark %(mark)s")
        % {
            "points": facts.points,
            "possible": facts.possible,
            "mark": format_percent(PASS_MARK, 0),
        },
        "is_low": facts.score is not None and facts.score < PASS_MARK,
        "majors": [(each.number, headline(each.statement)) for each in majors],
        "majors_open": ngettext(
            "%(count)d of them still open", "%(count)d of them still open", still_open
        )
        % {"count": still_open},
        "verdict": _verdict_word(facts),
        "is_passed": audit_verdict.judged(facts) == Verdict.PASSED,
        "groups_title": audit_verdict.groups_headline(facts),
        "groups_chart": groups_chart(facts),
        "good": [headline(each.statement) for each in facts.graded(Grade.STRENGTH)][:4],
        "at_once": audit_verdict.at_once(facts),
        "keys": _keys(facts),
    }


def _keys(facts: AuditFacts) -> list[tuple[str, str, str]]:
    counted = [
        (_("Minor nonconformities"), Grade.MINOR),
        (pgettext("print", "Observations"), Grade.OBSERVATION),
        (_("Opportunities for improvement"), Grade.IMPROVEMENT),
        (_("Good practice"), Grade.STRENGTH),
    ]
    rows = [(label, str(len(facts.graded(grade))), "") for label, grade in counted]
    done = sum(measure.is_done for measure in facts.measures)
    note = _("%(count)d of them done") % {"count": done} if facts.measures else ""
    return [*rows, (_("Measures"), str(len(facts.measures)), note)]


def groups_chart(facts: AuditFacts) -> SafeString:
    """The score of every group, with the points that stand behind it."""
    return bars(
        Bars(
            uid="groups",
            label=_("Score by group of questions"),
            items=[_bar(group) for group in facts.groups],
            scale_max=100,
            label_width=200,
        )
    )


def _bar(group: GroupFacts) -> Bar:
    points = _("%(points)d of %(possible)d points")
    note = points % {"points": group.points, "possible": group.possible}
    low = group.percent is not None and group.percent < PASS_MARK
    return Bar(group.name, group.percent, note=note, highlight=low)


def grade_rows() -> list[tuple[str, str, str, str, str]]:
    """Shape, word, meaning, usual term and demand of every grade."""
    meanings = {
        Grade.MAJOR: _("Systematic, relevant to safety or law, or the aim of the contract at risk"),
        Grade.MINOR: _("A single case, not critical"),
        Grade.OBSERVATION: _("Not a nonconformity yet, but on the way to one"),
        Grade.IMPROVEMENT: _("The requirement is met; it could be done better"),
        Grade.STRENGTH: _("Good practice that should stay"),
    }
    demands = {
        Grade.MAJOR: _("Containment, cause, measure, check of effectiveness"),
        Grade.MINOR: _("Cause, measure, check of effectiveness"),
        Grade.OBSERVATION: _("Decision"),
        Grade.IMPROVEMENT: _("Decision"),
        Grade.STRENGTH: "–",
    }
    return [
        (GRADES[grade].shape, str(grade.label), meanings[grade], GRADES[grade].term, demands[grade])
        for grade in Grade
    ]


def _overview_title(sections: list[FindingSection]) -> str:
    cards: list[Card] = [each for section in sections for each in section.cards]
    text = ngettext("%(count)d finding at a glance", "%(count)d findings at a glance", len(cards))
    return text % {"count": len(cards)}


def _mandate(facts: AuditFacts) -> list[Fact]:
    rows = [
        (_("Objective"), facts.objective),
        (_("Kind of audit"), str(AuditKind(facts.kind).label)),
        (_("Scope"), ", ".join(part for part in (facts.site, facts.site_address) if part)),
        (_("Template"), _template(facts)),
        (_("Carried out"), format_range(facts.started_on or facts.done_on, facts.done_on)),
        (_("Lead auditor"), facts.lead),
        (_("Audit team"), ", ".join(facts.team)),
        (_("Participants of the client"), facts.participants),
    ]
    return [(label, value or _("not recorded")) for label, value in rows]


def _template(facts: AuditFacts) -> str:
    count = sum(len(group.questions) for group in facts.groups)
    return _("%(name)s, version %(version)d (%(questions)d questions in %(groups)d groups)") % {
        "name": facts.template,
        "version": facts.template_version,
        "questions": count,
        "groups": len(facts.groups),
    }


def _signs(facts: AuditFacts) -> list[Fact]:
    owners = sorted({each.owner for each in facts.findings if each.grade in NONCONFORMITIES})
    people = [(facts.lead, _("Lead auditor"))]
    people += [(owner, _("answers for the correction")) for owner in owners[:2]]
    people.append((facts.client, _("taken note of")))
    return [*people, (facts.released_by, _release(facts))] if facts.released_by else people


def _answers_title(facts: AuditFacts) -> str:
    questions = [question for group in facts.groups for question in group.questions]
    rated = sum(question.is_rated for question in questions)
    text = _("%(count)d questions, %(rated)d of them rated, %(na)d not applicable, none left open")
    return text % {"count": len(questions), "rated": rated, "na": len(questions) - rated}
