"""Talks, series and call-backs: effects, refusals, twice, and the line in the history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import (
    TODAY,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
)
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent
from winback.common.claims import RuleBroken, StaleVersion
from winback.dialogue import services
from winback.dialogue.enums import ApologyForm, InteractionKind, TalkChannel, Verb
from winback.dialogue.models import FollowUp, Interaction, MeetingSeries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def said(**more: Any) -> dict[str, Any]:
    return {
        "kind": InteractionKind.CALL,
        "subject": "Rückfrage",
        "held_on": TODAY,
        "channel": TalkChannel.PHONE,
        "summary": "Geklärt.",
        **more,
    }


def last_event(case: Case) -> CaseEvent:
    return CaseEvent.objects.filter(case=case).latest("pk")


def test_talk_is_recorded_internal_with_its_people(case: Case, kam: User) -> None:
    contact = ContactFactory(client=case.client)
    changes = said(contacts=[contact], our_people=[kam])
    talk = services.record_talk(case=case, actor=kam, changes=changes)
    assert not talk.is_shared
    assert (list(talk.contacts.all()), list(talk.our_people.all())) == ([contact], [kam])
    event = last_event(case)
    assert (event.verb, event.data["title"]) == (Verb.TALKED, "Rückfrage")


def test_talk_after_the_end_of_the_case_is_recorded(case: Case, kam: User) -> None:
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    case.refresh_from_db()
    services.record_talk(case=case, actor=kam, changes=said(kind=InteractionKind.FAREWELL))
    assert case.interactions.count() == 1


@pytest.mark.parametrize(
    ("held_on", "next_on"),
    [
        (dt.date(2026, 11, 25), dt.date(2026, 12, 9)),
        # 14 days after 12 November: not later than what is agreed already
        (dt.date(2026, 11, 2), dt.date(2026, 11, 25)),
        # 25 December is a holiday, then the weekend
        (dt.date(2026, 12, 11), dt.date(2026, 12, 28)),
    ],
)
def test_talk_moves_its_series_on_and_never_back(
    case: Case, kam: User, held_on: dt.date, next_on: dt.date
) -> None:
    series = MeetingSeriesFactory(case=case)
    changes = said(series=series, held_on=held_on)
    services.record_talk(case=case, actor=kam, changes=changes)
    series.refresh_from_db()
    assert series.next_on == next_on


def test_talk_of_an_ended_series_moves_nothing(case: Case, kam: User) -> None:
    series = MeetingSeriesFactory(case=case, ended_on=TODAY)
    services.record_talk(case=case, actor=kam, changes=said(series=series, held_on=TODAY))
    series.refresh_from_db()
    assert series.next_on == dt.date(2026, 11, 25)


def test_correction_keeps_the_earlier_wording(case: Case, kam: User) -> None:
    talk = InteractionFactory(case=case, summary="Alt")
    contact = ContactFactory(client=case.client)
    changes = {"summary": "Neu", "contacts": [contact]}
    services.change_talk(talk=talk, version=1, actor=kam, changes=changes)
    assert [row.summary for row in talk.history.all()] == ["Neu", "Alt"]
    assert list(talk.contacts.all()) == [contact]
    assert last_event(case).data["fields"] == ["summary"]
    with pytest.raises(StaleVersion):
        services.change_talk(talk=talk, version=1, actor=kam, changes={"summary": "Zu spät"})


def test_sharing_is_deliberate_logged_and_withdrawn_with_a_reason(case: Case, kam: User) -> None:
    talk = InteractionFactory(case=case)
    services.share(talk=talk, version=1, actor=kam, today=TODAY)
    assert (talk.shared_on, talk.shared_by) == (TODAY, kam)
    assert last_event(case).verb == Verb.TALK_SHARED
    with pytest.raises(services.NotShared):
        services.share(talk=talk, version=2, actor=kam, today=TODAY)
    services.withdraw_sharing(talk=talk, version=2, actor=kam, reason="Enthält Namen")
    assert not talk.is_shared
    assert last_event(case).data["reason"] == "Enthält Namen"
    with pytest.raises(services.NotShared):
        services.withdraw_sharing(talk=talk, version=3, actor=kam, reason="noch einmal")


@pytest.mark.parametrize(
    "wrong",
    [
        {"mood": 6},
        {"mood": 0},
        {"apology_form": ApologyForm.LETTER},
        {"make_good_answer": "Gutschrift"},
        {"shared_on": TODAY},
    ],
)
def test_database_refuses_a_talk_that_contradicts_itself(case: Case, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InteractionFactory(case=case, **wrong)


def test_crisis_talk_names_what_its_record_lacks(case: Case, kam: User) -> None:
    talk = InteractionFactory(case=case)
    assert len(talk.gaps) == 5
    assert InteractionFactory(case=case, kind=InteractionKind.CALL).gaps == []
    talk.failures_admitted, talk.takes_responsibility = "Besetzung", True
    talk.apologised_by, talk.apology_form = kam, ApologyForm.PERSONAL
    talk.solutions_offered, talk.make_good_asked = "Zwei Techniker", True
    assert talk.gaps == []


def test_last_contact_counts_both_sides_only(case: Case) -> None:
    assert Interaction.objects.last_contact() is None
    InteractionFactory(case=case, held_on=dt.date(2026, 11, 2))
    InteractionFactory(case=case, held_on=dt.date(2026, 11, 20), is_two_sided=False)
    assert Interaction.objects.last_contact() == dt.date(2026, 11, 2)
    assert Interaction.objects.held_within(TODAY, 4).count() == 1
    assert Interaction.objects.held_within(TODAY, 22).count() == 2
    assert Interaction.objects.held_within(TODAY, 3).count() == 0


def series_facts(owner: User, **more: Any) -> dict[str, Any]:
    return {
        "kind": InteractionKind.REGULAR,
        "title": "Jour fixe",
        "rhythm_days": 7,
        "next_on": dt.date(2026, 11, 25),
        "channel": TalkChannel.VIDEO,
        "agenda": "",
        "owner": owner,
        **more,
    }


def test_series_lets_its_people_in_changes_and_ends(
    case: Case, kam: User, qm: User, fremde: User
) -> None:
    facts = series_facts(fremde, deputy=qm)
    series = services.agree_series(case=case, actor=kam, today=TODAY, changes=facts)
    assert case.members.filter(user__in=[fremde, qm]).count() == 2
    services.change_series(
        series=series, version=1, actor=kam, today=TODAY, changes={"rhythm_days": 28}
    )
    services.end_series(series=series, version=2, actor=kam, today=TODAY, reason="Kunde ging")
    assert not series.is_open
    assert last_event(case).verb == Verb.SERIES_ENDED
    with pytest.raises(services.AlreadyEnded):
        services.end_series(series=series, version=3, actor=kam, today=TODAY, reason="x")
    with pytest.raises(services.AlreadyEnded):
        services.change_series(series=series, version=3, actor=kam, today=TODAY, changes={})


def test_handing_a_series_over_takes_the_deputy_out_of_the_way(
    case: Case, kam: User, kollegin: User
) -> None:
    series = MeetingSeriesFactory(case=case, deputy=kollegin)
    services.hand_over_series(series.pk, kollegin, kam)
    series.refresh_from_db()
    assert (series.owner, series.deputy) == (kollegin, None)


def test_call_back_is_agreed_made_once_and_keeps_its_first_date(
    case: Case, kam: User, fremde: User
) -> None:
    facts = {"what": "Preis", "contact": None, "due_on": TODAY, "owner": fremde, "deputy": None}
    call = services.agree_followup(case=case, actor=kam, today=TODAY, changes=facts)
    assert case.members.filter(user=fremde).exists()
    later = TODAY + dt.timedelta(days=2)
    services.change_followup(
        followup=call, version=1, actor=kam, today=TODAY, changes={"due_on": later}
    )
    assert (call.due_on, call.original_due_on) == (later, TODAY)
    services.make_followup(followup=call, version=2, actor=kam, done_on=later, note="erreicht")
    assert not call.was_on_time
    assert last_event(case).verb == Verb.FOLLOWUP_DONE
    events = CaseEvent.objects.count()
    services.make_followup(followup=call, version=9, actor=kam, done_on=TODAY)
    assert CaseEvent.objects.count() == events
    with pytest.raises(services.AlreadyEnded):
        services.change_followup(followup=call, version=3, actor=kam, today=TODAY, changes={})


def test_call_back_is_dropped_once_and_then_not_made(case: Case, kam: User) -> None:
    call = FollowUpFactory(case=case)
    services.drop_followup(call.pk, kam, "Fall beendet")
    services.drop_followup(call.pk, kam, "noch einmal")
    call = FollowUp.objects.with_page().get(pk=call.pk)
    assert (call.is_open, call.drop_reason) == (False, "Fall beendet")
    assert FollowUp.objects.open().count() == 0
    with pytest.raises(services.AlreadyEnded):
        services.make_followup(followup=call, version=2, actor=kam, done_on=TODAY)


def test_handing_a_call_back_over(case: Case, kam: User, kollegin: User, qm: User) -> None:
    for deputy, left in ((kollegin, None), (qm, qm)):
        call = FollowUpFactory(case=case, deputy=deputy)
        services.hand_over_followup(call.pk, kollegin, kam)
        call.refresh_from_db()
        assert (call.owner, call.deputy) == (kollegin, left)


@pytest.mark.parametrize("verb", ["series", "followup", "change_series", "change", "make"])
def test_ended_case_takes_nothing_new(kam: User, verb: str) -> None:
    case = active_case(owner=kam)
    series, call = MeetingSeriesFactory(case=case), FollowUpFactory(case=case)
    Case.objects.filter(pk=case.pk).update(status=Status.WON, closed_on=TODAY)
    case.refresh_from_db()
    series, call = MeetingSeries.objects.get(), FollowUp.objects.get()
    facts = {"what": "Preis", "due_on": TODAY, "owner": kam}
    acts = {
        "series": lambda: services.agree_series(
            case=case, actor=kam, today=TODAY, changes=series_facts(kam)
        ),
        "followup": lambda: services.agree_followup(
            case=case, actor=kam, today=TODAY, changes=facts
        ),
        "change_series": lambda: services.change_series(
            series=series, version=1, actor=kam, today=TODAY, changes={}
        ),
        "change": lambda: services.change_followup(
            followup=call, version=1, actor=kam, today=TODAY, changes={}
        ),
        "make": lambda: services.make_followup(followup=call, version=1, actor=kam, done_on=TODAY),
    }
    with pytest.raises(RuleBroken, match="Der Fall ist beendet"):
        acts[verb]()
