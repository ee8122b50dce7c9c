"""What the demo tells of clients beside their cases: every state can be looked at."""

from __future__ import annotations

import pytest

from accounts.models import Region, User
from tests.plugins import MONDAY
from winback.clients.enums import Attitude, Channel, ConsentState, LookResult, Purpose
from winback.clients.models import Client, Contact, DormantLook, OutwardMessage, Site
from winback.clients.rows.consents import mail_summary
from winback.common import clientpages, quality

pytestmark = pytest.mark.usefixtures("demo", "db")
TODAY = MONDAY.date()


def person(last_name: str) -> Contact:
    return Contact.objects.with_consents().get(client__name="Norhagen Bau AG", last_name=last_name)


def test_practice_case_shows_every_way_a_person_can_stand() -> None:
    words = {name: mail_summary(person(name), TODAY)[0] for name in ("Brandt", "Heller", "Weidner")}
    assert words == {"Brandt": "warn", "Heller": "ok", "Weidner": "lock"}
    brandt = person("Brandt")
    assert brandt.consent_state(Channel.PHONE, Purpose.SURVEY, TODAY) == ConsentState.WITHDRAWN
    assert brandt.internal_need.endswith(".")


def test_practice_case_holds_a_sent_mail_and_a_draft() -> None:
    messages = OutwardMessage.objects.filter(client__name="Norhagen Bau AG")
    sent, draft = messages.get(sent_on__isnull=False), messages.get(sent_on__isnull=True)
    row = sent.recipients.get()
    assert row.consent is not None
    assert row.consent.is_proved
    assert not draft.needs_consent
    assert draft.recipients.count() == 2


def test_stakeholders_differ_in_attitude() -> None:
    attitudes = set(Contact.objects.exclude(attitude="").values_list("attitude", flat=True))
    assert {Attitude.SUPPORTIVE, Attitude.NEUTRAL, Attitude.CRITICAL} <= attitudes
    decide = Contact.objects.filter(is_decision_maker=True, influence="high")
    assert decide.count() >= 3


def test_every_site_lies_in_a_region_of_its_land() -> None:
    assert not Site.objects.filter(region=None).exists()
    south = Region.objects.get(name="Süd")
    lands = set(Site.objects.filter(region=south).values_list("bundesland", flat=True))
    assert lands <= {"BW", "BY"}
    assert User.objects.filter(regions__isnull=False).distinct().count() >= 6
    assert Site.objects.exclude(lots="").count() == 4


def test_quiet_clients_are_in_every_state() -> None:
    results = set(DormantLook.objects.exclude(result="").values_list("result", flat=True))
    assert {LookResult.GONE, LookResult.PAUSING} <= results
    assert DormantLook.objects.open().count() == 2
    quiet = Client.objects.all().quiet(clientpages.bonds(TODAY))
    never = quiet.filter(looks__isnull=True).values_list("name", flat=True)
    assert "Brauhof Quellmarn KG" in never
    gone = DormantLook.objects.get(result=LookResult.GONE)
    assert gone.without_notice
    assert gone.unspoken


def test_data_quality_has_gaps_and_complete_checks() -> None:
    counts = quality.counts(User.objects.get(last_name="Lindner"), TODAY)
    assert counts["ansprechpartner-ohne-einwilligungsstatus"] > 5
    assert counts["objekte-unvollstaendig"] == 0
    assert 0 < len([count for count in counts.values() if count]) < len(counts)
