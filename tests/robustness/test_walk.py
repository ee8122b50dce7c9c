"""A random walk through the life of a case; after every step the facts fit together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.enums import Role
from accounts.models import User
from tests.causes.factories import CategoryFactory
from tests.clients.factories import ClientFactory
from tests.factories import UserFactory
from tests.plans.template import template_data
from tests.robustness.stage import TODAY
from winback.cases import services as cases
from winback.cases.enums import CLOSED, GoReason, LossKind, Status, Trigger
from winback.cases.models import Case
from winback.causes import services as causes
from winback.common.claims import RuleBroken, StaleVersion
from winback.common.workdays import Bundesland
from winback.dialogue import services as dialogue
from winback.dialogue.models import Commitment
from winback.plans import services as plans
from winback.plans.models import Measure, RecoveryPlan

DAYS = st.dates(dt.date(2026, 11, 24), dt.date(2027, 8, 1))
PICK = st.integers(0, 60)


class Walk(RuleBasedStateMachine):
    """One case from its opening on, in a transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.first_due: dict[int, dt.date] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def open_case(self) -> None:
        self.kam = UserFactory()
        self.boss = UserFactory(role=Role.MANAGEMENT)
        self.others = UserFactory.create_batch(2)
        facts = {"client": ClientFactory(), "owner": self.kam, "value_at_stake": 100}
        facts |= {"trigger": Trigger.THREAT, "loss_kind": LossKind.ENDANGERED}
        self.pk = cases.open_case(actor=self.kam, today=TODAY, changes=facts).pk
        self.events = 1
        self.versions: dict[str, int] = {}

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @contextmanager
    def verb(self, events: int = 1) -> Iterator[None]:
        """A verb leaves so many events; a refused one leaves none and changes nothing."""
        before = self.facts()
        try:
            with transaction.atomic():
                yield
        except (RuleBroken, StaleVersion):
            assert self.facts() == before
            return
        found = self.case.events.count() - self.events
        assert found == events or (found == 0 and self.facts() == before), found
        self.events += found

    def facts(self) -> tuple[Any, ...]:
        rows = (Case.objects.filter(pk=self.pk), self.measures(), self.commitments())
        return tuple(list(each.order_by("pk").values_list()) for each in rows)

    def measures(self) -> Any:
        return Measure.objects.filter(plan__case=self.pk)

    def commitments(self) -> Any:
        return Commitment.objects.filter(case=self.pk)

    def pick(self, rows: Any, index: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[index % len(found)]

    @rule(decision=st.sampled_from([GoReason.GO, GoReason.GO, GoReason.NO_GO]))
    def decide(self, decision: str) -> None:
        facts = {"decided_by": self.boss, "decided_on": TODAY, "reasons": "Weil"}
        with self.verb():
            cases.decide(case=self.case, actor=self.kam, decision=decision, **facts)

    @precondition(lambda self: not self.measures().exists())
    @rule()
    def plan(self) -> None:
        owners = dict.fromkeys(plans.template().functions, self.kam)
        with self.verb():
            plans.start_plan(case=self.case, actor=self.kam, today=TODAY, started_on=TODAY,
                bundesland=Bundesland.HE, owners=owners)  # fmt: skip

    def on_measure(self, index: int, step: Callable[..., Any], **facts: Any) -> None:
        if self.measures().exists():
            row = Measure.objects.with_page().get(pk=self.pick(self.measures(), index).pk)
            with self.verb():
                step(measure=row, actor=self.kam, **facts)

    def version(self, index: int) -> int:
        row = self.pick(self.measures(), index) if self.measures().exists() else None
        return row.version if row else 1

    @rule(index=PICK)
    def complete(self, index: int) -> None:
        self.on_measure(index, plans.complete, today=TODAY, result="Erledigt")

    @rule(index=PICK, to=DAYS, late=st.booleans())
    def move(self, index: int, to: dt.date, late: bool) -> None:
        version = self.version(index) - late
        self.on_measure(index, plans.move, version=version, to=to, reason="Kunde")

    @rule(index=PICK, other=st.integers(0, 1))
    def reassign(self, index: int, other: int) -> None:
        facts = {"owner": self.others[other], "today": TODAY}
        self.on_measure(index, plans.hand_over, version=self.version(index), **facts)

    @rule(index=PICK)
    def drop(self, index: int) -> None:
        self.on_measure(index, plans.drop, version=self.version(index), reason="Entfällt")

    @rule(index=PICK)
    def reopen_measure(self, index: int) -> None:
        self.on_measure(index, plans.reopen, version=self.version(index), reason="Doch")

    @rule(due_on=DAYS)
    def promise(self, due_on: dt.date) -> None:
        facts = {"what": "Bericht", "owner": self.kam, "promised_on": TODAY, "due_on": due_on}
        with self.verb():
            dialogue.give(case=self.case, actor=self.kam, today=TODAY, changes=facts)

    @rule(index=PICK, how=st.sampled_from(["keep", "break", "release", "hand_over"]))
    def settle(self, index: int, how: str) -> None:
        if not self.commitments().exists():
            return
        row = self.pick(self.commitments().select_related("case"), index)
        facts = {"commitment": row, "version": row.version, "actor": self.kam}
        steps: dict[str, Callable[[], Any]] = {
            "keep": lambda: dialogue.keep(**facts, done_on=TODAY),
            "break": lambda: dialogue.declare_broken(**facts, today=TODAY, reason="Personal"),
            "release": lambda: dialogue.release(**facts, released_on=TODAY, proof="E-Mail"),
            "hand_over": lambda: dialogue.hand_over(**facts, owner=self.others[0], today=TODAY),
        }
        with self.verb():
            steps[how]()

    @rule(is_primary=st.booleans(), index=PICK)
    def cause(self, is_primary: bool, index: int) -> None:
        rows = self.case.causes
        with self.verb():
            if is_primary and rows.exists():
                row = self.pick(rows.select_related("case"), index)
                causes.make_primary(cause=row, version=row.version, actor=self.kam)
            else:
                facts = {"category": CategoryFactory(), "statement": "Zu knapp kalkuliert"}
                causes.name(case=self.case, actor=self.kam, changes=facts)

    @rule(until=DAYS)
    def rest(self, until: dt.date) -> None:
        case = self.case
        with self.verb():
            cases.rest(case=case, version=case.version, actor=self.kam, until=until, reason="Pause")

    @precondition(lambda self: self.case.status == Status.RESTING)
    @rule()
    def resume(self) -> None:
        with self.verb():
            plans.resume(case=self.case, actor=self.kam)

    @rule(result=st.sampled_from(sorted(CLOSED)), drop_open=st.booleans())
    def close(self, result: str, drop_open: bool) -> None:
        case = self.case
        facts = {"result": result, "ended_on": TODAY, "reasons": "a", "lessons": "b"}
        dropped = sum(each.is_open for each in self.measures()) if drop_open else 0
        with self.verb(1 + dropped):
            cases.close_case(case=case, version=case.version, actor=self.kam, changes=facts,
                drop_open=drop_open)  # fmt: skip

    @rule()
    def reopen(self) -> None:
        case = self.case
        with self.verb():
            cases.reopen(case=case, version=case.version, actor=self.kam, reason="Neu")

    @invariant()
    def status_and_dates_fit(self) -> None:
        case = self.case
        assert (case.closed_on is not None) == (case.status in CLOSED)
        assert (case.resting_until is not None) == (case.status == Status.RESTING)
        assert RecoveryPlan.objects.filter(case=case).count() <= 1
        if case.is_closed:
            assert cases.open_obligations(case) == []

    @invariant()
    def one_primary_cause(self) -> None:
        rows = self.case.causes
        assert rows.filter(is_primary=True).count() == min(1, rows.count())

    @invariant()
    def measures_have_owner_and_true_dates(self) -> None:
        for row in self.measures():
            assert row.owner_id
            assert row.due_on
            if not row.recurrence:  # a recurring one enters its next round
                assert self.first_due.setdefault(row.pk, row.original_due_on) == row.original_due_on

    @invariant()
    def versions_only_grow_and_have_history(self) -> None:
        for row in (self.case, *self.measures(), *self.commitments()):
            key = f"{row._meta.label}{row.pk}"
            assert row.version >= self.versions.get(key, 1)
            if row.version > self.versions.get(key, 1):
                assert row.history.first().version == row.version
            self.versions[key] = row.version


@pytest.mark.slow
def test_a_random_walk_keeps_the_facts_together(today: dt.date, db: None) -> None:
    plans.load_plan_template(data=template_data())
    User.objects.all().delete()
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=checks,
        ),
    )
