"""A case of ``kam`` with an audit led by ``qm``; the external ``auditor`` is in its team."""

from __future__ import annotations

import pytest

from accounts.models import User
from audits.enums import AuditStatus
from audits.models import Audit, Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import active_case
from winback.cases.models import Case


@pytest.fixture
def case(kam: User, kollegin: User, operativ: User) -> Case:
    """An active case of ``kam``; kollegin and operativ are in its team."""
    return active_case(owner=kam, team=[kollegin, operativ])


@pytest.fixture
def audit(case: Case, qm: User, auditor: User) -> Audit:
    """In progress, nothing answered: S1 (weight 3), S2 (1), P1 (3, critical)."""
    return AuditFactory(case=case, owner=qm, team=[auditor], status=AuditStatus.IN_PROGRESS)


@pytest.fixture
def finding(audit: Audit, operativ: User) -> Finding:
    """An open minor owned by operations."""
    return FindingFactory(audit=audit, owner=operativ)
