"""Cases worth a report: one with everything in it, and what a finished audit leaves behind."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from audits.enums import AuditStatus, FindingStatus, Grade, Result
from audits.models import Audit, Finding
from audits.rules import score
from tests.audits.factories import (
    AuditFactory,
    AuditTemplateFactory,
    FindingFactory,
    answer,
    template_version,
)
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory, SiteFactory
from tests.dialogue.factories import CommitmentFactory, one_of_each
from tests.factories import UserFactory
from tests.kpis.factories import (
    CaseKpiFactory,
    DefinitionFactory,
    agree,
    enter,
    renewed,
)
from tests.plans.factories import MeasureFactory, PlanFactory, plan_of
from winback.cases.models import Case
from winback.cases.services import refresh_health
from winback.kpis.enums import Direction
from winback.plans.enums import MeasureStatus
from winback.plans.models import DateMove, Measure
from winback.reports.enums import ReportKind, ReportStatus
from winback.reports.models import Report
from winback.reports.services import request_report

TODAY = dt.date(2026, 11, 23)
#: Two groups that a report can compare.
GROUPS = (
    (("S1", 3, False), ("S2", 2, False), ("S3", 3, False)),
    (("P1", 3, True), ("P2", 3, True), ("P3", 1, False)),
)
ANSWERS = {
    "S1": (Result.PARTLY, "Drei Sanitärräume unter 92 %."),
    "S2": (Result.MET, ""),
    "S3": (Result.MET, ""),
    "P1": (Result.NOT_MET, "Prüfbuch Seite 14."),
    "P2": (Result.NOT_MET, ""),
    "P3": (Result.NOT_APPLICABLE, ""),
}


def norhagen(owner: User, **more: Any) -> Case:
    """The active case of the Norhagen Bau AG, owned by ``owner``."""
    case: Case = active_case(owner=owner, client=ClientFactory(name="Norhagen Bau AG"), **more)
    return case


def finished_audit(case: Case, lead: User | None = None, **more: Any) -> Audit:
    """Finished on 2026-11-17 with 46.4 % (13 of 28 points), a major, a minor and two others."""
    lead = lead or UserFactory(first_name="Tim", last_name="Wolf", role=Role.QUALITY_MANAGER)
    audit: Audit = AuditFactory(
        case=case,
        owner=lead,
        status=AuditStatus.FINISHED,
        site=case.client.sites.filter(name="Haus B").first()
        or SiteFactory(client=case.client, name="Haus B"),
        version_used=template_version(AuditTemplateFactory(), GROUPS),
        objective="Die Leistungslage in Haus B ehrlich feststellen.",
        participants="B. Brandt, Leiter FM",
        conclusion="Die Organisation trägt, die Prüfpflichten nicht.",
        **more,
    )
    for code, (result, note) in ANSWERS.items():
        answer(audit, code, result, note)
    rated = audit.answers.values_list("question__weight", "result")
    Audit.objects.filter(pk=audit.pk).update(score=score(rated))
    return with_head(audit)


def with_head(audit: Audit) -> Audit:
    """The audit as a page fetches it."""
    return Audit.objects.with_head().get(pk=audit.pk)


def with_header(case: Case) -> Case:
    """The case as a page fetches it."""
    return Case.objects.with_header().get(pk=case.pk)


def finding(audit: Audit, code: str, grade: Grade, statement: str, **more: Any) -> Finding:
    """A finding about one question, owned by operations."""
    made: Finding = FindingFactory(
        audit=audit,
        question=audit.questions().get(code=code),
        grade=grade,
        statement=statement,
        **more,
    )
    return made


def full_audit(case: Case, lead: User | None = None) -> Audit:
    """A finished audit with every grade, one withdrawn finding, and measures."""
    audit = finished_audit(case, lead)
    ott = UserFactory(first_name="Ralf", last_name="Ott", role=Role.OPERATIONS)
    major = finding(
        audit,
        "P1",
        Grade.MAJOR,
        "Hygieneinspektion der RLT-Anlage B-02 seit 250 Tagen überfällig. Am Audittag liegt weder "
        "ein Protokoll noch ein Auftrag vor. Die Anlage lief mit Befeuchtung.",
        owner=ott,
        due_on=dt.date(2026, 12, 4),
        containment="Befeuchtung am 17.11.2026 außer Betrieb genommen, Kunde informiert",
        criterion="Hygieneinspektion alle 24 Monate bei Anlagen mit Befeuchtung",
        place="Dachzentrale",
    )
    finding(
        audit,
        "P2",
        Grade.MAJOR,
        "Fluchtweg im Untergeschoss verstellt.",
        owner=ott,
        due_on=dt.date(2026, 11, 20),
    )
    finding(audit, "S1", Grade.MINOR, "Reinigung der Sanitärräume unter Niveau.", owner=ott)
    finding(audit, "S2", Grade.OBSERVATION, "Schlüsselverzeichnis nur auf Papier.", owner=ott)
    finding(audit, "S3", Grade.IMPROVEMENT, "Monatsbericht nach Priorität trennen.", owner=ott)
    finding(audit, "S3", Grade.STRENGTH, "Zusagenregister wird gelebt.", owner=ott)
    withdrawn = finding(audit, "P3", Grade.MINOR, "Aushang fehlt.", owner=ott)
    withdrawn.status, withdrawn.withdrawn_reason = FindingStatus.WITHDRAWN, "Aushang hing im Foyer"
    withdrawn.save()
    plan = plan_of(case)
    answers = {"finding": major, "plan": plan, "owner": ott}
    MeasureFactory(title="Hygieneinspektion nachholen", due_on=dt.date(2026, 12, 2), **answers)
    MeasureFactory(
        title="Prüftermine ins CAFM überführen", status=MeasureStatus.DONE,
        due_on=dt.date(2026, 11, 19), **answers,
    )  # fmt: skip
    return with_head(audit)


def kpis(case: Case) -> None:
    """Five KPIs, one for every way they can stand."""
    months = [dt.date(2026, month, 1) for month in range(3, 11)]
    for position, (name, english, values, more) in enumerate(
        (
            (
                "SLA-Erfüllung Reaktionszeit",
                "SLA compliance, response",
                ("77", "79", "78", "78", "78", "80", "84.0", "91.2"),
                {},
            ),
            (
                "Reaktionszeit Aufzug, Median",
                "Response time lifts, median",
                ("250", "240", "240", "240", "245", "230", "215", "205"),
                {"unit": "min", "decimals": 0, "direction": Direction.DOWN},
            ),
            (
                "Reinigungsqualität",
                "Cleaning quality",
                ("80", "79", "79", None, "80", "79", "78", "76.5"),
                {},
            ),
            (
                "Zufriedenheit der Nutzer",
                "Satisfaction of users",
                ("60", "60", "61", "60", "62", "63", "64", "66.0"),
                {},
            ),
            ("Beschwerden je Monat", "Complaints per month", (), {"unit": "Anzahl"}),
        ),
        start=1,
    ):
        definition = DefinitionFactory(
            name_de=name, name_en=english, position=position, **{"decimals": 1, **more}
        )
        kpi = CaseKpiFactory(case=case, owner=case.owner, definition=definition)
        if definition.unit == "min":
            agree(kpi, baseline=Decimal(240), value=Decimal(120))
        elif values:
            agree(kpi)
        small = name.startswith("Zufriedenheit")
        for month, value in zip(months, values, strict=False):
            enter(kpi, month, value, sample_size=4 if small else 96)
        renewed(kpi)


def full_case(owner: User, lead: User | None = None) -> Case:
    """Everything a progress report can show, as of 2026-11-23."""
    case = norhagen(owner)
    case.next_step, case.next_step_on = "Review-Meeting bei Norhagen", dt.date(2026, 11, 24)
    case.situation = "Reinigung stabil, Aufzüge noch nicht.\nHerr Brandt ist offen."
    case.situation_by, case.situation_at = owner, timezone.now()
    case.save()
    plan = PlanFactory(case=case, passed=2)
    for number, count in (("1", 3), ("2", 2)):
        for index in range(count):
            MeasureFactory(
                plan=plan, phase=number, title=f"Schritt {number}.{index + 1}",
                due_on=dt.date(2026, 9, 21), status=MeasureStatus.DONE,
                done_on=dt.date(2026, 9, 21 + index),
            )  # fmt: skip
    full_audit(case, lead)
    MeasureFactory(plan=plan, title="Aufzugsdienst verhandeln", due_on=dt.date(2026, 11, 19))
    moved = MeasureFactory(
        plan=plan, phase="4", title="Betriebskonzept überarbeiten", due_on=dt.date(2026, 12, 14),
        original_due_on=dt.date(2026, 11, 30), status=MeasureStatus.IN_PROGRESS,
    )  # fmt: skip
    move(moved, dt.date(2026, 11, 30), dt.date(2026, 12, 7))
    move(moved, dt.date(2026, 12, 7), dt.date(2026, 12, 14))
    MeasureFactory(
        plan=plan, phase="4", title="SLA-Workshop", due_on=dt.date(2026, 12, 15),
        status=MeasureStatus.BLOCKED, status_note="Termin beim Kunden offen",
    )  # fmt: skip
    MeasureFactory(plan=plan, phase="5", title="Folgeaudit", due_on=dt.date(2027, 1, 29))
    kpis(case)
    one_of_each(case)
    CommitmentFactory.create_batch(4, case=case, due_on=dt.date(2026, 11, 10),
        done_on=dt.date(2026, 11, 9))  # fmt: skip
    refresh_health(case.pk, today=TODAY, now=timezone.now())
    return with_header(case)


def move(measure: Measure, start: dt.date, end: dt.date) -> DateMove:
    """Record that the measure was moved."""
    return DateMove.objects.create(
        measure=measure,
        moved_from=start,
        moved_to=end,
        reason="Kunde hat verschoben",
        moved_by=measure.owner,
        moved_at=timezone.now(),
    )


def queued(subject: Case | Audit, actor: User, language: str = "de") -> Report:
    """A report as the service leaves it."""
    fetched = with_head(subject) if isinstance(subject, Audit) else with_header(subject)
    return request_report(subject=fetched, language=language, actor=actor)


def made(subject: Case | Audit, actor: User, **more: Any) -> Report:
    """A row for lists, without a snapshot; queued unless told else."""
    audit = subject if isinstance(subject, Audit) else None
    case = subject.case if isinstance(subject, Audit) else subject
    values = {
        "kind": ReportKind.AUDIT if audit else ReportKind.PROGRESS,
        "case": case,
        "audit": audit,
        "number": Report.objects.filter(case=case, audit=audit).count() + 1,
        "language": "de",
        "as_of": timezone.now(),
        "requested_by": actor,
    }
    return Report.objects.create(**{**values, **more})


def ready(subject: Case | Audit, actor: User) -> Report:
    """A row with a stored file, without a worker."""
    report = made(subject, actor)
    report.file.save(f"{report.token}.pdf", ContentFile(b"%PDF-1.7 example"), save=False)
    report.sha256, report.size, report.pages = "ab" * 32, 16, 7
    report.status, report.ready_at = ReportStatus.READY, timezone.now()
    report.save()
    return report
