"""Commitments as they stand after ``give`` and the verbs that end them."""

from __future__ import annotations

import datetime as dt

import factory

from accounts.models import User
from tests.cases.factories import CaseFactory
from winback.cases.models import Case
from winback.dialogue.models import Commitment

TODAY = dt.date(2026, 11, 23)


class CommitmentFactory(factory.django.DjangoModelFactory[Commitment]):
    """Open, given 2026-11-02, due 2026-11-30; owned by the owner of the case."""

    class Meta:
        model = Commitment

    case = factory.SubFactory(CaseFactory)
    what = factory.Sequence(lambda n: f"Reinigungsplan Haus {n} vorlegen")
    owner = factory.SelfAttribute("case.owner")
    promised_on = dt.date(2026, 11, 2)
    due_on = dt.date(2026, 11, 30)
    original_due_on = factory.SelfAttribute("due_on")


def overdue(case: Case, owner: User | None = None) -> Commitment:
    """Due on Friday 2026-11-20 and still open."""
    return CommitmentFactory(case=case, owner=owner or case.owner, due_on=dt.date(2026, 11, 20))


def one_of_each(case: Case) -> dict[str, Commitment]:
    """Every way a commitment can stand on 2026-11-23, by name."""
    due = {"due_on": dt.date(2026, 11, 16)}
    day = dt.date
    return {
        "open": CommitmentFactory(case=case),
        "due_today": CommitmentFactory(case=case, due_on=TODAY),
        "overdue": overdue(case),
        "kept": CommitmentFactory(case=case, **due, done_on=day(2026, 11, 16)),
        "kept_early": CommitmentFactory(case=case, done_on=day(2026, 11, 20)),
        "kept_late": CommitmentFactory(case=case, **due, done_on=day(2026, 11, 17)),
        "broken": CommitmentFactory(
            case=case, broken_on=day(2026, 11, 18), broken_reason="Kein Personal"
        ),
        "released": CommitmentFactory(
            case=case, **due, released_on=day(2026, 11, 12), proof="E-Mail vom 12.11."
        ),
    }
