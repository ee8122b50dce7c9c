"""The services of the demo on small stories: each part alone, on odd days, and when it is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from accounts.models import SavedView, User
from tests.demo.texts import STORIES, Text
from winback.cases.models import (
    Aftercare,
    Background,
    CaseDocument,
    Mediation,
    PlanB,
    PlannedEffort,
)
from winback.cases.services import IllegalTransition
from winback.clients.models import Client
from winback.common import clock
from winback.common.claims import RuleBroken
from winback.demo import rules
from winback.demo.services import build as building
from winback.demo.services import build_demo, is_empty
from winback.demo.services.cases import plan_case
from winback.demo.services.commitments import plan_commitments
from winback.demo.services.decisions import plan_decisions
from winback.demo.services.dialogue import plan_dialogue
from winback.demo.services.papers import plan_papers
from winback.demo.services.people import build_people, build_views
from winback.demo.services.plans import plan_plan
from winback.demo.services.relations import plan_relations
from winback.demo.services.stage import Stage
from winback.demo.services.story import FOLDER, Story, read
from winback.dialogue.models import Commitment, Complaint
from winback.dialogue.services.commitments import AlreadySettled
from winback.dialogue.services.complaints import WrongStep
from winback.plans.services import PlanError

MONDAY = dt.date(2026, 11, 23)
ODD_DAYS = {
    "monday": MONDAY,
    "sunday": dt.date(2027, 1, 3),
    "new-year": dt.date(2027, 1, 1),
    "christmas-eve": dt.date(2026, 12, 24),
    "leap-day": dt.date(2028, 2, 29),
    "clocks-go-forward": dt.date(2027, 3, 28),
}

Tell = Callable[..., Story]


def stage_on(today: dt.date) -> Stage:
    return Stage(today=today, now=rules.moment(today, 9, 0))


@pytest.fixture
def tell(db: None) -> Tell:
    """``tell(today=…, talks=[…])``: a small story with these parts, played to its end."""

    def make(today: dt.date = MONDAY, **more: Any) -> Story:
        stage = stage_on(today)
        build_people(stage)
        base: Text = {
            name: STORIES["08-dornfelden"][name]
            for name in ("client", "sites", "contacts", "contract", "case", "team")
        }
        story = Story(stage, base | {"case": base["case"] | {"opened": -40}} | more)
        for plan in (plan_case, plan_decisions, plan_dialogue, plan_commitments, plan_papers):
            plan(story)
        plan_plan(story)
        stage.play()
        return story

    return make


GO = {"day": -38, "by": "lindner", "decision": "go", "reasons": "Der Kunde spricht mit uns."}
PROMISE = {
    "what": "Rückruf zusagen",
    "to": "krautwald",
    "promised": -20,
    "due": -5,
    "owner": "kaya",
}


# The stage


def test_scenes_are_played_in_the_order_of_time() -> None:
    stage, played = stage_on(MONDAY), list[str]()
    stage.plan(stage.day(-1), 9, lambda _on: played.append("yesterday"))
    stage.plan(stage.day(-5), 17, lambda _on: played.append("evening"))
    stage.plan(stage.day(-5), 8, lambda _on: played.append("morning"))
    stage.play()
    assert played == ["morning", "evening", "yesterday"]


def test_a_scene_may_plan_what_comes_later() -> None:
    stage, played = stage_on(MONDAY), list[dt.date]()

    def first(on: dt.date) -> None:
        stage.plan(stage.day(-3), 9, played.append)
        played.append(on)

    stage.plan(stage.day(-10), 9, first)
    stage.plan(stage.day(-1), 9, played.append)
    stage.play()
    assert played == [dt.date(2026, 11, 13), dt.date(2026, 11, 20), dt.date(2026, 11, 20)]


def test_nothing_is_stamped_later_than_the_moment_of_the_build() -> None:
    stage, stamps = stage_on(MONDAY), list[dt.datetime]()
    stage.plan(stage.day(-3), 9, lambda _on: stamps.append(clock.now()))
    stage.plan(MONDAY, 18, lambda _on: stamps.append(clock.now()))
    stage.play()
    assert stamps[0].date() == dt.date(2026, 11, 20)
    assert stamps[1] == stage.now


def test_two_stages_choose_alike() -> None:
    first, second = stage_on(MONDAY), stage_on(MONDAY)
    assert [first.chance.random() for _ in range(5)] == [second.chance.random() for _ in range(5)]


# The story


def test_parts_a_story_does_not_have_are_empty() -> None:
    story = Story(stage_on(MONDAY), {"case": {"opened": -5}})
    assert list(story.part("talks")) == []
    assert story.part("case") == {"opened": -5}
    assert story.contact(None) is None
    with pytest.raises(KeyError):
        story.who("nobody")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ({}, MONDAY),
        ({"end": {"day": -9}}, dt.date(2026, 11, 13)),
        ({"rest": {"day": -1}}, dt.date(2026, 11, 20)),
        ({"end": {"day": -3}, "rest": {"day": -30}}, dt.date(2026, 11, 20)),
    ],
)
def test_last_day_is_the_end_or_the_rest_or_today(text: Text, expected: dt.date) -> None:
    assert Story(stage_on(MONDAY), text).last_day == expected


def test_files_are_read_once() -> None:
    assert read(FOLDER / "people.yaml") is read(FOLDER / "people.yaml")


# People


@pytest.mark.django_db
def test_people_may_sign_in_at_once_and_absences_count_in_calendar_days() -> None:
    stage = stage_on(MONDAY)
    build_people(stage)
    build_views(stage)
    assert User.objects.count() == len(stage.people) == 16
    assert stage.people["kaya"].email == "aylin.kaya@winback-demo.example"
    assert stage.people["kern"].is_administrator
    absence = stage.people["falk"].absences.get()
    assert (absence.starts_on, absence.ends_on) == (dt.date(2026, 11, 21), dt.date(2026, 11, 28))
    assert absence.deputy == stage.people["wolf"]
    assert SavedView.objects.filter(shared=True).count() == 3


# Cases on any day


@pytest.mark.parametrize("today", ODD_DAYS.values(), ids=ODD_DAYS)
def test_case_is_told_on_any_day(tell: Tell, today: dt.date) -> None:
    step = {"day": -2, "what": "Termin vereinbaren", "due": 1}
    story = tell(today, decisions=[GO], commitments=[PROMISE | {"kept": -6}], steps=[step])
    case = story.case()
    land = settings.PROVIDER_BUNDESLAND
    assert case.opened_on == rules.working_day(today, -40, land) < today
    assert case.number == f"RG-{case.opened_on.year}-0001"
    assert case.next_step_on is not None
    assert case.next_step_on > today
    assert case.contract is not None
    assert case.contract.ends_on == today + dt.timedelta(days=210)
    promise = Commitment.objects.get()
    assert case.opened_on < promise.promised_on < (promise.done_on or today) < today
    assert {event.at <= story.stage.now for event in case.events.all()} == {True}


# Decisions


def test_a_page_told_twice_is_one_page_with_the_later_facts(tell: Tell) -> None:
    story = tell(
        pages=[
            {"day": -30, "page": "mediation", "considered": "yes", "starts_on": -20},
            {"day": -10, "page": "mediation", "ended_on": -10, "result": "failed"},
        ]
    )
    page = Mediation.objects.get(case=story.case())
    assert (page.considered, page.result) == ("yes", "failed")
    assert (page.starts_on, page.ended_on) == (story.day(-20), story.day(-10))
    assert page.version == 2


def test_facts_become_amounts_days_and_people(tell: Tell) -> None:
    story = tell(
        pages=[
            {"day": -30, "page": "background", "revenue_share": 2.4, "stage": "threatened"},
            {"day": -30, "page": "planned_effort", "hours": 120, "rate": 92, "goodwill": 3500},
        ]
    )
    assert Background.objects.get(case=story.case()).revenue_share == Decimal("2.4")
    effort = PlannedEffort.objects.get(case=story.case())
    assert effort.total == Decimal(120) * 92 + 3500


def test_handover_moves_the_case_tells_the_client_and_works_its_list_off(tell: Tell) -> None:
    swap = {
        "day": -30, "to": "horn", "by": "lindner", "reason": "Das Vertrauen ist aufgebraucht.",
        "fit": "Geduldig, kennt das Objekt.", "resources": "Ein Jahr Zeit", "due": -15,
        "told": -28, "told_how": "Antrittsbesuch",
    }  # fmt: skip
    story = tell(handovers=[swap])
    case, handover = story.case(), story.case().handovers.get()
    assert case.owner == story.who("horn")
    assert (handover.former, handover.successor) == (story.who("kaya"), story.who("horn"))
    assert (handover.told_on, handover.told_how) == (story.day(-28), "Antrittsbesuch")
    items = list(handover.items.all())
    assert items
    assert {item.done_on for item in items} == {story.day(-15)}
    assert handover.duty.done_on == story.day(-15)


def test_escalation_steps_are_done_or_owed(tell: Tell) -> None:
    story = tell(
        escalations=[{"day": -30, "level": 2, "reason": "Zweite Beschwerde in einer Woche."}],
        escalation_steps=[
            {
                "day": -29, "title": "Mit der Leitung sprechen", "level": 2, "owner": "lindner",
                "due": -20, "done": -21, "result": "Gespräch geführt.",
            },
            {"day": -5, "title": "Wöchentlich prüfen", "level": 2, "owner": "yilmaz", "due": 9},
        ],
    )  # fmt: skip
    assert story.case().escalation_level == 2
    done, owed = story.case().duties.order_by("due_on")
    assert (done.done_on, done.result) == (story.day(-21), "Gespräch geführt.")
    assert (owed.done_on, owed.owner, owed.due_on) == (None, story.who("yilmaz"), story.day(9))


def test_plan_b_and_aftercare_are_owed_by_who_is_named(tell: Tell) -> None:
    story = tell(
        plan_b=[
            {
                "day": -20, "owner": "lindner", "due": 25, "revenue_at_risk": 380000,
                "alternatives": "Zwei Kliniken im Umkreis.", "trigger": "Kündigung geht ein.",
            }
        ],
        aftercare=[
            {"day": -20, "owner": "horn", "due": 30, "every_days": 28, "topics": "Stand der Dinge"}
        ],
    )  # fmt: skip
    plan_b = PlanB.objects.select_related("duty__owner").get(case=story.case())
    assert plan_b.revenue_at_risk == Decimal(380000)
    assert (plan_b.duty.owner, plan_b.duty.due_on) == (story.who("lindner"), story.day(25))
    care = Aftercare.objects.select_related("duty__owner").get(case=story.case())
    assert (care.every_days, care.duty.owner) == (28, story.who("horn"))


def test_tender_to_come_is_owed_and_a_past_one_is_not(tell: Tell) -> None:
    coming = {
        "day": -30, "title": "Neuvergabe", "result": "planned", "held_on": 90, "owner": "kaya",
        "due": 60, "criteria": [["Preis", 60, None, None], ["Konzept", 40, 8, 9.5]],
    }  # fmt: skip
    past = {"day": -29, "title": "Vergabe", "result": "lost", "held_on": -35, "winner": "Tannhof"}
    story = tell(tenders=[coming, past])
    lost, planned = story.case().tenders.order_by("held_on")
    assert (lost.duty, lost.winner) == (None, "Tannhof")
    assert planned.duty is not None
    assert (planned.duty.due_on, planned.is_planned) == (story.day(60), True)
    points = {
        row.name: (row.weight, row.our_points, row.their_points) for row in planned.criteria.all()
    }
    assert points == {
        "Preis": (Decimal(60), None, None),
        "Konzept": (Decimal(40), Decimal(8), Decimal("9.5")),
    }


def test_lesson_without_a_decision_stays_proposed(tell: Tell) -> None:
    lesson = {
        "day": -10,
        "what": "Zusage ohne Betrieb",
        "proposal": "Gegenzeichnen",
        "target": "plan",
    }
    decided = lesson | {
        "what": "Angebot zu knapp", "decided": -3, "by": "wolf", "state": "accepted",
        "reason": "Kommt in die Vorlage.",
    }  # fmt: skip
    story = tell(lessons=[lesson, decided])
    states = dict(story.case().lessons.values_list("what", "state"))
    assert states == {"Zusage ohne Betrieb": "proposed", "Angebot zu knapp": "accepted"}


# Dialogue and papers


def test_complaint_goes_its_way_and_talk_names_both_sides(tell: Tell) -> None:
    story = tell(
        talks=[
            {
                "day": -20, "kind": "call", "subject": "Rückruf", "at": "16:15", "channel": "phone",
                "with": ["krautwald"], "ours": ["kaya", "ott"], "mood": 4, "summary": "Geklärt.",
            }
        ],
        complaints=[
            {
                "day": -15, "from": "krautwald", "channel": "mail", "site": "Messehallen",
                "what": "Halle 3 nicht gereinigt", "due": -12, "owner": "ott",
                "answered": {"day": -13, "text": "Nachgereinigt.", "ask": -8},
                "closed": {"day": -7, "note": "Zufrieden"},
            },
            {"day": -3, "channel": "phone", "what": "Licht defekt", "due": 2, "owner": "ott",
             "acknowledged": False},
        ],
    )  # fmt: skip
    talk = story.case().interactions.get()
    assert (talk.starts_at, talk.mood, talk.our_people.count()) == (dt.time(16, 15), 4, 2)
    assert [contact.last_name for contact in talk.contacts.all()] == ["Krautwald"]
    closed, received = Complaint.objects.order_by("received_on")
    assert (closed.state, closed.done_on, closed.content) == ("closed", story.day(-7), True)
    assert closed.site is not None
    assert closed.site.name == "Messehallen"
    assert (received.state, received.acknowledged_on, received.contact) == ("received", None, None)


def test_document_is_renewed_under_its_title(tell: Tell) -> None:
    story = tell(
        documents=[
            {
                "day": -20, "title": "Konzept", "kind": "report", "file": "R1.pdf", "until": 30,
                "again": [{"day": -5, "file": "R2.pdf", "until": 400}],
            },
            {"day": -4, "title": "Flur", "kind": "photo", "file": "Flur.jpg", "owner": "ott"},
        ],
        incidents=[{"noted": -30, "day": -300, "kind": "mishap", "what": "Schlüssel verlegt"}],
    )  # fmt: skip
    papers = {row.document.title: row for row in CaseDocument.objects.with_row()}
    concept, photo = papers["Konzept"], papers["Flur"]
    assert concept.document.current.number == 2
    assert concept.document.valid_until == story.day(400)
    assert (photo.owner, photo.document.current.content_type) == (story.who("ott"), "image/jpeg")
    assert story.case().incidents.get().happened_on == story.day(-300)


def test_promise_is_confirmed_kept_and_told(tell: Tell) -> None:
    promise = PROMISE | {
        "confirmed": "ott", "basis": "Personal ist da", "kept": -6, "told": "per E-Mail",
    }  # fmt: skip
    story = tell(commitments=[promise])
    row = Commitment.objects.get()
    assert (row.confirmed_by, row.confirmed_on) == (story.who("ott"), story.day(-20))
    assert (row.done_on, row.told_on, row.told_how) == (story.day(-6), story.day(-6), "per E-Mail")


# Clients beside their cases


@pytest.mark.django_db
def test_relations_leave_out_clients_whose_case_is_not_told() -> None:
    stage = stage_on(MONDAY)
    build_people(stage)
    plan_relations(stage)
    stage.play()
    assert set(Client.objects.values_list("name", flat=True)) == {
        "Druckhaus Ulmwerder GmbH",
        "Gartenmarkt Tiefenhalde",
        "Akademie Steinfurtsee",
        "Brauhof Quellmarn KG",
    }
    assert not Client.objects.filter(sites__region=None).exists()


# Wrong stories


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"team": [{"day": -30, "who": "niemand", "as": "quality_manager"}]}, KeyError),
        ({"commitments": [PROMISE | {"to": "brandt"}]}, KeyError),
        ({"commitments": [PROMISE | {"kept": -25}]}, KeyError),
        ({"commitments": [PROMISE | {"kept": -9, "broken": -8, "reason": "x"}]}, AlreadySettled),
        ({"pages": [{"day": -30, "page": "wetter"}]}, KeyError),
        ({"site_facts": [{"day": -30, "site": "Halle 9", "state": "kept"}]}, StopIteration),
        ({"plan": {"day": -30}}, PlanError),
        (
            {
                "complaints": [
                    {
                        "day": -15, "channel": "mail", "what": "Licht", "due": -9, "owner": "ott",
                        "closed": {"day": -7},
                    }
                ]
            },
            WrongStep,
        ),
        (
            {"decisions": [GO], "rest": {"day": -30, "until": 30, "reason": "Pause"},
             "end": {"day": -20, "result": "verspielt", "reasons": "x", "lessons": "y"}},
            (IllegalTransition, ValueError, RuleBroken),
        ),
    ],
    ids=[
        "unknown-person", "unknown-contact", "kept-before-promised", "kept-and-broken",
        "unknown-page", "unknown-site", "plan-without-a-go",
        "closed-without-an-answer", "unknown-result",
    ],
)  # fmt: skip
def test_wrong_story_is_refused(tell: Tell, parts: Text, error: Any) -> None:
    with pytest.raises(error):
        tell(**parts)


@pytest.mark.django_db
def test_one_wrong_story_leaves_an_empty_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = STORIES["08-dornfelden"] | {"commitments": [PROMISE | {"promised": -4, "to": "x"}]}
    (tmp_path / "08.yaml").write_text(yaml.safe_dump(wrong), encoding="utf-8")
    monkeypatch.setattr(building, "CASES", tmp_path)
    with pytest.raises(KeyError):
        build_demo(today=MONDAY, now=rules.moment(MONDAY, 9, 0))
    assert is_empty()
    assert not Client.objects.exists()
