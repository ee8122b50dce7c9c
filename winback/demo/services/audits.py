"""The audits of a story with answers and findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from audits import rules, services
from audits.enums import Grade, Result
from audits.models import Audit, AuditTemplate, Question
from winback.common import clock
from winback.demo.services.story import Story
from winback.plans import services as plans

PLANNING, AUDITING, TELLING, SETTLING, JUDGING = 11, 12, 15, 16, 17
_PER_QUESTION = timedelta(minutes=7)


def plan_audits(story: Story) -> None:
    """Plan every audit of the text, and when its findings are worked on and settled."""
    for text in story.part("audits"):
        _plan_audit(story, text)


def _plan_audit(story: Story, text: dict[str, Any]) -> None:
    story.at(text["planned"], PLANNING, lambda on: _announce(story, text, on))
    if "held" in text:
        story.at(text["held"], AUDITING, lambda on: _hold(story, text, on))
    if "disclosed" in text:
        told = text["disclosed"]
        story.at(told["day"], TELLING, lambda on: _disclose(story, text["key"], told, on))
    if "aggregate" in text:
        major, name = text["aggregate"], f"{text['key']}/aggregate"
        story.at(major["done"], SETTLING, partial(_finish, story, name, major))
    for finding in text.get("findings", ()):
        name = f"{text['key']}/{finding['question']}"
        if "started" in finding:
            story.at(finding["started"], SETTLING, partial(_start, story, name))
        if "done" in finding:
            story.at(finding["done"], SETTLING, partial(_finish, story, name, finding))
        if "check" in finding:
            judged = partial(_judge, story, name, finding["check"])
            story.at(finding["check"]["day"], JUDGING, judged)


def _announce(story: Story, text: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {
        "template": AuditTemplate.objects.get(key=text["template"]),
        "site": story.sites[text.get("site", 0)],
        "due_on": story.day(text["due"]),
        "owner": story.who(text["lead"]),
        "team": [story.who(key) for key in text.get("team", ())],
        "objective": text["objective"],
        **text.get("mandate", {}),
    }
    if "previous" in text:
        changes["previous"] = Audit.objects.get(pk=story.rows[text["previous"]])
    if text.get("further_sites"):
        changes["further_sites"] = [story.sites[number] for number in text["further_sites"]]
    audit = services.plan_audit(case=case, actor=case.owner, today=on, changes=changes)
    story.rows[text["key"]] = audit.pk


def _hold(story: Story, text: dict[str, Any], on: date) -> None:
    """Answer the questions one after the other; without an end in the text some stay open."""
    audit = Audit.objects.with_head().get(pk=story.rows[text["key"]])
    if "record" in text:
        _write_record(audit, text["record"], on)
    questions = list(audit.questions())
    asked = questions[: text.get("answered", len(questions))]
    _answer(story, audit, text, asked, on)
    # What was found is written down after the round.
    with clock.at(min(clock.now() + len(asked) * _PER_QUESTION, story.stage.now)):
        by_code = {question.code: question for question in questions}
        for finding in text.get("findings", ()):
            _record(story, audit, text["key"], by_code[finding["question"]], finding, on)
        if "aggregate" in text:
            _aggregate(story, audit, text["key"], text["aggregate"], on)
        if "conclusion" in text:
            _conclude(audit, text, on)


def _write_record(audit: Audit, text: dict[str, Any], on: date) -> None:
    """Both meetings of the day, the sample and what is good."""
    times = {name: time.fromisoformat(text[name]) for name in ("opening_at", "closing_at")}
    services.change_audit(
        audit=audit,
        version=audit.version,
        actor=audit.owner,
        today=on,
        changes={**text, **times, "opening_on": on, "closing_on": on},
    )


def _conclude(audit: Audit, text: dict[str, Any], on: date) -> None:
    services.finish_audit(
        audit=audit,
        version=audit.version,
        actor=audit.owner,
        today=on,
        conclusion=text["conclusion"],
        participants=text["participants"],
    )


def _answer(
    story: Story, audit: Audit, text: dict[str, Any], questions: Iterable[Question], on: date
) -> None:
    at = clock.now()
    for number, question in enumerate(questions):
        answer = text.get("answers", {}).get(question.code, {})
        with clock.at(min(at + number * _PER_QUESTION, story.stage.now)):
            services.answer_question(
                audit=audit,
                question=question,
                actor=audit.owner,
                today=on,
                result=answer.get("result", Result.MET),
                note=answer.get("note", ""),
            )


def _record(
    story: Story, audit: Audit, key: str, question: Question, text: dict[str, Any], on: date
) -> None:
    changes = {
        "grade": text["grade"],
        "criterion": text["criterion"],
        "statement": text["statement"],
        "place": text.get("place", ""),
        "containment": text.get("containment", ""),
        "owner": story.who(text["owner"]),
        "due_on": rules.due_on(text["grade"], on),
    }
    finding = services.record_finding(
        audit=audit, actor=audit.owner, today=on, question=question, changes=changes
    )
    story.rows[f"{key}/{question.code}"] = finding.pk


def _aggregate(story: Story, audit: Audit, key: str, text: dict[str, Any], on: date) -> None:
    """Several minors are one major."""
    major = services.aggregate_findings(
        audit=audit,
        parts=[story.finding(f"{key}/{code}") for code in text["questions"]],
        actor=audit.owner,
        today=on,
        reason=text["reason"],
        changes={
            "criterion": text["criterion"],
            "statement": text["statement"],
            "owner": story.who(text["owner"]),
            "due_on": rules.due_on(Grade.MAJOR, on),
        },
    )
    story.rows[f"{key}/aggregate"] = major.pk


def _disclose(story: Story, key: str, told: dict[str, Any], on: date) -> None:
    """Tell the client what was found, before he finds out."""
    case, by = story.case(), story.who(told["by"])
    findings = [story.finding(f"{key}/{code}") for code in told["questions"]]
    telling = services.Telling(on, by, told.get("words", ""))
    services.disclose(case=case, findings=findings, actor=case.owner, telling=telling)


def _start(story: Story, name: str, _on: date) -> None:
    finding = story.finding(name)
    services.start_finding(finding=finding, actor=finding.owner)


def _finish(story: Story, name: str, text: dict[str, Any], on: date) -> None:
    """Report it done, with what was corrected or decided; and name who judges the effect."""
    finding = story.finding(name)
    services.finish_finding(finding, finding.owner, on, resolution=text.get("resolution", ""))
    if "check" in text:
        plans.plan_check(
            thing=finding,
            actor=finding.audit.owner,
            today=on,
            owner=story.who(text["check"]["by"]),
            due_on=story.day(text["check"]["day"]),
        )


def _judge(story: Story, name: str, text: dict[str, Any], on: date) -> None:
    """Say whether it worked."""
    check = plans.open_check(story.finding(name))
    assert check is not None  # named when the finding was done
    plans.judge(
        check=check,
        version=check.version,
        actor=check.owner,
        today=on,
        verdict=plans.Verdict(text["result"], text["evidence"]),
    )
