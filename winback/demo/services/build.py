"""Building the demo: people first, then a year of history of every case, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import override

from accounts.models import User
from winback.cases.models import Case, CaseEvent
from winback.cases.services import refresh_health
from winback.common import clock
from winback.demo import rules
from winback.demo.services.audits import plan_audits
from winback.demo.services.cases import plan_case
from winback.demo.services.causes import plan_causes
from winback.demo.services.commitments import plan_commitments
from winback.demo.services.contracts import plan_contract
from winback.demo.services.decisions import plan_decisions
from winback.demo.services.dialogue import plan_dialogue
from winback.demo.services.inspections import plan_inspections
from winback.demo.services.kpis import plan_kpis
from winback.demo.services.papers import plan_papers
from winback.demo.services.people import build_people, build_views
from winback.demo.services.plans import plan_plan
from winback.demo.services.reference import load_reference
from winback.demo.services.relations import plan_relations
from winback.demo.services.stage import Stage
from winback.demo.services.story import FOLDER, Story, read

#: The accounts are older than every case.
FIRST_DAY = -400
CASES = FOLDER / "cases"


@dataclass(frozen=True, slots=True)
class Built:
    """What the demo holds now."""

    people: int
    cases: int
    events: int


def is_empty() -> bool:
    """Whether nobody works with this database yet."""
    return not User.objects.exists()


@transaction.atomic
def build_demo(*, today: date, now: datetime) -> Built:
    """Fill an empty database with the demo; all of it or nothing.

    The same ``today`` gives the same demo. Everything goes through the verbs of the rooms, so that
    events, row versions and memberships are those of real work; texts are German.
    """
    with override("de"):
        stage = Stage(today=today, now=now)
        with clock.at(rules.moment(stage.day(FIRST_DAY), 8, 0)):
            load_reference(today=today)
            build_people(stage)
            build_views(stage)
        for path in sorted(CASES.glob("*.yaml")):
            _plan(Story(stage, read(path)))
        plan_relations(stage)
        stage.play()
        for case_id in Case.objects.live().values_list("pk", flat=True):
            refresh_health(case_id, today=today, now=now)
    return Built(
        people=User.objects.count(),
        cases=Case.objects.count(),
        events=CaseEvent.objects.count(),
    )


def _plan(story: Story) -> None:
    plan_case(story)
    plan_contract(story)
    plan_decisions(story)
    plan_audits(story)
    plan_causes(story)
    plan_dialogue(story)
    plan_commitments(story)
    plan_inspections(story)
    plan_kpis(story)
    plan_plan(story)
    plan_papers(story)
