"""What may be missing around audits."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import User
from audits.enums import NONCONFORMITIES, AuditStatus
from audits.models import Finding
from winback.common.quality import Check, Gap


def untold(user: User, today: date) -> QuerySet[Finding]:
    """Nonconformities of finished audits the client has not heard of from us."""
    visible = Finding.objects.visible_to(user).undisclosed()
    finished = visible.filter(audit__status=AuditStatus.FINISHED, grade__in=NONCONFORMITIES)
    return finished.select_related("audit__case__client")


def _gap(finding: Finding) -> Gap:
    title = f"{finding.number} · {finding.get_grade_display()}"
    return Gap(title, finding.get_absolute_url(), finding.case.title)


CHECKS = (
    Check(
        "feststellungen-nicht-offengelegt",
        25,
        gettext_lazy("Nonconformities the client has not heard of from us"),
        gettext_lazy("Who finds it out himself trusts nothing we say afterwards."),
        untold,
        _gap,
    ),
)
