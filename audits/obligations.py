"""What audits owe: carrying one out, settling a finding; and what that says of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audits.enums import NONCONFORMITIES, Grade
from audits.models import Audit, Finding
from winback.common.health import AT_RISK, CRITICAL, Signal
from winback.common.obligations import Item, Kind, Query

TITLE_LENGTH = 80
Reassign = Callable[[int, User, User], None]


def find_audits(query: Query) -> list[Item]:
    """Audits to be carried out; one statement."""
    audits = Audit.objects.open().select_related("case__client", "version_used__template")
    return [_audit_item(audit) for audit in _asked(audits, query, "case")]


def find_findings(query: Query) -> list[Item]:
    """Findings to be corrected or decided; one statement."""
    findings = Finding.objects.open().select_related("audit__case__client")
    return [_finding_item(finding) for finding in _asked(findings, query, "audit__case")]


def health_signals(case_id: int, today: date) -> Iterable[Signal]:
    """An overdue major makes the case critical, an open one puts it at risk; one statement."""
    late = Count("pk", filter=Q(due_on__lt=today))
    majors = Finding.objects.open().filter(audit__case=case_id, grade=Grade.MAJOR)
    counts = majors.aggregate(open=Count("pk"), late=late)
    if counts["late"]:
        text = ngettext(
            "%(count)d major nonconformity is overdue",
            "%(count)d major nonconformities are overdue",
            counts["late"],
        )
        yield Signal(CRITICAL, text % {"count": counts["late"]})
    on_time = counts["open"] - counts["late"]
    if on_time:
        text = ngettext(
            "%(count)d major nonconformity is open",
            "%(count)d major nonconformities are open",
            on_time,
        )
        yield Signal(AT_RISK, text % {"count": on_time})


def audit_kind(reassign: Reassign, drop: Callable[[int, User, str], None]) -> Kind:
    """The declaration for the registry; the callables are the room's services."""
    return Kind("audit", gettext_lazy("Audits"), find_audits, reassign, drop)


def finding_kind(reassign: Reassign) -> Kind:
    """The declaration for the registry. A finding is settled by a person, never dropped."""
    return Kind("finding", gettext_lazy("Findings"), find_findings, reassign)


def _asked(rows: QuerySet[Any], query: Query, case: str) -> QuerySet[Any]:
    if query.owner_ids is not None:
        rows = rows.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        rows = rows.filter(**{case: query.case_id})
    if query.due_until is not None:
        rows = rows.filter(due_on__lte=query.due_until)
    return rows


def _audit_item(audit: Audit) -> Item:
    return Item(
        kind="audit",
        pk=audit.pk,
        title=_("Carry out audit “%(name)s”") % {"name": audit.template.name},
        owner_id=audit.owner_id,
        deputy_id=audit.deputy_id,
        due_on=audit.due_on,
        case_id=audit.case_id,
        context=audit.case.title,
        url=audit.get_absolute_url(),
    )


def _finding_item(finding: Finding) -> Item:
    what = Truncator(finding.statement).chars(TITLE_LENGTH)
    title = (
        _("Correct “%(what)s”") if finding.grade in NONCONFORMITIES else _("Decide on “%(what)s”")
    )
    return Item(
        kind="finding",
        pk=finding.pk,
        title=title % {"what": what},
        owner_id=finding.owner_id,
        deputy_id=finding.deputy_id,
        due_on=finding.due_on,
        case_id=finding.case.pk,
        context=f"{finding.case.title} · {finding.number}",
        url=finding.get_absolute_url(),
        done_url=reverse("audits:finding_done", args=[finding.number]),
    )
