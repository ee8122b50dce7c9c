"""What the client knows of our findings, and what he still has to hear from us."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from audits.models import Finding
from audits.permissions import can_disclose, can_take_back_disclosure
from audits.rows.findings import GRADE_SHAPE, FindingAction
from winback.cases.models import Case
from winback.common.agenda import Agenda, Point

STATEMENT_LENGTH = 140


def disclosure_actions(user: User, finding: Finding) -> list[FindingAction]:
    """Record that the client was told, or take a wrong entry back."""
    found = []
    if can_disclose(user, finding):
        url = disclosure_url(finding.case, finding)
        found.append(FindingAction("disclose", _("Record that the client was told"), url, False))
    if can_take_back_disclosure(user, finding):
        url = reverse("audits:finding_untold", args=[finding.number])
        label = _("The client was not told after all")
        found.append(FindingAction("untold", label, url, False))
    return found


def disclosure_url(case: Case, finding: Finding | None = None, on: date | None = None) -> str:
    """Where it is recorded; with one finding ticked, or with the day of a talk."""
    url = reverse("audits:disclose", args=[case.number])
    query = {"nummer": finding.number} if finding else {}
    if on is not None:
        query["am"] = on.isoformat()
    return f"{url}?{urlencode(query)}" if query else url


def untold_agenda(case: Case, on: date | None) -> Agenda:
    """What a crisis talk has to say first, the gravest first; one statement."""
    findings = Finding.objects.filter(audit__case=case).undisclosed().gravest_first()
    return Agenda(
        points=[
            Point(
                title=f"{each.number} · {Truncator(each.statement).chars(STATEMENT_LENGTH)}",
                shape=GRADE_SHAPE[each.grade],
                word=str(each.get_grade_display()),
                url=each.get_absolute_url(),
            )
            for each in findings
        ],
        settle_url=disclosure_url(case, on=on),
    )
