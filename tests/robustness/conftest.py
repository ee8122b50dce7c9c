"""Everybody the access table knows, and the stage they act on."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.access.world import People
from tests.robustness.stage import Stage, set_stage


@pytest.fixture
def people(
    kam: User,
    kollegin: User,
    qm: User,
    operativ: User,
    leitung: User,
    auditor: User,
    admin_user: User,
) -> People:
    return People(kam, kollegin, qm, operativ, leitung, auditor, admin_user)


@pytest.fixture
def stage(people: People, today: object) -> Stage:
    return set_stage(people)
