"""The recovery plan of a story: started, its measures done or not, its phases passed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings

from winback.causes.models import Cause
from winback.contracts.models import Amendment
from winback.demo import rules
from winback.demo.services.story import FOLDER, Story, read
from winback.dialogue.models import Commitment
from winback.plans import services
from winback.plans.models import Measure, PlanPhase

STARTING, ADDING, DOING, PASSING = 11, 15, 16, 17
#: Who holds the functions of the plan where a story names nobody.
OWNERS = {
    "executive": "lindner",
    "regional_lead": "yilmaz",
    "quality_manager": "wolf",
    "operations_lead": "ott",
    "hr_development": "albers",
    "legal": "stein",
    "procurement": "petrov",
}
RESULTS = FOLDER / "results.yaml"
LEFT_OPEN = "Offene Punkte werden weiterverfolgt, abgestimmt mit der Leitung."


def plan_plan(story: Story) -> None:
    """Plan the start of the recovery plan; everything else follows from its dates."""
    if text := story.part("plan"):
        story.at(text["day"], STARTING, lambda on: _start(story, text, on))
        for phase in text.get("passed", ()):
            story.at(phase["day"], PASSING, partial(_pass_phase, story, phase))
        for place, own in enumerate(text.get("own", ())):
            story.at(own["given"], ADDING, partial(_add, story, f"measure-{place}", own))


def _start(story: Story, text: dict[str, Any], on: date) -> None:
    case = story.case()
    people = {**OWNERS, **text.get("owners", {})}
    owners = {function: story.who(key) for function, key in people.items()}
    plan = services.start_plan(
        case=case,
        actor=case.owner,
        today=on,
        started_on=on,
        bundesland=story.sites[0].bundesland,
        owners={**owners, "key_account_manager": case.owner},
    )
    for measure in plan.measures.order_by("number"):
        _plan_measure(story, text, measure)


def _plan_measure(story: Story, text: dict[str, Any], measure: Measure) -> None:
    """Plan what happens to a measure of the template next: moved, stuck, dropped, or done."""
    key = measure.template_key
    for change in text.get("moved", ()):
        if change["key"] == key:
            story.at(change["day"], ADDING, partial(_move, story, text, measure.pk, change))
            return
    for change in text.get("stuck", ()):
        if change["key"] == key:
            story.at(change["day"], ADDING, partial(_set_status, story, measure.pk, change))
            return
    for change in text.get("dropped", ()):
        if change["key"] == key:
            story.at(change["day"], ADDING, partial(_drop, story, measure.pk, change))
            return
    _plan_round(story, text, measure)


def _plan_round(story: Story, text: dict[str, Any], measure: Measure) -> None:
    """Plan the day the measure or its present round is done, unless it is overdue or to come."""
    key = measure.template_key
    overdue = text.get("overdue", {})
    if key in overdue and measure.due_on >= story.day(-overdue[key]):
        return
    late = text.get("late", {}).get(key)
    land = settings.PROVIDER_BUNDESLAND
    day = rules.done_on(measure.due_on, late, story.stage.chance, land)
    if late is None and day > story.last_day:
        day = measure.due_on
    if measure.due_on < story.last_day and day <= story.last_day:
        first = story.day(text["day"])
        story.stage.plan(max(day, first), DOING, partial(_do, story, text, measure.pk))


def _do(story: Story, text: dict[str, Any], pk: int, on: date) -> None:
    measure = _measure(pk)
    key = measure.template_key
    result = text.get("results", {}).get(key) or read(RESULTS)[key]
    services.complete(measure=measure, actor=measure.owner, today=on, result=result)
    if measure.is_open:
        _plan_round(story, text, measure)


def _do_own(pk: int, result: str, on: date) -> None:
    measure = _measure(pk)
    services.complete(measure=measure, actor=measure.owner, today=on, result=result)


def _measure(pk: int) -> Measure:
    rows = Measure.objects.select_related("plan__case", "phase", "owner", "finding")
    found: Measure = rows.get(pk=pk)
    return found


def _move(story: Story, text: dict[str, Any], pk: int, change: dict[str, Any], _on: date) -> None:
    measure = _measure(pk)
    services.move(
        measure=measure,
        version=measure.version,
        actor=measure.owner,
        to=story.day(change["to"]),
        reason=change["reason"],
    )
    _plan_round(story, text, measure)


def _set_status(story: Story, pk: int, change: dict[str, Any], _on: date) -> None:
    measure = _measure(pk)
    services.set_status(
        measure=measure,
        version=measure.version,
        actor=measure.owner,
        status=change["status"],
        note=change.get("note", ""),
    )


def _drop(story: Story, pk: int, change: dict[str, Any], _on: date) -> None:
    measure = _measure(pk)
    services.drop(
        measure=measure, version=measure.version, actor=story.case().owner, reason=change["reason"]
    )


def _add(story: Story, name: str, text: dict[str, Any], on: date) -> None:
    """Add a measure of the story's own, and plan when it is done."""
    case = story.case()
    changes = {
        "phase": case.plan.phases.get(number=text["phase"]),
        "title": text["title"],
        "description": text.get("description", ""),
        "owner": story.who(text["owner"]),
        "due_on": story.day(text["due"]),
        "amendment": _amendment(story, text),
    }
    measure = services.add_measure(
        plan=case.plan,
        actor=case.owner,
        today=on,
        changes=changes,
        finding=story.finding(text["finding"]) if "finding" in text else None,
        cause=Cause.objects.get(pk=story.rows[text["cause"]]) if "cause" in text else None,
        commitment=_commitment(story, text),
    )
    story.rows[name] = measure.pk
    if "done" in text:
        story.at(text["done"], DOING, partial(_do_own, measure.pk, text["result"]))


def _amendment(story: Story, text: dict[str, Any]) -> Amendment | None:
    """The amendment whose obligation it is."""
    if "amendment" not in text:
        return None
    return Amendment.objects.get(pk=story.rows[text["amendment"]])


def _commitment(story: Story, text: dict[str, Any]) -> Commitment | None:
    if "commitment" not in text:
        return None
    return Commitment.objects.get(pk=story.rows[f"commitment-{text['commitment']}"])


def _pass_phase(story: Story, text: dict[str, Any], on: date) -> None:
    phases = PlanPhase.objects.select_related("plan")
    phase = phases.get(plan__case=story.case_id, number=text["number"])
    services.pass_phase(
        phase=phase,
        actor=story.case().owner,
        today=on,
        note=text["note"],
        reason=LEFT_OPEN if services.open_points(phase, on) else "",
    )
