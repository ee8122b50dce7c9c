"""What causes say about themselves, and what the database refuses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import translation

from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CategoryFactory, CauseFactory, agreed, confirmed, prove
from winback.cases.models import Case
from winback.causes.enums import CauseStatus
from winback.causes.models import Cause

pytestmark = pytest.mark.django_db


def test_two_primary_causes_can_never_be_saved(case: Case) -> None:
    CauseFactory(case=case, primary=True)
    with pytest.raises(IntegrityError):
        CauseFactory(case=case, primary=True)


def test_each_case_has_its_own_primary_cause(case: Case) -> None:
    CauseFactory(case=case, primary=True)
    CauseFactory(primary=True)
    assert Cause.objects.primary().count() == 2


@pytest.mark.parametrize("share", [0, 101])
def test_share_is_a_percentage(case: Case, share: int) -> None:
    with pytest.raises(IntegrityError):
        CauseFactory(case=case, share=share)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": CauseStatus.CONFIRMED},
        {"status": CauseStatus.ASSUMED, "confirmed_on": dt.date(2026, 11, 17)},
    ],
)
def test_confirmed_says_by_whom_and_when(case: Case, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        CauseFactory(case=case, **wrong)


def test_evidence_must_say_something(case: Case) -> None:
    with pytest.raises(IntegrityError):
        prove(CauseFactory(case=case), source="")


def test_a_finding_proves_a_cause_once(case: Case) -> None:
    cause, finding = CauseFactory(case=case), FindingFactory(audit=AuditFactory(case=case))
    prove(cause, finding=finding)
    with pytest.raises(IntegrityError):
        prove(cause, finding=finding, source="noch einmal")


def test_evidence_text_joins_finding_and_words(case: Case) -> None:
    cause, finding = CauseFactory(case=case), FindingFactory(audit=AuditFactory(case=case))
    assert str(prove(cause)) == "Angebot S. 14"
    assert prove(cause, finding=finding, source="").text == finding.number
    other = FindingFactory(audit=finding.audit)
    assert prove(cause, finding=other).text == f"{other.number}, Angebot S. 14"


def test_order_is_primary_first_then_by_weight(case: Case) -> None:
    unweighted = CauseFactory(case=case)
    light, heavy = CauseFactory(case=case, share=10), CauseFactory(case=case, share=60)
    primary = CauseFactory(case=case, share=30, primary=True)
    assert list(Cause.objects.in_order()) == [primary, heavy, light, unweighted]


def test_visible_to_follows_the_case(case: Case, kam: User, fremde: User) -> None:
    cause = CauseFactory(case=case)
    assert list(Cause.objects.visible_to(kam)) == [cause]
    assert not Cause.objects.visible_to(fremde).exists()


def test_cause_speaks_with_the_name_of_its_category(case: Case, kam: User) -> None:
    category = CategoryFactory(name_de="Budgetkürzung", name_en="Budget cut")
    cause = confirmed(kam, case=case, category=category)
    with translation.override("en"):
        assert str(cause) == "Budget cut"
    with translation.override("de"):
        assert str(cause) == "Budgetkürzung"
    assert cause.is_confirmed
    assert cause.get_absolute_url() == f"/faelle/{case.number}/ursachen/{cause.pk}/"


@pytest.mark.parametrize(
    "wrong",
    [{"client_words": "So war es."}, {"client_confirmed_on": dt.date(2026, 11, 18)}],
)
def test_client_confirms_with_name_day_and_words_together(
    case: Case, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError):
        CauseFactory(case=case, **wrong)


def test_client_cannot_confirm_without_words(case: Case, kam: User) -> None:
    cause = agreed(kam, case)
    with pytest.raises(IntegrityError):
        Cause.objects.filter(pk=cause.pk).update(client_words="")
