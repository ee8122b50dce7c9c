"""The pages of norms and inspections for somebody who reads English."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.pages import words
from tests.factories import UserFactory
from tests.norms.factories import NormFactory, RuleFactory, at_site_of, with_defects
from winback.cases.models import Case
from winback.norms.enums import Confidence
from winback.norms.models import Inspection

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def reader(db: None) -> User:
    return UserFactory(first_name="Grace", last_name="Hill", language="en")


@pytest.fixture
def desk(reader: User, client_for: ClientFor) -> Browser:
    return client_for(reader)


@pytest.fixture
def case(reader: User) -> Case:
    return active_case(owner=reader)


@pytest.fixture
def inspection(case: Case) -> Inspection:
    return at_site_of(case, plant="Lift 1", task="Main inspection", due_on=dt.date(2026, 11, 20))


def test_list_of_norms(desk: Browser) -> None:
    NormFactory(code="GEFMA 940", confidence=Confidence.LOW, name_en="Market survey")
    page = words(desk.get(reverse("norms:list")))
    for text in ("Norms", "GEFMA 940", "Market survey", "In force", "Low", "To be checked"):
        assert text in page


def test_page_of_a_norm(desk: Browser) -> None:
    norm = NormFactory(confidence=Confidence.LOW)
    RuleFactory(norm=norm, interval_months=1)
    page = words(desk.get(norm.get_absolute_url()))
    for text in (
        "Low confidence: check edition and title with the issuer before citing it.",
        "Confidence: low",
        "Ventilation – hygiene",
        "HVAC with humidification",
        "Hygiene inspection",
        "1 month",
        "No question of a checklist refers to this norm.",
        "No finding refers to this norm.",
        "No plant in the register is inspected by this norm.",
    ):
        assert text in page


def test_list_of_inspections(desk: Browser, inspection: Inspection) -> None:
    with_defects(inspection)
    page = words(desk.get(reverse("norms:inspections")))
    for text in ("Lift 1", "Overdue", "every 2 years", "defects of 1 round open", "1 inspection"):
        assert text in page


def test_register_of_a_case(desk: Browser, case: Case, inspection: Inspection) -> None:
    page = words(desk.get(reverse("norms:case", args=[case.number])))
    for text in ("Register of inspections", "Propose inspection duties", "Duty: We"):
        assert text in page


def test_page_of_an_inspection(desk: Browser, inspection: Inspection) -> None:
    with_defects(inspection)
    page = words(desk.get(inspection.get_absolute_url()))
    for text in (
        "Record inspection",
        "Legal check needed.",
        "Rounds done",
        "with defects",
        "remedy by",
        "Defects remedied",
        "Relevant to safety",
    ):
        assert text in page


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("record", "After a failed inspection also the day by which it is repeated."),
        ("move", "Whether the inspection was on time is still judged by the first date."),
        ("edit", "Norm, contract or risk assessment with its date."),
        ("end", "Nobody is reminded any more."),
        ("hand_over", "New owner"),
    ],
)
def test_forms_of_an_inspection(
    desk: Browser, inspection: Inspection, name: str, text: str
) -> None:
    assert text in words(desk.get(reverse(f"norms:{name}", args=[inspection.pk])))


def test_what_is_owed(desk: Browser, reader: User, inspection: Inspection) -> None:
    Inspection.objects.update(owner=reader)
    assert "Inspect “Lift 1: Main inspection”" in words(desk.get("/"))
