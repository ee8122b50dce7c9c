"""Forms of talks, meetings and call-backs: each refusal in German."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import (
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
)
from tests.dialogue.refusals import (
    FUTURE,
    NO_NUMBER,
    PAST,
    REQUIRED,
    no_choice,
    refusals,
    too_long,
)
from winback.cases.models import Case
from winback.dialogue import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SERIES = {
    "kind": "regular", "title": "Jour fixe", "rhythm_days": "14", "next_on": "25.11.2026",
    "channel": "video",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"title": ""}, "title", REQUIRED),
        ({"title": "x" * 121}, "title", too_long(120, 121)),
        ({"kind": "crisis"}, "kind", no_choice("crisis")),
        ({"rhythm_days": "10"}, "rhythm_days", no_choice("10")),
        ({"next_on": ""}, "next_on", REQUIRED),
        ({"channel": ""}, "channel", REQUIRED),
        ({"agenda": "x" * 4001}, "agenda", too_long(4000, 4001)),
        ({"owner": "99999"}, "owner", no_choice("99999")),
    ],
)
def test_series_refuses(
    case: Case, kam: User, wrong: dict[str, str], field: str, message: str
) -> None:
    form = forms.SeriesForm({"owner": str(kam.pk)} | SERIES | wrong, case=case)
    assert refusals(form) == {field: [message]}


@pytest.mark.parametrize(
    ("day", "warned"), [("22.11.2026", ["next_on"]), ("23.11.2026", []), ("24.11.2026", [])]
)
def test_series_doubts_a_next_date_that_has_passed(
    case: Case, kam: User, day: str, warned: list[str]
) -> None:
    form = forms.SeriesForm({"owner": str(kam.pk)} | SERIES | {"next_on": day}, case=case)
    assert form.is_valid() is not bool(warned)
    assert (form.errors, form.warned) == ({}, warned)


CALL = {"what": "Preis nennen", "due_on": "24.11.2026"}


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"what": ""}, "what", REQUIRED),
        ({"what": "x" * 251}, "what", too_long(250, 251)),
        ({"due_on": ""}, "due_on", REQUIRED),
        ({"owner": ""}, "owner", REQUIRED),
        ({"contact": "99999"}, "contact", no_choice("99999")),
    ],
)
def test_call_back_refuses(
    case: Case, kam: User, wrong: dict[str, str], field: str, message: str
) -> None:
    form = forms.FollowUpForm({"owner": str(kam.pk)} | CALL | wrong, case=case)
    assert refusals(form) == {field: [message]}


def test_call_back_doubts_a_day_that_has_passed_and_takes_it_with_a_reason(
    case: Case, kam: User
) -> None:
    data = {"owner": str(kam.pk), "what": "Preis", "due_on": "20.11.2026"}
    doubted = forms.FollowUpForm(data, case=case)
    assert not doubted.is_valid()
    assert doubted.fields["due_on"].warning == PAST  # type: ignore[attr-defined]  # set by warn()
    accepted = forms.FollowUpForm(data | {"warning_reason": "nachgetragen"}, case=case)
    assert accepted.is_valid()
    assert accepted.reason == "nachgetragen"


def test_call_back_keeps_a_contact_who_has_left(case: Case, kam: User) -> None:
    gone = ContactFactory(client=case.client, left_on=dt.date(2026, 1, 31))
    row = FollowUpFactory(case=case, contact=gone)
    kept = {"owner": str(kam.pk), "contact": str(gone.pk), "version": "1"} | CALL
    assert forms.FollowUpForm(kept, case=case, row=row).is_valid()
    assert "contact" in refusals(forms.FollowUpForm(kept, case=case))


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"done_on": "24.11.2026"}, "done_on", FUTURE),
        ({"done_on": ""}, "done_on", REQUIRED),
        ({"note": "x" * 251}, "note", too_long(250, 251)),
        ({"version": ""}, "version", REQUIRED),
        ({"version": "eins"}, "version", NO_NUMBER),
    ],
)
def test_call_back_made_refuses(
    case: Case, wrong: dict[str, str], field: str, message: str
) -> None:
    data = {"version": "1", "done_on": "heute"} | wrong
    row = FollowUpFactory(case=case)
    assert refusals(forms.FollowUpDoneForm(data, row=row)) == {field: [message]}


TALK = {
    "kind": "call", "subject": "Rückfrage", "held_on": "20.11.2026", "channel": "phone",
    "others": "Herr Brandt", "summary": "Geklärt.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"kind": ""}, "kind", REQUIRED),
        ({"kind": "plausch"}, "kind", no_choice("plausch")),
        ({"subject": ""}, "subject", REQUIRED),
        ({"subject": "x" * 151}, "subject", too_long(150, 151)),
        ({"held_on": ""}, "held_on", REQUIRED),
        ({"held_on": "+1"}, "held_on", FUTURE),
        ({"channel": "brieftaube"}, "channel", no_choice("brieftaube")),
        ({"summary": "x" * 2001}, "summary", too_long(2000, 2001)),
        ({"others": "x" * 251}, "others", too_long(250, 251)),
        ({"mood": "6"}, "mood", no_choice("6")),
        ({"mood": "0"}, "mood", no_choice("0")),
        ({"our_people": ["99999"]}, "our_people", no_choice("99999")),
    ],
)
def test_talk_refuses(case: Case, wrong: dict[str, Any], field: str, message: str) -> None:
    found = refusals(forms.TalkForm(TALK | wrong, case=case))
    assert found[field] == [message]


def test_talk_offers_the_team_of_its_case_only(
    case: Case, kam: User, kollegin: User, operativ: User, fremde: User
) -> None:
    rows = forms.TalkForm(case=case).fields["our_people"].rows  # type: ignore[attr-defined]  # a RowsField
    assert set(rows) == {str(user.pk) for user in (kam, kollegin, operativ)}


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("moderator", 120),
        ("agenda", 4000),
        ("minutes", 10000),
        ("decisions", 4000),
        ("client_words", 4000),
    ],
)
def test_minutes_have_room_up_to_their_end(case: Case, field: str, limit: int) -> None:
    talk = InteractionFactory(case=case)
    long = forms.MinutesForm({"version": "1", field: "x" * (limit + 1)}, case=case, row=talk)
    assert refusals(long) == {field: [too_long(limit, limit + 1)]}
    full = forms.MinutesForm({"version": "1", field: "x" * limit}, case=case, row=talk)
    assert full.is_valid()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {"apology_form": "letter"},
            {"apologised_by": ["Geben Sie an, wer sich entschuldigt hat."]},
        ),
        ({"apologised_by": "kam"}, {"apology_form": ["Geben Sie die Form an."]}),
        (
            {"make_good_answer": "Gutschrift"},
            {"make_good_asked": ["Eine Antwort setzt die Frage voraus."]},
        ),
        ({"apology_form": "blumen"}, {"apology_form": [no_choice("blumen")]}),
        ({"failures_admitted": "x" * 4001}, {"failures_admitted": [too_long(4000, 4001)]}),
        ({"solutions_offered": "x" * 4001}, {"solutions_offered": [too_long(4000, 4001)]}),
    ],
    ids=["form only", "person only", "answer only", "unknown form", "failures", "solutions"],
)
def test_admission_refuses(
    case: Case, kam: User, data: dict[str, str], expected: dict[str, list[str]]
) -> None:
    data = {name: str(kam.pk) if value == "kam" else value for name, value in data.items()}
    talk = InteractionFactory(case=case)
    assert refusals(forms.AdmissionForm({"version": "1"} | data, case=case, row=talk)) == expected


@pytest.mark.parametrize("reason", ["", "  ", "x" * 251])
def test_ending_needs_a_short_reason(case: Case, reason: str) -> None:
    form = forms.EndForm(
        {"version": "1", "reason_text": reason}, row=MeetingSeriesFactory(case=case)
    )
    expected = REQUIRED if not reason.strip() else too_long(250, 251)
    assert refusals(form) == {"reason_text": [expected]}
