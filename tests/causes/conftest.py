"""A live case of ``kam`` with kollegin and operativ in its team."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.cases.factories import active_case
from winback.cases.models import Case


@pytest.fixture
def case(kam: User, kollegin: User, operativ: User) -> Case:
    return active_case(owner=kam, team=[kollegin, operativ])
