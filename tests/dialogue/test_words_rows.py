"""What the rows of the dialogue say in German, word for word and figure for figure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.clients.factories import ContactFactory, SiteFactory
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    ComplaintFactory,
    ContactRhythmFactory,
    ExpectationFactory,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
)
from winback.cases.models import Case
from winback.common.duties import Duty
from winback.dialogue.enums import InteractionKind, Mood, Realism
from winback.dialogue.models import Commitment, ContactRhythm, Interaction
from winback.dialogue.rows import agreements, complaints, facts, standing, talks, trust
from winback.dialogue.rows.commitments import by_phase, commitment_record, commitment_row
from winback.dialogue.rows.contacts import contact_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LATE = {"due_on": dt.date(2026, 11, 16)}


@pytest.mark.parametrize(
    ("ends", "shape", "word", "ended"),
    [
        ({}, "run", "Offen", ""),
        ({"due_on": dt.date(2026, 11, 20)}, "late", "Überfällig", ""),
        ({"done_on": dt.date(2026, 11, 20)}, "done", "Gehalten", "20.11.2026"),
        (LATE | {"done_on": dt.date(2026, 11, 17)}, "warn", "Verspätet gehalten", "17.11.2026"),
        ({"broken_on": TODAY, "broken_reason": "Personal"}, "no", "Gebrochen", "23.11.2026"),
        (
            {"released_on": TODAY, "proof": "Mail"},
            "na",
            "Vom Kunden erlassen",
            "23.11.2026",
        ),
    ],
    ids=["open", "overdue", "kept", "kept late", "broken", "released"],
)
def test_commitment_row_of_every_standing(
    case: Case, kam: User, ends: dict[str, Any], shape: str, word: str, ended: str
) -> None:
    given = CommitmentFactory(case=case, what="Plan vorlegen", **ends)
    row = commitment_row(given, kam, TODAY)
    assert standing(given, TODAY) == (shape, word)
    assert (row.shape, row.word, row.ended) == (shape, word, ended)
    assert (row.promised, row.to, row.owner) == ("02.11.2026", "–", "A. Kaya")
    assert bool(row.keep_url) == given.is_open
    assert bool(row.tell_url) == (shape in {"done", "warn", "no"})
    record = commitment_record(given, kam, TODAY)
    assert record[-1] == (given.done_on or given.broken_on or given.released_on)
    assert record[-2] == word


@pytest.mark.parametrize(
    ("ends", "fact"),
    [
        ({"done_on": dt.date(2026, 11, 20)}, ("Gehalten", "20.11.2026", "")),
        (
            LATE | {"done_on": dt.date(2026, 11, 17)},
            ("Verspätet gehalten", "17.11.2026", ""),
        ),
        (
            {"broken_on": TODAY, "broken_reason": "Kein Personal"},
            ("Gebrochen", "23.11.2026", "Kein Personal"),
        ),
        (
            {"released_on": TODAY, "proof": "Mail vom 23.11."},
            ("Vom Kunden erlassen", "23.11.2026", "Mail vom 23.11."),
        ),
        ({"phase": "2"}, None),
        (
            {"forewarned_on": TODAY, "forewarning": "Zwei Tage später"},
            ("Kunde vorab informiert", "23.11.2026", "Zwei Tage später"),
        ),
        (
            {"unconfirmed_reason": "Der Kunde wartete"},
            ("Machbarkeit", "nicht bestätigt", "Der Kunde wartete"),
        ),
    ],
    ids=["kept", "late", "broken", "released", "phase", "forewarned", "unconfirmed"],
)
def test_facts_say_how_it_stands(
    case: Case, ends: dict[str, Any], fact: tuple[str, str, str] | None
) -> None:
    rows = facts(CommitmentFactory(case=case, **ends), TODAY)
    if fact is None:
        assert "Zugesagt in Phase" in [label for label, _value, _note in rows]
    else:
        assert fact in rows


def test_facts_name_who_confirmed_and_on_what_basis(case: Case, kollegin: User) -> None:
    given = CommitmentFactory(
        case=case, confirmed_by=kollegin, confirmed_on=TODAY, feasibility="Zwei Kräfte frei"
    )
    text = "bestätigt von Nele Brunner am 23.11.2026"
    assert ("Machbarkeit", text, "Zwei Kräfte frei") in facts(given, TODAY)


def duty(offset: int, *, begun: bool = False, is_open: bool = True) -> Duty:
    due_on = TODAY + dt.timedelta(days=offset)
    return Duty("Reinigungskraft einplanen", "/massnahme/", "R. Ott", due_on, due_on,
                "run", "In Arbeit", is_open, is_blocked=False, has_begun=begun)  # fmt: skip


@pytest.mark.parametrize(
    ("duties", "breaking"),
    [
        ([], False),
        ([duty(-1, begun=True)], True),
        ([duty(-1, is_open=False)], False),
        ([duty(8, begun=True)], True),
        ([duty(7, begun=True)], False),
        ([duty(7)], True),
        ([duty(7, begun=True), duty(-1)], True),
    ],
    ids=["none", "overdue", "overdue but done", "too late", "in time", "not begun", "one of two"],
)
def test_row_warns_of_measures_that_endanger_the_promise(
    case: Case, kam: User, duties: list[Duty], breaking: bool
) -> None:
    given = CommitmentFactory(case=case)
    row = commitment_row(given, kam, TODAY, duties)
    assert row.breaking is breaking
    assert bool(row.forewarn_url) is breaking
    assert [title for title, *_rest in row.measures] == [each.title for each in duties]


def test_client_who_knows_already_is_not_to_be_told_again(case: Case, kam: User) -> None:
    given = CommitmentFactory(case=case, forewarned_on=TODAY, forewarning="Zwei Tage später")
    row = commitment_row(given, kam, TODAY, [duty(-1)])
    assert (row.breaking, row.forewarn_url, row.forewarned) == (True, "", "23.11.2026")


def in_phase(case: Case, phase: str, kept: int, late: int, broken: int) -> None:
    due = dt.date(2026, 11, 16)
    for _n in range(kept):
        CommitmentFactory(case=case, phase=phase, due_on=due, done_on=due)
    for _n in range(late):
        CommitmentFactory(case=case, phase=phase, due_on=due, done_on=dt.date(2026, 11, 18))
    for _n in range(broken):
        CommitmentFactory(case=case, phase=phase, broken_on=due, broken_reason="Personal")


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ((1, 0, 0), "1 von 1"),
        ((3, 0, 1), "3 von 4"),
        ((4, 0, 1), "4 von 5 (80\u202f%)"),
        ((2, 2, 1), "2 von 5 (40\u202f%)"),
        ((0, 0, 5), "0 von 5 (0\u202f%)"),
        ((2, 0, 4), "2 von 6 (33\u202f%)"),
    ],
)
def test_share_per_phase(case: Case, counts: tuple[int, int, int], share: str) -> None:
    in_phase(case, "", *counts)
    CommitmentFactory(case=case, phase="2")
    assert by_phase(list(Commitment.objects.all()), TODAY) == [("vor dem Plan", share)]


def test_phases_stand_in_their_order_and_none_before(case: Case) -> None:
    for phase in ("3", "", "1"):
        in_phase(case, phase, 1, 0, 1)
    labels = [label for label, _share in by_phase(list(Commitment.objects.all()), TODAY)]
    assert labels[0] == "vor dem Plan"
    assert [label[:2] for label in labels[1:]] == ["1 ", "3 "]


def test_trust_says_each_figure_with_its_note(case: Case) -> None:
    in_phase(case, "", 3, 2, 1)
    CommitmentFactory(case=case)
    CommitmentFactory(case=case, due_on=dt.date(2026, 11, 20))
    shown = trust(list(Commitment.objects.all()), "HE", TODAY)
    assert shown.message == "3 von 7 pünktlich gehalten"
    assert [number[:4] for number in shown.numbers] == [
        ("Pünktlich gehalten", "3", "von 7", "43\u202f% der fälligen Zusagen"),
        (
            "Verspätet gehalten", "2", "",
            "im Median 2 Arbeitstage · 71\u202f% einschließlich dieser",
        ),
        ("Gebrochen", "2", "", "1 davon noch einzulösen"),
        ("Noch nicht fällig", "1", "", "nächste am 30.11.2026"),
    ]  # fmt: skip
    assert (shown.released, shown.overdue) == (0, 1)


@pytest.mark.parametrize(
    ("facts_given", "shape", "word"),
    [
        ({}, "open", "Eingegangen"),
        ({"acknowledged_on": TODAY}, "run", "Eingang bestätigt"),
        ({"answered_on": TODAY, "answer": "Neu geplant"}, "wait", "Beantwortet"),
        ({"due_on": dt.date(2026, 11, 20)}, "late", "Überfällig"),
        (
            {"answered_on": TODAY, "answer": "x", "done_on": TODAY, "content": True},
            "done",
            "Abgeschlossen",
        ),
        (
            {
                "answered_on": TODAY, "answer": "x", "done_on": TODAY, "content": False,
                "closing_note": "Preis",
            },
            "no",
            "Abgeschlossen, Kunde nicht zufrieden",
        ),
        ({"answered_on": TODAY, "answer": "x", "reopened_on": TODAY}, "open", "Eingegangen"),
        (
            {
                "answered_on": TODAY, "answer": "x", "reopened_on": TODAY,
                "acknowledged_on": TODAY,
            },
            "run",
            "Eingang bestätigt",
        ),
    ],
    ids=[
        "received", "acknowledged", "answered", "overdue", "content", "not content",
        "reopened", "reopened and acknowledged",
    ],
)  # fmt: skip
def test_complaint_of_every_standing(
    case: Case, facts_given: dict[str, Any], shape: str, word: str
) -> None:
    row = complaints.complaint_row(ComplaintFactory(case=case, **facts_given), "HE", TODAY)
    assert (row.shape, row.word) == (shape, word)
    assert (row.received, row.severity, row.site) == ("20.11.2026", "erheblich", "")
    due_on = facts_given.get("due_on", dt.date(2026, 11, 24))
    assert row.due == ("" if "done_on" in facts_given else f"{due_on:%d.%m.%Y}")


@pytest.mark.parametrize(
    ("received_at", "on", "at", "words"),
    [
        (None, None, None, ""),
        (None, TODAY, None, "1 Arbeitstag"),
        (None, dt.date(2026, 11, 20), None, "am selben Tag"),
        (None, dt.date(2026, 11, 22), None, "am selben Tag"),
        (None, dt.date(2026, 11, 27), None, "5 Arbeitstage"),
        (dt.time(9), TODAY, None, "1 Arbeitstag"),
        (None, TODAY, dt.time(9), "1 Arbeitstag"),
        (dt.time(16), TODAY, dt.time(8), "1 Arbeitsstunde"),
        (dt.time(16), TODAY, dt.time(8, 30), "1,5 Arbeitsstunden"),
        (dt.time(9), dt.date(2026, 11, 20), dt.time(9, 20), "0,3 Arbeitsstunden"),
        (dt.time(9), dt.date(2026, 11, 20), dt.time(9), "0 Arbeitsstunden"),
        (dt.time(12), TODAY, dt.time(12), "9 Arbeitsstunden"),
    ],
)
def test_response_of_friday_in_working_time(
    case: Case, received_at: dt.time | None, on: dt.date | None, at: dt.time | None, words: str
) -> None:
    row = ComplaintFactory.build(case=case, owner=case.owner, received_by=case.owner,
                                 number="C-2026-0001", received_at=received_at)  # fmt: skip
    assert complaints.response(row, on, at, "HE") == words


@pytest.mark.parametrize(
    ("given", "fact"),
    [
        ({"acknowledged_on": TODAY}, ("Eingang bestätigt am", "23.11.2026", "1 Arbeitstag")),
        ({}, ("Antwort fällig am", "24.11.2026", "")),
        ({"answered_on": TODAY, "answer": "Plan"}, ("Nachfragen bis", "24.11.2026", "")),
        (
            {"answered_on": TODAY, "answer": "Plan"},
            ("Beantwortet am", "23.11.2026", "1 Arbeitstag"),
        ),
        (
            {"answered_on": TODAY, "answer": "Plan", "done_on": TODAY, "content": True,
             "closing_note": "Frau Heller am Telefon"},
            ("Kunde zufrieden?", "Ja", "Frau Heller am Telefon"),
        ),
        (
            {"answered_on": TODAY, "answer": "Plan", "done_on": TODAY, "content": False,
             "closing_note": "Preis"},
            ("Kunde zufrieden?", "Nein", "Preis"),
        ),
        (
            {"answered_on": TODAY, "answer": "Plan", "done_on": TODAY, "content": True},
            ("Abgeschlossen am", "23.11.2026", ""),
        ),
        ({"reopened_on": TODAY}, ("Wieder aufgenommen am", "23.11.2026", "")),
    ],
)  # fmt: skip
def test_handling_of_a_complaint(
    case: Case, given: dict[str, Any], fact: tuple[str, str, str]
) -> None:
    assert fact in complaints.handling_facts(ComplaintFactory(case=case, **given), "HE")


def test_receipt_of_a_complaint_names_hour_person_and_site(case: Case) -> None:
    contact = ContactFactory(
        client=case.client, first_name="Carla", last_name="Heller", function="Leitung FM"
    )
    row = ComplaintFactory(
        case=case, received_at=dt.time(9, 5), contact=contact, remedy_sought="Gutschrift",
        site=SiteFactory(client=case.client, name="Haus B"), severity="high",
    )  # fmt: skip
    found = complaints.receipt_facts(row)
    assert found[:4] == [
        ("Eingegangen am", "20.11.2026, 09:05", "von Aylin Kaya"),
        ("Von wem", "Carla Heller", "Leitung FM"),
        ("Weg", "Telefon", ""),
        ("Objekt", "Haus B", ""),
    ]
    assert ("Schwere", "schwer", "") in found
    assert ("Kern", "noch nicht beurteilt", "") in found
    record = complaints.complaint_record(row, "HE", TODAY)
    assert record[4:9] == [
        "Haus B",
        dt.date(2026, 11, 20),
        "schwer",
        "nein",
        "noch nicht beurteilt",
    ]


STEPS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["Eingang bestätigen", "Beschwerde beantworten", "Kern beurteilen", "Bearbeiten"]),
    (
        {"acknowledged_on": TODAY, "core": "real", "core_reason": "Fotos"},
        ["Beschwerde beantworten", "Kern neu beurteilen", "Bearbeiten"],
    ),
    (
        {"acknowledged_on": TODAY, "answered_on": TODAY, "answer": "Plan"},
        ["Beschwerde abschließen", "Erneut antworten", "Kern beurteilen", "Bearbeiten"],
    ),
    (
        {"acknowledged_on": TODAY, "answered_on": TODAY, "answer": "Plan", "reopened_on": TODAY},
        ["Erneut antworten", "Kern beurteilen", "Bearbeiten"],
    ),
    (
        {"answered_on": TODAY, "answer": "Plan", "done_on": TODAY, "content": True},
        ["Wieder aufnehmen"],
    ),
]


@pytest.mark.parametrize(("given", "labels"), STEPS)
def test_steps_of_a_complaint_in_their_order(
    case: Case, kam: User, operativ: User, given: dict[str, Any], labels: list[str]
) -> None:
    row = ComplaintFactory(case=case, **given)
    assert [label for label, _url in complaints.steps(row, kam)] == labels
    assert complaints.steps(row, operativ) == []


@pytest.mark.parametrize(
    ("realistic", "shape", "word", "to_tell"),
    [
        (Realism.UNCLEAR, "open", "noch nicht beurteilt", False),
        (Realism.YES, "ok", "realistisch", False),
        (Realism.PARTLY, "part", "teilweise realistisch", True),
        (Realism.NO, "no", "nicht realistisch", True),
    ],
)
def test_expectation_row_says_whether_it_is_realistic(
    case: Case, realistic: str, shape: str, word: str, to_tell: bool
) -> None:
    reason = "Kein Nachtdienst" if to_tell else ""
    row = ExpectationFactory(case=case, realistic=realistic, assessment=reason)
    shown = agreements.expectation_row(row)
    assert (shown.shape, shown.realistic, shown.to_tell) == (shape, word, to_tell)
    assert shown.texts == ([("Sachliche Gründe", "Kein Nachtdienst")] if to_tell else [])
    assert (shown.kind, shown.said) == ("Erwartung", "bekannt seit 02.11.2026")
    row.told_on = TODAY
    told = agreements.expectation_row(row)
    assert (told.to_tell, told.told) == (False, "23.11.2026")


@pytest.mark.parametrize(
    ("last", "due", "due_in", "late"),
    [
        (dt.date(2026, 11, 20), "04.12.2026", "in 11 Tagen", False),
        (dt.date(2026, 11, 10), "24.11.2026", "in 1 Tag", False),
        (dt.date(2026, 11, 9), "23.11.2026", "heute", False),
        (dt.date(2026, 11, 8), "22.11.2026", "1 Tag überfällig", True),
        (dt.date(2026, 11, 2), "16.11.2026", "7 Tage überfällig", True),
    ],
)
def test_rhythm_row_counts_from_the_last_talk(
    case: Case, last: dt.date, due: str, due_in: str, late: bool
) -> None:
    rhythm = ContactRhythmFactory(case=case, contact=None)
    InteractionFactory(case=case, held_on=last)
    found = ContactRhythm.objects.with_last_contact().get(pk=rhythm.pk)
    row = agreements.rhythm_row(found, TODAY)
    assert (row.whom, row.every, row.channel) == ("der ganze Fall", "alle 14 Tage", "Telefon")
    assert (row.last, row.due, row.due_in, row.late) == (f"{last:%d.%m.%Y}", due, due_in, late)


@pytest.mark.parametrize(
    ("days", "words"), [(1, "jeden Tag"), (2, "alle 2 Tage"), (7, "alle 7 Tage")]
)
def test_every_days(days: int, words: str) -> None:
    assert agreements.every_days(days) == words


@pytest.mark.parametrize(
    ("next_on", "late"), [(TODAY, False), (dt.date(2026, 11, 20), True)], ids=["today", "past"]
)
def test_series_row_splits_its_agenda(case: Case, next_on: dt.date, late: bool) -> None:
    series = MeetingSeriesFactory(case=case, next_on=next_on, agenda="Zusagen\n\n  Messwerte \n")
    row = agreements.series_row(series, TODAY)
    assert row.agenda == ["Zusagen", "Messwerte"]
    assert (row.kind, row.rhythm, row.channel) == ("Jour fixe", "alle zwei Wochen", "Vor Ort")
    assert row.late is late


def test_call_back_row_offers_its_step_to_those_who_may(
    case: Case, kam: User, operativ: User
) -> None:
    call = FollowUpFactory(case=case, due_on=dt.date(2026, 11, 20))
    row = agreements.followup_row(call, kam, TODAY)
    assert (row.whom, row.due, row.late) == ("–", "20.11.2026", True)
    assert row.done_url == f"/faelle/{case.number}/rueckrufe/{call.pk}/erledigung/"
    assert agreements.followup_row(call, operativ, TODAY).done_url == ""


@pytest.mark.parametrize(
    ("last_on", "words"),
    [
        (None, "Noch kein Gespräch erfasst."),
        (TODAY, "Letzter beidseitiger Kontakt: 23.11.2026, heute"),
        (dt.date(2026, 11, 22), "Letzter beidseitiger Kontakt: 22.11.2026, vor 1 Tag"),
        (dt.date(2026, 11, 20), "Letzter beidseitiger Kontakt: 20.11.2026, vor 3 Tagen"),
    ],
)
def test_last_contact_in_words(last_on: dt.date | None, words: str) -> None:
    assert talks.last_contact(last_on, TODAY) == words


@pytest.mark.parametrize("mood", Mood)
def test_mood_is_its_number_and_its_word(mood: Mood) -> None:
    assert talks.mood_words(mood.value) == f"{mood.value}\u00a0{mood.label}"
    assert talks.mood_words(None) == "–"


ADMISSIONS: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"failures_admitted": "Besetzung"}, ("Eingeräumte Versäumnisse", "Besetzung", "")),
    ({"takes_responsibility": True}, ("Verantwortung", "übernommen, ohne Ausflüchte", "")),
    ({"solutions_offered": "Zwei Kräfte"}, ("Angebotene Lösungen", "Zwei Kräfte", "")),
    ({"make_good_asked": True}, ("Frage nach Wiedergutmachung", "gestellt", "")),
    (
        {"make_good_asked": True, "make_good_answer": "Gutschrift"},
        ("Antwort des Kunden", "Gutschrift", ""),
    ),
]


@pytest.mark.parametrize(("said", "fact"), ADMISSIONS)
def test_admission_is_shown_as_soon_as_anything_was_said(
    said: dict[str, Any], fact: tuple[str, str, str]
) -> None:
    assert fact in talks.admissions(Interaction(**said))
    assert talks.admissions(Interaction()) == []


GAPS: list[tuple[str, Any, str]] = [
    ("failures_admitted", "Besetzung", "welche Versäumnisse eingeräumt wurden"),
    ("takes_responsibility", True, "ob wir die Verantwortung übernommen haben"),
    ("apologised_by_id", 7, "wer sich in welcher Form entschuldigt hat"),
    ("solutions_offered", "Zwei Kräfte", "welche Lösungen angeboten wurden"),
    (
        "make_good_asked", True,
        "ob wir gefragt haben, wie der Schaden wiedergutgemacht werden kann",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "words"), GAPS)
def test_gap_closes_with_its_field(name: str, value: Any, words: str) -> None:
    talk = Interaction(kind=InteractionKind.CRISIS)
    assert talks.gaps(talk) == [gap for _name, _value, gap in GAPS]
    setattr(talk, name, value)
    assert talks.gaps(talk) == [gap for _name, _value, gap in GAPS if gap != words]
    talk.kind = InteractionKind.REGULAR
    assert talks.gaps(talk) == []


def test_talk_row_and_facts_name_everybody(case: Case, kam: User) -> None:
    talk = InteractionFactory(
        case=case, starts_at=dt.time(9, 5), others="Herr Brandt", moderator="Frau Adler", mood=2,
        series=MeetingSeriesFactory(case=case), is_two_sided=False,
    )  # fmt: skip
    talk.contacts.add(ContactFactory(client=case.client, first_name="Carla", last_name="Heller"))
    talk.our_people.add(kam)
    row = talks.talk_row(talk)
    assert (row.day, row.time, row.kind) == ("16.11.2026", "09:05", "Krisengespräch")
    assert row.people == "Carla Heller, A. Kaya, Herr Brandt"
    assert (row.mood, row.one_sided, row.shared) == ("2\u00a0angespannt", True, False)
    assert talks.talk_facts(talk) == [
        ("Am", "16.11.2026, 09:05", ""),
        ("Weg", "Vor Ort", "einseitig"),
        ("Ansprechpartner des Kunden", "Carla Heller", ""),
        ("Unsere Teilnehmenden", "Aylin Kaya", ""),
        ("Weitere Teilnehmende", "Herr Brandt", ""),
        ("Moderiert von", "Frau Adler", ""),
        ("Stimmung des Kunden", "2\u00a0angespannt", ""),
        ("Gesprächsreihe", "Jour fixe", ""),
    ]


def test_long_texts_stand_under_their_headings() -> None:
    talk = Interaction(summary="Kurz", decisions="Plan", client_words="Nie wieder",
                       agenda="Punkte", minutes="Lang")  # fmt: skip
    assert talks.texts(talk) == [
        ("Ergebnis in Kürze", "Kurz"),
        ("Beschlüsse", "Plan"),
        ("In den Worten des Kunden", "Nie wieder"),
        ("Tagesordnung", "Punkte"),
        ("Protokoll", "Lang"),
    ]


def test_people_of_the_client_with_their_wishes(case: Case) -> None:
    ContactFactory(client=case.client, last_name="Alt", left_on=TODAY)
    ContactFactory(
        client=case.client, first_name="Carla", last_name="Heller", function="Leitung FM",
        channel="phone", rhythm_days=1, preferred_time="vormittags",
    )  # fmt: skip
    [row] = contact_rows(case, TODAY)
    assert (row.name, row.function, row.channel) == ("Carla Heller", "Leitung FM", "Telefon")
    assert (row.time, row.rhythm, row.language) == ("vormittags", "jeden Tag", "Deutsch")
    assert (row.shape, row.consent) == ("na", "Keine Einwilligung")
