"""The objects of the access table: each once in a case of ``kam``, once in a foreign one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Region, SavedView, User
from accounts.services import save_view
from audits.enums import AuditStatus, FindingStatus
from audits.models import Audit, Disclosure
from tests.audits.factories import AuditFactory, FindingFactory, photo
from tests.cases.decisions import lesson, step
from tests.cases.decisions import tender as lost_tender
from tests.cases.factories import active_case
from tests.cases.papers import incident_in, paper_in
from tests.causes.factories import CauseFactory, prove
from tests.clients.factories import ContactFactory, MessageFactory, SiteFactory, proved
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    DeadlineFactory,
    LineFactory,
)
from tests.dialogue.factories import (
    CommitmentFactory,
    ComplaintFactory,
    ContactRhythmFactory,
    ExpectationFactory,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
    WayFactory,
    proved_release,
)
from tests.documents.factories import document as stored_document
from tests.factories import AbsenceFactory, UserFactory
from tests.kpis.factories import CaseKpiFactory, enter
from tests.norms.factories import NormFactory, at_site_of, with_defects
from tests.plans.factories import MeasureFactory, check_of, plan_of
from tests.reminders.factories import mail, mail_file, note
from tests.reports.factories import made, ready
from winback.cases.enums import Status
from winback.cases.models import AwardCriterion, Case, CaseMember, Handover, HandoverItem
from winback.norms.models import Inspection, InspectionRecord
from winback.plans.enums import MeasureStatus
from winback.reminders.models import Notification, OutboxMessage
from winback.reminders.services import issue_feed
from winback.reports.enums import ReportStatus

Arguments = dict[str, Any]


@dataclass(frozen=True)
class People:
    """Everybody the table has a column for."""

    kam: User
    kollegin: User
    qm: User
    operativ: User
    leitung: User
    auditor: User
    admin: User


def everybody() -> People:
    """One person per column; the same as the fixtures of these names."""
    return People(
        kam=UserFactory(first_name="Aylin", last_name="Kaya"),
        kollegin=UserFactory(first_name="Nele", last_name="Brunner"),
        qm=UserFactory(first_name="Tim", last_name="Wolf", role=Role.QUALITY_MANAGER),
        operativ=UserFactory(first_name="Ralf", last_name="Ott", role=Role.OPERATIONS),
        leitung=UserFactory(first_name="Maria", last_name="Lindner", role=Role.MANAGEMENT),
        auditor=UserFactory(first_name="Hanna", last_name="Seidel", role=Role.EXTERNAL_AUDITOR),
        admin=UserFactory(
            first_name="Sabine", last_name="Kern", role=Role.OPERATIONS, is_administrator=True
        ),
    )


def own_case(people: People) -> Case:
    """A case of ``kam`` with kollegin and operativ in its team."""
    return active_case(owner=people.kam, team=[people.kollegin, people.operativ])


def foreign_case() -> Case:
    """A confidential case nobody of the table belongs to."""
    return active_case(
        owner=UserFactory(first_name="Fritz", last_name="Fremd"),
        is_confidential=True,
        next_step="GEHEIM",
        next_step_on=dt.date(2026, 12, 1),
    )


def member(case: Case, people: People) -> Arguments:
    row = CaseMember.objects.create(case=case, user=UserFactory(), joined_on=case.opened_on)
    return {"number": case.number, "pk": row.pk}


def document(case: Case, people: People) -> Arguments:
    return {"number": case.number, "pk": paper_in(case).pk}


def duty(case: Case, people: People) -> Arguments:
    """Owed by operations in the own case."""
    owner = people.operativ if case.owner == people.kam else UserFactory()
    return {"number": case.number, "pk": step(case, owner).duty_id}


def handover(case: Case, people: People) -> Arguments:
    """A change that lies behind us: the owner stays who it is."""
    row = Handover.objects.create(
        case=case,
        former=UserFactory(),
        successor=case.owner,
        changed_on=case.opened_on,
        reason="Vertrauen verbraucht",
        fit="Ingenieur",
        duty=step(case, case.owner).duty,
    )
    return {"number": case.number, "pk": row.pk}


def handover_item(case: Case, people: People) -> Arguments:
    known = handover(case, people)
    item = HandoverItem.objects.create(handover_id=known["pk"], title="Vertrag erklärt")
    return {**known, "item": item.pk}


def tender(case: Case, people: People) -> Arguments:
    return {"number": case.number, "pk": lost_tender(case).pk}


def criterion(case: Case, people: People) -> Arguments:
    known = tender(case, people)
    row = AwardCriterion.objects.create(tender_id=known["pk"], name="Preis", weight=50)
    return {**known, "criterion": row.pk}


def commitment(case: Case, people: People) -> Arguments:
    """Owed by operations, who may keep it and nothing else."""
    row = CommitmentFactory(case=case, owner=people.operativ)
    return {"number": case.number, "pk": row.pk}


def of_case(factory: Callable[..., Any]) -> Callable[[Case, People], Arguments]:
    """A row of the case, named by its number and its own key."""
    return lambda case, people: {"number": case.number, "pk": factory(case=case).pk}


def shared_talk(case: Case, people: People) -> Arguments:
    row = InteractionFactory(case=case, shared_on=case.opened_on, shared_by=case.owner)
    return {"number": case.number, "pk": row.pk}


def kept_commitment(case: Case, people: People) -> Arguments:
    row = CommitmentFactory(case=case, done_on=dt.date(2026, 11, 20))
    return {"number": case.number, "pk": row.pk}


def followup(case: Case, people: People) -> Arguments:
    """Owed by operations, who may call back and nothing else."""
    row = FollowUpFactory(case=case, owner=people.operativ)
    return {"number": case.number, "pk": row.pk}


def complaint(case: Case, people: People) -> Arguments:
    """Owed by operations, who may answer it and nothing else."""
    return {"number": ComplaintFactory(case=case, owner=people.operativ).number}


def cause(case: Case, people: People) -> Arguments:
    return {"number": case.number, "pk": CauseFactory(case=case).pk}


def cause_evidence(case: Case, people: People) -> Arguments:
    row = prove(CauseFactory(case=case))
    return {"number": case.number, "pk": row.cause_id, "evidence_pk": row.pk}


def consent(case: Case, people: People) -> Arguments:
    """With a proof, at the client of the case."""
    row = proved(ContactFactory(client=case.client))
    return {"pk": case.client_id, "contact_pk": row.contact_id, "consent_pk": row.pk}


def message(case: Case, people: People) -> Arguments:
    """A draft to nobody."""
    return {"pk": case.client_id, "message_pk": MessageFactory(client=case.client).pk}


def notification(case: Case, people: People) -> Arguments:
    return {"pk": note(case.owner, object_id=Notification.objects.count()).pk}


def outbox_message(case: Case, people: People) -> Arguments:
    return {"pk": mail(case.owner, key=f"digest:{OutboxMessage.objects.count()}").pk}


def audit_of(case: Case, people: People) -> Audit:
    """In progress; in the own case ``auditor`` leads it."""
    lead = people.auditor if case.owner == people.kam else UserFactory()
    return AuditFactory(case=case, owner=lead, status=AuditStatus.IN_PROGRESS)


def audit(case: Case, people: People) -> Arguments:
    return {"number": audit_of(case, people).number}


def question(case: Case, people: People) -> Arguments:
    return {"number": audit_of(case, people).number, "code": "S1"}


def evidence(case: Case, people: People) -> Arguments:
    row = photo(audit_of(case, people))
    return {"number": row.audit.number, "key": row.key}


def finding(case: Case, people: People) -> Arguments:
    """Owed by operations in the own case."""
    owner = people.operativ if case.owner == people.kam else UserFactory()
    return {"number": FindingFactory(audit=audit_of(case, people), owner=owner).number}


def settled_finding(case: Case, people: People) -> Arguments:
    row = FindingFactory(
        audit=audit_of(case, people), status=FindingStatus.DONE, done_on=case.opened_on
    )
    return {"number": row.number}


def follow_up(case: Case, people: People) -> Arguments:
    """An audit that follows a finished one."""
    row = audit_of(case, people)
    row.previous = AuditFactory(case=case, status=AuditStatus.FINISHED)
    row.save()
    return {"number": row.number}


def told_finding(case: Case, people: People) -> Arguments:
    """Told to the client."""
    row = FindingFactory(audit=audit_of(case, people))
    Disclosure.objects.create(finding=row, told_on=case.opened_on, told_by=case.owner)
    return {"number": row.number}


def checked_finding(case: Case, people: People) -> Arguments:
    """Done by operations, in the own case to be judged by qm."""
    own = case.owner == people.kam
    row = FindingFactory(
        audit=audit_of(case, people),
        owner=people.operativ if own else UserFactory(),
        status=FindingStatus.DONE,
        done_on=case.opened_on,
    )
    check_of(row, people.qm if own else UserFactory())
    return {"finding": row.number}


def done_finding(case: Case, people: People) -> Arguments:
    return {"finding": settled_finding(case, people)["number"]}


def plan(case: Case, people: People) -> Arguments:
    return {"number": plan_of(case).case.number}


def resting_plan(case: Case, people: People) -> Arguments:
    until = dt.date(2027, 3, 1)
    Case.objects.filter(pk=case.pk).update(status=Status.RESTING, resting_until=until)
    return plan(case, people)


def phase(case: Case, people: People) -> Arguments:
    """Phase 3 with a mandatory measure that is still open."""
    MeasureFactory(plan=plan_of(case), is_mandatory=True)
    return {**plan(case, people), "phase": "3"}


def measure(case: Case, people: People, **facts: Any) -> Arguments:
    row = MeasureFactory(plan=plan_of(case), **facts)
    return {"number": case.number, "measure": row.number}


def measure_of_operations(case: Case, people: People) -> Arguments:
    """Owed by operations in the own case."""
    owner = people.operativ if case.owner == people.kam else UserFactory()
    return measure(case, people, owner=owner)


def done_measure(case: Case, people: People) -> Arguments:
    return measure(case, people, status=MeasureStatus.DONE)


def kpi(case: Case, people: People, owner: User | None = None) -> Arguments:
    row = CaseKpiFactory(case=case, owner=owner or case.owner)
    return {"number": case.number, "key": row.definition.key}


def kpi_of_operations(case: Case, people: People) -> Arguments:
    return kpi(case, people, owner=people.operativ)


def measurement(case: Case, people: People) -> Arguments:
    row = CaseKpiFactory(case=case)
    pk = enter(row, dt.date(2026, 10, 1), "91.2").pk
    return {"number": case.number, "key": row.definition.key, "pk": pk}


def finished(case: Case, people: People) -> Audit:
    """Finished; in the own case ``auditor`` led it."""
    lead = people.auditor if case.owner == people.kam else UserFactory()
    return AuditFactory(case=case, owner=lead, status=AuditStatus.FINISHED)


def failed_report(case: Case, people: People) -> Arguments:
    return {"token": made(case, case.owner, status=ReportStatus.FAILED, error="Datenträger").token}


def audit_report(case: Case, people: People) -> Arguments:
    return {"token": ready(finished(case, people), case.owner).token}


def saved_view(case: Case, people: People) -> Arguments:
    """A view of the owner of the case; colleagues share it where the case is theirs too."""
    view = save_view(
        owner=case.owner,
        page="cases:list",
        query="ampel=critical",
        name=f"Kritische {SavedView.objects.count()}",
        shared=case.owner == people.kam,
    )
    return {"slug": view.slug}


def deadline(case: Case, people: People) -> Arguments:
    """Owed by operations, who may do it and nothing else."""
    row = DeadlineFactory(contract=case.contract, owner=people.operativ)
    return {"pk": case.contract_id, "deadline": row.pk}


def contract_paper(case: Case, people: People) -> Arguments:
    paper = stored_document()
    DeadlineFactory(contract=case.contract, receipt_proof=paper)
    return {"pk": case.contract_id, "document": paper.pk}


def contract_line(case: Case, people: People) -> Arguments:
    return {"pk": case.contract_id, "line": LineFactory(contract=case.contract).pk}


def amendment(case: Case, people: People) -> Arguments:
    row = AmendmentFactory(contract=case.contract)
    return {"pk": case.contract_id, "amendment": row.pk}


def client_obligation(case: Case, people: People) -> Arguments:
    row = ClientObligationFactory(contract=case.contract)
    return {"pk": case.contract_id, "obligation": row.pk}


def checked_measure(case: Case, people: People) -> Arguments:
    """Done; in the own case to be judged by qm."""
    owner = people.operativ if case.owner == people.kam else UserFactory()
    row = MeasureFactory(plan=plan_of(case), owner=owner, status=MeasureStatus.DONE)
    check_of(row, people.qm if case.owner == people.kam else UserFactory())
    return {"number": case.number, "measure": row.number}


def inspection(case: Case, people: People) -> Arguments:
    """Owed by operations in the own case."""
    owner = people.operativ if case.owner == people.kam else UserFactory()
    return {"pk": at_site_of(case, owner=owner).pk}


def inspection_record(case: Case, people: People) -> Arguments:
    known = inspection(case, people)
    row = with_defects(Inspection.objects.get(**known), protocol=stored_document())
    return {**known, "record": row.pk}


def inspection_paper(case: Case, people: People) -> Arguments:
    known = inspection_record(case, people)
    row = InspectionRecord.objects.get(pk=known["record"])
    return {"pk": known["pk"], "document": row.protocol_id}


#: object name → arguments of the URL; ``people`` are given for objects that need an owner.
OBJECTS: dict[str, Callable[[Case, People], Arguments]] = {
    "region": lambda case, people: {"pk": Region.objects.get_or_create(name=case.number)[0].pk},
    "quality": lambda case, people: {"key": "faelle-ohne-naechsten-schritt"},
    "consent": consent,
    "message": message,
    "saved_view": saved_view,
    "bulk_list": lambda case, people: {"key": "faelle"},
    "case": lambda case, people: {"number": case.number},
    "sheet": lambda case, people: {"number": case.number, "sheet": "beziehung"},
    "entry": lambda case, people: {"number": case.number, "entry": "ressourcen"},
    "duty": duty,
    "handover": handover,
    "handover_item": handover_item,
    "tender": tender,
    "criterion": criterion,
    "lesson": lambda case, people: {"pk": lesson(case).pk},
    "client": lambda case, people: {"pk": case.client_id},
    "contract": lambda case, people: {"pk": case.contract_id},
    "contract_paper": contract_paper,
    "contract_line": contract_line,
    "deadline": deadline,
    "inspection": inspection,
    "inspection_record": inspection_record,
    "inspection_paper": inspection_paper,
    "norm": lambda case, people: {"key": NormFactory().key},
    "amendment": amendment,
    "client_obligation": client_obligation,
    "member": member,
    "document": document,
    "document_version": lambda case, people: {**document(case, people), "version": 1},
    "feed": lambda case, people: {"token": issue_feed(user=case.owner, now=timezone.now())},
    "incident": lambda case, people: {"number": case.number, "pk": incident_in(case).pk},
    "audit": audit,
    "finished_audit": lambda case, people: {"number": finished(case, people).number},
    "failed_report": failed_report,
    "ready_report": lambda case, people: {"token": ready(case, case.owner).token},
    "audit_report": audit_report,
    "question": question,
    "evidence": evidence,
    "finding": finding,
    "settled_finding": settled_finding,
    "told_finding": told_finding,
    "follow_up": follow_up,
    "done_finding": done_finding,
    "checked_finding": checked_finding,
    "checked_measure": checked_measure,
    "month": lambda case, people: {"year": 2026, "number": 11},
    "commitment": commitment,
    "kept_commitment": kept_commitment,
    "released_commitment": of_case(proved_release),
    "talk": of_case(InteractionFactory),
    "shared_talk": shared_talk,
    "series": of_case(MeetingSeriesFactory),
    "followup": followup,
    "complaint": complaint,
    "expectation": of_case(ExpectationFactory),
    "rhythm": of_case(ContactRhythmFactory),
    "way": of_case(WayFactory),
    "cause": cause,
    "cause_evidence": cause_evidence,
    "plan": plan,
    "resting_plan": resting_plan,
    "phase": phase,
    "measure": measure,
    "measure_of_operations": measure_of_operations,
    "done_measure": done_measure,
    "kpi": kpi,
    "kpi_of_operations": kpi_of_operations,
    "case_measured_by_operations": lambda case, people: {
        "number": kpi_of_operations(case, people)["number"]
    },
    "measurement": measurement,
    "site": lambda case, people: {
        "pk": case.client_id,
        "site_pk": SiteFactory(client=case.client).pk,
    },
    "notification": notification,
    "mail": outbox_message,
    "mail_file": lambda case, people: {"name": mail_file()},
    "user": lambda case, people: {"pk": case.owner_id},
    "absence": lambda case, people: {"pk": AbsenceFactory(user=case.owner).pk},
    "contact": lambda case, people: {
        "pk": case.client_id,
        "contact_pk": ContactFactory(client=case.client).pk,
    },
}
