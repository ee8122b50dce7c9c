"""Norms and inspections, as the services leave them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from winback.norms.enums import Confidence, NormKind, NormStatus
from winback.norms.models import InspectionRule, Norm


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
