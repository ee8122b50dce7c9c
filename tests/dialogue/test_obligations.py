"""Commitments in the registry of obligations, and as signals of health."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from tests.cases.factories import active_case
from tests.dialogue.factories import TODAY, CommitmentFactory, one_of_each, overdue
from winback.cases.enums import Health
from winback.cases.models import Case
from winback.cases.services import open_obligations, refresh_health
from winback.common import obligations
from winback.common.health import AT_RISK, CRITICAL
from winback.common.obligations import Query
from winback.dialogue.obligations import KIND, find, signals

pytestmark = pytest.mark.django_db


def test_find_gives_only_what_is_still_to_keep(case: Case) -> None:
    rows = one_of_each(case)
    found = {item.pk for item in find(Query())}
    assert found == {rows[name].pk for name in ("open", "due_today", "overdue")}


def test_find_narrows_by_owner_case_and_date(case: Case, kam: User, operativ: User) -> None:
    mine, late = CommitmentFactory(case=case, owner=operativ), overdue(case)
    elsewhere = CommitmentFactory(case=active_case(owner=kam))
    assert [item.pk for item in find(Query(owner_ids=[operativ.pk]))] == [mine.pk]
    assert {item.pk for item in find(Query(case_id=case.pk))} == {mine.pk, late.pk}
    assert [item.pk for item in find(Query(due_until=TODAY))] == [late.pk]
    assert elsewhere.pk in {item.pk for item in find(Query())}


def test_item_names_verb_object_and_pages(case: Case, today: dt.date) -> None:
    commitment = CommitmentFactory(case=case, what="Reinigungsplan Haus B")
    item = next(iter(find(Query())))
    assert item.title == "Zusage „Reinigungsplan Haus B“ einlösen"
    assert item.context == case.title
    assert item.url == commitment.get_absolute_url()
    assert item.done_url == f"{item.url}einloesung/"
    assert item.move_url == ""


def test_kind_reminds_seven_and_two_days_before_and_cannot_be_dropped() -> None:
    kind = obligations.kind(KIND)
    assert kind.lead_days == (7, 2)
    assert kind.drop is None


def test_open_commitment_keeps_its_case_from_being_closed(case: Case) -> None:
    commitment = CommitmentFactory(case=case)
    assert [(item.kind, item.pk) for item in open_obligations(case)] == [(KIND, commitment.pk)]


def test_signals_of_one_and_two_broken_commitments(case: Case) -> None:
    CommitmentFactory(case=case)
    assert list(signals(case.pk, TODAY)) == []
    overdue(case)
    [one] = signals(case.pk, TODAY)
    assert (one.level, one.reason) == (AT_RISK, "1 gebrochene Zusage")
    CommitmentFactory(case=case, broken_on=TODAY, broken_reason="Kein Personal")
    [two] = signals(case.pk, TODAY)
    assert (two.level, two.reason) == (CRITICAL, "2 gebrochene Zusagen")


def test_health_of_the_case_hears_the_signal(case: Case) -> None:
    overdue(case)
    overdue(case)
    refresh_health(case.pk, today=TODAY, now=timezone.now())
    case.refresh_from_db()
    assert case.health == Health.CRITICAL
    assert "2 gebrochene Zusagen" in case.health_reasons
