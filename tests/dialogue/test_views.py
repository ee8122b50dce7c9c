"""Pages of commitments: what they show, where they lead, what two people at once see."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import ContactFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import TODAY, CommitmentFactory, one_of_each, overdue
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.dialogue.models import Commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def tab(case: Case) -> str:
    return f"/faelle/{case.number}/kommunikation/"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_empty_tab_offers_the_first_commitment(browser: Client, case: Case) -> None:
    page = text_of(browser.get(tab(case)))
    assert "Hier steht, was dem Kunden zugesagt wurde" in page
    assert f'href="/faelle/{case.number}/zusagen/neu/"' in page


def test_tab_shows_ratio_strip_and_rows_in_order(browser: Client, case: Case) -> None:
    rows = one_of_each(case)
    response = browser.get(tab(case))
    page = text_of(response)
    assert "2 von 5 pünktlich gehalten" in page
    assert "40\u202f% der fälligen Zusagen" in page
    assert "60\u202f% einschließlich dieser" in page
    assert "1 davon noch einzulösen" in page
    assert "nächste am 23.11.2026" in page
    assert "1 vom Kunden erlassene zählt nicht mit" in page
    assert "1 Zusage ist überfällig." in page
    assert "<svg" in page
    names = [row.what for row in response.context["rows"]]
    assert names[:3] == [rows[name].what for name in ("overdue", "due_today", "open")]
    assert len(names) == len(rows)


def test_tab_shows_counts_only_below_five(browser: Client, case: Case) -> None:
    CommitmentFactory(case=case, done_on=TODAY)
    overdue(case)
    page = text_of(browser.get(tab(case)))
    assert "1 von 2 pünktlich gehalten" in page
    assert "% der fälligen" not in page


def test_tab_before_anything_was_due(browser: Client, case: Case) -> None:
    CommitmentFactory(case=case)
    page = text_of(browser.get(tab(case)))
    assert "Noch war keine Zusage fällig." in page
    assert "überfällig." not in page


def test_tab_names_the_median_lateness(browser: Client, case: Case) -> None:
    for day in (17, 19):
        CommitmentFactory(case=case, due_on=dt.date(2026, 11, 16), done_on=dt.date(2026, 11, day))
    assert "im Median 2 Arbeitstage" in text_of(browser.get(tab(case)))


def test_header_of_the_case_offers_to_record_a_commitment(
    browser: Client, client_for: ClientFor, case: Case, operativ: User
) -> None:
    action = f'<a class="btn btn--main" href="/faelle/{case.number}/zusagen/neu/">'
    assert action in text_of(browser.get(tab(case)))
    assert action not in text_of(client_for(operativ).get(tab(case)))


def test_ended_case_shows_and_offers_nothing(browser: Client, kam: User) -> None:
    case = active_case(owner=kam)
    commitment = CommitmentFactory(case=case)
    Case.objects.update(status=Status.LOST, closed_on=TODAY)
    page = text_of(browser.get(tab(case)))
    assert commitment.what in page
    assert "einloesung" not in page
    assert "zusagen/neu" not in page
    assert browser.get(f"/faelle/{case.number}/zusagen/neu/").status_code == 403
    assert browser.get(f"{commitment.get_absolute_url()}einloesung/").status_code == 403


def test_detail_shows_facts_and_steps(browser: Client, case: Case, kollegin: User) -> None:
    contact = ContactFactory(client=case.client, last_name="Brandt", function="Leiter FM")
    commitment = CommitmentFactory(case=case, contact=contact, deputy=kollegin, note="Begehung")
    page = text_of(browser.get(commitment.get_absolute_url()))
    for word in ("Bernd Brandt", "Leiter FM", "Nele Brunner", "Begehung", "30.11.2026", "Offen"):
        assert word in page
    for step in ("bearbeiten", "einloesung", "bruch", "erlass", "uebergabe"):
        assert f'href="{commitment.get_absolute_url()}{step}/"' in page


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kept", ["Gehalten", "16.11.2026"]),
        ("kept_late", ["Verspätet gehalten", "17.11.2026"]),
        ("broken", ["Gebrochen", "18.11.2026", "Kein Personal"]),
        ("released", ["Vom Kunden erlassen", "12.11.2026", "E-Mail vom 12.11."]),
    ],
)
def test_detail_of_a_settled_commitment_says_how_it_ended(
    browser: Client, case: Case, name: str, words: list[str]
) -> None:
    commitment = one_of_each(case)[name]
    page = text_of(browser.get(commitment.get_absolute_url()))
    assert [word for word in words if word not in page] == []
    assert "einloesung" not in page


def test_operations_may_keep_their_own_and_nothing_else(
    client_for: ClientFor, case: Case, operativ: User
) -> None:
    own, foreign = CommitmentFactory(case=case, owner=operativ), CommitmentFactory(case=case)
    browser = client_for(operativ)
    url = f"{own.get_absolute_url()}einloesung/"
    assert browser.post(url, {"done_on": "heute", "version": 1}).status_code == 302
    assert browser.get(f"{foreign.get_absolute_url()}einloesung/").status_code == 403
    page = text_of(browser.get(foreign.get_absolute_url()))
    assert "bearbeiten" not in page


def test_steps_lead_back_to_the_tab(browser: Client, case: Case, kollegin: User) -> None:
    kept, broken, released, given = (CommitmentFactory(case=case) for _ in range(4))
    for row, step, data in (
        (kept, "einloesung", {"done_on": "heute"}),
        (broken, "bruch", {"note": "Kein Personal"}),
        (released, "erlass", {"released_on": "heute", "proof": "E-Mail"}),
    ):
        response = browser.post(f"{row.get_absolute_url()}{step}/", {"version": 1, **data})
        assert response["Location"] == tab(case)
    handed = browser.post(
        f"{given.get_absolute_url()}uebergabe/", {"version": 1, "owner": kollegin.pk}
    )
    assert handed["Location"] == given.get_absolute_url()
    states = [Commitment.objects.get(pk=row.pk).state(TODAY) for row in (kept, broken, released)]
    assert states == ["kept", "broken", "released"]
    assert Commitment.objects.get(pk=given.pk).owner == kollegin


def test_step_sent_twice_leads_to_the_page_and_changes_nothing(browser: Client, case: Case) -> None:
    commitment = CommitmentFactory(case=case)
    url = f"{commitment.get_absolute_url()}einloesung/"
    browser.post(url, {"done_on": "20.11.2026", "version": 1})
    again = browser.post(url, {"done_on": "heute", "version": 1}, follow=True)
    assert again.redirect_chain == [(commitment.get_absolute_url(), 302)]
    assert "Diese Zusage ist bereits abgeschlossen." in text_of(again)
    commitment.refresh_from_db()
    assert commitment.done_on == dt.date(2026, 11, 20)


def test_edit_meanwhile_changed_answers_409_with_both_versions(
    browser: Client, client_for: ClientFor, case: Case, kollegin: User
) -> None:
    commitment = CommitmentFactory(case=case, what="Alt")
    url = f"{commitment.get_absolute_url()}bearbeiten/"
    data = {
        "what": "Von Kollegin",
        "promised_on": "02.11.2026",
        "due_on": "30.11.2026",
        "owner": commitment.owner_id,
        "version": 1,
    }
    client_for(kollegin).post(url, data)
    response = browser.post(url, data | {"what": "Von mir", "owner": kollegin.pk})
    assert response.status_code == 409
    rows = {row.name: (row.mine, row.theirs) for row in response.context["conflict"].rows}
    assert rows == {
        "what": ("Von mir", "Von Kollegin"),
        "owner": ("Nele Brunner", "Aylin Kaya"),
    }
    page = text_of(response)
    assert "Nele Brunner hat" in page
    assert 'name="version" value="2"' in page
    assert Commitment.objects.get().what == "Von Kollegin"


def test_keep_meanwhile_changed_answers_409(browser: Client, case: Case) -> None:
    commitment = CommitmentFactory(case=case)
    Commitment.objects.update(version=5)
    url = f"{commitment.get_absolute_url()}einloesung/"
    assert browser.post(url, {"done_on": "heute", "version": 1}).status_code == 409
    commitment.refresh_from_db()
    assert commitment.is_open


def test_commitment_of_a_foreign_case_is_not_found(
    client_for: ClientFor, case: Case, fremde: User
) -> None:
    commitment = CommitmentFactory(case=case)
    browser = client_for(fremde)
    for url in (tab(case), commitment.get_absolute_url()):
        assert browser.get(url).status_code == 404
