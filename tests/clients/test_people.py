"""The people at a client: where they stand and how they want to be spoken to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Region, User
from tests.clients.factories import ClientFactory, ContactFactory, SiteFactory
from tests.conftest import ClientFor
from winback.clients.models import Client, Contact
from winback.clients.rows.client import client_facts, rhythm, site_row, stakeholders, wishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


@pytest.mark.parametrize(
    ("since", "years"),
    [
        (dt.date(2016, 11, 23), 10),
        (dt.date(2016, 11, 24), 9),
        (dt.date(2026, 11, 23), 0),
        (None, None),
    ],
)
def test_relationship_is_counted_in_whole_years(
    since: dt.date | None, years: int | None, today: dt.date
) -> None:
    assert Client(since=since).years_with_us(today) == years


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "täglich"), (7, "wöchentlich"), (14, "alle 14 Tage"), (None, "")],
)
def test_rhythm_in_words(days: int | None, words: str) -> None:
    assert rhythm(days) == words


def test_wishes_leave_out_what_is_unknown() -> None:
    assert wishes(Contact(channel="phone", rhythm_days=7)) == "Telefon · wöchentlich"
    assert wishes(Contact(preferred_time="vormittags")) == "vormittags"
    assert wishes(Contact()) == ""


def test_facts_say_what_the_client_means_to_us(today: dt.date) -> None:
    client = ClientFactory(
        since=dt.date(2019, 1, 1), revenue_share=Decimal("6.4"), is_hard_to_replace=True
    )
    facts = {label: (value, note) for label, value, note in client_facts(client, today)}
    assert facts["Kunde seit"] == ("01.01.2019", "7 Jahre bei uns")
    assert facts["Anteil an unserem Umsatz"][0].startswith("6,4")
    assert facts["Anteil an unserem Umsatz"][1] == "kurzfristig nicht ersetzbar"
    assert facts["Anteil an unserem Ergebnis"] == ("", "")


def test_stakeholders_stand_where_they_are(today: dt.date) -> None:
    boss = ContactFactory(influence="high", attitude="critical", is_decision_maker=True)
    helper = ContactFactory(influence="low", attitude="supportive")
    vague = ContactFactory(influence="low")
    found = stakeholders([boss, helper, vague])
    assert found is not None
    assert found.columns == ["unterstützend", "neutral", "kritisch", "ablehnend", "unbekannt"]
    rows = dict(found.rows)
    assert rows["hoch"] == [[], [], [boss], [], []]
    assert rows["gering"] == [[helper], [], [], [], [vague]]
    assert list(rows) == ["hoch", "mittel", "gering"]
    assert found.has_decision_maker


def test_stakeholders_are_no_table_while_nothing_is_known() -> None:
    assert stakeholders([ContactFactory()]) is None
    assert stakeholders([]) is None


def test_site_row_names_region_and_lots() -> None:
    south = Region.objects.create(name="Süd")
    full = site_row(SiteFactory(area=Decimal(12500), area_norm="NUF", region=south, lots="Los 2"))
    assert (full.area, full.region, full.lots) == ("12.500\u00a0m² NUF", "Süd", "Los 2")
    bare = site_row(SiteFactory())
    assert (bare.area, bare.region, bare.lots, bare.address) == ("–", "–", "–", "–")


def test_person_is_recorded_with_all_that_is_known(desk: Browser, today: dt.date) -> None:
    client = ClientFactory()
    data = {
        "salutation": "mr",
        "last_name": "Brandt",
        "language": "en",
        "influence": "high",
        "attitude": "critical",
        "is_decision_maker": "on",
        "rhythm_days": "14",
        "preferred_time": "werktags 9–16 Uhr",
        "meeting_form": "on_site",
        "internal_need": "Kosten vor dem Vorstand",
    }
    response = desk.post(reverse("clients:contact_create", args=[client.pk]), data)
    contact = client.contacts.get()
    assert response["Location"] == contact.get_absolute_url()
    assert (contact.rhythm_days, contact.meeting_form) == (14, "on_site")
    page = desk.get(client.get_absolute_url()).content.decode()
    for words in ("alle 14 Tage", "gesperrt: keine Einwilligung", "kritisch"):
        assert words in page


@pytest.mark.parametrize("days", ["0", "367", "-7", "wöchentlich"])
def test_rhythm_refuses_nonsense(days: str, desk: Browser, today: dt.date) -> None:
    client = ClientFactory()
    data = {"salutation": "mr", "last_name": "Brandt", "language": "de", "rhythm_days": days}
    response = desk.post(reverse("clients:contact_create", args=[client.pk]), data)
    assert response.status_code == 422
    assert "rhythm_days" in response.context["form"].errors


@pytest.mark.parametrize(("share", "ok"), [("6,4", True), ("100", True), ("100,1", False)])
def test_share_is_a_percentage(share: str, ok: bool, desk: Browser, today: dt.date) -> None:
    data = {"name": "Norhagen Bau AG", "segment": "industry", "revenue_share": share}
    response = desk.post(reverse("clients:create"), data)
    assert (response.status_code == 302) is ok


def test_list_is_narrowed_to_a_region(desk: Browser, today: dt.date) -> None:
    south = Region.objects.create(name="Süd")
    SiteFactory(client=ClientFactory(name="drin"), region=south)
    SiteFactory(client=ClientFactory(name="draußen"))
    page = desk.get(f"{reverse('clients:list')}?region={south.pk}").content.decode()
    assert "drin" in page
    assert "draußen" not in page


def test_every_change_of_client_and_site_is_kept(desk: Browser, today: dt.date) -> None:
    client = ClientFactory(name="Alt")
    edit = reverse("clients:edit", args=[client.pk])
    desk.post(edit, {"name": "Neu", "segment": "other", "version": "1"})
    client.refresh_from_db()
    assert [row.name for row in client.history.all()] == ["Neu", "Alt"]
