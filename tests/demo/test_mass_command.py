"""The command that fills in bulk: the same every time, and not into a database in use."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from audits.models import Audit, Finding
from tests.plugins import MONDAY
from winback.cases.models import Case, CaseEvent, NumberRange
from winback.demo import services
from winback.demo.services.mass.crowd import address
from winback.kpis.models import Measurement
from winback.plans.models import Measure

TODAY = MONDAY.date()


def fill(cases: int) -> services.Filled:
    return services.fill(cases=cases, today=TODAY, now=MONDAY)


def figures() -> list[Any]:
    return [
        list(Case.objects.order_by("pk").values_list("number", "status", "phase", "health")),
        list(Measure.objects.order_by("plan__case__number", "number").values_list("done_on")),
        list(Finding.objects.order_by("number").values_list("number", "grade", "due_on")),
        list(CaseEvent.objects.order_by("at", "verb").values_list("verb", "at")),
        list(Measurement.objects.order_by("kpi", "period_start").values_list("value")),
    ]


@pytest.mark.usefixtures("db")
def test_load_is_the_same_every_time_and_goes_on_after_what_is_there() -> None:
    with transaction.atomic():
        fill(3)
        first = figures()
        transaction.set_rollback(True)
    NumberRange.objects.create(scope="A", last=7)
    fill(3)
    second = figures()
    assert second[0:2] + second[3:] == first[0:2] + first[3:]
    assert Audit.objects.order_by("number").values_list("number", flat=True)[0] == "A-0008"


@pytest.mark.usefixtures("db")
def test_command_fills_and_tells_how_to_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", cases=1)
    shown = capsys.readouterr().out
    assert "1 cases, 200 people" in shown
    assert address(Role.KEY_ACCOUNT_MANAGER, 1) in shown


@pytest.mark.usefixtures("kam", "db")
def test_command_refuses_a_database_in_use_unless_told() -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo", cases=1)
    assert not Case.objects.exists()
    call_command("demo", cases=1, anyway=True)
    assert Case.objects.count() == 1


@pytest.mark.usefixtures("db")
def test_command_refuses_no_case_at_all() -> None:
    with pytest.raises(CommandError, match="at least one"):
        call_command("demo", cases=0)
    assert not User.objects.exists()
