"""Causes as ready strings: formatted once per row, so that templates only place them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.causes.models import Cause, CauseEvidence
from winback.causes.rules import is_whole, share_total
from winback.common.formats import format_date, format_percent


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence; ``number`` is that of its finding, if there is one."""

    pk: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One line of the analysis."""

    pk: int
    url: str
    name: str
    statement: str
    is_primary: bool
    share: str
    view: str
    evidence: list[EvidenceRow]
    controllable: str
    changeable: str
    shape: str
    word: str
    by_client: str


def evidence_row(evidence: CauseEvidence) -> EvidenceRow:
    finding = evidence.finding
    if finding is None:
        return EvidenceRow(evidence.pk, "", evidence.source)
    return EvidenceRow(evidence.pk, finding.number, evidence.source)


def cause_row(cause: Cause) -> CauseRow:
    """Needs ``with_evidence()`` and the case; no further statement."""
    return CauseRow(
        pk=cause.pk,
        url=cause.get_absolute_url(),
        name=str(cause),
        statement=cause.statement,
        is_primary=cause.is_primary,
        share=format_percent(cause.share, 0),
        view=str(cause.get_perspective_display()),
        evidence=[evidence_row(each) for each in cause.evidence.all()],
        controllable=str(cause.get_controllability_display()),
        changeable=_changeable(cause),
        shape="done" if cause.is_confirmed else "open",
        word=str(cause.get_status_display()),
        by_client=_("confirmed by the client") if cause.client_confirmed_on else "",
    )


def _changeable(cause: Cause) -> str:
    if cause.is_changeable:
        return pgettext("cause", "can be changed")
    return pgettext("cause", "cannot be changed")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the whole analysis says: weights, what lacks evidence."""

    total: str
    is_whole: bool
    unproved: list[CauseRow]


def analysis(causes: Sequence[Cause], rows: list[CauseRow]) -> Analysis:
    total = share_total(cause.share for cause in causes)
    return Analysis(
        total=format_percent(total, 0) if total is not None else "",
        is_whole=is_whole(total),
        unproved=[row for row in rows if not row.evidence],
    )


def facts(cause: Cause) -> list[tuple[str, str, str]]:
    """Everything known about one cause: label, value, note."""
    row = cause_row(cause)
    confirmed = _("by %(who)s on %(day)s") % {
        "who": cause.confirmed_by,
        "day": format_date(cause.confirmed_on),
    }
    return [
        (pgettext("cause", "Group"), str(cause.category.parent or "–"), ""),
        (_("Axis of the diagram"), str(cause.bone.label), ""),
        (pgettext("cause", "Statement"), row.statement, ""),
        (_("Seen by"), row.view, ""),
        (pgettext("cause", "Share"), row.share, ""),
        (_("Controllable"), row.controllable, row.changeable),
        (pgettext("cause", "Status"), row.word, confirmed if cause.is_confirmed else ""),
        (_("Confirmed by the client"), *_client_said(cause)),
    ]


def _client_said(cause: Cause) -> tuple[str, str]:
    """The client's words, and whose they are."""
    if cause.client_confirmed_on is None:
        return _("not yet"), ""
    said = {"who": cause.client_confirmed_by, "day": format_date(cause.client_confirmed_on)}
    words = _("“%(words)s”") % {"words": cause.client_words}
    return words, _("%(who)s on %(day)s") % said
