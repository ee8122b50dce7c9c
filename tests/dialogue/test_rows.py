"""What pages and reports say about commitments, as ready strings."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from accounts.models import User
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import TODAY, CommitmentFactory, one_of_each
from winback.cases.models import Case
from winback.dialogue.models import Commitment
from winback.dialogue.rows import commitment_row, facts, headline, in_order, standing, trust
from winback.dialogue.rules import KeptRatio

pytestmark = pytest.mark.django_db


def test_standing_names_an_overdue_one_so_and_not_broken(case: Case) -> None:
    words = {name: standing(row, TODAY) for name, row in one_of_each(case).items()}
    assert words == {
        "open": ("run", "Offen"),
        "due_today": ("run", "Offen"),
        "overdue": ("late", "Überfällig"),
        "kept": ("done", "Gehalten"),
        "kept_early": ("done", "Gehalten"),
        "kept_late": ("warn", "Verspätet gehalten"),
        "broken": ("no", "Gebrochen"),
        "released": ("na", "Vom Kunden erlassen"),
    }


def test_standing_speaks_english_too(case: Case) -> None:
    with translation.override("en"):
        assert standing(one_of_each(case)["kept_late"], TODAY) == ("warn", "Kept late")


def test_row_places_ready_strings(case: Case, kam: User) -> None:
    contact = ContactFactory(client=case.client, last_name="Brandt")
    row = commitment_row(CommitmentFactory(case=case, contact=contact), kam, TODAY)
    assert (row.to, row.promised, row.due, row.owner) == (
        "Bernd Brandt",
        "02.11.2026",
        "30.11.2026",
        "A. Kaya",
    )
    assert (row.late, row.ended) == (False, "")
    assert row.keep_url.endswith("/einloesung/")


def test_row_offers_keeping_only_what_is_open_and_only_to_those_who_may(
    case: Case, kam: User, operativ: User
) -> None:
    rows = one_of_each(case)
    assert commitment_row(rows["overdue"], kam, TODAY).keep_url
    assert commitment_row(rows["kept"], kam, TODAY).keep_url == ""
    assert commitment_row(rows["open"], operativ, TODAY).keep_url == ""


def test_in_order_puts_what_is_owed_first_and_the_past_newest_first(case: Case) -> None:
    rows = one_of_each(case)
    names = {row.pk: name for name, row in rows.items()}
    ordered = [names[row.pk] for row in in_order(list(Commitment.objects.all()))]
    assert ordered[:3] == ["overdue", "due_today", "open"]
    assert ordered[3:] == ["broken", "kept_early", "released", "kept_late", "kept"]


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (KeptRatio(13, 1, 2), "13 von 16 pünktlich gehalten"),
        (KeptRatio(0, 0, 1), "0 von 1 pünktlich gehalten"),
        (KeptRatio(0, 0, 0), "Noch war keine Zusage fällig."),
    ],
)
def test_headline_always_counts(ratio: KeptRatio, words: str) -> None:
    assert headline(ratio) == words


def test_trust_of_the_practice_case(case: Case) -> None:
    due = dt.date(2026, 11, 16)
    CommitmentFactory.create_batch(13, case=case, due_on=due, done_on=due)
    CommitmentFactory(case=case, due_on=due, done_on=dt.date(2026, 11, 23))
    CommitmentFactory(case=case, due_on=dt.date(2026, 11, 20))
    CommitmentFactory(case=case, broken_on=due, broken_reason="Kein Personal")
    CommitmentFactory.create_batch(3, case=case, due_on=dt.date(2026, 12, 4))
    CommitmentFactory(case=case, released_on=due, proof="E-Mail")
    shown = trust(list(Commitment.objects.all()), "HE", TODAY)
    assert shown.numbers == [
        ("Pünktlich gehalten", "13", "von 16", "81\u202f% der fälligen Zusagen", ""),
        (
            "Verspätet gehalten",
            "1",
            "",
            "im Median 5 Arbeitstage · 88\u202f% einschließlich dieser",
            "",
        ),
        ("Gebrochen", "2", "", "1 davon noch einzulösen", ""),
        ("Noch nicht fällig", "3", "", "nächste am 04.12.2026", ""),
    ]
    assert (shown.released, shown.overdue) == (1, 1)
    assert shown.chart.count("c-good") == 13


def test_trust_says_one_working_day_and_half_days(case: Case) -> None:
    monday = dt.date(2026, 11, 16)
    CommitmentFactory(case=case, due_on=monday, done_on=dt.date(2026, 11, 17))
    one = trust(list(Commitment.objects.all()), "HE", TODAY).numbers[1]
    assert one[3] == "im Median 1 Arbeitstag"
    CommitmentFactory(case=case, due_on=monday, done_on=dt.date(2026, 11, 18))
    two = trust(list(Commitment.objects.all()), "HE", TODAY).numbers[1]
    assert two[3] == "im Median 1,5 Arbeitstage"


def test_trust_of_nothing_due_has_no_note_and_no_percentage(case: Case) -> None:
    shown = trust([], "HE", TODAY)
    assert shown.numbers[0] == ("Pünktlich gehalten", "0", "von 0", "der fälligen Zusagen", "")
    assert [note for *_rest, note, _url in shown.numbers[1:]] == ["", "", ""]


def test_facts_of_a_commitment_to_nobody_in_particular(case: Case) -> None:
    labels = [label for label, _value, _note in facts(CommitmentFactory(case=case), TODAY)]
    assert labels == [
        "Zugesagt an",
        "Zugesagt am",
        "Fällig am",
        "Verantwortlich",
        "Vertretung",
        "Notiz",
        "Machbarkeit",
    ]
