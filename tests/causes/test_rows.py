"""What pages and reports say about causes, as ready strings."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CategoryFactory, CauseFactory, agreed, confirmed, prove
from winback.cases.models import Case
from winback.causes.models import Cause
from winback.causes.rows import Analysis, analysis, cause_row, facts

pytestmark = pytest.mark.django_db


def analysed(causes: Iterable[Cause]) -> Analysis:
    rows = list(causes)
    return analysis(rows, [cause_row(each) for each in rows])


def test_row_places_ready_strings(case: Case, kam: User) -> None:
    category = CategoryFactory(name_de="Zu knapp kalkuliert")
    cause = confirmed(kam, case=case, category=category, share=45, is_primary=True)
    row = cause_row(cause)
    assert (row.name, row.share, row.view) == ("Zu knapp kalkuliert", "45\u202f%", "intern")
    assert (row.controllable, row.changeable) == ("eigen", "veränderbar")
    assert (row.shape, row.word, row.is_primary) == ("done", "bestätigt", True)
    assert row.url == cause.get_absolute_url()


def test_row_of_an_assumption_without_weight(case: Case) -> None:
    row = cause_row(CauseFactory(case=case, is_changeable=False))
    assert (row.share, row.shape, row.word) == ("–", "open", "angenommen")
    assert row.changeable == "nicht veränderbar"
    assert row.evidence == []


def test_row_keeps_finding_and_words_of_evidence_apart(case: Case) -> None:
    cause, finding = CauseFactory(case=case), FindingFactory(audit=AuditFactory(case=case))
    prove(cause)
    prove(cause, finding=finding, source="")
    shown = [(each.number, each.text) for each in cause_row(cause).evidence]
    assert shown == [("", "Angebot S. 14"), (finding.number, "")]


def test_analysis_sums_what_is_weighted_and_names_what_lacks_evidence(
    case: Case, kam: User
) -> None:
    proved = confirmed(kam, case=case, share=60, is_primary=True)
    bare = CauseFactory(case=case, share=30)
    unweighted = CauseFactory(case=case)
    shown = analysed([proved, bare, unweighted])
    assert (shown.total, shown.is_whole) == ("90\u202f%", False)
    assert [row.pk for row in shown.unproved] == [bare.pk, unweighted.pk]


def test_analysis_of_exactly_a_hundred_is_whole(case: Case) -> None:
    shown = analysed([CauseFactory(case=case, share=70), CauseFactory(case=case, share=30)])
    assert (shown.total, shown.is_whole) == ("100\u202f%", True)


def test_analysis_without_weights_has_no_sum(case: Case) -> None:
    shown = analysed([CauseFactory(case=case)])
    assert (shown.total, shown.is_whole) == ("", True)


def test_facts_say_who_confirmed_only_when_somebody_did(case: Case, kam: User) -> None:
    assumed = {label: note for label, _value, note in facts(CauseFactory(case=case))}
    assert assumed["Status"] == ""
    known = {label: (value, note) for label, value, note in facts(confirmed(kam, case=case))}
    assert known["Status"] == ("bestätigt", "von Aylin Kaya am 17.11.2026")
    assert known["Gruppe"] == ("Angebot und Versprechen", "")


def test_facts_of_a_cause_without_a_group(case: Case) -> None:
    cause = CauseFactory(case=case, category=CategoryFactory(parent=None))
    assert facts(cause)[0] == ("Gruppe", "–", "")


def test_facts_say_what_the_client_says(case: Case, kam: User) -> None:
    silent = {label: (value, note) for label, value, note in facts(CauseFactory(case=case))}
    assert silent["Vom Kunden bestätigt"] == ("noch nicht", "")
    cause = agreed(kam, case)
    said = {label: (value, note) for label, value, note in facts(cause)}
    who = cause.client_confirmed_by
    assert said["Vom Kunden bestätigt"] == ("„So war es.“", f"{who} am 18.11.2026")
    assert cause_row(cause).by_client == "vom Kunden bestätigt"
    assert cause_row(CauseFactory(case=case)).by_client == ""
