"""Norms and inspections, as the services leave them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from tests.clients.factories import SiteFactory
from tests.factories import UserFactory
from winback.cases.models import Case
from winback.norms.enums import Confidence, InspectionResult, NormKind, NormStatus
from winback.norms.models import Inspection, InspectionRecord, InspectionRule, Norm


class NormFactory(factory.django.DjangoModelFactory[Norm]):
    """A guideline in force, well checked."""

    class Meta:
        model = Norm

    key = factory.Sequence(lambda n: f"vdi_{n}")
    code = factory.Sequence(lambda n: f"VDI {n}")
    name_de = "Raumlufttechnik – Hygieneanforderungen"
    name_en = "Ventilation – hygiene"
    issuer = "VDI"
    kind = NormKind.GUIDELINE
    edition = "2018-01"
    status = NormStatus.CURRENT
    confidence = Confidence.HIGH
    source = "vdi.example"
    checked_on = dt.date(2026, 11, 1)

    @classmethod
    def _create(cls, model_class: type[Norm], *args: Any, **kwargs: Any) -> Norm:
        norm = model_class(**kwargs)
        norm.fill_keys()
        norm.save()
        return norm


class RuleFactory(factory.django.DjangoModelFactory[InspectionRule]):
    """Hygiene inspection of a plant with humidification: every two years."""

    class Meta:
        model = InspectionRule

    key = factory.Sequence(lambda n: f"rule_{n}")
    name_de = "RLT-Anlage mit Befeuchtung"
    name_en = "HVAC with humidification"
    task_de = "Hygieneinspektion"
    task_en = "Hygiene inspection"
    norm = factory.SubFactory(NormFactory)
    interval_months = 24
    by_de = "Sachverständige"
    binding_de = "anerkannte Regel der Technik"
    confidence = Confidence.HIGH
    source = "vdi.example"
    checked_on = dt.date(2026, 11, 1)


class InspectionFactory(factory.django.DjangoModelFactory[Inspection]):
    """Hygiene of an air plant every two years: last on 2025-01-15, due on 2027-01-15."""

    class Meta:
        model = Inspection

    site = factory.SubFactory(SiteFactory)
    plant = factory.Sequence(lambda n: f"RLT {n}")
    task = "Hygieneinspektion"
    norm = factory.SubFactory(NormFactory)
    owner = factory.SubFactory(UserFactory)
    interval_months = 24
    interval_source = "VDI 6022-1:2018-01"
    last_done_on = dt.date(2025, 1, 15)
    due_on = dt.date(2027, 1, 15)
    original_due_on = factory.SelfAttribute("due_on")


class RecordFactory(factory.django.DjangoModelFactory[InspectionRecord]):
    """A round without defects, a week before its date."""

    class Meta:
        model = InspectionRecord

    inspection = factory.SubFactory(InspectionFactory)
    done_on = dt.date(2025, 1, 8)
    due_on = dt.date(2025, 1, 15)
    original_due_on = factory.SelfAttribute("due_on")
    result = InspectionResult.OK
    executor = "Prüfwerk GmbH, J. Adler"
    recorded_by = factory.SubFactory(UserFactory)


def with_defects(inspection: Inspection, **facts: Any) -> InspectionRecord:
    """A round whose defects are still open, to be remedied by 2026-12-15."""
    usual = {"defects": "Filter verkeimt", "defects_due_on": dt.date(2026, 12, 15)}
    return RecordFactory(
        inspection=inspection, result=InspectionResult.DEFECTS, **{**usual, **facts}
    )


def at_site_of(case: Case, **facts: Any) -> Inspection:
    """An inspection at a site the case is about."""
    site = SiteFactory(client=case.client)
    case.sites.add(site)
    return InspectionFactory(site=site, **facts)
