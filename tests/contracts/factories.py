"""Contracts and what hangs on them, as the services leave it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import factory

from tests.clients.factories import ClientFactory
from tests.factories import UserFactory
from winback.contracts.enums import (
    AmendmentKind,
    Basis,
    CooperationKind,
    DeadlineKind,
    LineKind,
    Receipt,
    Unit,
)
from winback.contracts.models import (
    Amendment,
    ClientObligation,
    Contract,
    Deadline,
    ServiceLine,
)
from winback.contracts.services import recompute


class ContractFactory(factory.django.DjangoModelFactory[Contract]):
    """Four years, ending 2027-04-16; notice until 2027-01-16."""

    class Meta:
        model = Contract

    client = factory.SubFactory(ClientFactory)
    title = "Facility-Services Süd"
    starts_on = dt.date(2023, 4, 17)
    ends_on = dt.date(2027, 4, 16)
    notice_on = dt.date(2027, 1, 16)
    annual_value = Decimal("1900000.00")


class AmendmentFactory(factory.django.DjangoModelFactory[Amendment]):
    """A settlement paper that suspends termination until 2027-03-31."""

    class Meta:
        model = Amendment

    contract = factory.SubFactory(ContractFactory)
    kind = AmendmentKind.SETTLEMENT
    title = "2. Nachtrag"
    signed_on = dt.date(2026, 10, 1)
    signed_by_us = "Maria Lindner"
    signed_by_client = "Bernd Brandt"
    content = "Zusätzliche Grundreinigung; die Kündigung ruht."
    suspends_until = dt.date(2027, 3, 31)
    owner = factory.SubFactory(UserFactory)


class LineFactory(factory.django.DjangoModelFactory[ServiceLine]):
    """Cleaning, as works with a reason."""

    class Meta:
        model = ServiceLine

    contract = factory.SubFactory(ContractFactory)
    position = factory.Sequence(lambda n: f"1.{n + 1}")
    title = "Unterhaltsreinigung"
    kind = LineKind.WORKS
    kind_reason = "Sauberkeit als Erfolg beschrieben"

    @classmethod
    def _create(cls, model_class: type[ServiceLine], *args: Any, **kwargs: Any) -> ServiceLine:
        line = model_class(*args, **kwargs)
        line.fill_sort_key()
        line.save()
        return line


class DeadlineFactory(factory.django.DjangoModelFactory[Deadline]):
    """A remedy period of three weeks from Thursday, 12 November 2026 in Bavaria: 3 December."""

    class Meta:
        model = Deadline

    contract = factory.SubFactory(ContractFactory)
    kind = DeadlineKind.REMEDY
    title = "Abhilfefrist aus Abmahnung"
    basis = Basis.BGB_314
    trigger = "Abmahnung vom 10.11.2026"
    received_on = dt.date(2026, 11, 12)
    received_by = Receipt.REGISTERED
    unit = Unit.WEEKS
    length = 3
    bundesland = "BY"
    action = "Abhilfe nachweisen"
    lead_days = factory.LazyFunction(lambda: [14, 7, 2, 0])
    owner = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[Deadline], *args: Any, **kwargs: Any) -> Deadline:
        row = model_class(*args, **kwargs)
        recompute(row)
        row.original_due_on = row.due_on
        row.save()
        return row


class ClientObligationFactory(factory.django.DjangoModelFactory[ClientObligation]):
    """Access refused since 18 November 2026, still open."""

    class Meta:
        model = ClientObligation

    contract = factory.SubFactory(ContractFactory)
    kind = CooperationKind.ACCESS
    what = "Zutritt Haus C"
    since = dt.date(2026, 11, 18)
