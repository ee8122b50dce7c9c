"""The objects of the access table: each once in a case of ``kam``, once in a foreign one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import ContactFactory, SiteFactory
from tests.factories import AbsenceFactory, UserFactory
from winback.cases.models import Case, CaseMember

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


#: object name → arguments of the URL; ``people`` are given for objects that need an owner.
OBJECTS: dict[str, Callable[[Case, People], Arguments]] = {
    "case": lambda case, people: {"number": case.number},
    "client": lambda case, people: {"pk": case.client_id},
    "contract": lambda case, people: {"pk": case.contract_id},
    "member": member,
    "site": lambda case, people: {
        "pk": case.client_id,
        "site_pk": SiteFactory(client=case.client).pk,
    },
    "user": lambda case, people: {"pk": case.owner_id},
    "absence": lambda case, people: {"pk": AbsenceFactory(user=case.owner).pk},
    "contact": lambda case, people: {
        "pk": case.client_id,
        "contact_pk": ContactFactory(client=case.client).pk,
    },
}
