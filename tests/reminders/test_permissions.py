from __future__ import annotations

import pytest

from accounts.models import User
from winback.reminders.permissions import can_see_mails


@pytest.mark.parametrize("person", ["kam", "qm", "leitung", "operativ", "auditor"])
def test_can_see_mails_is_for_no_role(person: str, request: pytest.FixtureRequest) -> None:
    assert not can_see_mails(request.getfixturevalue(person))


def test_can_see_mails_is_for_administrators(admin_user: User) -> None:
    assert can_see_mails(admin_user)
