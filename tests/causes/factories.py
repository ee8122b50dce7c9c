"""Categories, causes and evidence as they stand after the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ContactFactory
from winback.cases.models import Case
from winback.causes.enums import CauseStatus, Controllability
from winback.causes.models import Cause, CauseCategory, CauseEvidence


class GroupFactory(factory.django.DjangoModelFactory[CauseCategory]):
    class Meta:
        model = CauseCategory
        django_get_or_create = ("key",)

    key = "promise"
    name_de = "Angebot und Versprechen"
    name_en = "Offer and promises"


class CategoryFactory(factory.django.DjangoModelFactory[CauseCategory]):
    """A cause of the taxonomy that is usually ours."""

    class Meta:
        model = CauseCategory

    parent = factory.SubFactory(GroupFactory)
    key = factory.Sequence(lambda n: f"overpromised_{n}")
    name_de = factory.Sequence(lambda n: f"In der Angebotsphase zu viel versprochen {n}")
    name_en = factory.Sequence(lambda n: f"Overpromised in the bid {n}")
    controllability = Controllability.OWN


class CauseFactory(factory.django.DjangoModelFactory[Cause]):
    """An assumed cause without a share; ``primary=True`` marks it."""

    class Meta:
        model = Cause

    class Params:
        primary = factory.Trait(is_primary=True)

    case = factory.SubFactory(CaseFactory)
    category = factory.SubFactory(CategoryFactory)
    statement = "Zwei Techniker für zwölf Objekte kalkuliert."
    controllability = Controllability.OWN


def prove(cause: Cause, **more: Any) -> CauseEvidence:
    """Evidence in words, or as told."""
    return CauseEvidence.objects.create(cause=cause, **({"source": "Angebot S. 14"} | more))


def confirmed(by: User, **more: Any) -> Cause:
    """A cause with evidence, confirmed on 2026-11-17."""
    cause: Cause = CauseFactory(
        status=CauseStatus.CONFIRMED,
        confirmed_by=by,
        confirmed_on=dt.date(2026, 11, 17),
        **more,
    )
    prove(cause)
    return cause


def agreed(by: User, case: Case) -> Cause:
    """A cause that both we and somebody at the client confirmed."""
    return confirmed(
        by,
        case=case,
        client_confirmed_by=ContactFactory(client=case.client),
        client_confirmed_on=dt.date(2026, 11, 18),
        client_words="So war es.",
    )
