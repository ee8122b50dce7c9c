"""A case of Aylin Kaya with Tim Wolf and Ralf Ott, and one KPI in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from accounts.models import User
from tests.cases.factories import active_case
from tests.kpis.factories import CaseKpiFactory, DefinitionFactory, measured_kpi
from winback.cases.models import Case
from winback.kpis.models import CaseKpi, KpiDefinition


@pytest.fixture
def case(kam: User, operativ: User) -> Case:
    return active_case(owner=kam, team=[operativ])


@pytest.fixture
def definition(db: None) -> KpiDefinition:
    return DefinitionFactory(key="sla", name_de="SLA-Erfüllung Reaktionszeit")


@pytest.fixture
def kpi(case: Case, definition: KpiDefinition) -> CaseKpi:
    """Picked, nothing agreed, nothing measured."""
    return CaseKpiFactory(case=case, definition=definition)


@pytest.fixture
def running(case: Case, kam: User) -> CaseKpi:
    """Baseline 78 %, target 95 % by February 2027, 91,2 % in October 2026."""
    return measured_kpi(kam, case, key="sla", name_de="SLA-Erfüllung Reaktionszeit")


@pytest.fixture
def catalogue() -> dict[str, Any]:
    """Three rows as they are shipped: a share, a count per audit, a band with a market value."""
    text = Path(__file__).with_name("catalogue.yaml").read_text()
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
