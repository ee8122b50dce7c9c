"""The private calendar: who reads it, what it says, and that another program understands it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory
from tests.reminders.world import MONDAY, Ledger, in_days
from tests.statements import statements
from winback.common.obligations import Item
from winback.reminders.models import FeedToken
from winback.reminders.services import issue_feed, revoke_feed, user_of_feed
from winback.reminders.services.calendars import calendar_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/einstellungen/kalender/"
NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def feed_url(token: str) -> str:
    return reverse("reminders:feed_file", args=[token])


def entries(body: bytes) -> list[dict[str, str]]:
    """What a calendar program reads: name → text of every entry."""
    calendar = Calendar.from_ical(body)
    return [
        {name: value.to_ical().decode() for name, value in event.items()}
        for event in calendar.walk("VEVENT")
    ]


def item(pk: int = 7, **facts: object) -> Item:
    known: dict[str, object] = {
        "kind": "measure",
        "title": "Aufzugsnotruf prüfen",
        "owner_id": 1,
        "deputy_id": None,
        "due_on": MONDAY,
        "case_id": 3,
        "context": "Norhagen Bau AG · RG-2026-0042",
        "url": "/faelle/RG-2026-0042/",
    }
    return Item(pk=pk, **{**known, **facts})  # type: ignore[arg-type]  # named above


# The text


def test_entry_holds_title_number_and_link_and_nothing_else(settings: Settings) -> None:
    settings.SITE_URL = "https://winback.example"
    (found,) = entries(calendar_text([item()], {3: "RG-2026-0042"}, NOW))
    assert found == {
        "SUMMARY": "Aufzugsnotruf prüfen (RG-2026-0042)",
        "DTSTART": "20261123",
        "DTEND": "20261124",
        "DTSTAMP": "20261123T080000Z",
        "UID": "measure-7@winback.example",
        "URL": "https://winback.example/faelle/RG-2026-0042/",
        "CLASS": "PRIVATE",
        "TRANSP": "TRANSPARENT",
    }


def test_entry_is_a_whole_day_also_at_the_end_of_a_year() -> None:
    body = calendar_text([item(due_on=dt.date(2026, 12, 31))], {}, NOW)
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert event.decoded("DTSTART") == dt.date(2026, 12, 31)
    assert event.decoded("DTEND") == dt.date(2027, 1, 1)


def test_identity_stays_when_the_date_moves_and_tells_parts_apart() -> None:
    items = [item(), item(due_on=in_days(9)), item(part="start"), item(8)]
    ids = [each["UID"].partition("@")[0] for each in entries(calendar_text(items, {}, NOW))]
    assert ids == ["measure-7", "measure-7", "measure-7-start", "measure-8"]


@pytest.mark.parametrize("title", ["Ü" * 90, "a; b, c\\d", "eins\nzwei", "BEGIN:VEVENT\r\nEND:X"])
def test_odd_titles_survive_the_way_there_and_back(title: str) -> None:
    body = calendar_text([item(title=title)], {}, NOW)
    assert max(map(len, body.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert str(event["SUMMARY"]).split() == title.split()


def test_calendar_without_entries_is_a_calendar() -> None:
    calendar = Calendar.from_ical(calendar_text([], {}, NOW))
    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar["X-WR-CALNAME"]) == "Winback"


# The address


def test_address_is_kept_as_a_hash_only(kam: User) -> None:
    token = issue_feed(user=kam, now=timezone.now())
    kept = FeedToken.objects.get()
    assert len(token) >= 43
    assert token not in kept.token_hash
    assert len(kept.token_hash) == 64
    assert str(kept) == f"Feed {kam}"
    assert user_of_feed(token, MONDAY) == kam


def test_new_address_ends_the_old_one(kam: User) -> None:
    old, new = (issue_feed(user=kam, now=timezone.now()) for _each in range(2))
    assert user_of_feed(old, MONDAY) is None
    assert user_of_feed(new, MONDAY) == kam
    assert FeedToken.objects.count() == 1


def test_revoked_address_is_dead_and_revoking_twice_is_harmless(kam: User) -> None:
    token = issue_feed(user=kam, now=timezone.now())
    revoke_feed(user=kam)
    revoke_feed(user=kam)
    assert user_of_feed(token, MONDAY) is None


def test_address_of_a_deactivated_person_is_dead(kam: User) -> None:
    token = issue_feed(user=kam, now=timezone.now())
    User.objects.filter(pk=kam.pk).update(is_active=False)
    assert user_of_feed(token, MONDAY) is None


def test_visit_is_noted_once_a_day(kam: User) -> None:
    token = issue_feed(user=kam, now=timezone.now())
    user_of_feed(token, MONDAY)
    user_of_feed(token, MONDAY)
    assert FeedToken.objects.get().read_on == MONDAY
    user_of_feed(token, in_days(1))
    assert FeedToken.objects.get().read_on == in_days(1)


# Pages


def test_feed_shows_what_its_owner_owes_without_signing_in(
    client: Client, kam: User, kollegin: User
) -> None:
    case = active_case(owner=kam, next_step="Anruf", next_step_on=in_days(2))
    CommitmentFactory(case=case, owner=kollegin, what="fremde Zusage")
    response = client.get(feed_url(issue_feed(user=kam, now=timezone.now())))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    found = entries(response.content)
    assert [each["SUMMARY"] for each in found] == [f"Anruf ({case.number})"]
    assert case.client.name not in response.content.decode()


def test_feed_speaks_the_language_of_its_owner(client: Client, kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    kam.language = "en"
    kam.save()
    response = client.get(feed_url(issue_feed(user=kam, now=timezone.now())))
    assert entries(response.content)[0]["SUMMARY"] == "Edit 1"


@pytest.mark.parametrize("token", ["x", "0" * 43, "..%2f..%2fprofil", "%00", "ü"])
def test_wrong_address_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/kalender/{token}.ics").status_code == 404


def test_feed_is_read_only(client: Client, kam: User) -> None:
    token = issue_feed(user=kam, now=timezone.now())
    assert client.post(feed_url(token)).status_code == 405


def test_feed_asks_no_more_for_more_obligations(client: Client, kam: User) -> None:
    url = feed_url(issue_feed(user=kam, now=timezone.now()))
    client.get(url)
    counts = []
    for _each in range(2):
        active_case(owner=kam, next_step="Anruf", next_step_on=MONDAY)
        counts.append(len(statements(client, url)))
    assert counts[0] == counts[1]


def test_page_makes_shows_once_and_revokes(
    client_for: ClientFor, kam: User, client: Client
) -> None:
    desk = client_for(kam)
    assert "Kalenderadresse erzeugen" in desk.get(PAGE).content.decode()
    made = desk.post(PAGE).content.decode()
    (address,) = re.findall(r"http://[^\"]+\.ics", made)
    assert client.get("/" + address.split("/", 3)[3]).status_code == 200
    again = desk.get(PAGE).content.decode()
    assert ".ics" not in again
    assert "23.11.2026" in again
    assert "widerrufen" in desk.post(f"{PAGE}widerruf/", follow=True).content.decode()
    assert client.get("/" + address.split("/", 3)[3]).status_code == 404


def test_page_is_reached_from_the_settings(client_for: ClientFor, kam: User) -> None:
    assert f'href="{PAGE}"' in client_for(kam).get(reverse("accounts:profile")).content.decode()
