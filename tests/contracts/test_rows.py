"""Rows of the register as ready strings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from tests.cases.factories import active_case
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
    LineFactory,
)
from tests.documents.factories import document
from tests.plans.factories import MeasureFactory, plan_of
from winback.contracts.models import Contract, Deadline
from winback.contracts.rows import deadlines
from winback.contracts.rows.lines import LINE_COLUMNS, line_record, line_row
from winback.contracts.rows.register import (
    amendment_facts,
    amendment_row,
    contract_facts,
    cooperation_row,
    register_of,
)

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


def loaded(row: Deadline) -> Deadline:
    return Deadline.objects.with_row().get(pk=row.pk)


def labels(facts: list[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    return {label: (value, note) for label, value, note in facts}


@pytest.mark.parametrize(
    ("facts", "shape", "word", "late", "note"),
    [
        ({}, "open", "Offen", False, "in 10 Tagen"),
        ({"length": 2}, "warn", "Bald fällig", False, "in 3 Tagen"),
        ({"length": 1}, "late", "Überfällig", True, "4 Tage überfällig"),
        ({"done_on": TODAY}, "done", "Erledigt", False, ""),
        ({"done_on": TODAY, "length": 1}, "part", "Verspätet erledigt", False, ""),
        ({"ended_on": TODAY, "ended_reason": "x"}, "na", "Beendet", False, ""),
    ],
)
def test_deadline_row_tells_its_state(
    facts: dict[str, Any], shape: str, word: str, late: bool, note: str, kam: User
) -> None:
    row = deadlines.deadline_row(loaded(DeadlineFactory(**facts)), kam, TODAY)
    assert (row.shape, row.word, row.late, row.due_note) == (shape, word, late, note)
    assert bool(row.ended) is (note == "")
    assert bool(row.done_url) is (note != "")


def test_deadline_row_offers_the_step_to_whoever_may(operativ: User, kam: User) -> None:
    mine = loaded(DeadlineFactory(owner=operativ))
    foreign = loaded(DeadlineFactory(owner=kam))
    assert deadlines.deadline_row(mine, operativ, TODAY).done_url
    assert not deadlines.deadline_row(foreign, operativ, TODAY).done_url


def test_deadline_row_leads_to_the_newest_proof(kam: User) -> None:
    receipt, done = document("Eingang"), document("Bericht")
    row = DeadlineFactory(receipt_proof=receipt)
    assert deadlines.deadline_row(loaded(row), kam, TODAY).proof_url.endswith(f"/{receipt.pk}/")
    row.done_proof = done
    row.save()
    found = deadlines.deadline_row(loaded(row), kam, TODAY)
    assert found.proof_url == deadlines.paper_url(row.contract_id, done.pk)
    assert deadlines.deadline_row(loaded(DeadlineFactory()), kam, TODAY).proof_url == ""


def test_derived_deadline_says_its_kind_once(kam: User) -> None:
    row = deadlines.deadline_row(loaded(DeadlineFactory(title="", kind="option")), kam, TODAY)
    assert (row.name, row.kind) == ("Verlängerungsoption", "")
    typed = deadlines.deadline_row(loaded(DeadlineFactory()), kam, TODAY)
    assert (typed.name, typed.kind) == ("Abhilfefrist aus Abmahnung", "Abhilfefrist")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("notice", "ob der Vertrag weiterläuft"),
        ("option", "ob die Option erklärt wird"),
        ("check", "Soll und Ist jeder Leistungsposition"),
        ("suspension", "wenn das Ruhen endet"),
    ],
)
def test_derived_deadline_says_itself_what_is_to_be_done(kind: str, text: str, db: None) -> None:
    assert text in deadlines.action(DeadlineFactory(kind=kind, action=""))
    assert deadlines.action(DeadlineFactory(action="Anrufen")) == "Anrufen"


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "3 Wochen"),
        ({"unit": "months", "length": 1}, "1 Monat"),
        ({"unit": "fixed", "fixed_on": TODAY}, "festes Datum"),
    ],
)
def test_length_is_said_in_words(facts: dict[str, Any], text: str, db: None) -> None:
    assert deadlines.length(DeadlineFactory(**facts)) == text


def test_deadline_facts_leave_out_what_nobody_recorded(kam: User, kollegin: User) -> None:
    plain = labels(deadlines.facts(loaded(DeadlineFactory(lead_days=[]))))
    assert "Wenn sie versäumt wird" not in plain
    assert "Ruht" not in plain
    assert "Warnung vorher" not in plain
    full = DeadlineFactory(
        owner=kam,
        deputy=kollegin,
        consequence="Kündigung möglich",
        clause="Abs. 2",
        suspended_from=dt.date(2026, 11, 16),
        suspended_until=dt.date(2026, 11, 18),
        suspension_reason="Verhandlung",
    )
    found = labels(deadlines.facts(loaded(full)))
    assert found["Wenn sie versäumt wird"] == ("Kündigung möglich", "")
    assert found["Ruht"] == ("16.11.–18.11.2026", "Verhandlung")
    assert found["Warnung vorher"] == ("14, 7, 2, 0 Tage", "")
    assert found["Verantwortlich"] == ("Aylin Kaya", "Vertretung: Nele Brunner")
    assert found["Grundlage"][0].endswith("Dauerschuldverhältnis), Abs. 2")
    assert found["Grundlage"][1] == "Rechtsprüfung erforderlich."
    assert found["Zugang am"] == ("Do., 12.11.2026", "Einschreiben")


def test_deadline_record_holds_dates_as_such(kam: User) -> None:
    row = loaded(DeadlineFactory(done_on=TODAY))
    record = deadlines.deadline_record(row, kam, TODAY)
    assert len(record) == len(deadlines.DEADLINE_COLUMNS)
    assert record[6:8] == [dt.date(2026, 11, 12), dt.date(2026, 12, 3)]
    assert record[1] == "Abhilfefrist"
    assert record[-1] == TODAY


def test_papers_name_both_proofs(db: None) -> None:
    row = DeadlineFactory(receipt_proof=document("Eingang"), done_proof=document("Bericht"))
    assert [title for title, _url in deadlines.papers(row)] == ["Eingang", "Bericht"]
    assert deadlines.papers(DeadlineFactory()) == []


def test_contract_facts_leave_out_what_nobody_recorded(db: None) -> None:
    plain = labels(contract_facts(ContractFactory(notice_on=None), TODAY))
    assert set(plain) == {
        "Bezeichnung", "Vertragsart", "Laufzeit", "Kündigungsfrist", "Vertragswert p. a.",
    }  # fmt: skip
    assert plain["Kündigungsfrist"] == ("–", "")


def test_contract_facts_explain_notice_option_and_check(kam: User) -> None:
    contract = ContractFactory(
        notice_length=3,
        notice_unit="months",
        notice_to="term",
        notice_reason="Ziffer 18.2",
        option_months=12,
        option_on=dt.date(2027, 2, 16),
        option_note="Erklärung des Kunden",
        check_months=3,
        vob_b="no",
        public_terms="Vergabeordnung",
        standard="GEFMA",
        legal_basis="§ 675 BGB",
        legal_note="Kündigung droht",
        bundesland="BY",
        lots="Los 1",
        owner=kam,
        note="Vier Jahre",
    )
    found = labels(contract_facts(contract, TODAY))
    assert found["Kündigungsfrist"] == (
        "16.01.2027",
        "in 54 Tagen · 3 Monate zum Ende der Laufzeit · von Hand gesetzt: Ziffer 18.2",
    )
    assert found["Verlängerungsoption"] == ("bis 16.02.2027", "12 Monate · Erklärung des Kunden")
    assert found["Vertragsprüfung"] == ("vierteljährlich", "")
    assert found["VOB/B"] == ("nicht vereinbart", "")
    assert found["Vertragsart"] == ("Gemischter Vertrag", "§ 675 BGB")
    assert found["Laufzeit"] == ("17.04.2023–16.04.2027", "Los 1")
    assert found["Feiertage von"] == ("Bayern", "")
    assert found["Verantwortlich für die Termine"] == ("Aylin Kaya", "")
    for label in (
        "Bedingungen der öffentlichen Hand",
        "Muster-LV oder Mustervertrag",
        "Rechtliche Einschätzung",
    ):
        assert label in found


def test_amendment_row_counts_what_is_done(kam: User) -> None:
    case = active_case(owner=kam)
    amendment = AmendmentFactory(contract=case.contract)
    facts = {"plan": plan_of(case), "amendment": amendment}
    MeasureFactory(**facts, status="done", done_on=TODAY)
    MeasureFactory(**facts, due_on=dt.date(2026, 11, 20), title="Nachholen")
    MeasureFactory(**facts, status="dropped", status_note="entfällt")
    assert case.contract is not None
    row = register_of(case.contract, kam, TODAY).amendments[0]
    assert (row.done, len(row.duties)) == (1, 2)
    assert row.danger == ["Nachholen, fällig 20.11.2026"]
    assert (row.shape, row.word) == ("warn", "Gefährdet")


@pytest.mark.parametrize(
    ("facts", "word", "until", "note"),
    [
        ({}, "In Kraft", "31.03.2027", "in 128 Tagen"),
        ({"suspends_until": None}, "In Kraft", "–", ""),
        ({"suspends_until": dt.date(2026, 11, 20)}, "Ausgelaufen", "20.11.2026", "3 Tage"),
        ({"broken_on": TODAY, "broken_reason": "x"}, "Gebrochen", "31.03.2027", ""),
    ],
)
def test_amendment_row_tells_its_state(
    facts: dict[str, Any], word: str, until: str, note: str, db: None
) -> None:
    row = amendment_row(AmendmentFactory(**facts), {}, TODAY)
    assert (row.word, row.until) == (word, until)
    assert row.until_note.startswith(note)
    assert bool(row.until_note) is bool(note)


def test_amendment_facts_name_both_signatures(kam: User) -> None:
    plain = labels(amendment_facts(AmendmentFactory(owner=kam, ends_on_breach=False)))
    assert plain["Unterschrieben"] == ("01.10.2026", "Maria Lindner · Bernd Brandt")
    assert plain["Kündigungsrecht ruht bis"] == ("31.03.2027", "")
    assert "Preiswirkung pro Jahr" not in plain
    full = AmendmentFactory(
        price_effect=Decimal("-9600.00"), broken_on=TODAY, broken_reason="Ausfall"
    )
    found = labels(amendment_facts(full))
    assert found["Preiswirkung pro Jahr"][0].startswith("−9.600,00")
    assert found["Gebrochen am"] == ("23.11.2026", "Ausfall")


def test_line_row_joins_what_is_wanted(db: None) -> None:
    line = LineFactory(
        frequency="täglich", standard="ohne Befund", price_effect=Decimal("14400.00")
    )
    row = line_row(line)
    assert row.standard == "täglich · ohne Befund"
    assert row.price.startswith("+14.400,00")
    assert line_row(LineFactory()).price == ""
    kinds = [line_row(LineFactory(kind=kind)).kind for kind in ("works", "service", "mixed")]
    assert kinds == ["Werk", "Dienst", "Gemischt"]
    record = line_record(line)
    assert len(record) == len(LINE_COLUMNS)
    assert record[13] == Decimal("14400.00")


@pytest.mark.parametrize(
    ("facts", "shape", "word", "since"),
    [
        ({}, "late", "Fehlt", "18.11.2026"),
        ({"until": TODAY}, "part", "Verspätet erbracht", "18.11.2026"),
        ({"since": None, "due_on": dt.date(2026, 12, 1)}, "open", "Geschuldet", "01.12.2026"),
        ({"since": None, "due_on": TODAY, "until": TODAY}, "done", "Erbracht", "23.11.2026"),
    ],
)
def test_cooperation_row_tells_its_state(
    facts: dict[str, Any], shape: str, word: str, since: str, db: None
) -> None:
    row = cooperation_row(ClientObligationFactory(**facts), TODAY)
    assert (row.shape, row.word, row.since) == (shape, word, since)
    assert (row.told, row.proof_url, row.holds) == ("", "", "")


def test_cooperation_row_names_what_it_holds(db: None) -> None:
    row = ClientObligationFactory(told_on=TODAY, evidence=document("Absage"))
    row.pauses.add(DeadlineFactory(contract=row.contract))
    found = cooperation_row(row, TODAY)
    assert found.holds == "Abhilfefrist aus Abmahnung"
    assert found.told == "23.11.2026"
    assert found.proof_url == deadlines.paper_url(row.contract_id, row.evidence_id)


def test_register_parts_open_from_settled(kam: User) -> None:
    contract: Contract = active_case(owner=kam).contract
    DeadlineFactory(contract=contract, title="Später", length=5)
    DeadlineFactory(contract=contract, title="Zuerst", length=2)
    DeadlineFactory(contract=contract, title="Alt", done_on=TODAY, length=1)
    DeadlineFactory(contract=contract, title="Neuer", done_on=TODAY)
    found = register_of(contract, kam, TODAY)
    assert [row.name for row in found.open_deadlines] == ["Zuerst", "Später"]
    assert [row.name for row in found.settled_deadlines] == ["Neuer", "Alt"]
    assert (found.may_keep, found.may_edit) == (True, True)


def test_register_of_operations_is_for_reading(operativ: User) -> None:
    contract: Contract = active_case(team=[operativ]).contract
    found = register_of(contract, operativ, TODAY)
    assert (found.may_keep, found.may_edit) == (False, False)
    assert found.notice_steps == []
