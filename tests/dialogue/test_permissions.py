"""Who may keep, change and see commitments."""

from __future__ import annotations

import pytest
from django.http import Http404

from accounts.models import User
from tests.cases.factories import active_case
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    ComplaintFactory,
    FollowUpFactory,
    InteractionFactory,
)
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.dialogue.models import Interaction
from winback.dialogue.permissions import (
    can_answer,
    can_call_back,
    can_change,
    can_keep,
    can_list_commitments,
    can_list_complaints,
    can_record_talk,
    get_visible_commitment,
    get_visible_complaint,
    get_visible_row,
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


def test_rows_are_found_below_their_own_case_only(case: Case, kam: User, fremde: User) -> None:
    talk, complaint = InteractionFactory(case=case), ComplaintFactory(case=case)
    assert get_visible_row(Interaction, kam, case.number, talk.pk) == talk
    assert get_visible_complaint(kam, complaint.number) == complaint
    other = active_case(owner=kam)
    for user, number in ((kam, other.number), (fremde, case.number)):
        with pytest.raises(Http404):
            get_visible_row(Interaction, user, number, talk.pk)
    with pytest.raises(Http404):
        get_visible_complaint(fremde, complaint.number)


@pytest.mark.parametrize(
    ("role", "live", "ended"),
    [("kam", True, True), ("leitung", True, True), ("qm", True, False), ("operativ", False, False)],
)
def test_talks_are_recorded_by_those_who_work_and_later_by_those_who_lead(
    case: Case, request: pytest.FixtureRequest, role: str, *, live: bool, ended: bool
) -> None:
    user: User = request.getfixturevalue(role)
    assert can_record_talk(user, case) is live
    case.status, case.closed_on = Status.LOST, TODAY
    assert can_record_talk(user, case) is ended


def test_owner_and_deputy_answer_and_call_back_while_the_case_goes_on(
    case: Case, kam: User, operativ: User, kollegin: User, auditor: User
) -> None:
    complaint = ComplaintFactory(case=case, owner=operativ)
    call = FollowUpFactory(case=case, owner=kam, deputy=operativ)
    for user, may in ((operativ, True), (kollegin, True), (auditor, False)):
        assert can_answer(user, complaint) is may
        assert can_call_back(user, call) is may
    for row in (complaint, call):
        row.case.status, row.case.closed_on = Status.LOST, TODAY
    assert not can_answer(operativ, complaint)
    assert not can_call_back(operativ, call)


def test_external_auditors_list_no_complaints(kam: User, auditor: User) -> None:
    assert can_list_complaints(kam)
    assert not can_list_complaints(auditor)
