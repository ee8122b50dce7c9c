"""What the database insists on in decisions, and facts about single rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import LIFE, SOON, TODAY, assess, finish, step, tender
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import SiteFactory
from winback.cases import enums, services
from winback.cases.models import (
    ActualEffort,
    Approach,
    Assessment,
    AwardCriterion,
    Background,
    Case,
    Duty,
    Farewell,
    HandoverItem,
    Lesson,
    Mediation,
    Outcome,
    PlannedEffort,
    Qualification,
    SiteFact,
    TeamLoad,
    Tender,
)
from winback.common.history import verb_label

SHEETS = [
    Background,
    Assessment,
    PlannedEffort,
    ActualEffort,
    Approach,
    Mediation,
    Farewell,
    TeamLoad,
]


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.mark.parametrize("model", SHEETS)
def test_a_case_has_each_page_once(model: Any, case: Case) -> None:
    first = model(case=case)
    assert first.is_new
    first.save()
    assert not first.is_new
    assert first.history.count() == 1
    refused(lambda: model.objects.create(case=case))


@pytest.mark.parametrize("model", SHEETS)
def test_pages_name_themselves(model: Any, case: Case) -> None:
    assert str(model(case=case)).startswith(f"{case.number} · ")


def test_header_and_all_pages_come_in_one_statement(
    case: Case, django_assert_num_queries: Any
) -> None:
    Background.objects.create(case=case, stage="warned")
    assess(case)
    decisions.plan_b(case)
    with django_assert_num_queries(1):
        row = Case.objects.with_sheets().get(pk=case.pk)
        names = (row.client.name, row.owner.short_name, row.background.stage)
        owner = row.planb.duty.owner.short_name
        assert not hasattr(row, "mediation")
        assert all(names)
        assert owner == "A. Kaya"


def test_deleting_pages_with_a_step_is_impossible(case: Case, kam: User) -> None:
    row = decisions.plan_b(case)
    with pytest.raises(ProtectedError):
        row.duty.delete()


def test_mediation_cannot_end_before_it_begins(case: Case) -> None:
    refused(
        lambda: Mediation.objects.create(
            case=case, starts_on=TODAY, ended_on=TODAY - dt.timedelta(days=1)
        )
    )
    Mediation.objects.create(case=case, starts_on=TODAY, ended_on=TODAY)


def test_staying_needs_its_plan_in_the_database_too(case: Case, leitung: User) -> None:
    facts = {"case": case, "decided_by": leitung, "decided_on": TODAY, "reasons": "x"}
    refused(lambda: Qualification.objects.create(decision="stay", **facts))
    row = Qualification.objects.create(decision="stay", independence="Zwei Kunden", **facts)
    assert (row.is_go, row.allows_work) == (False, True)


OUTCOMES = [("won", "extended", True), ("won", "", True), ("lost", "", True)]


@pytest.mark.parametrize(
    ("result", "extent", "fits"), [*OUTCOMES, ("lost", "prolonged", False), ("parted", "x", False)]
)
def test_only_a_victory_has_an_extent(
    result: str, extent: str, fits: bool, case: Case, kam: User
) -> None:
    def make() -> Outcome:
        return Outcome.objects.create(
            case=case,
            result=result,
            extent=extent,
            ended_on=TODAY,
            reasons="x",
            lessons="y",
            recorded_by=kam,
        )

    if fits:
        assert make().extent == extent
    else:
        refused(make)


@pytest.mark.parametrize(("before", "after", "gained"), [(1, 3, 2), (3, 1, -2), (None, 3, None)])
def test_lots_gained_by_outcome_and_tender(
    before: int | None, after: int | None, gained: int | None
) -> None:
    assert Outcome(lots_before=before, lots_after=after).lots_gained == gained
    assert Tender(lots_before=before, lots_after=after).lots_gained == gained


def test_lesson_is_decided_with_a_date_or_not_at_all(case: Case, kam: User) -> None:
    facts = {"case": case, "what": "x", "proposal": "y", "proposed_by": kam, "proposed_on": TODAY}
    refused(lambda: Lesson.objects.create(state="accepted", **facts))
    refused(lambda: Lesson.objects.create(state="proposed", decided_on=TODAY, **facts))
    assert Lesson.objects.create(**facts).is_proposed


def test_lessons_are_seen_with_their_case(kam: User, fremde: User, qm: User, leitung: User) -> None:
    own = decisions.lesson(active_case(owner=kam))
    secret = decisions.lesson(active_case(owner=fremde, is_confidential=True))
    seen = [set(Lesson.objects.visible_to(user)) for user in (kam, qm, fremde, leitung)]
    assert seen == [{own}, {own}, {secret}, {own, secret}]


def test_criterion_and_site_stand_once(case: Case) -> None:
    row = tender(case)
    facts = {"tender": row, "name": "Preis", "weight": 50}
    AwardCriterion.objects.create(**facts)
    refused(lambda: AwardCriterion.objects.create(**facts))
    site = SiteFactory(client=case.client)
    SiteFact.objects.create(case=case, site=site, state="lost")
    refused(lambda: SiteFact.objects.create(case=case, site=site, state="kept"))


def test_criteria_stand_heaviest_first(case: Case) -> None:
    row = tender(case)
    for name, weight in (("Referenzen", 15), ("Konzept", 50), ("Preis", 35)):
        row.criteria.create(name=name, weight=weight)
    assert [each.name for each in row.criteria.all()] == ["Konzept", "Preis", "Referenzen"]


@pytest.mark.parametrize(("missing", "complete"), [(None, True), *((name, False) for name in LIFE)])
def test_second_life_needs_every_input(missing: str | None, complete: bool, case: Case) -> None:
    facts = {**LIFE, **({missing: None} if missing else {})}
    row = Assessment(case=case, **facts)
    assert (row.second_life is not None) is complete
    assert (row.value is not None) is complete


def test_assessment_knows_the_factors_a_person_judges(case: Case) -> None:
    row = Assessment(case=case, strategic="yes")
    assert set(row.degrees) == set(enums.Factor) - {enums.Factor.RECENT}
    assert row.degrees[enums.Factor.STRATEGIC] == "yes"
    assert row.degrees[enums.Factor.WINDOW] == ""


EFFORTS = [
    ({}, "0.00"),
    ({"hours": Decimal(10)}, "0.00"),
    ({"hours": Decimal(10), "rate": Decimal(90)}, "900.00"),
    ({"goodwill": Decimal("5.5"), "audit": Decimal(1), "mediation_cost": Decimal(2)}, "8.50"),
]


@pytest.mark.parametrize(("facts", "total"), EFFORTS, ids=str)
def test_effort_counts_what_is_filled_in(facts: dict[str, Decimal], total: str) -> None:
    assert PlannedEffort(**facts).total == Decimal(total)
    assert ActualEffort(**facts).total == Decimal(total)


LIMITS = [
    (Background, {"revenue_share": Decimal("100.1")}),
    (Background, {"revenue_share": Decimal(-1)}),
    (Assessment, {"years": 0}),
    (Assessment, {"years": 21}),
    (Assessment, {"survival": Decimal(101)}),
    (Assessment, {"contribution": Decimal(-1)}),
    (PlannedEffort, {"hours": Decimal(-1)}),
    (Background, {"stage": "unsinn"}),
]


@pytest.mark.parametrize(("model", "facts"), LIMITS, ids=str)
def test_fields_keep_within_their_limits(model: Any, facts: dict[str, Any], case: Case) -> None:
    with pytest.raises(ValidationError):
        model(case=case, **facts).full_clean()


def test_duty_is_due_and_belongs_to_people(case: Case, kam: User, qm: User, fremde: User) -> None:
    duty = step(case, kam).duty
    duty.deputy = qm
    assert [duty.belongs_to(user) for user in (kam, qm, fremde)] == [True, True, False]
    assert not duty.is_overdue(SOON)
    assert duty.is_overdue(SOON + dt.timedelta(days=1))
    finish(duty, kam)
    assert not duty.is_overdue(SOON + dt.timedelta(days=1))
    assert duty.was_on_time


def test_duties_speak_the_words_of_obligations(case: Case, kam: User, qm: User) -> None:
    step(case, kam)
    step(case, qm, due_on=TODAY - dt.timedelta(days=1))
    assert Duty.objects.overdue(TODAY).get().owner == qm
    assert Duty.objects.due_within(TODAY, 10).get().owner == kam
    assert Duty.objects.owned_by(kam).count() == 1


def test_finding_duties_takes_one_statement(case: Case, kam: User, kollegin: User) -> None:
    decisions.swap(case, kollegin)
    step(case, kam)
    decisions.plan_b(case)
    with CaptureQueriesContext(connection) as captured:
        urls = [duty.get_absolute_url() for duty in _loaded(case)]
    assert len(captured) == 1
    assert len(set(urls)) == 3


def _loaded(case: Case) -> list[Duty]:
    return list(Duty.objects.owed().select_related("case__client", "handover").filter(case=case))


def test_handover_items_keep_their_order(case: Case, kollegin: User) -> None:
    row = decisions.swap(case, kollegin)
    titles = list(HandoverItem.objects.filter(handover=row).values_list("title", flat=True))
    assert titles == ["Vertrag erklärt", "Zusagen durchgegangen"]


def test_shipped_checklist_names_what_a_handover_needs() -> None:
    items = services.checklist()
    assert len(items) == len(set(items)) >= 6
    assert all(len(item) <= 200 for item in items)


CHOICES = [
    each
    for each in vars(enums).values()
    if isinstance(each, type) and hasattr(each, "choices") and each is not enums.Verb
]


@pytest.mark.parametrize("choices", CHOICES, ids=lambda each: each.__name__)
def test_every_choice_has_a_german_word_of_its_own(choices: Any) -> None:
    labels = [str(label) for _value, label in choices.choices]
    assert len(set(labels)) == len(labels)
    assert all(labels)


@pytest.mark.parametrize("verb", enums.Verb)
def test_every_verb_has_words_in_the_history(verb: enums.Verb) -> None:
    assert verb_label(verb) not in {"", verb.value}


def test_escalation_level_starts_at_none(kam: User) -> None:
    case = CaseFactory(owner=kam)
    assert case.escalation_level == enums.EscalationLevel.NONE
    assert case.get_escalation_level_display() == "0 Keine Eskalation"
