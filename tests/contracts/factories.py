"""Contracts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import factory

from tests.clients.factories import ClientFactory
from winback.contracts.models import Contract


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
