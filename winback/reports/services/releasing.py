"""A second person signs for an audit report: the same facts, printed once more with the name."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import record
from winback.common.claims import RuleBroken
from winback.common.doorbell import ring
from winback.reports.enums import ReportKind, Verb
from winback.reports.models import Report
from winback.reports.services.requests import RENDER, title_of


class NotReleasable(RuleBroken):
    """There is nothing to sign for, or the wrong person signs."""


@transaction.atomic
def release_report(*, report: Report, actor: User, today: date) -> Report:
    """Release an audit report: its facts stay word for word, with who signed for them and when.

    Effects: the next version, queued for printing; the event. Nothing that changes in the audit
    afterwards changes it. Releasing the same draft twice gives the same version.

    Raises:
        NotReleasable: no finished draft of an audit report, or the lead auditor signs.
    """
    Case.objects.select_for_update().get(pk=report.case_id)  # one at a time counts the versions
    signed = Report.objects.filter(draft=report).first()
    if signed is not None:
        return signed
    if report.audit is None or report.is_released or not report.is_ready:
        raise NotReleasable(_("Only a finished draft of an audit report can be released."))
    if report.audit.owner_id == actor.pk:
        raise NotReleasable(_("Somebody else than the lead auditor releases the report."))
    versions = Report.objects.filter(kind=ReportKind.AUDIT, audit=report.audit)
    release = Report.objects.create(
        kind=report.kind,
        case=report.case,
        audit=report.audit,
        number=versions.aggregate(last=Max("number"))["last"] + 1,
        language=report.language,
        snapshot={
            **report.snapshot,
            "released_by": actor.full_name,
            "released_on": today.isoformat(),
        },
        as_of=report.as_of,
        requested_by=actor,
        released_by=actor,
        draft=report,
    )
    record(report.case, actor, Verb.RELEASED, title=title_of(release))
    ring(RENDER, release.pk)
    return release
