"""What was decided about a case: facts, escalation, change of the key account manager, tenders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import models

from winback.cases import services as cases
from winback.cases.models import (
    ActualEffort,
    Aftercare,
    Approach,
    Assessment,
    Background,
    Farewell,
    Handover,
    Lesson,
    Mediation,
    PlanB,
    PlannedEffort,
    Sheet,
    SiteFact,
    TeamLoad,
    Tender,
)
from winback.cases.services import Owed
from winback.demo.services.story import Story

FACTS, STEPS, LATER = 8, 11, 15
PAGES: Mapping[str, type[Sheet]] = {
    "background": Background,
    "assessment": Assessment,
    "planned_effort": PlannedEffort,
    "actual_effort": ActualEffort,
    "approach": Approach,
    "mediation": Mediation,
    "farewell": Farewell,
    "team_load": TeamLoad,
}


def plan_decisions(story: Story) -> None:
    """Plan everything that is decided about the case."""
    for entry in story.part("pages"):
        story.at(entry["day"], FACTS, partial(_page, story, entry))
    for name, hour, scene in _SCENES:
        for entry in story.part(name):
            story.at(entry["day"], hour, partial(scene, story, entry))


def facts(story: Story, model: type[models.Model], entry: dict[str, Any]) -> dict[str, Any]:
    """The fields of a text as Python values: amounts, days from today, people."""
    return {name: _value(story, model, name, value) for name, value in entry.items()}


def _value(story: Story, model: type[models.Model], name: str, value: Any) -> Any:
    field = model._meta.get_field(name)
    if isinstance(field, models.DateField):
        return story.day(value)
    if isinstance(field, models.ForeignKey):
        return story.who(value)
    return Decimal(str(value)) if isinstance(field, models.DecimalField) else value


def _page(story: Story, entry: dict[str, Any], _on: date) -> None:
    """Write one page of facts, as it stands on that day."""
    entry = {name: value for name, value in entry.items() if name != "day"}
    model, case = PAGES[entry.pop("page")], story.case()
    sheet = model._default_manager.filter(case=case).first() or model(case=case)
    cases.write_sheet(
        sheet=sheet,
        version=0 if sheet.is_new else sheet.version,
        actor=case.owner,
        changes=facts(story, model, entry),
    )


def _owed(story: Story, entry: dict[str, Any]) -> Owed:
    return Owed(story.who(entry.pop("owner")), story.day(entry.pop("due")))


def _plan_b(story: Story, entry: dict[str, Any], on: date) -> None:
    entry, case = _without_day(entry), story.case()
    cases.write_plan_b(
        sheet=PlanB(case=case),
        version=0,
        actor=case.owner,
        today=on,
        owed=_owed(story, entry),
        changes=facts(story, PlanB, entry),
    )


def _aftercare(story: Story, entry: dict[str, Any], on: date) -> None:
    entry, case = _without_day(entry), story.case()
    cases.write_aftercare(
        sheet=Aftercare(case=case),
        version=0,
        actor=case.owner,
        today=on,
        owed=_owed(story, entry),
        changes=entry,
    )


def _swap(story: Story, entry: dict[str, Any], on: date) -> None:
    """Change the key account manager; everything owed moves, the list is worked off later."""
    case, actor = story.case(), story.who(entry["by"])
    owed = cases.owed_by_owner(case)
    handover = cases.change_key_account_manager(
        case=case,
        version=case.version,
        actor=actor,
        today=on,
        changes={
            "successor": story.who(entry["to"]),
            "reason": entry["reason"],
            "fit": entry["fit"],
            "resources": entry["resources"],
            "granted_by": actor,
        },
        due_on=story.day(entry["due"]),
        moving={(item.kind, item.pk) for item in owed},
        items=cases.checklist(),
    )
    story.at(entry["told"], LATER, partial(_tell, story, handover.pk, entry["told_how"]))
    story.at(entry["due"], LATER, partial(_tick, story, handover.pk))


def _tell(story: Story, pk: int, how: str, on: date) -> None:
    handover = Handover.objects.select_related("case", "duty").get(pk=pk)
    cases.tell_client(
        handover=handover,
        version=handover.version,
        actor=story.case().owner,
        today=on,
        on=on,
        how=how,
    )


def _tick(story: Story, pk: int, on: date) -> None:
    handover = Handover.objects.select_related("case", "duty").get(pk=pk)
    for item in handover.items.all():
        item.handover = handover
        cases.tick(item=item, actor=story.case().owner, today=on)


def _escalate(story: Story, entry: dict[str, Any], _on: date) -> None:
    case = story.case()
    cases.set_escalation(
        case=case,
        version=case.version,
        actor=case.owner,
        level=entry["level"],
        reason=entry["reason"],
    )


def _step(story: Story, entry: dict[str, Any], on: date) -> None:
    case = story.case()
    step = cases.plan_step(
        case=case,
        actor=case.owner,
        today=on,
        title=entry["title"],
        level=entry["level"],
        helper=entry.get("helper", ""),
        owed=_owed(story, {"owner": entry["owner"], "due": entry["due"]}),
    )
    if "done" in entry:
        story.at(entry["done"], LATER, partial(_finish, step.duty, entry["result"]))


def _finish(duty: Any, result: str, on: date) -> None:
    cases.complete_duty(duty=duty, version=duty.version, actor=duty.owner, today=on, result=result)


def _tender(story: Story, entry: dict[str, Any], on: date) -> None:
    entry, case = _without_day(entry), story.case()
    criteria = entry.pop("criteria", [])
    owed = _owed(story, entry) if "owner" in entry else None
    tender = cases.write_tender(
        tender=Tender(case=case),
        version=0,
        actor=case.owner,
        today=on,
        changes=facts(story, Tender, entry),
        owed=owed,
    )
    for name, weight, ours, theirs in criteria:
        points = {"our_points": ours, "their_points": theirs}
        changes = {"name": name, "weight": weight, **points}
        cases.set_criterion(tender=tender, actor=case.owner, changes=changes)


def _success(story: Story, entry: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {**_without_day(entry), "happened_on": on}
    cases.record_success(case=case, actor=case.owner, changes=changes)


def _resources(story: Story, entry: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {
        **_without_day(entry),
        "decided_on": on,
        "decided_by": story.who(entry["decided_by"]),
    }
    cases.decide_resources(case=case, actor=case.owner, changes=changes)


def _site(story: Story, entry: dict[str, Any], _on: date) -> None:
    case, texts = story.case(), _without_day(entry)
    name = texts.pop("site")
    site = next(each for each in story.sites if each.name == name)
    changes = {**facts(story, SiteFact, texts), "site": site}
    cases.write_site_facts(case=case, actor=case.owner, changes=changes)


def _lesson(story: Story, entry: dict[str, Any], on: date) -> None:
    case = story.case()
    texts = {name: entry[name] for name in ("what", "proposal", "target")}
    lesson = cases.propose_lesson(case=case, actor=case.owner, today=on, changes=texts)
    if "decided" in entry:
        story.at(entry["decided"], LATER, partial(_decide_lesson, story, lesson.pk, entry))


def _decide_lesson(story: Story, pk: int, entry: dict[str, Any], on: date) -> None:
    lesson = Lesson.objects.select_related("case").get(pk=pk)
    cases.decide_lesson(
        lesson=lesson,
        version=lesson.version,
        actor=story.who(entry["by"]),
        today=on,
        state=entry["state"],
        reason=entry["reason"],
    )


def _without_day(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "day"}


#: parts of a text: hour of the day and scene
_SCENES: tuple[tuple[str, int, Callable[[Story, dict[str, Any], date], None]], ...] = (
    ("handovers", STEPS, _swap),
    ("escalations", STEPS, _escalate),
    ("escalation_steps", STEPS + 1, _step),
    ("plan_b", STEPS, _plan_b),
    ("aftercare", STEPS, _aftercare),
    ("tenders", STEPS, _tender),
    ("successes", LATER, _success),
    ("resources", LATER, _resources),
    ("site_facts", LATER, _site),
    ("lessons", LATER, _lesson),
)
