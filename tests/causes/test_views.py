"""Pages of the analysis: what they show, where they lead, what two people at once see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CategoryFactory, CauseFactory, confirmed, prove
from tests.conftest import ClientFor
from tests.dialogue.factories import TODAY
from tests.plans.factories import MeasureFactory, plan_of
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.causes.models import Cause, CauseEvidence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


@pytest.fixture
def at_qm(client_for: ClientFor, qm: User) -> Client:
    return client_for(qm)


def tab(case: Case) -> str:
    return f"/faelle/{case.number}/ursachen/"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_empty_tab_offers_the_first_cause(browser: Client, case: Case) -> None:
    page = text_of(browser.get(tab(case)))
    assert "Hier steht, warum der Kunde verloren ging" in page
    assert f'href="{tab(case)}neu/"' in page


def test_tab_shows_the_analysis(browser: Client, case: Case, kam: User) -> None:
    promised = CategoryFactory(name_de="Zu viel versprochen")
    budget = CategoryFactory(name_de="Budgetkürzung")
    first = confirmed(kam, case=case, category=promised, share=80, is_primary=True)
    finding = FindingFactory(audit=AuditFactory(case=case))
    prove(first, finding=finding, source="")
    CauseFactory(case=case, category=budget, share=10, controllability="external",
                 is_changeable=False)  # fmt: skip
    response = browser.get(tab(case))
    page = text_of(response)
    assert [row.name for row in response.context["rows"]] == [
        "Zu viel versprochen",
        "Budgetkürzung",
    ]
    for words in (
        "Hauptursache",
        "80\u202f%",
        "Angebot S. 14",
        "bestätigt",
        "nicht veränderbar",
        "Kein Beleg",
        "1 Ursache ohne Beleg.",
        "Beleg für „Budgetkürzung“ ergänzen",
        "90\u202f%",
        "Zusammen sollten es 100 Prozent sein.",
        "<svg",
    ):
        assert words in page, words
    assert f'href="/feststellungen/{finding.number}/"' in page


def test_tab_doubts_neither_a_whole_nor_an_unweighted_analysis(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case, primary=True)
    unweighted = text_of(browser.get(tab(case)))
    assert "Summe" not in unweighted
    assert 'class="fig"' not in unweighted
    Cause.objects.filter(pk=cause.pk).update(share=100)
    whole = text_of(browser.get(tab(case)))
    assert "Summe" in whole
    assert "Zusammen sollten" not in whole


def test_tab_derives_measures_once_the_plan_runs(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case, primary=True)
    link = f"?ursache={cause.pk}"
    assert link not in text_of(browser.get(tab(case)))
    plan_of(case)
    for url in (tab(case), cause.get_absolute_url()):
        assert link in text_of(browser.get(url))


def test_operations_read_and_change_nothing(
    client_for: ClientFor, case: Case, operativ: User
) -> None:
    cause = CauseFactory(case=case, primary=True)
    plan_of(case)
    browser = client_for(operativ)
    for url in (tab(case), cause.get_absolute_url()):
        page = text_of(browser.get(url))
        assert "ursachen/neu" not in page
        assert "belege/neu" not in page
        assert "?ursache=" not in page
    assert browser.get(f"{cause.get_absolute_url()}bearbeiten/").status_code == 403


def test_ended_case_is_read_only(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case, primary=True)
    Case.objects.update(status=Status.LOST, closed_on=TODAY)
    assert "ursachen/neu" not in text_of(browser.get(tab(case)))
    assert browser.get(f"{tab(case)}neu/").status_code == 403
    assert browser.get(f"{cause.get_absolute_url()}entfernen/").status_code == 403


def test_detail_says_who_confirmed_when(browser: Client, case: Case, kam: User) -> None:
    cause = confirmed(kam, case=case, share=45)
    page = text_of(browser.get(cause.get_absolute_url()))
    for words in ("von Aylin Kaya am 17.11.2026", "Angebot und Versprechen", "45\u202f%"):
        assert words in page
    assert "/bestaetigung/" not in page


def test_detail_offers_to_confirm_only_with_evidence(at_qm: Client, case: Case) -> None:
    cause = CauseFactory(case=case)
    url = cause.get_absolute_url()
    assert "/bestaetigung/" not in text_of(at_qm.get(url))
    prove(cause)
    assert f'href="{url}bestaetigung/"' in text_of(at_qm.get(url))


def test_confirm_without_evidence_answers_422_with_the_reason(at_qm: Client, case: Case) -> None:
    cause = CauseFactory(case=case)
    response = at_qm.post(f"{cause.get_absolute_url()}bestaetigung/", {"version": 1})
    assert response.status_code == 422
    assert "Ergänzen Sie zuerst einen Beleg" in text_of(response)
    cause.refresh_from_db()
    assert not cause.is_confirmed


def test_confirm_and_primary_and_remove_lead_on(at_qm: Client, case: Case) -> None:
    CauseFactory(case=case, primary=True)
    cause = CauseFactory(case=case)
    prove(cause)
    url = cause.get_absolute_url()
    assert at_qm.post(f"{url}bestaetigung/", {"version": 1})["Location"] == url
    assert at_qm.post(f"{url}hauptursache/", {"version": 2})["Location"] == tab(case)
    cause.refresh_from_db()
    assert (cause.is_confirmed, cause.is_primary) == (True, True)
    other = Cause.objects.exclude(pk=cause.pk).get()
    removed = at_qm.post(f"{other.get_absolute_url()}entfernen/", {"version": 2})
    assert removed["Location"] == tab(case)
    assert list(Cause.objects.all()) == [cause]


def test_remove_with_measures_answers_422_with_the_reason(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case)
    MeasureFactory(plan=plan_of(case), cause=cause)
    response = browser.post(f"{cause.get_absolute_url()}entfernen/", {"version": 1})
    assert response.status_code == 422
    assert "Maßnahmen beziehen sich auf diese Ursache" in text_of(response)
    assert Cause.objects.filter(pk=cause.pk).exists()


def test_remove_of_the_primary_beside_others_answers_422(browser: Client, case: Case) -> None:
    primary = CauseFactory(case=case, primary=True)
    CauseFactory(case=case)
    response = browser.post(f"{primary.get_absolute_url()}entfernen/", {"version": 1})
    assert response.status_code == 422
    assert "Wählen Sie zuerst eine andere Hauptursache." in text_of(response)


def test_evidence_is_removed_after_asking(browser: Client, case: Case, kam: User) -> None:
    cause = confirmed(kam, case=case)
    url = f"{cause.get_absolute_url()}belege/{cause.evidence.get().pk}/entfernen/"
    assert "Angebot S. 14" in text_of(browser.get(url))
    assert browser.post(url, {"version": 1})["Location"] == cause.get_absolute_url()
    assert not CauseEvidence.objects.exists()
    cause.refresh_from_db()
    assert not cause.is_confirmed


def test_evidence_of_another_cause_is_not_found(browser: Client, case: Case) -> None:
    cause, other = CauseFactory(case=case), CauseFactory(case=case)
    evidence = prove(other)
    url = f"{cause.get_absolute_url()}belege/{evidence.pk}/entfernen/"
    assert browser.post(url, {"version": 1}).status_code == 404
    assert CauseEvidence.objects.exists()


def test_edit_meanwhile_changed_answers_409_with_both_versions(
    browser: Client, client_for: ClientFor, case: Case, kollegin: User
) -> None:
    cause = CauseFactory(case=case, share=40)
    url = f"{cause.get_absolute_url()}bearbeiten/"
    data = {
        "category": cause.category_id,
        "statement": cause.statement,
        "perspective": "internal",
        "share": "50",
        "controllability": "own",
        "is_changeable": "on",
        "version": 1,
    }
    client_for(kollegin).post(url, data)
    other = CategoryFactory()
    response = browser.post(url, data | {"share": "60", "category": other.pk})
    assert response.status_code == 409
    rows = {row.name: (row.mine, row.theirs) for row in response.context["conflict"].rows}
    assert rows == {
        "category": (str(other), str(cause.category)),
        "share": ("60", "50"),
    }
    assert "Nele Brunner hat" in text_of(response)
    cause.refresh_from_db()
    assert cause.share == 50


@pytest.mark.parametrize("step", ["bestaetigung", "hauptursache", "entfernen"])
def test_step_meanwhile_changed_answers_409(at_qm: Client, case: Case, step: str) -> None:
    cause = CauseFactory(case=case)
    prove(cause)
    Cause.objects.update(version=5)
    response = at_qm.post(f"{cause.get_absolute_url()}{step}/", {"version": 1})
    assert response.status_code == 409
    cause.refresh_from_db()
    assert (cause.is_confirmed, cause.is_primary) == (False, False)


def test_cause_of_a_foreign_case_is_not_found(
    client_for: ClientFor, case: Case, fremde: User
) -> None:
    cause = CauseFactory(case=case)
    browser = client_for(fremde)
    for url in (tab(case), cause.get_absolute_url()):
        assert browser.get(url).status_code == 404
