"""The reference catalogues the product ships, loaded through the rooms that own them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Model

from audits.models import AuditTemplate, Question, TemplateVersion
from audits.services import load_template
from winback.causes.models import CauseCategory
from winback.causes.services import load_categories
from winback.common.models import CatalogueRow
from winback.kpis.models import KpiDefinition
from winback.kpis.services import load_kpis
from winback.norms.models import InspectionRule, Norm
from winback.norms.services import load_norms
from winback.plans.models import MeasureTemplate, PhaseTemplate
from winback.plans.services import load_plan_template

FOLDER = Path(__file__).resolve().parents[1] / "reference"


def _load_audits(data: Mapping[str, Any], today: date) -> None:
    for template in data["templates"]:
        load_template(data=template, today=today)


def _load_kpis(data: Mapping[str, Any], today: date) -> None:
    load_kpis(data=dict(data))


def _load_plan(data: Mapping[str, Any], today: date) -> None:
    load_plan_template(data=data)


def _load_causes(data: Mapping[str, Any], today: date) -> None:
    load_categories(data=data)


def _load_norms(data: Mapping[str, Any], today: date) -> None:
    load_norms(data=data)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One YAML file, the rows it becomes, and the verb of the room that takes it over."""

    file: str
    rows: tuple[type[Model], ...]
    load: Callable[[Mapping[str, Any], date], None]


CATALOGUES = (
    Catalogue("audit_templates.yaml", (AuditTemplate, TemplateVersion, Question), _load_audits),
    Catalogue("kpis.yaml", (KpiDefinition,), _load_kpis),
    Catalogue("plan_template.yaml", (PhaseTemplate, MeasureTemplate), _load_plan),
    Catalogue("norms.yaml", (Norm, InspectionRule), _load_norms),
    Catalogue("root_causes.yaml", (CauseCategory,), _load_causes),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one catalogue did: rows there now, rows written, rows an administrator keeps."""

    file: str
    rows: int
    written: int
    kept: int


def load_reference(*, today: date) -> list[Loaded]:
    """Load every shipped catalogue; each all or nothing.

    Doing it again changes nothing. Rows that nobody edited follow the files, rows an administrator
    edited stay. New questions become a new version of their checklist, released ``today``.
    """
    return [load_catalogue(catalogue, today) for catalogue in CATALOGUES]


@transaction.atomic
def load_catalogue(catalogue: Catalogue, today: date) -> Loaded:
    """Load one catalogue. Raises KeyError or ValueError for a file without the agreed form."""
    before = _stored(catalogue)
    text = (FOLDER / catalogue.file).read_text(encoding="utf-8")
    catalogue.load(yaml.safe_load(text), today)
    after = _stored(catalogue)
    return Loaded(
        file=catalogue.file,
        rows=len(after),
        written=sum(before.get(key) != values for key, values in after.items()),
        kept=sum(
            model._default_manager.filter(edited=True).count()
            for model in catalogue.rows
            if issubclass(model, CatalogueRow)
        ),
    )


def _stored(catalogue: Catalogue) -> dict[tuple[str, Any], dict[str, Any]]:
    """Every row of the catalogue with its values."""
    return {
        (model.__name__, values["id"]): values
        for model in catalogue.rows
        for values in model._default_manager.values()
    }
