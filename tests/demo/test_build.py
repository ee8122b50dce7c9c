"""Building and the commands: only into an empty database, always the same, on any day."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from audits.models import Answer, Audit, Finding
from winback.cases.models import Case, CaseEvent
from winback.demo import rules, services
from winback.demo.services import Built, build, stage
from winback.dialogue.models import Commitment
from winback.kpis.models import CaseKpi, Measurement
from winback.plans.models import Measure

SUNDAY = dt.date(2027, 1, 3)

FIGURES: dict[type[Any], tuple[str, ...]] = {
    Case: ("number", "client__name", "status", "phase", "health", "version", "next_step_on"),
    Measure: ("plan__case__number", "number", "status", "due_on", "done_on", "owner__email"),
    Commitment: ("what", "due_on", "done_on", "broken_on"),
    Audit: ("number", "score", "status"),
    Finding: ("number", "grade", "status", "due_on"),
    Answer: ("question__code", "result", "answered_at"),
    CaseKpi: ("definition__key", "value", "judgement"),
    Measurement: ("period_start", "value", "sample_size", "entered_at"),
    CaseEvent: ("verb", "at", "actor__email"),
}


def figures() -> dict[str, list[Any]]:
    return {
        model.__name__: sorted(model.objects.values_list(*names), key=repr)
        for model, names in FIGURES.items()
    }


@pytest.fixture
def two_cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A demo of two cases: with its year of history the whole one takes too long to build twice."""
    for name in ("01-norhagen.yaml", "11-sonnfeld.yaml"):
        shutil.copy(build.CASES / name, tmp_path)
    monkeypatch.setattr(build, "CASES", tmp_path)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("two_cases")
def test_demo_is_the_same_for_the_same_day() -> None:
    now = rules.moment(SUNDAY, 7, 0)
    with transaction.atomic():
        services.build_demo(today=SUNDAY, now=now)
        first = figures()
        transaction.set_rollback(True)
    assert not User.objects.exists()
    services.build_demo(today=SUNDAY, now=now)
    assert figures() == first
    assert Case.objects.count() == 2


def test_demo_leaves_nothing_behind_when_it_fails(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_stage: object) -> None:
        raise LookupError

    monkeypatch.setattr(stage.Stage, "play", fail)
    with pytest.raises(LookupError):
        services.build_demo(today=SUNDAY, now=rules.moment(SUNDAY, 7, 0))
    assert services.is_empty()


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[dt.date]:
    """The days for which the command asked to build; nothing is built."""
    asked: list[dt.date] = []

    def build(*, today: dt.date, now: dt.datetime) -> Built:
        asked.append(today)
        return Built(people=16, cases=16, events=1)

    monkeypatch.setattr(services, "build_demo", build)
    return asked


def test_demo_command_builds_for_today(
    db: None, builds: list[dt.date], today: dt.date, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo")
    assert builds == [today]
    assert capsys.readouterr().out.startswith("Demo: 16 cases, 16 people")


def test_demo_command_refuses_where_somebody_works(builds: list[dt.date], kam: User) -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo")
    assert builds == []


def test_demo_command_is_silent_if_asked_to(
    builds: list[dt.date], kam: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo", if_empty=True)
    assert builds == []
    assert capsys.readouterr().out == ""


def test_demo_command_builds_if_empty(db: None, builds: list[dt.date]) -> None:
    call_command("demo", if_empty=True)
    assert len(builds) == 1


def test_sign_ins_are_silent_without_a_demo(kam: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", sign_ins=True)
    assert capsys.readouterr().out == ""
