"""Audits and findings can be found by number and words."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audits.models import Audit, Finding
from winback.common.search import Found, Hit, Source, brief, containing, in_case


def jump(user: User, number: str) -> str:
    """The audit or finding with exactly this number, "" where the user sees none."""
    rows: QuerySet[Any]
    if number.startswith("A-"):
        rows = Audit.objects.visible_to(user)
    elif number.startswith("F-"):
        rows = Finding.objects.visible_to(user)
    else:
        return ""
    found = rows.filter(number=number).first()
    return str(found.get_absolute_url()) if found else ""


def _audits(user: User, text: str) -> QuerySet[Any]:
    return containing(
        Audit.objects.visible_to(user), text, "number", "version_used__template__name_de"
    )


def _audit_hit(found: Found) -> Hit:
    label = f"{found.number} · {found.title}"
    return Hit(label, reverse("audits:detail", args=[found.number]), in_case(found))


def _findings(user: User, text: str) -> QuerySet[Any]:
    return containing(Finding.objects.visible_to(user), text, "number", "statement")


def _finding_hit(found: Found) -> Hit:
    label = f"{found.number} · {brief(found.title)}"
    return Hit(label, reverse("dashboards:finding", args=[found.number]), in_case(found))


SOURCES = (
    Source(
        "audits",
        _("Audits"),
        75,
        _audits,
        {
            "title": "version_used__template__name_de",
            "number": "number",
            "case_number": "case__number",
            "client": "case__client__name",
        },
        _audit_hit,
    ),
    Source(
        "findings",
        _("Findings"),
        80,
        _findings,
        {
            "title": "statement",
            "number": "number",
            "case_number": "audit__case__number",
            "client": "audit__case__client__name",
        },
        _finding_hit,
    ),
)
