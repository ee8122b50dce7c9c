"""What rooms tell about a case: its papers, its history, and what can be found."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db.models import TextChoices

from winback.common import history, papers, search
from winback.common.history import Entry, Topic, link_to, moment
from winback.common.papers import Paper
from winback.common.search import Found, Source

DAY = dt.date(2026, 11, 23)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registries as they are before any room has started."""
    for module, name in (
        (papers, "_sources"),
        (history, "_labels"),
        (history, "_topics"),
        (history, "_links"),
        (history, "_sources"),
        (search, "_sources"),
    ):
        monkeypatch.setattr(module, name, {})
    monkeypatch.setattr(search, "_jumps", [])


# Papers


def paper(title: str, day: int) -> Paper:
    on = dt.date(2026, 11, day)
    return Paper(title, "Nachweis", "Vertrag", "/v/", "/v/1/", "a.pdf", on=on)


def test_papers_of_all_rooms_stand_newest_first() -> None:
    papers.register("contract", lambda user, case: [paper("alt", 3), paper("neu", 20)])
    papers.register("consents", lambda user, case: [paper("mittel", 10)])
    assert [each.title for each in papers.papers(None, None)] == ["neu", "mittel", "alt"]


def test_papers_of_one_room_are_registered_once() -> None:
    papers.register("contract", lambda user, case: [paper("alt", 3)])
    papers.register("contract", lambda user, case: [paper("neu", 3)])
    assert [each.title for each in papers.papers(None, None)] == ["neu"]


# History


class Step(TextChoices):
    DONE = "step.done", "Getan"
    SEEN = "step.seen", "Gesehen"


def test_verb_beats_its_group_and_a_group_beats_nothing() -> None:
    history.register_verbs(Step, topics={"step": Topic.TALKS, "step.done": Topic.DECISIONS})
    assert history.verb_topic("step.done") == Topic.DECISIONS
    assert history.verb_topic("step.seen") == Topic.TALKS
    assert history.verb_topic("other.seen") == Topic.CHANGES
    assert history.verb_label("step.seen") == "Gesehen"


def test_link_names_case_and_thing() -> None:
    history.register_verbs(Step, links={"step": link_to("cases:document", "document")})
    url = history.verb_url("step.done", "RG-2026-0042", {"document": 7})
    assert url == "/faelle/RG-2026-0042/dokumente/7/"


def test_link_of_a_thing_that_stands_outside_cases_names_only_the_thing() -> None:
    link = link_to("audits:detail", "audit", with_case=False)
    assert link("RG-2026-0042", {"audit": "A-0007"}) == "/audits/A-0007/"


@pytest.mark.parametrize("verb", ["step.done", "gone.verb", "nonsense"])
def test_old_event_without_the_thing_leads_nowhere(verb: str) -> None:
    history.register_verbs(Step, links={"step": link_to("cases:document", "document")})
    assert history.verb_url(verb, "RG-2026-0042", {}) == ""


def test_entries_come_from_every_source() -> None:
    entry = Entry(moment(DAY), Topic.TALKS, "Anruf")
    history.register_source("talks", lambda user, case: [entry])
    history.register_source("more", lambda user, case: [entry, entry])
    assert len(history.entries(None, None)) == 3


@pytest.mark.parametrize("clock", [None, dt.time(8, 30)])
def test_thing_without_an_hour_stands_at_noon(clock: dt.time | None) -> None:
    found = moment(DAY, clock).astimezone(BERLIN)
    assert found.date() == DAY
    assert found.time() == (clock or dt.time(12))


# Search


def test_nothing_registered_finds_nothing(db: None) -> None:
    assert search.search(None, "irgendwas") == []
    assert search.jump(None, "RG-2026-0042") == ""


def test_first_room_that_knows_the_number_leads_there() -> None:
    asked: list[str] = []

    def unknown(user: object, number: str) -> str:
        asked.append(number)
        return ""

    search.register_jump(unknown)
    search.register_jump(unknown)
    search.register_jump(lambda user, number: f"/{number}/")
    assert search.jump(None, " rg-2026-0042 ") == "/RG-2026-0042/"
    assert asked == ["RG-2026-0042"]


def test_source_replaces_an_earlier_one_of_the_same_key() -> None:
    def source(order: int) -> Source:
        return Source("x", "X", order, lambda user, text: None, {}, lambda found: None)  # type: ignore[arg-type,return-value]  # never asked

    search.register(source(1), source(2))
    assert [each.order for each in search._sources.values()] == [2]


def test_long_text_is_cut_and_its_lines_are_joined() -> None:
    assert search.brief("eins\n  zwei") == "eins zwei"
    assert len(search.brief("a" * 500)) == 120


def test_hit_in_a_case_says_client_and_number() -> None:
    found = Found(1, "t", "", "", "RG-2026-0042", "Norhagen Bau AG")
    assert search.in_case(found) == "Norhagen Bau AG · RG-2026-0042"


@pytest.mark.parametrize(
    ("text", "kept"), [(" a\x00b ", "ab"), ("x" * 300, "x" * 100), ("\x00", ""), ("ü", "ü")]
)
def test_typed_text_is_cut_and_holds_no_nul(text: str, kept: str) -> None:
    assert search.typed(text) == kept
