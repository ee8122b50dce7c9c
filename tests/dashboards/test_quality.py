"""What is missing in the data: every check finds the gap, nothing else, and only what one sees."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Region, User
from tests.cases.factories import CaseFactory, active_case
from tests.causes.factories import CauseFactory
from tests.clients.factories import (
    ClientFactory,
    ConsentFactory,
    ContactFactory,
    ObjectionFactory,
    SiteFactory,
)
from tests.conftest import ClientFor
from tests.contracts.factories import ContractFactory
from tests.kpis.factories import CaseKpiFactory
from tests.plans.factories import MeasureFactory, plan_of
from tests.statements import statements
from winback.cases.enums import GoReason
from winback.cases.models import Case, Qualification
from winback.common import quality
from winback.kpis.models import CaseKpi

PAGE = "dashboards:quality"


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def found(key: str, user: User, today: dt.date) -> list[str]:
    """The labels of what a check finds."""
    check = quality.check(key)
    assert check is not None
    return [check.gap(row).label for row in check.rows(user, today)]


def decide(case: Case, decision: GoReason, day: dt.date, by: User) -> None:
    Qualification.objects.create(
        case=case, decision=decision, decided_on=day, decided_by=by, reasons="Klar"
    )


def test_cases_need_next_step_and_time(kam: User, fremde: User, today: dt.date) -> None:
    for name, facts in {
        "ohne": {"next_step": "", "next_step_on": None, "first_sign_on": None, "lost_on": None},
        "mit": {"next_step": "Anrufen", "next_step_on": today, "lost_on": today},
        "ruht": {"status": "resting", "resting_until": today, "next_step": "",
                 "next_step_on": None, "lost_on": today},
        "vorbei": {"status": "lost", "closed_on": today, "next_step": "", "next_step_on": None},
    }.items():  # fmt: skip
        CaseFactory(owner=kam, client=ClientFactory(name=name), **facts)
    CaseFactory(owner=fremde, next_step="", next_step_on=None)
    assert found("faelle-ohne-naechsten-schritt", kam, today) == ["ohne"]
    assert found("faelle-ohne-zeitpunkt", kam, today) == ["ohne"]


def test_decided_case_needs_a_plan(kam: User, leitung: User, today: dt.date) -> None:
    before = today - dt.timedelta(days=1)
    go, stopped, undecided = (
        CaseFactory(owner=kam, client=ClientFactory(name=name)) for name in ("go", "no", "?")
    )
    decide(go, GoReason.GO, today, leitung)
    decide(stopped, GoReason.GO, before, leitung)
    decide(stopped, GoReason.NO_GO, today, leitung)
    assert undecided.qualifications.count() == 0
    assert found("faelle-ohne-plan", kam, today) == ["go"]


def test_active_case_needs_cause_and_kpis(kam: User, today: dt.date) -> None:
    bare = active_case(owner=kam, client=ClientFactory(name="leer"))
    full = active_case(owner=kam, client=ClientFactory(name="voll"))
    CauseFactory(case=full, is_primary=True)
    CauseFactory(case=bare, is_primary=False)
    punctual, late, ended = (CaseKpiFactory(case=full) for _each in range(3))
    yesterday = today - dt.timedelta(days=1)
    CaseKpi.objects.filter(pk=punctual.pk).update(due_on=today)
    CaseKpi.objects.filter(pk=late.pk).update(due_on=yesterday)
    CaseKpi.objects.filter(pk=ended.pk).update(
        due_on=yesterday, ended_on=today, end_reason="Zähler fort"
    )
    assert found("faelle-ohne-hauptursache", kam, today) == ["leer"]
    assert found("faelle-ohne-kennzahlen", kam, today) == ["leer"]
    assert len(found("kennzahlen-ohne-baseline", kam, today)) == 2
    assert found("kennzahlen-ueberfaellig", kam, today) == [late.definition.name]


def test_measure_needs_what_it_answers(kam: User, today: dt.date) -> None:
    plan = plan_of(active_case(owner=kam))
    MeasureFactory(plan=plan, title="einfach so")
    MeasureFactory(plan=plan, title="aus der Vorlage", template_key="kickoff")
    MeasureFactory(plan=plan, title="aus Ursache", cause=CauseFactory(case=plan.case))
    assert found("massnahmen-ohne-anlass", kam, today) == ["einfach so"]


def test_running_contract_needs_its_notice_date(kam: User, today: dt.date) -> None:
    ContractFactory(title="ohne", notice_on=None)
    ContractFactory(title="unbefristet", notice_on=None, ends_on=None)
    ContractFactory(title="mit")
    ContractFactory(title="vorbei", notice_on=None, ends_on=today - dt.timedelta(days=1))
    labels = found("vertraege-ohne-kuendigungstermin", kam, today)
    assert sorted(labels) == ["ohne", "unbefristet"]


def test_people_need_consent_status_and_reach(kam: User, today: dt.date) -> None:
    client = ClientFactory(name="A")
    asked = ContactFactory(client=client, last_name="Gefragt", phone="089 1", first_name="")
    ConsentFactory(contact=asked)
    refused = ContactFactory(client=client, last_name="Nein", email="n@a.example", first_name="")
    ObjectionFactory(contact=refused)
    ContactFactory(client=client, last_name="Still", first_name="")
    ContactFactory(client=client, last_name="Weg", first_name="", left_on=today)
    assert found("ansprechpartner-ohne-einwilligungsstatus", kam, today) == ["Still"]
    assert found("ansprechpartner-nicht-erreichbar", kam, today) == ["Still"]


def test_client_needs_a_decision_maker_who_is_there(kam: User, today: dt.date) -> None:
    decided = ClientFactory(name="entschieden")
    ContactFactory(client=decided, is_decision_maker=True)
    left = ClientFactory(name="verlassen")
    ContactFactory(client=left, is_decision_maker=True, left_on=today)
    assert found("kunden-ohne-entscheider", kam, today) == ["verlassen"]


def test_site_needs_area_and_region(kam: User, today: dt.date) -> None:
    south = Region.objects.create(name="Süd")
    SiteFactory(name="voll", area=100, region=south)
    SiteFactory(name="ohne Fläche", region=south)
    SiteFactory(name="ohne Region", area=100)
    check = quality.check("objekte-unvollstaendig")
    assert check is not None
    notes = {row.name: check.gap(row).note for row in check.rows(kam, today)}
    assert notes["ohne Fläche"].endswith("keine Fläche")
    assert notes["ohne Region"].endswith("keine Region")
    assert len(notes) == 2


def test_counts_agree_with_the_rows_in_one_statement(
    kam: User, today: dt.date, django_assert_num_queries: Any
) -> None:
    for _each in range(3):
        CaseFactory(owner=kam, next_step="", next_step_on=None)
    SiteFactory()
    with django_assert_num_queries(1):
        counted = quality.counts(kam, today)
    assert counted == {check.key: len(list(check.rows(kam, today))) for check in quality.checks()}
    assert counted["faelle-ohne-naechsten-schritt"] == 3


def test_page_counts_and_leads_to_the_gaps(desk: Browser, today: dt.date) -> None:
    ContactFactory(last_name="Still", first_name="")
    page = desk.get(reverse(PAGE))
    assert "in dem, was Sie sehen dürfen" in page.content.decode()
    rows = {row.label: row for row in page.context["rows"]}
    row = rows["Ansprechpartner ohne Telefon und E-Mail"]
    assert (row.count, row.shape) == (1, "warn")
    assert "Still" in desk.get(row.url).content.decode()
    complete = rows["Aktive Fälle ohne Kennzahlen"]
    assert (complete.url, complete.shape) == ("", "ok")
    empty = reverse("dashboards:quality_check", args=["faelle-ohne-plan"])
    assert "Hier ist alles vollständig." in desk.get(empty).content.decode()
    unknown = reverse("dashboards:quality_check", args=["unsinn"])
    assert desk.get(unknown).status_code == 404


def test_pages_ask_the_same_for_1_and_3_rows(desk: Browser, kam: User, today: dt.date) -> None:
    urls = [reverse(PAGE)] + [
        reverse("dashboards:quality_check", args=[check.key]) for check in quality.checks()
    ]

    def gaps() -> None:
        case = active_case(owner=kam, next_step="", next_step_on=None)
        CaseKpiFactory(case=case, due_on=dt.date(2026, 11, 1))
        MeasureFactory(plan=plan_of(case))
        ContactFactory(client=case.client)
        SiteFactory(client=case.client)

    gaps()
    one = [len(statements(desk, url)) for url in urls]
    gaps()
    gaps()
    assert [len(statements(desk, url)) for url in urls] == one
    assert one[0] <= 12
    assert max(one) <= 8
