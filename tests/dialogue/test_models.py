"""What the rows say about themselves, what SQL says about many, what the database refuses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import SiteFactory
from tests.dialogue.factories import TODAY, CommitmentFactory, one_of_each, overdue
from winback.cases.models import Case
from winback.dialogue.enums import CommitmentState
from winback.dialogue.models import Commitment, land_of
from winback.dialogue.rules import kept_ratio

pytestmark = pytest.mark.django_db


def test_state_in_sql_agrees_with_the_rule_for_every_row(case: Case) -> None:
    one_of_each(case)
    for state in CommitmentState:
        found = set(Commitment.objects.in_state(state, TODAY))
        assert found == {each for each in Commitment.objects.all() if each.state(TODAY) == state}


def test_tally_counts_each_state_in_one_statement(case: Case) -> None:
    one_of_each(case)
    with CaptureQueriesContext(connection) as asked:
        counts = case.commitments.tally(TODAY)
    assert len(asked) == 1
    assert counts == {
        "open": 2,
        "kept": 2,
        "kept_late": 1,
        "broken": 2,
        "released": 1,
        "overdue": 1,
    }
    assert kept_ratio(counts).due == 5


def test_tally_of_no_commitment_is_all_zero() -> None:
    assert set(Commitment.objects.tally(TODAY).values()) == {0}


def test_kept_by_month_counts_the_states_of_each_month(case: Case) -> None:
    one_of_each(case)
    late = dt.date(2026, 10, 16)
    CommitmentFactory(
        case=case, promised_on=dt.date(2026, 10, 1), due_on=late, done_on=dt.date(2026, 11, 2)
    )
    found = Commitment.objects.kept_by_month(dt.date(2026, 10, 1), dt.date(2026, 11, 30), TODAY)
    assert list(found) == [dt.date(2026, 10, 1), dt.date(2026, 11, 1)]
    october = found[dt.date(2026, 10, 1)]
    assert october == {"open": 0, "kept": 0, "kept_late": 1, "broken": 0, "released": 0}
    assert found[dt.date(2026, 11, 1)]["kept"] == 2


def test_due_between_takes_both_ends_and_the_original_date(case: Case) -> None:
    first, last = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    dates = [dt.date(2026, 10, 31), first, last, dt.date(2026, 12, 1)]
    for day in dates:
        CommitmentFactory(case=case, promised_on=dt.date(2026, 10, 1), due_on=day)
    found = Commitment.objects.due_between(first, last)
    assert [each.due_on for each in found] == [first, last]


def test_open_leaves_out_whatever_ended(case: Case) -> None:
    rows = one_of_each(case)
    assert set(Commitment.objects.open()) == {rows["open"], rows["due_today"], rows["overdue"]}
    assert [each.is_open for each in rows.values()] == [True] * 3 + [False] * 5


def test_overdue_is_open_and_before_today(case: Case) -> None:
    rows = one_of_each(case)
    assert list(Commitment.objects.overdue(TODAY)) == [rows["overdue"]]


def test_weighing_forgets_a_break_after_sixty_days(case: Case) -> None:
    rows = one_of_each(case)
    CommitmentFactory(case=case, broken_on=dt.date(2026, 9, 23), broken_reason="lange her",
                      promised_on=dt.date(2026, 9, 1))  # fmt: skip
    recent = CommitmentFactory(
        case=case, broken_on=dt.date(2026, 9, 24), broken_reason="noch nicht lange her"
    )
    assert set(Commitment.objects.weighing(TODAY)) == {rows["overdue"], rows["broken"], recent}


def test_visible_to_follows_the_case(case: Case, kam: User, fremde: User) -> None:
    commitment = CommitmentFactory(case=case)
    assert list(Commitment.objects.visible_to(kam)) == [commitment]
    assert not Commitment.objects.visible_to(fremde).exists()


def test_commitment_knows_its_page_and_its_words(case: Case) -> None:
    commitment = CommitmentFactory(case=case, what="Messwerte vorlegen")
    assert str(commitment) == "Messwerte vorlegen"
    assert commitment.get_absolute_url() == f"/faelle/{case.number}/zusagen/{commitment.pk}/"


def test_overdue_commitment_can_still_be_kept(case: Case) -> None:
    assert overdue(case).is_open


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": dt.date(2026, 11, 1)},
        {"done_on": dt.date(2026, 11, 1)},
        {"broken_on": TODAY},
        {"released_on": TODAY},
        {"done_on": TODAY, "broken_on": TODAY, "broken_reason": "doppelt"},
        {"done_on": TODAY, "released_on": TODAY, "proof": "E-Mail"},
        {"broken_on": TODAY, "broken_reason": "x", "released_on": TODAY, "proof": "E-Mail"},
    ],
    ids=[
        "due before the promise",
        "kept before the promise",
        "broken without a reason",
        "released without proof",
        "kept and broken",
        "kept and released",
        "broken and released",
    ],
)
def test_database_refuses(case: Case, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        CommitmentFactory(case=case, **wrong)


def test_database_refuses_an_owner_who_is_the_deputy(case: Case, kam: User) -> None:
    with pytest.raises(IntegrityError):
        CommitmentFactory(case=case, owner=kam, deputy=kam)


def test_land_is_that_of_the_lead_site() -> None:
    case = CaseFactory()
    case.sites.add(SiteFactory(client=case.client, name="Werk Nord", bundesland="SN"))
    assert land_of(case) == "SN"


def test_land_without_a_site_is_the_providers_own(settings: Any) -> None:
    settings.PROVIDER_BUNDESLAND = "BY"
    assert land_of(CaseFactory()) == "BY"
