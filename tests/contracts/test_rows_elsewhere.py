"""What contracts tell other rooms: client page, papers of a case, search, bonds, missing data."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
)
from tests.documents.factories import document
from winback.common import search
from winback.common.clientpages import Panel, PanelRow
from winback.contracts.models import Contract
from winback.contracts.quality import CHECKS
from winback.contracts.rows.bonds import bound_clients
from winback.contracts.rows.clients import client_panel
from winback.contracts.rows.papers import contract_papers
from winback.contracts.rows.search import SOURCES
from winback.documents.enums import DocumentKind

TODAY = dt.date(2026, 11, 23)
pytestmark = [pytest.mark.usefixtures("today"), pytest.mark.django_db]


def contract_of(case: Any) -> Contract:
    assert case.contract is not None
    found: Contract = case.contract
    return found


# The panel on the client's page


def only(panel: Panel) -> PanelRow:
    (row,) = panel.rows
    return row


def test_panel_without_a_contract_offers_to_record_one(kam: User) -> None:
    client = ClientFactory()
    panel = client_panel(kam, client)
    assert (panel.title, panel.rows, panel.empty) == ("Verträge", [], "Kein Vertrag erfasst.")
    assert panel.action_label == "Neuer Vertrag"
    assert panel.action_url == f"/kunden/{client.pk}/vertraege/neu/"


def test_panel_offers_operations_nothing(operativ: User) -> None:
    contract = ContractFactory()
    panel = client_panel(operativ, contract.client)
    assert panel.action_url == ""
    assert only(panel).url == ""


@pytest.mark.parametrize(
    ("facts", "shape", "word"),
    [
        ({}, "ok", "läuft"),
        ({"ends_on": None}, "ok", "läuft"),
        ({"ends_on": TODAY, "notice_on": None}, "ok", "läuft"),
        ({"ends_on": dt.date(2026, 11, 22), "notice_on": None}, "na", "beendet"),
    ],
)
def test_panel_says_whether_the_contract_runs(
    facts: dict[str, Any], shape: str, word: str, kam: User
) -> None:
    row = only(client_panel(kam, ContractFactory(**facts).client))
    assert (row.shape, row.word) == (shape, word)


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        (
            {},
            (
                "Gemischter Vertrag · 17.04.2023–16.04.2027 · kündbar bis 16.01.2027 "
                "· 1.900.000,00\u00a0€"
            ),
        ),
        (
            {"number": "V-17", "notice_on": None},
            "V-17 · Gemischter Vertrag · 17.04.2023–16.04.2027 · 1.900.000,00\u00a0€",
        ),
        (
            {"kind": "works", "ends_on": None, "notice_on": None, "annual_value": 0},
            "Werkvertrag · 17.04.2023\u00a0– · 0,00\u00a0€",
        ),
    ],
)
def test_panel_leaves_out_what_nobody_knows(facts: dict[str, Any], note: str, kam: User) -> None:
    assert only(client_panel(kam, ContractFactory(**facts).client)).note == note


def test_panel_leads_to_the_register_or_else_to_the_form(kam: User, fremde: User) -> None:
    contract = contract_of(CaseFactory(owner=kam))
    register, form = contract.get_absolute_url(), f"/vertraege/{contract.pk}/bearbeiten/"
    assert only(client_panel(kam, contract.client)).url == register
    assert only(client_panel(fremde, contract.client)).url == form


def test_panel_lists_the_newest_contract_first_in_one_statement(kam: User) -> None:
    client = ClientFactory()
    for year in (2019, 2025, 2023):
        ContractFactory(client=client, title=str(year), starts_on=dt.date(year, 1, 1))
    ContractFactory(title="fremd")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        panel = client_panel(kam, client)
    assert [row.label for row in panel.rows] == ["2025", "2023", "2019"]
    assert len(asked) == 1


# Papers of a case


def test_papers_name_what_they_belong_to(kam: User) -> None:
    case = CaseFactory(owner=kam)
    contract = contract_of(case)
    proof = document("Eingangsstempel", kind=DocumentKind.PROOF, valid_until=dt.date(2027, 1, 31))
    DeadlineFactory(contract=contract, receipt_proof=proof)
    (found,) = contract_papers(kam, case)
    assert (found.title, found.kind) == ("Eingangsstempel", "Nachweis")
    assert (found.belongs_to, found.belongs_url) == (contract.title, contract.get_absolute_url())
    assert found.file_url == f"/vertraege/{contract.pk}/belege/{proof.pk}/"
    assert found.file_name == proof.current.original_name
    assert (found.on, found.valid_until) == (TODAY, dt.date(2027, 1, 31))


def test_papers_come_from_every_part_of_the_register_once(kam: User) -> None:
    case = CaseFactory(owner=kam)
    contract = contract_of(case)
    shared = document("Beides")
    DeadlineFactory(contract=contract, receipt_proof=shared, done_proof=shared)
    AmendmentFactory(contract=contract, document=document("Nachtrag"))
    ClientObligationFactory(contract=contract, evidence=document("Absage"))
    DeadlineFactory(receipt_proof=document("Anderer Vertrag"))
    titles = [paper.title for paper in contract_papers(kam, case)]
    assert sorted(titles) == ["Absage", "Beides", "Nachtrag"]


def test_papers_are_hidden_with_the_register(kam: User, fremde: User) -> None:
    case = CaseFactory(owner=kam)
    DeadlineFactory(contract=case.contract, receipt_proof=document())
    assert list(contract_papers(fremde, case)) == []
    assert list(contract_papers(kam, CaseFactory(owner=kam, contract=None))) == []


# Search


def hits(user: User, text: str) -> list[search.Hit]:
    groups = {group.key: group for group in search.search(user, text)}
    return groups["contracts"].hits if "contracts" in groups else []


@pytest.mark.parametrize(
    "text", ["rahmenvertrag", "RV-77", "rv-77", "vertrag west", "west rv", "RAHMENVERTRAG WEST"]
)
def test_search_finds_title_and_number_together(text: str, kam: User) -> None:
    client = ClientFactory(name="Kranzeder Kliniken")
    contract = ContractFactory(client=client, title="Rahmenvertrag West", number="RV-77")
    (hit,) = hits(kam, text)
    assert (hit.label, hit.context) == ("Rahmenvertrag West", "Kranzeder Kliniken · RV-77")
    assert hit.url == contract.get_absolute_url()


def test_search_hit_without_a_number_names_the_client(kam: User) -> None:
    contract = ContractFactory(title="Winterdienst Höfe")
    assert [hit.context for hit in hits(kam, "hofe")] == [contract.client.name]


def test_search_finds_no_contract_of_a_hidden_case(kam: User, fremde: User) -> None:
    contract = ContractFactory(title="Rahmenvertrag West")
    CaseFactory(owner=kam, client=contract.client, contract=contract)
    assert len(hits(kam, "rahmenvertrag")) == 1
    assert hits(fremde, "rahmenvertrag") == []


def test_search_names_its_group_in_both_languages() -> None:
    (source,) = SOURCES
    assert str(source.label) == "Verträge"
    with override("en"):
        assert str(source.label) == "Contracts"


# Bonds


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_bound"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (dt.date(2026, 11, 24), None, False),
        (dt.date(2023, 1, 1), dt.date(2026, 11, 22), False),
        (dt.date(2023, 1, 1), dt.date(2027, 1, 1), True),
    ],
)
def test_client_is_bound_while_a_contract_runs(
    starts_on: dt.date, ends_on: dt.date | None, is_bound: bool
) -> None:
    contract = ContractFactory(starts_on=starts_on, ends_on=ends_on, notice_on=None)
    found = {row["client"] for row in bound_clients(TODAY)}
    assert found == ({contract.client_id} if is_bound else set())


# Missing data


def gaps(user: User) -> list[tuple[str, str, str]]:
    (check,) = CHECKS
    found = [check.gap(row) for row in check.rows(user, TODAY)]
    return [(gap.label, gap.url, gap.note) for gap in found]


def test_running_contract_without_notice_day_is_a_gap(kam: User) -> None:
    client = ClientFactory(name="Zorn AG")
    contract = ContractFactory(client=client, notice_on=None)
    assert gaps(kam) == [
        (
            "Facility-Services Süd",
            contract.get_absolute_url(),
            "Zorn AG · 17.04.2023–16.04.2027",
        )
    ]


@pytest.mark.parametrize(
    ("facts", "is_gap"),
    [
        ({}, False),
        ({"notice_on": None, "ends_on": TODAY}, True),
        ({"notice_on": None, "ends_on": dt.date(2026, 11, 22)}, False),
        ({"notice_on": None, "ends_on": None}, True),
    ],
)
def test_only_running_contracts_lack_a_notice_day(
    facts: dict[str, Any], is_gap: bool, kam: User
) -> None:
    ContractFactory(**facts)
    assert bool(gaps(kam)) is is_gap


def test_gap_of_a_hidden_case_is_not_told(kam: User, fremde: User) -> None:
    case = CaseFactory(owner=kam)
    Contract.objects.filter(pk=case.contract_id).update(notice_on=None)
    assert len(gaps(kam)) == 1
    assert gaps(fremde) == []


def test_gap_says_what_goes_wrong() -> None:
    (check,) = CHECKS
    assert str(check.label) == "Laufende Verträge ohne Kündigungstermin"
    assert str(check.why) == "Niemand wird gewarnt, bevor sich der Vertrag verlängert oder endet."
