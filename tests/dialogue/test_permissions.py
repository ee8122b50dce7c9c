"""Who may keep, change and see commitments."""

from __future__ import annotations

import pytest
from django.http import Http404

from accounts.models import User
from tests.cases.factories import active_case
from tests.dialogue.factories import TODAY, CommitmentFactory
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.dialogue.permissions import (
    can_change,
    can_keep,
    can_list_commitments,
    get_visible_commitment,
)

pytestmark = pytest.mark.django_db


def test_working_roles_may_change_and_keep(case: Case, kam: User, qm: User, leitung: User) -> None:
    commitment = CommitmentFactory(case=case)
    for user in (kam, qm, leitung):
        assert can_change(user, commitment)
        assert can_keep(user, commitment)


def test_operations_keep_their_own_and_as_deputy_but_change_nothing(
    case: Case, kam: User, operativ: User
) -> None:
    foreign = CommitmentFactory(case=case)
    own = CommitmentFactory(case=case, owner=operativ)
    as_deputy = CommitmentFactory(case=case, deputy=operativ)
    assert [can_keep(operativ, each) for each in (foreign, own, as_deputy)] == [False, True, True]
    assert not can_change(operativ, own)


def test_ended_case_is_read_only_even_for_the_owner(case: Case, kam: User, operativ: User) -> None:
    case.status, case.closed_on = Status.WON, TODAY
    commitment = CommitmentFactory(case=case, owner=operativ)
    assert not can_keep(operativ, commitment)
    assert not can_keep(kam, commitment)
    assert not can_change(kam, commitment)


def test_external_auditors_list_nothing(kam: User, auditor: User) -> None:
    assert can_list_commitments(kam)
    assert not can_list_commitments(auditor)


def test_commitment_is_found_below_its_own_case_only(case: Case, kam: User, fremde: User) -> None:
    commitment = CommitmentFactory(case=case)
    assert get_visible_commitment(kam, case.number, commitment.pk) == commitment
    other = active_case(owner=kam)
    for user, number in ((kam, other.number), (fremde, case.number)):
        with pytest.raises(Http404):
            get_visible_commitment(user, number, commitment.pk)
