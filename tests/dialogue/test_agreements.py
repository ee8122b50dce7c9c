"""Expectations, contact rhythm, matrix: effects, refusals, and when the next talk is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import (
    TODAY,
    ContactRhythmFactory,
    ExpectationFactory,
    InteractionFactory,
    WayFactory,
)
from tests.dialogue.test_talk_services import last_event
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.dialogue import services
from winback.dialogue.enums import ClientDecision, Realism, TalkChannel, Verb
from winback.dialogue.models import CommunicationWay, ContactRhythm, Expectation
from winback.dialogue.rows.agreements import expectation_row, rhythm_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
AGREED = dt.date(2026, 11, 2)


def end(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    case.refresh_from_db()


def test_expectation_is_judged_told_and_decided(case: Case, kam: User) -> None:
    facts = {"what": "Alles sofort", "since": AGREED, "contact": None}
    row = services.record_expectation(case=case, actor=kam, changes=facts)
    changes = {"realistic": Realism.NO, "assessment": "Kein Personal"}
    services.change_expectation(expectation=row, version=1, actor=kam, changes=changes)
    assert row.is_to_tell
    assert expectation_row(row).to_tell
    told = {"told_on": TODAY, "decision": ClientDecision.ADJUSTS, "decided_on": TODAY}
    services.change_expectation(expectation=row, version=2, actor=kam, changes=told)
    assert not row.is_to_tell
    assert expectation_row(row).decision == "passt den Wunsch an"
    assert last_event(case).verb == Verb.EXPECTATION_CHANGED


@pytest.mark.parametrize(
    "wrong",
    [
        {"realistic": Realism.NO},
        {"decision": ClientDecision.INSISTS, "decided_on": TODAY},
        {"decision": ClientDecision.INSISTS, "told_on": TODAY},
        {"decided_on": TODAY, "told_on": TODAY},
        {"disappointed_on": TODAY},
    ],
)
def test_database_refuses_what_the_client_cannot_have_known(
    case: Case, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpectationFactory(case=case, **wrong)


def rhythm_facts(owner: User, **more: Any) -> dict[str, Any]:
    return {
        "contact": None,
        "every_days": 14,
        "channel": TalkChannel.PHONE,
        "agreed_on": AGREED,
        "owner": owner,
        **more,
    }


def test_rhythm_is_agreed_once_for_all_and_once_per_contact(
    case: Case, kam: User, fremde: User
) -> None:
    contact = ContactFactory(client=case.client)
    first = services.agree_rhythm(case=case, actor=kam, today=TODAY, changes=rhythm_facts(fremde))
    assert case.members.filter(user=fremde).exists()
    services.agree_rhythm(
        case=case, actor=kam, today=TODAY, changes=rhythm_facts(kam, contact=contact)
    )
    for again in (None, contact):
        with pytest.raises(services.AgreedTwice):
            services.agree_rhythm(
                case=case, actor=kam, today=TODAY, changes=rhythm_facts(kam, contact=again)
            )
    services.end_rhythm(rhythm=first, version=1, actor=kam, today=TODAY, reason="Kunde verzichtet")
    services.agree_rhythm(case=case, actor=kam, today=TODAY, changes=rhythm_facts(kam))
    with pytest.raises(services.AlreadyEnded):
        services.end_rhythm(rhythm=first, version=2, actor=kam, today=TODAY, reason="x")
    with pytest.raises(services.AlreadyEnded):
        services.change_rhythm(rhythm=first, version=2, actor=kam, today=TODAY, changes={})


def test_rhythm_is_due_after_the_last_talk_of_both_sides(case: Case) -> None:
    brandt, heller = ContactFactory.create_batch(2, client=case.client)
    rhythm = ContactRhythmFactory(case=case, contact=brandt)
    whole = ContactRhythmFactory(case=case, contact=None, every_days=7)

    def due(row: ContactRhythm) -> dt.date:
        found: dt.date = ContactRhythm.objects.with_last_contact().get(pk=row.pk).due_on
        return found

    assert due(rhythm) == dt.date(2026, 11, 16)
    InteractionFactory(case=case, held_on=dt.date(2026, 11, 10)).contacts.add(heller)
    assert (due(rhythm), due(whole)) == (dt.date(2026, 11, 16), dt.date(2026, 11, 17))
    one_sided = InteractionFactory(case=case, held_on=TODAY, is_two_sided=False)
    one_sided.contacts.add(brandt)
    assert due(rhythm) == dt.date(2026, 11, 16)
    InteractionFactory(case=case, held_on=dt.date(2026, 11, 18)).contacts.add(brandt)
    assert due(rhythm) == dt.date(2026, 12, 2)
    InteractionFactory(case=case, held_on=dt.date(2026, 10, 1)).contacts.add(brandt)
    assert due(rhythm) == dt.date(2026, 12, 2)


def test_row_of_a_rhythm_says_whether_we_keep_to_it(case: Case) -> None:
    ContactRhythmFactory(case=case, contact=None, every_days=1, outlives_case=True)
    found = ContactRhythm.objects.with_last_contact().select_related("contact", "owner", "case")
    row = rhythm_row(found.get(), TODAY)
    assert (row.whom, row.every, row.late, row.outlives) == (
        "der ganze Fall",
        "jeden Tag",
        True,
        True,
    )


def test_loose_contact_outlives_the_case(case: Case, kam: User) -> None:
    ContactRhythmFactory(case=case)
    lasting = ContactRhythmFactory(case=case, outlives_case=True)
    end(case)
    assert list(ContactRhythm.objects.open()) == [lasting]
    lasting.refresh_from_db()
    services.change_rhythm(
        rhythm=lasting, version=1, actor=kam, today=TODAY, changes={"every_days": 90}
    )
    with pytest.raises(services.CaseEnded):
        services.agree_rhythm(case=case, actor=kam, today=TODAY, changes=rhythm_facts(kam))


def test_handing_a_rhythm_over(case: Case, kam: User, fremde: User) -> None:
    rhythm = ContactRhythmFactory(case=case)
    services.hand_over_rhythm(rhythm.pk, fremde, kam)
    rhythm.refresh_from_db()
    assert rhythm.owner == fremde
    assert case.members.filter(user=fremde).exists()


def test_way_is_agreed_changed_and_removed(case: Case, kam: User) -> None:
    facts = {
        "topic": "Störung",
        "sender": "Bereitschaft",
        "recipient": "Kunde",
        "occasion": "sofort",
        "channel": TalkChannel.PHONE,
    }
    way = services.agree_way(case=case, actor=kam, changes=facts)
    services.change_way(way=way, version=1, actor=kam, changes={"occasion": "binnen 1 Stunde"})
    services.end_way(way=way, version=2, actor=kam, today=TODAY, reason="entfällt")
    assert way.ended_on == TODAY
    assert last_event(case).verb == Verb.WAY_ENDED
    with pytest.raises(services.AlreadyEnded):
        services.end_way(way=way, version=3, actor=kam, today=TODAY, reason="x")
    with pytest.raises(services.AlreadyEnded):
        services.change_way(way=way, version=3, actor=kam, changes={})


def test_ended_case_keeps_its_agreements_as_they_are(case: Case, kam: User) -> None:
    WayFactory(case=case)
    ExpectationFactory(case=case)
    end(case)
    way, row = CommunicationWay.objects.get(), Expectation.objects.get()
    for act in (
        lambda: services.agree_way(case=case, actor=kam, changes={}),
        lambda: services.change_way(way=way, version=1, actor=kam, changes={}),
        lambda: services.end_way(way=way, version=1, actor=kam, today=TODAY, reason="x"),
        lambda: services.record_expectation(case=case, actor=kam, changes={}),
        lambda: services.change_expectation(expectation=row, version=1, actor=kam, changes={}),
    ):
        with pytest.raises(services.CaseEnded):
            act()


@pytest.mark.parametrize("row", [WayFactory, ExpectationFactory, ContactRhythmFactory])
def test_rows_say_what_they_are(case: Case, row: Any) -> None:
    assert str(row(case=case))
