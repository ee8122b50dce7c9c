"""What a story tells of talks, complaints, expectations and contact rules."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from winback.demo.services.story import Story
from winback.dialogue import services
from winback.dialogue.models import Complaint, Expectation, Interaction

TALKING, COMPLAINING, ANSWERING, AGREEING = 11, 9, 15, 12
_ADMISSION = (
    "failures_admitted",
    "takes_responsibility",
    "apology_form",
    "solutions_offered",
    "make_good_asked",
    "make_good_answer",
)
_MINUTES = ("moderator", "agenda", "minutes", "decisions", "client_words")


def plan_dialogue(story: Story) -> None:
    """Plan every talk, complaint, expectation, rhythm, series, call-back and way of the text."""
    for number, text in enumerate(story.part("talks")):
        _plan(story, text, TALKING, _talk, f"talk-{number}")
    for number, text in enumerate(story.part("complaints")):
        _plan_complaint(story, text, f"complaint-{number}")
    for number, text in enumerate(story.part("expectations")):
        _plan(story, text, AGREEING, _expectation, f"expectation-{number}")
    for text in story.part("rhythms"):
        _plan(story, text, AGREEING, _rhythm)
    for text in story.part("series"):
        _plan(story, text, AGREEING, _series)
    for text in story.part("followups"):
        _plan(story, text, AGREEING, _followup)
    for text in story.part("ways"):
        _plan(story, text, AGREEING, _way)


def _plan(story: Story, text: dict[str, Any], hour: int, scene: Any, *more: str) -> None:
    story.at(text["day"], hour, lambda on: scene(story, text, on, *more))


def _talk(story: Story, text: dict[str, Any], on: date, name: str) -> None:
    case = story.case()
    changes = {
        "kind": text["kind"],
        "subject": text["subject"],
        "held_on": on,
        "starts_at": _time(text.get("at")),
        "channel": text["channel"],
        "is_two_sided": text.get("two_sided", True),
        "contacts": [story.contacts[key] for key in text.get("with", ())],
        "our_people": [story.who(key) for key in text.get("ours", ())],
        "others": text.get("others", ""),
        "summary": text["summary"],
        "mood": text.get("mood"),
    }
    talk = services.record_talk(case=case, actor=case.owner, changes=changes)
    story.rows[name] = talk.pk
    more = {key: text[key] for key in (*_MINUTES, *_ADMISSION) if key in text}
    if "apologised_by" in text:
        more["apologised_by"] = story.who(text["apologised_by"])
    if more:
        services.change_talk(talk=talk, version=talk.version, actor=case.owner, changes=more)
    if text.get("shared"):
        talk = Interaction.objects.with_page().get(pk=talk.pk)
        services.share(talk=talk, version=talk.version, actor=case.owner, today=on)


def _plan_complaint(story: Story, text: dict[str, Any], name: str) -> None:
    _plan(story, text, COMPLAINING, _receive, name)
    if "answered" in text:
        story.at(text["answered"]["day"], ANSWERING, lambda on: _answer(story, text, on, name))
    if "closed" in text:
        story.at(text["closed"]["day"], ANSWERING, lambda on: _close(story, text, on, name))


def _receive(story: Story, text: dict[str, Any], on: date, name: str) -> None:
    case = story.case()
    site = text.get("site")
    changes = {
        "received_on": on,
        "received_at": _time(text.get("at")),
        "contact": story.contact(text.get("from")),
        "channel": text["channel"],
        "site": next((each for each in story.sites if each.name == site), None),
        "what": text["what"],
        "statement": text.get("words", ""),
        "remedy_sought": text.get("remedy", ""),
        "severity": text.get("severity", "medium"),
        "is_safety": "action" in text,
        "immediate_action": text.get("action", ""),
        "core": text.get("core", "unclear"),
        "core_reason": text.get("core_reason", ""),
        "due_on": story.day(text["due"]),
        "owner": story.who(text["owner"]),
    }
    complaint = services.receive(case=case, actor=case.owner, today=on, changes=changes)
    story.rows[name] = complaint.pk
    if text.get("acknowledged", True):
        services.acknowledge(
            complaint=complaint, version=complaint.version, actor=complaint.owner, on=on
        )


def _complaint(story: Story, name: str) -> Complaint:
    found: Complaint = Complaint.objects.with_rows().get(pk=story.rows[name])
    return found


def _answer(story: Story, text: dict[str, Any], on: date, name: str) -> None:
    complaint, answer = _complaint(story, name), text["answered"]
    services.answer(
        complaint=complaint,
        version=complaint.version,
        actor=complaint.owner,
        text=answer["text"],
        on=on,
        at=_time(answer.get("at")),
        ask_on=story.day(answer["ask"]),
    )


def _close(story: Story, text: dict[str, Any], on: date, name: str) -> None:
    complaint, closed = _complaint(story, name), text["closed"]
    services.close_complaint(
        complaint=complaint,
        version=complaint.version,
        actor=complaint.owner,
        done_on=on,
        content=closed.get("content", True),
        closing_note=closed.get("note", ""),
    )


def _expectation(story: Story, text: dict[str, Any], on: date, name: str) -> None:
    case = story.case()
    names = ("kind", "what", "realistic", "assessment", "precondition", "alternative")
    changes = {key: text[key] for key in names if key in text}
    changes |= {"contact": story.contact(text.get("from")), "since": on}
    row = services.record_expectation(case=case, actor=case.owner, changes=changes)
    story.rows[name] = row.pk
    if "decided" in text:
        decided = text["decided"]
        story.at(decided["day"], ANSWERING, lambda day: _decide(story, decided, day, name))


def _decide(story: Story, text: dict[str, Any], on: date, name: str) -> None:
    row = Expectation.objects.with_page().get(pk=story.rows[name])
    changes = {"told_on": on, "decision": text["decision"], "decided_on": on}
    changes["decision_note"] = text.get("words", "")
    services.change_expectation(
        expectation=row, version=row.version, actor=row.case.owner, changes=changes
    )


def _rhythm(story: Story, text: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {
        "contact": story.contact(text.get("with")),
        "every_days": text["every"],
        "channel": text["channel"],
        "agreed_on": on,
        "wish": text.get("wish", ""),
        "outlives_case": text.get("outlives", False),
        "owner": story.who(text["owner"]),
    }
    services.agree_rhythm(case=case, actor=case.owner, today=on, changes=changes)


def _series(story: Story, text: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {
        "kind": text["kind"],
        "title": text["title"],
        "rhythm_days": text["every"],
        "next_on": story.day(text["next"]),
        "channel": text["channel"],
        "agenda": "\n".join(text.get("agenda", ())),
        "owner": story.who(text["owner"]),
    }
    services.agree_series(case=case, actor=case.owner, today=on, changes=changes)


def _followup(story: Story, text: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {
        "what": text["what"],
        "contact": story.contact(text.get("with")),
        "due_on": story.day(text["due"]),
        "owner": story.who(text["owner"]),
    }
    services.agree_followup(case=case, actor=case.owner, today=on, changes=changes)


def _way(story: Story, text: dict[str, Any], on: date) -> None:
    case = story.case()
    names = ("topic", "sender", "recipient", "occasion", "channel")
    services.agree_way(case=case, actor=case.owner, changes={key: text[key] for key in names})


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
