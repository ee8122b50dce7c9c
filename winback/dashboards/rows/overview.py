"""The overview of one case: what each room says about it, in a few statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audits.enums import Grade
from audits.models import Audit, Finding
from audits.rows.audits import AuditRow, audit_row
from audits.rows.findings import FindingRow, finding_row
from winback.cases.enums import Status
from winback.cases.models import Case, Outcome, Qualification
from winback.cases.rows import HistoryRow, event_row
from winback.cases.rows.decisions import summary as decision_summary
from winback.causes.models import Cause, primary_cause
from winback.common.formats import (
    format_date,
    format_datetime,
    format_money,
    format_number,
    format_percent,
    format_range,
)
from winback.dialogue.rows import Trust, trust
from winback.kpis.rows import KpiRow, kpi_rows
from winback.plans.models import Measure
from winback.plans.rows.measures import MeasureRow, measure_row

RECENT_EVENTS = 8
LOOK_AHEAD_DAYS = 7

Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class NextMove:
    """What a case without a plan needs before anything else."""

    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page places, top to bottom."""

    situation_by: str
    trust: Trust
    has_commitments: bool
    cause: str
    cause_note: str
    kpis: list[KpiRow]
    majors: list[FindingRow]
    measures: list[MeasureRow]
    audits: list[AuditRow]
    events: list[HistoryRow]
    facts: list[Fact]
    move: NextMove | None
    decisions: list[Fact]
    ending: list[Fact]

    @property
    def open_text(self) -> str:
        """``2 Hauptabweichungen · 5 Maßnahmen überfällig oder diese Woche``."""
        majors = ngettext(
            "%(count)d open major nonconformity",
            "%(count)d open major nonconformities",
            len(self.majors),
        ) % {"count": len(self.majors)}
        measures = ngettext(
            "%(count)d measure overdue or due within a week",
            "%(count)d measures overdue or due within a week",
            len(self.measures),
        ) % {"count": len(self.measures)}
        return f"{majors} · {measures}"


def overview(case: Case, user: User, today: date) -> Overview:
    """Needs ``with_summary()`` and ``with_primary_cause()``; at most two statements per room."""
    # An ended case tells its outcome instead.
    decided = case.qualifications.select_related("decided_by")
    latest = None if case.is_closed else decided.first()
    commitments = list(case.commitments.all())
    cause = primary_cause(case)
    findings = Finding.objects.filter(audit__case=case, grade=Grade.MAJOR).open().with_audit()
    audits = Audit.objects.filter(case=case).with_head()[:4]
    events = case.events.select_related("actor")[:RECENT_EVENTS]
    return Overview(
        situation_by=_situation_by(case),
        trust=trust(commitments, settings.PROVIDER_BUNDESLAND, today),
        has_commitments=bool(commitments),
        cause=cause.statement if cause else "",
        cause_note=_cause_note(cause) if cause else "",
        kpis=kpi_rows(case, today),
        majors=[finding_row(finding, today) for finding in findings],
        measures=[measure_row(each, user, today) for each in _pressing(case, today)],
        audits=[audit_row(audit, today) for audit in audits],
        events=[event_row(event, case.number) for event in events],
        facts=_facts(case, today),
        move=_next_move(case, latest),
        decisions=decision_summary(case, latest, today),
        ending=_ending(case) if case.is_closed else [],
    )


def _ending(case: Case) -> list[Fact]:
    """How the case ended and what is learned from it; one statement."""
    outcome = case.outcomes.first()
    if outcome is None:
        return []
    extent = outcome.get_extent_display() if outcome.extent else ""
    result = (_("Result"), outcome.get_result_display(), format_date(outcome.ended_on))
    return [
        result,
        *([(_("Extent"), extent, _lots(outcome))] if extent else []),
        (_("Reasons"), outcome.reasons, ""),
        (_("Lessons learned"), outcome.lessons, ""),
        (_("Annual value"), _before_after(outcome), ""),
    ]


def _lots(outcome: Outcome) -> str:
    """``3 Lose, vorher 1``; empty while one of the two is not known."""
    if outcome.lots_gained is None:
        return ""
    return _("lots: %(before)s before, %(after)s afterwards") % {
        "before": outcome.lots_before,
        "after": outcome.lots_after,
    }


def _before_after(outcome: Outcome) -> str:
    """What the client was and is worth per year, as far as it is known."""
    after = outcome.annual_value_after
    if after is None:
        return ""
    before = outcome.annual_value_before
    if before is None:
        return format_money(after)
    return _("%(before)s before, %(after)s afterwards") % {
        "before": format_money(before),
        "after": format_money(after),
    }


def _pressing(case: Case, today: date) -> QuerySet[Measure]:
    until = today + timedelta(days=LOOK_AHEAD_DAYS)
    found = Measure.objects.open().of_case(case.pk).filter(due_on__lte=until)
    return found.with_line().order_by("due_on", "pk")


def _situation_by(case: Case) -> str:
    if case.situation_at is None or case.situation_by is None:
        return ""
    return f"{case.situation_by.short_name}, {format_datetime(case.situation_at)}"


def _cause_note(cause: Cause) -> str:
    share = _("share %(share)s") % {"share": format_percent(cause.share, 0)} if cause.share else ""
    parts = [
        str(cause.category),
        cause.get_status_display(),
        share,
        _("controllable: %(who)s") % {"who": cause.get_controllability_display()},
    ]
    return ", ".join(part for part in parts if part)


def _facts(case: Case, today: date) -> list[Fact]:
    contract = case.contract
    lost = case.days_since_loss(today)
    since_loss = ngettext("%(count)s day ago", "%(count)s days ago", lost or 0)
    return [
        (_("Value p. a."), format_money(case.value_at_stake), case.get_loss_kind_display()),
        (
            _("Contract"),
            format_range(contract.starts_on, contract.ends_on) if contract else "",
            contract.title if contract else "",
        ),
        (_("Trigger"), case.get_trigger_display(), ""),
        (
            _("Loss on"),
            format_date(case.lost_on),
            since_loss % {"count": format_number(lost)} if lost is not None else "",
        ),
        (_("New provider"), case.new_provider, ""),
        (_("Case since"), format_date(case.opened_on), case.get_status_display()),
    ]


def _next_move(case: Case, latest: Qualification | None) -> NextMove | None:
    """An open case is decided first, then planned; a resting one is taken up by its plan."""
    if case.status != Status.OPEN:
        return None
    if latest is not None and latest.allows_work:
        return NextMove(
            _("The decision is taken. The recovery plan names an owner and a date per measure."),
            _("Start the recovery plan"),
            reverse("plans:create", args=[case.number]),
        )
    return NextMove(
        _("Before the work begins, the executive board decides whether to try at all."),
        _("Record go decision"),
        reverse("cases:decide", args=[case.number]),
    )
