"""The root-cause analysis of a story."""

from __future__ import annotations

from datetime import date
from typing import Any

from winback.causes import services as causes
from winback.causes.models import Cause, CauseCategory
from winback.causes.rules import Why
from winback.demo.services.story import Story

NAMING_PRIMARY, NAMING, CONFIRMING, AGREEING, ASKING = 13, 14, 15, 16, 17


def plan_causes(story: Story) -> None:
    """Plan naming and confirming; the first cause of the text is the primary one."""
    for place, text in enumerate(story.part("causes")):
        _plan_cause(story, text, NAMING if place else NAMING_PRIMARY)


def _plan_cause(story: Story, text: dict[str, Any], hour: int) -> None:
    story.at(text["day"], hour, lambda _on: _name(story, text))
    if "confirmed" in text:
        story.at(text["confirmed"], CONFIRMING, lambda on: _confirm(story, text, on))
    if "whys" in text:
        story.at(text["confirmed"], ASKING, lambda _on: _ask_why(story, text))
    if "client" in text:
        story.at(text["client"]["day"], AGREEING, lambda on: _agree(story, text, on))


def _name(story: Story, text: dict[str, Any]) -> None:
    case = story.case()
    category = CauseCategory.objects.get(key=text["category"])
    changes = {
        "category": category,
        "statement": text["statement"],
        "perspective": text["perspective"],
        "share": text["share"],
        "controllability": category.controllability,
        "is_changeable": text.get("changeable", True),
    }
    cause = causes.name(case=case, actor=case.owner, changes=changes)
    story.rows[text["category"]] = cause.pk


def _confirm(story: Story, text: dict[str, Any], on: date) -> None:
    """The evidence is on the table when the quality manager confirms the cause."""
    cause = _told(story, text)
    for proof in text["evidence"]:
        finding = story.finding(proof["finding"]) if "finding" in proof else None
        causes.add_evidence(
            cause=cause,
            actor=story.case().owner,
            finding=finding,
            source=proof.get("source", ""),
        )
    confirmer = story.who(text.get("by", "wolf"))
    causes.confirm(cause=cause, version=cause.version, actor=confirmer, today=on)


def _ask_why(story: Story, text: dict[str, Any]) -> None:
    """The chain of a story ends at something we can control."""
    cause = _told(story, text)
    causes.ask_why(
        cause=cause,
        version=cause.version,
        actor=story.case().owner,
        whys=[Why(answer, proof) for answer, proof in text["whys"]],
        ends_with_us=True,
    )


def _agree(story: Story, text: dict[str, Any], on: date) -> None:
    """The client says in his words that this was it."""
    cause, said = _told(story, text), text["client"]
    causes.confirm_by_client(
        cause=cause,
        version=cause.version,
        actor=story.case().owner,
        contact=story.contacts[said["from"]],
        on=on,
        words=said["words"],
    )


def _told(story: Story, text: dict[str, Any]) -> Cause:
    found = Cause.objects.select_related("case", "category")
    return found.get(pk=story.rows[text["category"]])
