"""Five whys: the chain, what it lacks, and its pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.causes.factories import CauseFactory
from tests.clients.factories import ContactFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import TODAY
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.causes import services
from winback.causes.enums import ChainGap, Verb
from winback.causes.models import Cause
from winback.causes.rows import chain
from winback.causes.rules import Why, chain_gaps, places_left_out
from winback.common.claims import StaleVersion

WHOLE = [Why("Erstens", "Audit"), Why("Zweitens", "Angebot"), Why("Drittens", "Kalkulation")]


@pytest.mark.parametrize(
    ("whys", "ours", "gaps"),
    [
        (WHOLE, True, []),
        (WHOLE, False, [ChainGap.NOT_OURS]),
        (WHOLE[:2], True, [ChainGap.SHORT]),
        ([*WHOLE, Why("Viertens")], True, [ChainGap.UNPROVED]),
        ([Why("Erstens")], False, [ChainGap.SHORT, ChainGap.UNPROVED, ChainGap.NOT_OURS]),
        ([], False, [ChainGap.SHORT, ChainGap.NOT_OURS]),
    ],
)
def test_chain_gaps_are_what_the_method_asks_for(
    whys: list[Why], gaps: list[ChainGap], *, ours: bool
) -> None:
    assert chain_gaps(whys, ends_with_us=ours) == gaps


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        ([], []),
        (["", ""], []),
        (["a", "b", ""], []),
        (["", "b"], [1]),
        (["a", "", "", "d", ""], [2, 3]),
    ],
)
def test_places_left_out_are_those_before_the_last_answer(
    answers: list[str], places: list[int]
) -> None:
    assert places_left_out(answers) == places


pages = pytest.mark.usefixtures("db", "today")


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def asked(cause: Cause, actor: User, **more: Any) -> Cause:
    facts: dict[str, Any] = {"whys": WHOLE, "ends_with_us": True, "version": cause.version, **more}
    return services.ask_why(cause=cause, actor=actor, **facts)


@pages
def test_ask_why_writes_the_chain_and_the_history(case: Case, kam: User) -> None:
    cause = asked(CauseFactory(case=case), kam)
    cause.refresh_from_db()
    assert (cause.chain, cause.whys_end_with_us, cause.version) == (WHOLE, True, 2)
    event = case.events.first()
    assert event is not None
    assert (event.verb, event.data["note"]) == (Verb.WHY_ASKED, "Drittens")


@pages
def test_ask_why_again_keeps_the_earlier_chain_in_the_versions(case: Case, kam: User) -> None:
    cause = asked(CauseFactory(case=case), kam)
    asked(cause, kam, whys=WHOLE[:1], version=2)
    newer, older, _named = cause.history.all()
    assert (len(newer.whys), len(older.whys)) == (1, 3)


@pages
def test_chain_without_answers_is_gone_and_stops_nowhere(case: Case, kam: User) -> None:
    cause = asked(CauseFactory(case=case), kam)
    asked(cause, kam, whys=[], version=2)
    cause.refresh_from_db()
    assert (cause.chain, cause.whys_end_with_us) == ([], False)


@pages
@pytest.mark.parametrize("whys", [[Why("")], [Why("a"), Why("", "Beleg")], [Why("a")] * 8])
def test_ask_why_refuses_a_chain_with_a_gap_or_without_end(
    case: Case, kam: User, whys: list[Why]
) -> None:
    cause = CauseFactory(case=case)
    with pytest.raises(services.ChainBroken):
        asked(cause, kam, whys=whys)
    cause.refresh_from_db()
    assert (cause.whys, cause.version) == ([], 1)


@pages
def test_ask_why_refuses_what_nobody_saw_and_an_ended_case(case: Case, kam: User) -> None:
    cause = CauseFactory(case=case)
    with pytest.raises(StaleVersion):
        asked(cause, kam, version=9)
    case.status, case.closed_on = Status.LOST, TODAY
    with pytest.raises(services.CaseEnded):
        asked(cause, kam)


@pages
def test_rows_tell_what_is_proved_from_what_is_said(case: Case) -> None:
    whys = [{"answer": "Erstens", "proof": "Audit"}, {"answer": "Zweitens", "proof": ""}]
    shown = chain(CauseFactory(case=case, whys=whys))
    assert [(row.answer, row.proof, row.word) for row in shown.rows] == [
        ("Erstens", "Audit", "belegt"),
        ("Zweitens", "", "nur Aussage"),
    ]
    assert len(shown.gaps) == 3
    assert chain(CauseFactory(case=case)).gaps == []


@pages
def test_detail_asks_shows_and_says_what_is_missing(browser: Client, case: Case, kam: User) -> None:
    cause = CauseFactory(case=case)
    url = cause.get_absolute_url()
    page = browser.get(url).content.decode()
    assert "Noch hat niemand nach dem Warum gefragt" in page
    assert f'href="{url}warum/"' in page
    asked(cause, kam, whys=WHOLE[:2], ends_with_us=False)
    page = browser.get(url).content.decode()
    assert "Eine Kette hat drei bis sieben Antworten" in page
    assert "bis die Antwort etwas ist, das wir beeinflussen können" in page
    asked(cause, kam, version=2)
    page = browser.get(url).content.decode()
    assert "Die Kette ist vollständig" in page
    assert "Kette fortsetzen" in page


def entry(*pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"version": 1, **more}
    for place, (answer, proof) in enumerate(pairs, 1):
        data |= {f"why_{place}": answer, f"proof_{place}": proof}
    return data


@pages
def test_chain_is_entered_within_the_budget(browser: Client, case: Case) -> None:
    cause = CauseFactory(case=case)
    url = f"{cause.get_absolute_url()}warum/"
    data = entry(("Zu langsam", "Tickets"), ("Zu wenig Leute", ""), ends_with_us="on")
    sql = statements(browser, url, data)
    assert len(sql) <= 10, "\n".join(sql)
    cause.refresh_from_db()
    assert cause.chain == [Why("Zu langsam", "Tickets"), Why("Zu wenig Leute")]
    page = browser.get(url).content.decode()
    assert "Zu wenig Leute" in page
    assert len(statements(browser, url)) <= 12


@pages
@pytest.mark.parametrize(
    ("pairs", "field", "message"),
    [
        ([("", ""), ("Bleibt stehen", "")], "why_1", "Beantworten Sie zuerst diese Frage"),
        ([("Bleibt stehen", ""), ("", "Audit")], "why_2", "Geben Sie an, was belegt ist."),
        ([("Bleibt stehen", ""), ("x" * 501, "")], "why_2", "höchstens 500 Zeichen"),
        ([("Bleibt stehen", "x" * 251)], "proof_1", "höchstens 250 Zeichen"),
    ],
    ids=["gap", "proof alone", "long answer", "long proof"],
)
def test_chain_rejects(
    browser: Client, case: Case, pairs: list[tuple[str, str]], field: str, message: str
) -> None:
    cause = CauseFactory(case=case)
    response = browser.post(f"{cause.get_absolute_url()}warum/", entry(*pairs))
    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors[field])
    assert "Bleibt stehen" in response.content.decode()
    cause.refresh_from_db()
    assert cause.whys == []


@pages
def test_answer_that_names_somebody_is_doubted(browser: Client, case: Case) -> None:
    ContactFactory(client=case.client, last_name="Heller")
    cause = CauseFactory(case=case)
    url = f"{cause.get_absolute_url()}warum/"
    data = entry(("Frau Heller war nicht da", ""))
    response = browser.post(url, data)
    assert response.status_code == 422
    assert "keine Personen: Heller" in response.content.decode()
    browser.post(url, data | {"warning_reason": "Haus Heller"})
    cause.refresh_from_db()
    assert len(cause.chain) == 1
    event = case.events.first()
    assert event is not None
    assert event.data["reason"] == "Haus Heller"


@pages
def test_form_grows_to_seven_when_five_are_answered(browser: Client, case: Case) -> None:
    five = [{"answer": f"Antwort {n}", "proof": ""} for n in range(5)]
    url = f"{CauseFactory(case=case, whys=five).get_absolute_url()}warum/"
    assert 'name="why_7"' in browser.get(url).content.decode()
    short = f"{CauseFactory(case=case, whys=five[:4]).get_absolute_url()}warum/"
    page = browser.get(short).content.decode()
    assert 'name="why_5"' in page
    assert 'name="why_6"' not in page


@pages
def test_chain_meanwhile_changed_answers_409_and_keeps_the_entries(
    browser: Client, case: Case
) -> None:
    cause = CauseFactory(case=case, version=4)
    url = f"{cause.get_absolute_url()}warum/"
    response = browser.post(url, entry(("Bleibt stehen", "")))
    assert response.status_code == 409
    assert "Bleibt stehen" in response.content.decode()
