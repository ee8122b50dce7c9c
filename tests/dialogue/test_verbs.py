"""Every verb of the dialogue leaves one line in the history of the case: verb and facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from tests.clients.factories import ContactFactory
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
from tests.factories import UserFactory
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.claims import RuleBroken, StaleVersion
from winback.dialogue import services
from winback.dialogue.enums import Verb
from winback.dialogue.models import Commitment, Complaint, ContactRhythm, FollowUp, MeetingSeries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LATER = dt.date(2026, 12, 4)
ENDED = "Der Fall ist beendet. Nehmen Sie ihn zuerst wieder auf."
SETTLED = "Diese Zusage ist bereits abgeschlossen."
DONE = "Das ist schon erledigt."


def last(case: Case) -> tuple[str, dict[str, Any]]:
    """Verb and facts of the newest line; exactly one was written."""
    [event] = case.events.all()
    return event.verb, event.data


Act = Callable[[Any, User], Any]

#: name → what stands before, the verb, what is recorded besides title and row
COMMITMENTS: dict[str, tuple[Act, Verb, dict[str, Any]]] = {
    "keep": (
        lambda row, by: services.keep(commitment=row, version=1, actor=by, done_on=TODAY),
        Verb.KEPT,
        {"done_on": "2026-11-23"},
    ),
    "break": (
        lambda row, by: services.declare_broken(
            commitment=row, version=1, actor=by, today=TODAY, reason="Kein Personal"
        ),
        Verb.BROKEN,
        {"reason": "Kein Personal"},
    ),
    "release": (
        lambda row, by: services.release(
            commitment=row, version=1, actor=by, released_on=TODAY, proof="Mail vom 23.11."
        ),
        Verb.RELEASED,
        {"released_on": "2026-11-23", "reason": "Mail vom 23.11."},
    ),
    "forewarn": (
        lambda row, by: services.forewarn(
            commitment=row, version=1, actor=by, on=TODAY, words="Zwei Tage später"
        ),
        Verb.FOREWARNED,
        {"on": "2026-11-23", "note": "Zwei Tage später"},
    ),
    "change": (
        lambda row, by: services.change(
            commitment=row, version=1, actor=by, today=TODAY,
            changes={"due_on": LATER, "what": row.what}, reason="Zahlendreher",
        ),
        Verb.CHANGED,
        {"fields": ["due_on"], "before": {"due_on": "2026-11-30"}, "reason": "Zahlendreher"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMITMENTS)
def test_verb_of_a_commitment_is_told(case: Case, kam: User, name: str) -> None:
    act, verb, facts = COMMITMENTS[name]
    row = CommitmentFactory(case=case, what="Messwerte")
    act(row, kam)
    assert last(case) == (verb, {"commitment": row.pk, "title": "Messwerte", **facts})
    row.refresh_from_db()
    assert (row.version, row.history.count()) == (2, 2)


@pytest.mark.parametrize("name", COMMITMENTS)
def test_verb_of_a_commitment_is_refused_in_german(case: Case, kam: User, name: str) -> None:
    act, _verb, _facts = COMMITMENTS[name]
    settled = CommitmentFactory(case=case, broken_on=TODAY, broken_reason="Kein Personal")
    with pytest.raises(services.AlreadySettled, match=SETTLED):
        act(settled, kam)
    row = CommitmentFactory(case=case)
    Commitment.objects.filter(pk=row.pk).update(version=2)
    with pytest.raises(StaleVersion):
        act(row, kam)
    case.status = Status.LOST
    row.case = case
    with pytest.raises(services.CaseEnded, match=ENDED):
        act(row, kam)
    assert not case.events.exists()


def test_result_is_told_with_its_way(case: Case, kam: User) -> None:
    row = CommitmentFactory(case=case, what="Messwerte", done_on=TODAY)
    services.tell(commitment=row, version=1, actor=kam, on=TODAY, how="Anruf bei Frau Heller")
    facts = {"on": "2026-11-23", "note": "Anruf bei Frau Heller"}
    assert last(case) == (Verb.TOLD, {"commitment": row.pk, "title": "Messwerte", **facts})


def test_result_of_an_open_one_cannot_be_told(case: Case, kam: User) -> None:
    row = CommitmentFactory(case=case)
    with pytest.raises(services.NotYet, match="Noch gibt es kein Ergebnis mitzuteilen"):
        services.tell(commitment=row, version=1, actor=kam, on=TODAY, how="Anruf")


def test_handing_over_names_both_people(case: Case, kam: User, kollegin: User) -> None:
    row = CommitmentFactory(case=case, what="Messwerte")
    services.hand_over(
        commitment=row, version=1, actor=kam, owner=kollegin, today=TODAY, reason="Urlaub"
    )
    facts = {"before": "Aylin Kaya", "user": "Nele Brunner", "reason": "Urlaub"}
    assert last(case) == (Verb.REASSIGNED, {"commitment": row.pk, "title": "Messwerte", **facts})


def test_overdue_dates_stay_and_the_refusal_says_so(case: Case, kam: User) -> None:
    row = CommitmentFactory(case=case, due_on=dt.date(2026, 11, 20))
    text = "Die Zusage ist überfällig: Ihre Termine bleiben. Ein neuer Termin ist eine neue Zusage."
    with pytest.raises(services.DateStays, match=text):
        services.change(
            commitment=row, version=1, actor=kam, today=TODAY, changes={"due_on": LATER}
        )


ROWS: dict[str, tuple[Any, Act, Verb, dict[str, Any]]] = {
    "series changed": (
        MeetingSeriesFactory,
        lambda row, by: services.change_series(
            series=row, version=1, actor=by, today=TODAY,
            changes={"title": "Jour fixe", "next_on": LATER}, reason="",
        ),
        Verb.SERIES_CHANGED,
        {"fields": ["next_on"], "reason": ""},
    ),
    "series ended": (
        MeetingSeriesFactory,
        lambda row, by: services.end_series(
            series=row, version=1, actor=by, today=TODAY, reason="Kunde ging"
        ),
        Verb.SERIES_ENDED,
        {"reason": "Kunde ging"},
    ),
    "call changed": (
        FollowUpFactory,
        lambda row, by: services.change_followup(
            followup=row, version=1, actor=by, today=TODAY, changes={"due_on": LATER}
        ),
        Verb.FOLLOWUP_CHANGED,
        {"fields": ["due_on"], "before": "2026-11-24", "reason": ""},
    ),
    "call made": (
        FollowUpFactory,
        lambda row, by: services.make_followup(
            followup=row, version=1, actor=by, done_on=TODAY, note="Frau Heller ist zufrieden"
        ),
        Verb.FOLLOWUP_DONE,
        {"done_on": "2026-11-23", "note": "Frau Heller ist zufrieden"},
    ),
    "expectation changed": (
        ExpectationFactory,
        lambda row, by: services.change_expectation(
            expectation=row, version=1, actor=by,
            changes={"realistic": "no", "assessment": "Kein Nachtdienst"}, reason="",
        ),
        Verb.EXPECTATION_CHANGED,
        {"fields": ["realistic", "assessment"], "reason": ""},
    ),
    "rhythm changed": (
        ContactRhythmFactory,
        lambda row, by: services.change_rhythm(
            rhythm=row, version=1, actor=by, today=TODAY,
            changes={"every_days": 7, "channel": "phone"},
        ),
        Verb.RHYTHM_CHANGED,
        {"fields": ["every_days"], "reason": ""},
    ),
    "rhythm ended": (
        ContactRhythmFactory,
        lambda row, by: services.end_rhythm(
            rhythm=row, version=1, actor=by, today=TODAY, reason="Wunsch des Kunden"
        ),
        Verb.RHYTHM_ENDED,
        {"reason": "Wunsch des Kunden"},
    ),
    "way changed": (
        WayFactory,
        lambda row, by: services.change_way(
            way=row, version=1, actor=by, changes={"occasion": "sofort"}
        ),
        Verb.WAY_CHANGED,
        {"fields": ["occasion"], "reason": ""},
    ),
    "way ended": (
        WayFactory,
        lambda row, by: services.end_way(
            way=row, version=1, actor=by, today=TODAY, reason="entfällt"
        ),
        Verb.WAY_ENDED,
        {"reason": "entfällt"},
    ),
    "complaint changed": (
        ComplaintFactory,
        lambda row, by: services.change_complaint(
            complaint=row, version=1, actor=by, today=TODAY,
            changes={"severity": "high", "what": row.what}, reason="",
        ),
        Verb.COMPLAINT_CHANGED,
        {"fields": ["severity"], "reason": ""},
    ),
    "complaint acknowledged": (
        ComplaintFactory,
        lambda row, by: services.acknowledge(complaint=row, version=1, actor=by, on=TODAY),
        Verb.COMPLAINT_ACKNOWLEDGED,
        {"on": "2026-11-23"},
    ),
    "complaint answered": (
        ComplaintFactory,
        lambda row, by: services.answer(
            complaint=row, version=1, actor=by, text="Neu geplant", on=TODAY, ask_on=LATER
        ),
        Verb.COMPLAINT_ANSWERED,
        {"on": "2026-11-23"},
    ),
    "talk changed": (
        InteractionFactory,
        lambda row, by: services.change_talk(
            talk=row, version=1, actor=by,
            changes={"mood": 4, "summary": row.summary, "contacts": []}, reason="",
        ),
        Verb.TALK_CHANGED,
        {"fields": ["mood"], "reason": ""},
    ),
    "talk shared": (
        InteractionFactory,
        lambda row, by: services.share(talk=row, version=1, actor=by, today=TODAY),
        Verb.TALK_SHARED,
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_verb_of_a_row_is_told(case: Case, kam: User, name: str) -> None:
    make, act, verb, facts = ROWS[name]
    row = make(case=case)
    act(row, kam)
    assert last(case) == (verb, {"title": str(row), "row": row.pk, **facts})


@pytest.mark.parametrize("name", ROWS)
def test_verb_of_a_row_notices_who_was_quicker(case: Case, kam: User, name: str) -> None:
    make, act, _verb, _facts = ROWS[name]
    row = make(case=case)
    type(row).objects.filter(pk=row.pk).update(version=2)
    with pytest.raises(StaleVersion):
        act(row, kam)
    assert not case.events.exists()


#: what an ended case still takes: the loose contact goes on
STAYS_POSSIBLE = {
    "series ended", "rhythm changed", "rhythm ended", "talk changed", "talk shared",
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_ended_case_takes_the_loose_contact_only(case: Case, kam: User, name: str) -> None:
    make, act, verb, _facts = ROWS[name]
    row = make(case=case)
    case.status = Status.LOST
    row.case = case
    if name in STAYS_POSSIBLE:
        act(row, kam)
        assert last(case)[0] == verb
        return
    with pytest.raises(services.CaseEnded, match=ENDED):
        act(row, kam)


ANSWERED = {"done_on": TODAY, "content": True, "answered_on": TODAY, "answer": "Neu geplant"}
ENDS: list[tuple[str, dict[str, Any]]] = [
    ("series changed", {"ended_on": TODAY}),
    ("series ended", {"ended_on": TODAY}),
    ("call changed", {"done_on": TODAY}),
    ("call changed", {"dropped_on": TODAY, "drop_reason": "hat sich erledigt"}),
    ("call made", {"dropped_on": TODAY, "drop_reason": "hat sich erledigt"}),
    ("rhythm changed", {"ended_on": TODAY}),
    ("rhythm ended", {"ended_on": TODAY}),
    ("way changed", {"ended_on": TODAY}),
    ("way ended", {"ended_on": TODAY}),
    ("complaint changed", ANSWERED),
    (
        "complaint answered",
        ANSWERED,
    ),
]


@pytest.mark.parametrize(("name", "end"), ENDS)
def test_what_has_ended_is_not_changed(
    case: Case, kam: User, name: str, end: dict[str, Any]
) -> None:
    make, act, _verb, _facts = ROWS[name]
    row = make(case=case, **end)
    with pytest.raises(services.AlreadyEnded, match=DONE):
        act(row, kam)
    row.refresh_from_db()
    assert row.version == 1


NEW: dict[str, tuple[Callable[[Case, User], Any], Verb, dict[str, Any]]] = {
    "promise": (
        lambda case, by: services.give(
            case=case, actor=by, today=TODAY, reason="Der Kunde wartet",
            changes={"what": "Plan", "promised_on": TODAY, "due_on": LATER, "owner": by},
        ),
        Verb.PROMISED,
        {"title": "Plan", "due_on": "2026-12-04", "reason": "Der Kunde wartet"},
    ),
    "call": (
        lambda case, by: services.agree_followup(
            case=case, actor=by, today=TODAY,
            changes={"what": "Preis", "due_on": LATER, "owner": by},
        ),
        Verb.FOLLOWUP_AGREED,
        {"title": "Preis", "due_on": "2026-12-04", "reason": ""},
    ),
    "series": (
        lambda case, by: services.agree_series(
            case=case, actor=by, today=TODAY,
            changes={"title": "Review", "next_on": LATER, "channel": "video", "owner": by},
        ),
        Verb.SERIES_AGREED,
        {"title": "Review", "on": "2026-12-04", "reason": ""},
    ),
    "expectation": (
        lambda case, by: services.record_expectation(
            case=case, actor=by, changes={"what": "Nachtdienst", "since": TODAY}
        ),
        Verb.EXPECTED,
        {"title": "Nachtdienst", "kind": "expectation", "reason": ""},
    ),
    "way": (
        lambda case, by: services.agree_way(
            case=case, actor=by,
            changes={
                "topic": "Störung", "sender": "Leitstelle", "recipient": "Pforte",
                "occasion": "sofort", "channel": "phone",
            },
        ),
        Verb.WAY_AGREED,
        {"title": "Störung", "reason": ""},
    ),
    "talk": (
        lambda case, by: services.record_talk(
            case=case, actor=by,
            changes={
                "kind": "apology", "subject": "Wasserschaden", "held_on": TODAY,
                "channel": "on_site", "summary": "Angenommen.",
            },
        ),
        Verb.TALKED,
        {"title": "Wasserschaden", "kind": "apology", "reason": ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEW)
def test_new_row_is_told_and_signed(case: Case, kam: User, name: str) -> None:
    make, verb, facts = NEW[name]
    row = make(case, kam)
    found, data = last(case)
    data.pop("row", None)
    data.pop("commitment", None)
    assert (found, data) == (verb, facts)
    assert (row.version, row.case) == (1, case)


def test_rhythm_tells_its_days(case: Case, kam: User) -> None:
    contact = ContactFactory(client=case.client, first_name="Carla", last_name="Heller")
    changes = {
        "contact": contact, "every_days": 21, "channel": "phone", "agreed_on": TODAY, "owner": kam,
    }  # fmt: skip
    row = services.agree_rhythm(case=case, actor=kam, today=TODAY, changes=changes)
    facts = {"title": "Carla Heller", "row": row.pk, "days": 21, "reason": ""}
    assert last(case) == (Verb.RHYTHM_AGREED, facts)
    with pytest.raises(services.AgreedTwice) as refused:
        services.agree_rhythm(case=case, actor=kam, today=TODAY, changes=changes)
    assert str(refused.value) == "Für diesen Ansprechpartner ist schon ein Rhythmus vereinbart."
    assert refused.value.field == "contact"


def test_complaint_numbers_count_per_year_of_receipt(case: Case, kam: User) -> None:
    numbers = []
    for received_on in (dt.date(2025, 12, 31), dt.date(2026, 1, 1), TODAY):
        changes = {
            "received_on": received_on, "channel": "mail", "what": "Lärm", "due_on": LATER,
            "owner": kam,
        }  # fmt: skip
        row = services.receive(case=case, actor=kam, today=TODAY, changes=changes)
        numbers.append(row.number)
        assert (row.received_by, row.original_due_on) == (kam, LATER)
    assert numbers == ["C-2025-0001", "C-2026-0001", "C-2026-0002"]


def test_steps_of_a_complaint_refuse_in_german(case: Case, kam: User) -> None:
    row = ComplaintFactory(case=case)
    with pytest.raises(services.WrongStep, match="Beantworten Sie sie zuerst"):
        services.close_complaint(
            complaint=row, version=1, actor=kam, done_on=TODAY, content=True, closing_note=""
        )
    with pytest.raises(services.WrongStep, match=r"Sie ist schon offen\."):
        services.reopen_complaint(
            complaint=row, version=1, actor=kam, today=TODAY, due_on=LATER, reason="x"
        )
    services.acknowledge(complaint=row, version=1, actor=kam, on=TODAY)
    with pytest.raises(services.WrongStep, match=r"Der Eingang ist schon bestätigt\."):
        services.acknowledge(complaint=row, version=2, actor=kam, on=TODAY)


def test_closing_and_reopening_tell_content_and_reason(case: Case, kam: User) -> None:
    row = ComplaintFactory(case=case, answered_on=TODAY, answer="Neu geplant")
    services.close_complaint(
        complaint=row, version=1, actor=kam, done_on=TODAY, content=False, closing_note="Preis"
    )
    verb, data = last(case)
    assert (verb, data["content"], data["note"]) == (Verb.COMPLAINT_CLOSED, False, "Preis")
    services.reopen_complaint(
        complaint=row, version=2, actor=kam, today=TODAY, due_on=LATER, reason="Wieder schmutzig"
    )
    newest = case.events.order_by("-pk")[0]
    assert (newest.verb, newest.data["reason"]) == (Verb.COMPLAINT_REOPENED, "Wieder schmutzig")
    assert (row.content, row.closing_note, row.due_on, row.awaits_answer) == (
        None, "", LATER, True,
    )  # fmt: skip


def test_sharing_refuses_twice_and_without(case: Case, kam: User) -> None:
    talk = InteractionFactory(case=case)
    with pytest.raises(services.NotShared, match=r"Das Protokoll ist schon intern\."):
        services.withdraw_sharing(talk=talk, version=1, actor=kam, reason="x")
    services.share(talk=talk, version=1, actor=kam, today=TODAY)
    with pytest.raises(services.NotShared, match="schon für den Kunden freigegeben"):
        services.share(talk=talk, version=2, actor=kam, today=TODAY)
    services.withdraw_sharing(talk=talk, version=2, actor=kam, reason="Namen")
    newest = case.events.order_by("-pk")[0]
    assert (newest.verb, newest.data["reason"]) == (Verb.TALK_WITHDRAWN, "Namen")
    assert (talk.shared_on, talk.shared_by) == (None, None)


HANDED: list[tuple[Any, Any, Callable[[int, User, User], None], Verb]] = [
    (CommitmentFactory, Commitment, services.reassign, Verb.REASSIGNED),
    (ComplaintFactory, Complaint, services.hand_over_complaint, Verb.COMPLAINT_CHANGED),
    (FollowUpFactory, FollowUp, services.hand_over_followup, Verb.FOLLOWUP_CHANGED),
    (MeetingSeriesFactory, MeetingSeries, services.hand_over_series, Verb.SERIES_CHANGED),
    (ContactRhythmFactory, ContactRhythm, services.hand_over_rhythm, Verb.RHYTHM_CHANGED),
]


@pytest.mark.parametrize(("make", "model", "hand_over", "verb"), HANDED)
def test_registry_hands_over_to_somebody_who_then_sees_the_case(
    case: Case,
    kam: User,
    make: Any,
    model: Any,
    hand_over: Callable[[int, User, User], None],
    verb: Verb,
) -> None:
    new = UserFactory()
    row = make(case=case)
    assert not model.objects.visible_to(new).exists()
    hand_over(row.pk, new, kam)
    assert model.objects.visible_to(new).get().owner == new
    assert verb in case.events.values_list("verb", flat=True)


@pytest.mark.parametrize(
    "make", [CommitmentFactory, ComplaintFactory, FollowUpFactory, MeetingSeriesFactory]
)
def test_deputy_who_takes_over_leaves_the_deputys_place(
    case: Case, kam: User, kollegin: User, make: Any
) -> None:
    row = make(case=case, deputy=kollegin)
    hand_over = {each[0]: each[2] for each in HANDED}[make]
    hand_over(row.pk, kollegin, kam)
    row.refresh_from_db()
    assert (row.owner, row.deputy) == (kollegin, None)


def test_dropping_a_call_back_twice_tells_once(case: Case, kam: User) -> None:
    row = FollowUpFactory(case=case)
    services.drop_followup(row.pk, kam, "Fall beendet")
    services.drop_followup(row.pk, kam, "noch einmal")
    assert last(case)[1]["reason"] == "Fall beendet"
    row.refresh_from_db()
    assert (row.dropped_on, row.drop_reason) == (TODAY, "Fall beendet")


@pytest.mark.parametrize(
    "refusal",
    [
        services.AgreedTwice,
        services.AlreadyEnded,
        services.AlreadySettled,
        services.CaseEnded,
        services.DateStays,
        services.NotShared,
        services.NotYet,
        services.WrongStep,
    ],
)
def test_every_refusal_is_shown_at_the_form(refusal: type[Exception]) -> None:
    """``submit`` turns a broken rule into 422; anything else would be a page of failure."""
    assert issubclass(refusal, RuleBroken)
