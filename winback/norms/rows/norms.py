"""Norms as ready strings, for the catalogue and their own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from winback.common.formats import DASH, format_date
from winback.norms.enums import Confidence, NormStatus
from winback.norms.models import Norm

Fact = tuple[str, str, str]
STATUS_SHAPE: Mapping[str, str] = {
    NormStatus.CURRENT: "ok",
    NormStatus.SUPERSEDED: "na",
    NormStatus.PARTLY_SUPERSEDED: "part",
    NormStatus.IN_REVISION: "run",
    NormStatus.DRAFT: "open",
    NormStatus.UNKNOWN: "warn",
}
CONFIDENCE_SHAPE: Mapping[str, str] = {
    Confidence.HIGH: "ok",
    Confidence.MEDIUM: "part",
    Confidence.LOW: "warn",
}


@dataclass(frozen=True, slots=True)
class NormRow:
    """One line of the catalogue."""

    code: str
    url: str
    title: str
    kind: str
    edition: str
    shape: str
    status: str
    successor: str
    confidence_shape: str
    confidence: str
    checked: str


def norm_row(norm: Norm) -> NormRow:
    """Needs ``superseded_by`` loaded; no further statement."""
    successor = norm.superseded_by
    return NormRow(
        code=norm.code,
        url=norm.get_absolute_url(),
        title=norm.name,
        kind=norm.get_kind_display(),
        edition=norm.edition or DASH,
        shape=STATUS_SHAPE[norm.status],
        status=norm.get_status_display(),
        successor=_("by %(norm)s") % {"norm": successor.code} if successor else "",
        confidence_shape=CONFIDENCE_SHAPE[norm.confidence],
        confidence=norm.get_confidence_display(),
        checked=format_date(norm.checked_on) if norm.checked_on else DASH,
    )


#: Heads of the exported columns.
NORM_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Title (German)"),
    gettext_lazy("Title (English)"),
    gettext_lazy("Issuer"),
    pgettext_lazy("norm", "Kind"),
    pgettext_lazy("norm", "Edition"),
    pgettext_lazy("norm", "Status"),
    gettext_lazy("Superseded by"),
    pgettext_lazy("norm", "Confidence"),
    gettext_lazy("Checked on"),
    pgettext_lazy("norm", "Source"),
)


def norm_record(norm: Norm) -> list[Any]:
    """One exported line below ``NORM_COLUMNS``."""
    return [
        norm.code,
        norm.name_de,
        norm.name_en,
        norm.issuer,
        norm.get_kind_display(),
        norm.edition,
        norm.get_status_display(),
        norm.superseded_by.code if norm.superseded_by else "",
        norm.get_confidence_display(),
        norm.checked_on,
        norm.source,
    ]


def norm_facts(norm: Norm) -> list[Fact]:
    """Everything the catalogue says about the norm."""
    by = _("by %(name)s") % {"name": norm.checked_by} if norm.checked_by else ""
    rows = [
        (pgettext("norm", "Kind"), norm.get_kind_display(), norm.issuer),
        (pgettext("norm", "Edition"), norm.edition or _("unknown"), ""),
        (_("Covers"), norm.covers, ""),
        (_("Remark"), norm.remark, ""),
        (_("Checked on"), format_date(norm.checked_on) if norm.checked_on else "", by),
        (pgettext("norm", "Source"), norm.source, ""),
    ]
    return [row for row in rows if row[1]]


def norm_warnings(norm: Norm) -> list[str]:
    """What to know before citing it; empty where nothing stands against it."""
    found = []
    if norm.confidence == Confidence.LOW:
        found.append(_("Low confidence: check edition and title with the issuer before citing it."))
    if norm.status == NormStatus.UNKNOWN:
        found.append(_("Nobody has settled whether this norm is in force."))
    if norm.is_outdated:
        found.append(_("Superseded: cite its successor towards the client."))
    return found
