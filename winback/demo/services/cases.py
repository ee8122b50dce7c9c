"""The case itself: opened, decided, handed over, described, rested or ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from winback.cases import services as cases
from winback.cases.models import Outcome
from winback.demo.services.clients import build_client, build_contract
from winback.demo.services.decisions import facts
from winback.demo.services.story import Story

OPENING, TEAM, DECIDING, WORDS, ENDING = 8, 9, 9, 17, 18


def plan_case(story: Story) -> None:
    """Plan everything that happens to the case itself."""
    text = story.text
    story.at(text["case"]["opened"], OPENING, lambda on: _open(story, on))
    for name, hour, scene in _MANY:
        for entry in story.part(name):
            story.at(entry["day"], hour, partial(scene, story, entry))
    for name, hour, scene in _ONCE:
        if entry := story.part(name):
            story.at(entry["day"], hour, partial(scene, story, entry))


def _open(story: Story, on: date) -> None:
    client = build_client(story)
    facts = dict(story.text["case"])
    del facts["opened"]
    owner = story.who(facts["owner"])
    for name in {"first_sign_on", "lost_on"} & facts.keys():
        facts[name] = story.day(facts[name])
    changes = {
        **facts,
        "client": client,
        "contract": build_contract(story, client),
        "sites": story.sites,
        "owner": owner,
        "deputy": story.who(facts["deputy"]),
        "value_at_stake": Decimal(facts["value_at_stake"]),
    }
    story.case_id = cases.open_case(actor=owner, today=on, changes=changes).pk


def _join(story: Story, member: dict[str, Any], on: date) -> None:
    case = story.case()
    cases.add_member(
        case=case,
        actor=case.owner,
        user=story.who(member["who"]),
        function=member["as"],
        specialty=member.get("specialty", ""),
        today=on,
    )


def _decide(story: Story, decision: dict[str, Any], on: date) -> None:
    case = story.case()
    cases.decide(
        case=case,
        actor=case.owner,
        decision=decision["decision"],
        decided_by=story.who(decision["by"]),
        decided_on=on,
        reasons=decision["reasons"],
        has_priority=decision.get("has_priority", False),
    )


def _write(story: Story, situation: dict[str, Any], _on: date) -> None:
    case = story.case()
    cases.write_situation(case=case, version=case.version, actor=case.owner, text=situation["text"])


def _set_step(story: Story, step: dict[str, Any], _on: date) -> None:
    case = story.case()
    cases.set_next_step(
        case=case,
        version=case.version,
        actor=case.owner,
        step=step["what"],
        on=story.day(step["due"]),
    )


def _override(story: Story, health: dict[str, Any], on: date) -> None:
    case = story.case()
    cases.override_health(
        case=case,
        actor=case.owner,
        level=health["level"],
        reason=health["reason"],
        until=story.day(health["until"]),
        today=on,
    )


def _rest(story: Story, rest: dict[str, Any], _on: date) -> None:
    case = story.case()
    cases.rest(
        case=case,
        version=case.version,
        actor=case.owner,
        until=story.day(rest["until"]),
        reason=rest["reason"],
    )


def _end(story: Story, end: dict[str, Any], on: date) -> None:
    case = story.case()
    texts = {name: value for name, value in end.items() if name != "day"}
    changes = {
        **facts(story, Outcome, texts),
        "ended_on": on,
        "annual_value_before": case.value_at_stake,
    }
    cases.close_case(
        case=case, version=case.version, actor=case.owner, changes=changes, drop_open=True
    )


_Scenes = tuple[tuple[str, int, Callable[[Story, dict[str, Any], date], None]], ...]
#: parts of a text that hold several entries: hour of the day and scene
_MANY: _Scenes = (
    ("team", TEAM, _join),
    ("decisions", DECIDING, _decide),
    ("situations", WORDS, _write),
    ("steps", WORDS, _set_step),
)
#: parts of a text that happen once
_ONCE: _Scenes = (
    ("health", WORDS, _override),
    ("rest", ENDING, _rest),
    ("end", ENDING, _end),
)
