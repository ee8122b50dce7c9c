"""What a story promised to the client, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from winback.demo.services.story import Story
from winback.dialogue import services
from winback.dialogue.models import Commitment

GIVING, SETTLING, TELLING = 13, 16, 17


def plan_commitments(story: Story) -> None:
    """Plan every promise of the text; one without an end stays open."""
    for number, text in enumerate(story.part("commitments")):
        _plan_commitment(story, f"commitment-{number}", text)


def _plan_commitment(story: Story, name: str, text: dict[str, Any]) -> None:
    story.at(text["promised"], GIVING, lambda on: _give(story, name, text, on))
    if "kept" in text:
        story.at(text["kept"], SETTLING, lambda on: _keep(story, name, on))
        if "told" in text:
            story.at(text["kept"], TELLING, lambda on: _tell(story, name, text["told"], on))
    if "broken" in text:
        story.at(text["broken"], SETTLING, lambda on: _break(story, name, text["reason"], on))
    if "released" in text:
        story.at(text["released"], SETTLING, lambda on: _release(story, name, text["proof"], on))


def _give(story: Story, name: str, text: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {
        "what": text["what"],
        "contact": story.contact(text["to"]),
        "promised_on": on,
        "due_on": story.day(text["due"]),
        "owner": story.who(text["owner"]),
        "note": text.get("note", ""),
        "interaction_id": story.rows.get(f"talk-{text['talk']}") if "talk" in text else None,
    }
    if "confirmed" in text:
        changes |= {
            "confirmed_by": story.who(text["confirmed"]),
            "confirmed_on": on,
            "feasibility": text["basis"],
        }
    given = services.give(
        case=case, actor=case.owner, today=on, changes=changes, reason=text.get("unconfirmed", "")
    )
    story.rows[name] = given.pk


def _find(story: Story, name: str) -> Commitment:
    found: Commitment = Commitment.objects.with_people().get(pk=story.rows[name])
    return found


def _keep(story: Story, name: str, on: date) -> None:
    given = _find(story, name)
    services.keep(commitment=given, version=given.version, actor=given.owner, done_on=on)


def _tell(story: Story, name: str, how: str, on: date) -> None:
    given = _find(story, name)
    services.tell(commitment=given, version=given.version, actor=given.case.owner, on=on, how=how)


def _break(story: Story, name: str, reason: str, on: date) -> None:
    given = _find(story, name)
    services.declare_broken(
        commitment=given, version=given.version, actor=given.owner, today=on, reason=reason
    )


def _release(story: Story, name: str, proof: str, on: date) -> None:
    given = _find(story, name)
    services.release(
        commitment=given, version=given.version, actor=given.owner, released_on=on, proof=proof
    )
