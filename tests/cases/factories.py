"""Cases as they stand after ``open_case``: owner and named members are in the team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import factory

from accounts.models import User
from tests.clients.factories import ClientFactory
from tests.contracts.factories import ContractFactory
from tests.factories import UserFactory
from winback.cases.enums import Function, GoReason, LossKind, Status, Trigger
from winback.cases.models import Case, CaseMember, Qualification
from winback.cases.services import next_number


class CaseFactory(factory.django.DjangoModelFactory[Case]):
    """An open case of 1.9 million euro, opened 2026-08-31; ``team=[…]`` adds members."""

    class Meta:
        model = Case

    client = factory.SubFactory(ClientFactory)
    contract = factory.LazyAttribute(lambda case: ContractFactory(client=case.client))
    owner = factory.SubFactory(UserFactory)
    trigger = Trigger.THREAT
    loss_kind = LossKind.ENDANGERED
    value_at_stake = Decimal("1900000.00")
    opened_on = dt.date(2026, 8, 31)

    @classmethod
    def _create(cls, model_class: type[Case], *args: Any, **kwargs: Any) -> Case:
        team: Iterable[User] = kwargs.pop("team", ())
        case = model_class(*args, **kwargs)
        case.number = case.number or f"RG-2026-{next_number('RG-2026'):04d}"
        case.fill_keys()
        case.save()
        CaseMember.objects.create(
            case=case,
            user=case.owner,
            function=Function.KEY_ACCOUNT_MANAGER,
            joined_on=case.opened_on,
        )
        for user in team:
            CaseMember.objects.create(case=case, user=user, joined_on=case.opened_on)
        return case


def active_case(**kwargs: Any) -> Case:
    """A case with a go decision, as if its plan had started."""
    case = CaseFactory(status=Status.ACTIVE, **kwargs)
    give_go(case)
    return case


def give_go(case: Case, decided_by: User | None = None) -> Qualification:
    """Record a go decision."""
    return Qualification.objects.create(
        case=case,
        decision=GoReason.GO,
        decided_by=decided_by or case.owner,
        decided_on=case.opened_on,
        reasons="Ursache liegt bei uns und ist veränderbar.",
    )
