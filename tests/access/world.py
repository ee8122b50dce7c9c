"""The objects of the access table: each once in a case of ``kam``, once in a foreign one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from tests.cases.factories import active_case
from tests.causes.factories import CauseFactory, prove
from tests.clients.factories import ContactFactory, SiteFactory
from tests.dialogue.factories import CommitmentFactory
from tests.factories import AbsenceFactory, UserFactory
from tests.reminders.factories import mail, mail_file, note
from winback.cases.models import Case, CaseMember
from winback.reminders.models import Notification, OutboxMessage

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


def commitment(case: Case, people: People) -> Arguments:
    """Owed by operations, who may keep it and nothing else."""
    row = CommitmentFactory(case=case, owner=people.operativ)
    return {"number": case.number, "pk": row.pk}


def cause(case: Case, people: People) -> Arguments:
    return {"number": case.number, "pk": CauseFactory(case=case).pk}


def cause_evidence(case: Case, people: People) -> Arguments:
    row = prove(CauseFactory(case=case))
    return {"number": case.number, "pk": row.cause_id, "evidence_pk": row.pk}


def notification(case: Case, people: People) -> Arguments:
    return {"pk": note(case.owner, object_id=Notification.objects.count()).pk}


def outbox_message(case: Case, people: People) -> Arguments:
    return {"pk": mail(case.owner, key=f"digest:{OutboxMessage.objects.count()}").pk}


#: object name → arguments of the URL; ``people`` are given for objects that need an owner.
OBJECTS: dict[str, Callable[[Case, People], Arguments]] = {
    "case": lambda case, people: {"number": case.number},
    "client": lambda case, people: {"pk": case.client_id},
    "contract": lambda case, people: {"pk": case.contract_id},
    "member": member,
    "month": lambda case, people: {"year": 2026, "number": 11},
    "commitment": commitment,
    "cause": cause,
    "cause_evidence": cause_evidence,
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
