"""What the abstract models give to every room."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.dialogue.factories import CommitmentFactory
from winback.clients.models import Client
from winback.common.models import Obligation, ObligationQuerySet, Searchable, in_language
from winback.dialogue.models import Commitment
from winback.kpis.models import KpiDefinition

TODAY = dt.date(2026, 11, 23)


def test_keys_are_folded_and_fit_their_column() -> None:
    client = Client(name="Ä" * 300, number="K-1")
    client.fill_keys()
    assert client.sort_key == "a" * 250
    assert client.search_key == "a" * 300 + " k-1"


def test_searchable_searches_what_it_sorts_by_unless_told() -> None:
    client = Client(name="Klinikum Auental", number="K-1")
    assert Searchable.search_source(client) == "Klinikum Auental"


def test_searchable_must_say_what_it_sorts_by() -> None:
    with pytest.raises(NotImplementedError):
        Searchable.sort_source(Client())


@pytest.mark.parametrize(
    ("language", "english", "shown"),
    [
        ("de", "Response time", "Reaktionszeit"),
        ("en", "Response time", "Response time"),
        ("en-gb", "Response time", "Response time"),
        ("en", "", "Reaktionszeit"),
        (None, "Response time", "Reaktionszeit"),
    ],
)
def test_catalogue_speaks_the_active_language(
    language: str | None, english: str, shown: str
) -> None:
    row = KpiDefinition(name_de="Reaktionszeit", name_en=english)
    if language is None:
        with translation.override(None, deactivate=False):
            assert in_language(row.name_de, row.name_en) == shown
        return
    with translation.override(language):
        assert (row.name, str(row)) == (shown, shown)


@pytest.fixture
def owed(kam: User) -> dict[str, Commitment]:
    case = CaseFactory(owner=kam)
    return {
        name: CommitmentFactory(case=case, what=name, due_on=due, done_on=done)
        for name, due, done in (
            ("late", dt.date(2026, 11, 22), None),
            ("today", TODAY, None),
            ("in a week", dt.date(2026, 11, 30), None),
            ("in eight days", dt.date(2026, 12, 1), None),
            ("done", dt.date(2026, 11, 20), dt.date(2026, 11, 20)),
        )
    }


def rows() -> ObligationQuerySet:
    """The words of the base, over a table of one of its rooms."""
    return ObligationQuerySet(Commitment)


def named(found: ObligationQuerySet) -> set[str]:
    return set(found.values_list("what", flat=True))


def test_open_is_what_is_not_done(owed: dict[str, Commitment]) -> None:
    assert named(rows().open()) == set(owed) - {"done"}


def test_overdue_starts_the_day_after_the_due_date(owed: dict[str, Commitment]) -> None:
    assert named(rows().overdue(TODAY)) == {"late"}
    assert named(rows().overdue(TODAY + dt.timedelta(days=1))) == {"late", "today"}


def test_due_within_counts_today_and_the_last_day(owed: dict[str, Commitment]) -> None:
    assert named(rows().due_within(TODAY, 7)) == {"today", "in a week"}
    assert named(rows().due_within(TODAY, 0)) == {"today"}


def test_owned_by_leaves_out_other_people(
    owed: dict[str, Commitment], kam: User, kollegin: User
) -> None:
    CommitmentFactory(case=owed["late"].case, owner=kollegin, what="hers")
    assert named(rows().owned_by(kollegin)) == {"hers"}
    assert named(rows().owned_by(kam)) == set(owed)


@pytest.mark.parametrize(
    ("due_on", "done_on", "overdue"),
    [
        (dt.date(2026, 11, 22), None, True),
        (TODAY, None, False),
        (dt.date(2026, 11, 24), None, False),
        (dt.date(2026, 11, 1), dt.date(2026, 11, 20), False),
    ],
)
def test_due_today_is_not_overdue(due_on: dt.date, done_on: dt.date | None, overdue: bool) -> None:
    assert Commitment(due_on=due_on, done_on=done_on).is_overdue(TODAY) is overdue


@pytest.mark.parametrize(("done_on", "is_open"), [(None, True), (TODAY, False)])
def test_room_that_ends_rows_no_other_way_leaves_open_to_the_base(
    done_on: dt.date | None, is_open: bool
) -> None:
    asked = Obligation.is_open.fget
    assert asked is not None
    assert asked(Commitment(done_on=done_on, broken_on=TODAY)) is is_open


@pytest.mark.parametrize(
    ("done_on", "on_time"),
    [(None, False), (dt.date(2026, 11, 16), True), (dt.date(2026, 11, 17), False)],
)
def test_moving_a_date_makes_nothing_punctual(done_on: dt.date | None, on_time: bool) -> None:
    owed = Commitment(
        original_due_on=dt.date(2026, 11, 16), due_on=dt.date(2026, 12, 31), done_on=done_on
    )
    assert owed.was_on_time is on_time
