"""What all pages of the dialogue have in common: parts, roles, English, conflicts, budgets."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.clients.factories import ContactFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    ComplaintFactory,
    ContactRhythmFactory,
    ExpectationFactory,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
    WayFactory,
)
from tests.dialogue.test_talk_pages import below
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.dialogue.models.base import CaseRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PARTS = ("kommunikation", "gespraeche", "beschwerden", "erwartungen", "kontaktregeln")
NEW = (
    "gespraeche", "beschwerden", "erwartungen", "gespraechsreihen", "rueckrufe",
    "kontaktrhythmus", "kommunikationswege", "zusagen",
)  # fmt: skip
FORM = 12


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def fill(case: Case) -> None:
    """One row of everything."""
    talk = InteractionFactory(case=case, mood=2)
    talk.contacts.add(ContactFactory(client=case.client))
    for make in (
        CommitmentFactory, ComplaintFactory, ContactRhythmFactory, ExpectationFactory,
        FollowUpFactory, MeetingSeriesFactory, WayFactory,
    ):  # fmt: skip
        make(case=case)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_leads_to_the_others(browser: Client, case: Case, part: str) -> None:
    page = browser.get(below(case, f"{part}/")).content.decode()
    for other in PARTS:
        assert f'href="{below(case, other)}/"' in page
    assert f'href="{below(case, part)}/" aria-current="true"' in page


@pytest.mark.parametrize("part", PARTS)
def test_readers_are_offered_nothing_to_change(
    client_for: ClientFor, case: Case, operativ: User, part: str
) -> None:
    fill(case)
    page = client_for(operativ).get(below(case, f"{part}/")).content.decode()
    assert "/neu/" not in page
    assert "/bearbeiten/" not in page
    assert "/ende/" not in page


@pytest.mark.parametrize("part", PARTS)
def test_ended_case_is_read_with_everything_in_it(browser: Client, case: Case, part: str) -> None:
    fill(case)
    Case.objects.filter(pk=case.pk).update(status=Status.WON, closed_on=TODAY)
    response = browser.get(below(case, f"{part}/"))
    assert response.status_code == 200
    assert "/beschwerden/neu/" not in response.content.decode()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("kommunikation", ("Commitments to the client", "Last talk with both sides")),
        ("gespraeche", ("Talks with the client", "Crisis talk", "internal", "2\u00a0tense")),
        ("beschwerden", ("Complaints", "Received", "considerable")),
        ("erwartungen", ("Expectations of the client", "not judged yet", "known since")),
        ("kontaktregeln", ("Agreed contact rhythm", "every 14 days", "E-mail advertising")),
    ],
)
def test_pages_speak_english_too(
    browser: Client, case: Case, kam: User, part: str, words: tuple[str, ...]
) -> None:
    fill(case)
    User.objects.filter(pk=kam.pk).update(language="en")
    page = browser.get(below(case, f"{part}/")).content.decode()
    for text in words:
        assert text in page


@pytest.mark.parametrize("thing", NEW)
def test_form_for_something_new_stays_within_the_budget(
    browser: Client, case: Case, thing: str
) -> None:
    ContactFactory.create_batch(3, client=case.client)
    assert len(statements(browser, below(case, f"{thing}/neu/"))) <= FORM


@pytest.mark.parametrize("thing", NEW)
def test_empty_form_is_refused_with_everything_at_its_field(
    browser: Client, case: Case, thing: str
) -> None:
    response = browser.post(below(case, f"{thing}/neu/"), {"x": "1"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dieses Feld ist zwingend erforderlich." in page
    for name in response.context["form"].errors:
        assert f'id="id_{name}_error"' in page


EDITS: tuple[tuple[Any, str, dict[str, Any]], ...] = (
    (MeetingSeriesFactory, "edit", {
        "kind": "review", "title": "Review", "rhythm_days": "91", "next_on": "30.11.2026",
        "channel": "video",
    }),
    (FollowUpFactory, "edit", {"what": "Anders", "due_on": "30.11.2026"}),
    (ComplaintFactory, "edit", {
        "received_on": "20.11.2026", "channel": "mail", "what": "Anders", "severity": "low",
        "due_on": "30.11.2026",
    }),
    (ExpectationFactory, "edit", {
        "kind": "objection", "what": "Anders", "since": "02.11.2026", "realistic": "yes",
    }),
    (ContactRhythmFactory, "edit", {
        "every_days": "30", "channel": "mail", "agreed_on": "02.11.2026",
    }),
    (WayFactory, "edit", {
        "topic": "Anders", "sender": "Wir", "recipient": "Kunde", "occasion": "sofort",
        "channel": "phone",
    }),
)  # fmt: skip


@pytest.mark.parametrize(("make", "what", "data"), EDITS)
def test_edit_changes_the_row_once_and_shows_who_was_quicker(
    browser: Client, case: Case, kam: User, make: Any, what: str, data: dict[str, Any]
) -> None:
    row: CaseRow = make(case=case)
    url = row.url(what)
    assert browser.get(url).status_code == 200
    posted = {"version": 1, "owner": kam.pk, **data}
    assert browser.post(url, posted).status_code == 302
    row.refresh_from_db()
    assert row.version == 2
    for name, value in data.items():
        if not name.endswith("_on") and name != "since":
            assert str(getattr(row, name)) == value
    late = browser.post(url, posted)
    assert late.status_code == 409
    assert "conflict" in late.context


@pytest.mark.parametrize(("make", "what", "data"), EDITS)
def test_edit_of_a_foreign_case_is_not_found(
    client_for: ClientFor, case: Case, fremde: User, make: Any, what: str, data: dict[str, Any]
) -> None:
    row = make(case=case)
    assert client_for(fremde).post(row.url(what), {"version": 1, **data}).status_code == 404


@pytest.mark.parametrize(
    ("make", "what", "data"),
    [
        (MeetingSeriesFactory, "end", {"reason_text": "Kunde ging"}),
        (ContactRhythmFactory, "end", {"reason_text": "Kunde ging"}),
        (WayFactory, "end", {"reason_text": "entfällt"}),
        (FollowUpFactory, "done", {"done_on": "23.11.2026"}),
        (InteractionFactory, "share", {}),
    ],
)
def test_step_needs_its_answers_and_notices_who_was_quicker(
    browser: Client, case: Case, make: Any, what: str, data: dict[str, str]
) -> None:
    row = make(case=case)
    assert browser.post(row.url(what), {"x": 1}).status_code == 422
    assert browser.post(row.url(what), {"version": 7, **data}).status_code == 409
    assert len(statements(browser, row.url(what), {"version": 1, **data})) <= 10
