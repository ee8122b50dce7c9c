"""Pages of contracts: what people see, what bad input gets, what a post does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.conftest import ClientFor
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
    LineFactory,
)
from tests.plans.factories import MeasureFactory, plan_of
from tests.statements import statements
from winback.cases.models import Case
from winback.contracts.models import (
    Amendment,
    ClientObligation,
    Contract,
    Deadline,
    ServiceLine,
)

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def contract(case: Case) -> Contract:
    assert case.contract is not None
    return case.contract


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def url(name: str, contract: Contract, *args: int) -> str:
    return reverse(f"contracts:{name}", args=[contract.pk, *args])


def tab(case: Case) -> str:
    return reverse("cases:contract", args=[case.number])


def deadline_data(person: User, **changes: str) -> dict[str, str]:
    """A formal warning received on Friday, 17 October 2025: two weeks to Reformation Day."""
    return {
        "kind": "remedy",
        "title": "Abhilfefrist aus Abmahnung",
        "basis": "bgb_314",
        "trigger": "Abmahnung vom 14.10.2025",
        "received_on": "17.10.2025",
        "received_by": "registered",
        "unit": "weeks",
        "length": "2",
        "counting": "next_day",
        "day_off": "shift",
        "bundesland": "SN",
        "bound": "us",
        "required_form": "text",
        "action": "Abhilfe nachweisen",
        "owner": str(person.pk),
        "lead_days": "14, 7, 2",
        **changes,
    }


# The tab


def test_tab_shows_everything_that_hangs_on_the_contract(
    case: Case, contract: Contract, desk: Client
) -> None:
    Contract.objects.update(
        notice_length=3, notice_unit="months", notice_to="term", vob_b="no", lots="Los 1–3"
    )
    DeadlineFactory(contract=contract)
    DeadlineFactory(contract=contract, title="Alte Frist", done_on=TODAY)
    AmendmentFactory(contract=contract)
    ClientObligationFactory(contract=contract)
    LineFactory(contract=contract, position="2.1", promised="täglich", delivered="dreimal")
    page = desk.get(tab(case)).content.decode()
    for text in (
        "Abhilfefrist aus Abmahnung", "03.12.2026", "in 10 Tagen", "Alte Frist",
        "2. Nachtrag", "In Kraft", "Zutritt Haus C", "Fehlt", "2.1 Unterhaltsreinigung",
        "Sauberkeit als Erfolg beschrieben", "nicht vereinbart", "Los 1–3",
        "3 Monate zum Ende der Laufzeit", "Handeln Sie bis Fr., 15.01.2027",
    ):  # fmt: skip
        assert text in page, text


def test_tab_takes_the_same_statements_for_1_and_3_rows(
    case: Case, contract: Contract, desk: Client
) -> None:
    def more() -> None:
        deadline = DeadlineFactory(contract=contract)
        amendment = AmendmentFactory(contract=contract)
        MeasureFactory(plan=plan_of(case), amendment=amendment)
        ClientObligationFactory(contract=contract).pauses.add(deadline)
        LineFactory(contract=contract)

    plan_of(case)
    more()
    one = statements(desk, tab(case))
    more()
    more()
    three = statements(desk, tab(case))
    assert len(one) == len(three) <= 16, "\n".join(one)


def test_tab_warns_of_a_suspension_at_risk(case: Case, contract: Contract, desk: Client) -> None:
    amendment = AmendmentFactory(contract=contract)
    facts = {"plan": plan_of(case), "amendment": amendment, "title": "Grundreinigung Haus B"}
    MeasureFactory(**facts, due_on=dt.date(2026, 11, 20))
    page = desk.get(tab(case)).content.decode()
    assert "Gefährdet" in page
    assert "Grundreinigung Haus B, fällig 20.11.2026" in page
    page = desk.get(amendment.get_absolute_url()).content.decode()
    assert "Das Ruhen ist gefährdet." in page
    assert "Grundreinigung Haus B" in page


def test_tab_offers_nothing_to_operations(
    case: Case, contract: Contract, operativ: User, client_for: ClientFor
) -> None:
    deadline = DeadlineFactory(contract=contract, owner=operativ)
    case.members.create(user=operativ, joined_on=TODAY)
    page = client_for(operativ).get(tab(case)).content.decode()
    assert deadline.get_absolute_url() in page
    assert url("deadline_done", contract, deadline.pk) in page
    for name in ("deadline_add", "amendment_add", "line_add", "cooperation_add", "edit"):
        assert url(name, contract) not in page


def test_header_counts_down_to_the_next_deadline(
    case: Case, contract: Contract, desk: Client, kam: User
) -> None:
    head = desk.get(tab(case)).content.decode()
    assert "Letzter Kündigungstermin" in head or "16.01.2027" in head
    desk.post(url("deadline_add", contract), deadline_data(kam, received_on="12.11.2026"))
    assert "<dt>Abhilfefrist aus Abmahnung</dt><dd>26.11.2026 <span>in 3 Tagen</span>" in (
        desk.get(tab(case)).content.decode()
    )


def test_contract_without_a_case_has_its_own_page(desk: Client) -> None:
    contract = ContractFactory()
    DeadlineFactory(contract=contract)
    page = desk.get(contract.get_absolute_url()).content.decode()
    assert "Abhilfefrist aus Abmahnung" in page
    assert contract.client.get_absolute_url() in page
    deadline = Deadline.objects.get()
    assert contract.title in desk.get(deadline.get_absolute_url()).content.decode()


def test_contract_with_a_case_stands_on_its_tab(
    case: Case, contract: Contract, desk: Client
) -> None:
    response = desk.get(contract.get_absolute_url())
    assert response["Location"] == tab(case)


# The contract


def contract_data(**changes: str) -> dict[str, str]:
    return {
        "title": "Süd",
        "kind": "mixed",
        "starts_on": "17.04.2023",
        "ends_on": "16.04.2027",
        "annual_value": "1.900.000,00",
        "bundesland": "BY",
        "notice_length": "3",
        "notice_unit": "months",
        "notice_to": "term",
        **changes,
    }


def test_contract_form_computes_the_notice_day(contract: Contract, desk: Client, kam: User) -> None:
    target = url("edit", contract)
    data = contract_data(version="1", owner=str(kam.pk), notice_on="")
    assert desk.post(target, data)["Location"] == contract.get_absolute_url()
    contract.refresh_from_db()
    assert contract.notice_on == dt.date(2027, 1, 16)
    assert Deadline.objects.get().kind == "notice"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"notice_on": "10.01.2027"}, "Die Regel ergibt den 16.01.2027."),
        ({"notice_unit": ""}, "bilden zusammen die Kündigungsregel"),
        ({"notice_length": "0"}, "bilden zusammen die Kündigungsregel"),
        ({"option_on": "bald"}, "option_on"),
        ({"check_months": "5"}, "check_months"),
        ({"notice_length": "731"}, "notice_length"),
        ({"option_months": "241"}, "option_months"),
    ],
)
def test_contract_form_refuses_bad_input(
    changes: dict[str, str], text: str, contract: Contract, desk: Client
) -> None:
    response = desk.post(url("edit", contract), contract_data(version="1", **changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert text in page
    assert "Süd" in page


def test_whoever_sees_no_case_returns_to_the_client(
    contract: Contract, fremde: User, client_for: ClientFor
) -> None:
    response = client_for(fremde).post(
        url("edit", contract), contract_data(version="1", notice_on="16.01.2027")
    )
    assert response["Location"] == contract.client.get_absolute_url()


# Deadlines


def test_deadline_is_recorded_with_its_proof(
    case: Case, contract: Contract, desk: Client, kam: User
) -> None:
    upload = SimpleUploadedFile("eingang.txt", b"Eingangsstempel 17.10.2025", "text/plain")
    data = deadline_data(kam)
    response = desk.post(url("deadline_add", contract), {**data, "receipt_proof": upload})
    deadline = Deadline.objects.get()
    assert response["Location"] == deadline.get_absolute_url()
    assert (deadline.due_on, deadline.lead_days) == (dt.date(2025, 11, 3), [14, 7, 2])
    page = desk.get(deadline.get_absolute_url()).content.decode()
    for text in ("Reformationstag", "§ 193 BGB", "Rechtsprüfung erforderlich", "Einschreiben"):
        assert text in page
    assert deadline.receipt_proof is not None
    paper = desk.get(url("paper", contract, deadline.receipt_proof.pk))
    assert paper.content == b"Eingangsstempel 17.10.2025"
    assert "sandbox" in paper["Content-Security-Policy"]


def test_hostile_proof_is_refused_and_nothing_typed_is_lost(
    contract: Contract, desk: Client, kam: User
) -> None:
    upload = SimpleUploadedFile("stempel.pdf", b"<script>alert(1)</script>", "application/pdf")
    data = deadline_data(kam)
    response = desk.post(url("deadline_add", contract), {**data, "receipt_proof": upload})
    assert response.status_code == 422
    assert "Abmahnung vom 14.10.2025" in response.content.decode()
    assert not Deadline.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "notice"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"title": ""}, "title"),
        ({"basis": ""}, "basis"),
        ({"received_on": ""}, "received_on"),
        ({"received_on": "24.11.2026"}, "received_on"),
        ({"received_on": "31.02.2026"}, "received_on"),
        ({"received_by": ""}, "received_by"),
        ({"length": ""}, "length"),
        ({"length": "0"}, "length"),
        ({"length": "-1"}, "length"),
        ({"length": "3661"}, "length"),
        ({"unit": "fixed"}, "fixed_on"),
        ({"bundesland": "XX"}, "bundesland"),
        ({"owner": ""}, "owner"),
        ({"action": ""}, "action"),
        ({"lead_days": "bald"}, "lead_days"),
        ({"lead_days": "366"}, "lead_days"),
        ({"lead_days": "99999999999999999999"}, "lead_days"),
        ({"lead_days": "1,2,3,4,5,6,7,8,9"}, "lead_days"),
        ({"kind": "termination"}, "day_off"),
        ({"manual_on": "16.10.2025", "manual_reason": "Tippfehler"}, "manual_on"),
        ({"manual_on": "16.11.2025"}, ""),
        ({"suspended_from": "20.10.2025"}, ""),
    ],
)
def test_deadline_form_refuses_bad_input(
    changes: dict[str, str], field: str, contract: Contract, desk: Client, kam: User
) -> None:
    response = desk.post(url("deadline_add", contract), deadline_data(kam, **changes))
    assert response.status_code == 422
    if field:
        assert f'id="id_{field}_' in response.content.decode()
    assert not Deadline.objects.exists()


def test_deadline_of_a_fixed_date_needs_no_receipt(
    contract: Contract, desk: Client, kam: User
) -> None:
    data = deadline_data(
        kam, unit="fixed", fixed_on="16.01.2027", day_off="stay", received_on="", length=""
    )
    desk.post(url("deadline_add", contract), data | {"received_by": ""})
    deadline = Deadline.objects.get()
    assert deadline.due_on == dt.date(2027, 1, 16)
    page = desk.get(deadline.get_absolute_url()).content.decode()
    assert "festes Datum" in page
    assert "Fr., 15.01.2027" in page


@pytest.mark.parametrize(("land", "end"), [("SN", "Mo., 03.11.2025"), ("BY", "Fr., 31.10.2025")])
def test_preview_shows_the_steps_and_saves_nothing(
    land: str, end: str, contract: Contract, desk: Client, kam: User
) -> None:
    data = deadline_data(kam, bundesland=land, vorschau="1")
    for headers in ({}, {"HX-Request": "true"}):
        page = desk.post(url("deadline_add", contract), data, headers=headers).content.decode()
        assert end in page
        assert "§ 187 Abs. 1 BGB" in page
        assert ("<html" in page) is not bool(headers)
    assert not Deadline.objects.exists()


def test_preview_of_an_unfinished_form_says_what_is_missing(
    contract: Contract, desk: Client, kam: User
) -> None:
    data = deadline_data(kam, received_on="", vorschau="1")
    page = desk.post(url("deadline_add", contract), data, headers={"HX-Request": "true"})
    assert "Tragen Sie Zugang, Dauer und Einheit" in page.content.decode()


def test_preview_of_a_change_counts_what_the_client_held(
    contract: Contract, desk: Client, kam: User
) -> None:
    deadline = DeadlineFactory(contract=contract, owner=kam)
    facts = {"since": dt.date(2026, 11, 16), "until": dt.date(2026, 11, 20)}
    ClientObligationFactory(contract=contract, **facts).pauses.add(deadline)
    data = deadline_data(kam, received_on="12.11.2026", length="3", bundesland="BY", vorschau="1")
    page = desk.post(url("deadline_edit", contract, deadline.pk), data).content.decode()
    assert "Di., 08.12.2026" in page
    assert "5 Tage kommen hinzu: Zutritt Haus C" in page


def test_deadline_is_changed_and_the_slower_one_sees_both(
    contract: Contract, desk: Client, kam: User
) -> None:
    deadline = DeadlineFactory(contract=contract, owner=kam)
    target = url("deadline_edit", contract, deadline.pk)
    page = desk.get(target).content.decode()
    assert "14, 7, 2, 0" in page
    data = deadline_data(kam, version="1", title="Nachfrist")
    assert desk.post(target, data)["Location"] == deadline.get_absolute_url()
    response = desk.post(target, data | {"title": "Meine Frist"})
    assert response.status_code == 409
    assert "Nachfrist" in response.content.decode()


def test_derived_deadline_is_changed_where_it_comes_from(
    contract: Contract, desk: Client, kam: User
) -> None:
    notice = DeadlineFactory(contract=contract, kind="notice", owner=kam)
    amendment = AmendmentFactory(contract=contract)
    until = DeadlineFactory(contract=contract, kind="suspension", amendment=amendment, owner=kam)
    for row, home in ((notice, contract), (until, amendment)):
        response = desk.get(url("deadline_edit", contract, row.pk))
        assert response["Location"] == home.get_absolute_url()


def test_deadline_is_done_ended_and_handed_over(
    contract: Contract, desk: Client, kam: User, kollegin: User
) -> None:
    first, second, third = (DeadlineFactory(contract=contract, owner=kam) for _n in range(3))
    done = {"done_on": "23.11.2026", "note": "Bericht übergeben", "version": "1"}
    desk.post(url("deadline_done", contract, first.pk), done)
    ended = {"note": "zurückgenommen", "version": "1"}
    desk.post(url("deadline_end", contract, second.pk), ended)
    handed = {"owner": str(kollegin.pk), "version": "1"}
    desk.post(url("deadline_hand_over", contract, third.pk), handed)
    for row in (first, second, third):
        row.refresh_from_db()
    assert (first.done_on, first.done_note) == (TODAY, "Bericht übergeben")
    assert (second.ended_on, second.ended_reason) == (TODAY, "zurückgenommen")
    assert third.owner == kollegin
    assert desk.get(url("deadline_done", contract, first.pk)).status_code == 403


def test_one_click_in_a_list_leads_to_the_form(contract: Contract, desk: Client, kam: User) -> None:
    row = DeadlineFactory(contract=contract, owner=kam)
    target = url("deadline_done", contract, row.pk)
    assert desk.post(target, {"next": "/"})["Location"] == target
    row.refresh_from_db()
    assert row.done_on is None


def test_done_in_the_future_is_refused(contract: Contract, desk: Client, kam: User) -> None:
    row = DeadlineFactory(contract=contract, owner=kam)
    data = {"done_on": "24.11.2026", "note": "x", "version": "1"}
    assert desk.post(url("deadline_done", contract, row.pk), data).status_code == 422


def test_held_deadline_says_so(contract: Contract, desk: Client) -> None:
    deadline = DeadlineFactory(contract=contract)
    ClientObligationFactory(contract=contract).pauses.add(deadline)
    page = desk.get(deadline.get_absolute_url()).content.decode()
    assert "Ruht seit 18.11.2026:" in page


def test_deadline_pages_take_few_statements(contract: Contract, desk: Client, kam: User) -> None:
    deadline = DeadlineFactory(contract=contract, owner=kam)
    assert len(statements(desk, deadline.get_absolute_url())) <= 12
    assert len(statements(desk, url("deadline_edit", contract, deadline.pk))) <= 12


# The list


LIST = "/fristen/"


def test_list_is_filtered_by_view_kind_and_text(
    case: Case, contract: Contract, desk: Client
) -> None:
    DeadlineFactory(contract=contract, title="Offen bis Dezember")
    DeadlineFactory(contract=contract, title="Bald", length=2)
    DeadlineFactory(contract=contract, title="Versäumt", length=1)
    DeadlineFactory(contract=contract, title="Vorbei", done_on=TODAY, kind="cure")
    DeadlineFactory(contract=contract, title="Fern", length=12, bound="client")
    DeadlineFactory(contract=CaseFactory().contract, title="Fremd")
    every = ("Offen bis Dezember", "Bald", "Versäumt", "Vorbei", "Fern", "Fremd")
    for query, shown in (
        ("", "Offen bis Dezember, Bald, Versäumt, Fern"),
        ("?ansicht=ueberfaellig", "Versäumt"),
        ("?ansicht=30-tage", "Offen bis Dezember, Bald, Versäumt"),
        ("?ansicht=erledigt", "Vorbei"),
        ("?ansicht=alle&art=cure", "Vorbei"),
        ("?gebunden=client", "Fern"),
        (f"?q={contract.title[:8]}", "Offen bis Dezember, Bald, Versäumt, Fern"),
        ("?q=gibtesnicht", ""),
        (f"?verantwortlich={contract.deadlines.get(title='Bald').owner_id}", "Bald"),
        ("?ansicht=unsinn&sort=unsinn&art=unsinn", "Offen bis Dezember, Bald, Versäumt, Fern"),
    ):
        page = desk.get(LIST + query).content.decode()
        found = {title for title in every if f">{title}</a>" in page}
        assert found == {title for title in shown.split(", ") if title}, query


def test_list_is_ordered_either_way(contract: Contract, desk: Client) -> None:
    for title, length in (("Zuerst", 2), ("Zuletzt", 9)):
        DeadlineFactory(contract=contract, title=title, length=length)
    for query, first in (("?sort=ende", "Zuerst"), ("?sort=-ende", "Zuletzt")):
        page = desk.get(LIST + query).content.decode()
        other = {"Zuerst": "Zuletzt", "Zuletzt": "Zuerst"}[first]
        assert page.index(f">{first}</a>") < page.index(f">{other}</a>")


def test_list_takes_few_statements(contract: Contract, desk: Client) -> None:
    DeadlineFactory(contract=contract)
    one = statements(desk, LIST)
    DeadlineFactory(contract=contract)
    DeadlineFactory(contract=contract)
    assert len(one) == len(statements(desk, LIST)) <= 8


def test_exports_hold_the_query_and_the_lines(case: Case, contract: Contract, desk: Client) -> None:
    DeadlineFactory(contract=contract, title="=1+1")
    DeadlineFactory(contract=contract, title="Vorbei", done_on=TODAY)
    text = desk.get(f"{LIST}export.csv").content.decode()
    assert "'=1+1" in text
    assert "Vorbei" not in text
    assert f";{case.number};" in text
    LineFactory(contract=contract, position="2.1", price_effect="-1250.50", promised="täglich")
    lines = desk.get(url("line_export", contract)).content.decode()
    assert "-1250,5" in lines
    assert "täglich" in lines


# Service lines, amendments, cooperation


def line_data(**changes: str) -> dict[str, str]:
    reason = {"kind": "works", "kind_reason": "Erfolg beschrieben"}
    return {"position": "2.1", "title": "Winterdienst", **reason, **changes}


@pytest.mark.parametrize(
    "changes", [{"kind": ""}, {"kind_reason": ""}, {"position": ""}, {"price_effect": "viel"}]
)
def test_line_needs_a_type_with_a_reason(
    changes: dict[str, str], contract: Contract, desk: Client
) -> None:
    assert desk.post(url("line_add", contract), line_data(**changes)).status_code == 422
    assert not ServiceLine.objects.exists()


def test_line_form_presets_no_type(contract: Contract, desk: Client) -> None:
    page = desk.get(url("line_add", contract)).content.decode()
    assert '<option value="" selected>Bitte wählen' in page


def test_line_is_recorded_and_changed(contract: Contract, desk: Client) -> None:
    amendment = AmendmentFactory(contract=contract)
    desk.post(url("line_add", contract), line_data())
    line = ServiceLine.objects.get()
    target = url("line_edit", contract, line.pk)
    agreed = {"amendment": str(amendment.pk), "version": "1"}
    assert desk.post(target, line_data(**agreed)).status_code == 422
    desk.post(target, line_data(**agreed, agreed="Räumung bis 6 Uhr", price_effect="1.200,00"))
    line.refresh_from_db()
    assert (line.amendment, line.agreed, line.price_effect) == (
        amendment,
        "Räumung bis 6 Uhr",
        1200,
    )
    assert "Räumung bis 6 Uhr" in desk.get(target).content.decode()


def amendment_data(person: User, **changes: str) -> dict[str, str]:
    return {
        "kind": "settlement",
        "title": "2. Nachtrag",
        "signed_on": "01.10.2026",
        "signed_by_us": "Maria Lindner",
        "signed_by_client": "Bernd Brandt",
        "content": "Die Kündigung ruht.",
        "suspends_until": "31.03.2027",
        "ends_on_breach": "on",
        "owner": str(person.pk),
        **changes,
    }


def test_amendment_is_recorded_changed_and_broken(
    case: Case, contract: Contract, desk: Client, kam: User
) -> None:
    desk.post(url("amendment_add", contract), amendment_data(kam))
    amendment = Amendment.objects.get()
    page = desk.get(amendment.get_absolute_url()).content.decode()
    for text in ("In Kraft", "Maria Lindner", "31.03.2027", "endet bei Verstoß"):
        assert text in page
    data = amendment_data(kam, title="2. Nachtrag (neu)", version="1")
    desk.post(url("amendment_edit", contract, amendment.pk), data)
    broken = {"broken_on": "20.11.2026", "note": "Grundreinigung blieb aus", "version": "2"}
    desk.post(url("amendment_broken", contract, amendment.pk), broken)
    page = desk.get(amendment.get_absolute_url()).content.decode()
    assert "Gebrochen" in page
    assert "Grundreinigung blieb aus" in page
    assert desk.get(url("amendment_edit", contract, amendment.pk)).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"signed_on": "24.11.2026"},
        {"suspends_until": "30.09.2026"},
        {"signed_by_client": ""},
        {"content": ""},
        {"owner": ""},
    ],
)
def test_amendment_form_refuses_bad_input(
    changes: dict[str, str], contract: Contract, desk: Client, kam: User
) -> None:
    response = desk.post(url("amendment_add", contract), amendment_data(kam, **changes))
    assert response.status_code == 422
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("day", ["24.11.2026", "30.09.2026"])
def test_breach_lies_between_signature_and_today(
    day: str, contract: Contract, desk: Client
) -> None:
    amendment = AmendmentFactory(contract=contract)
    target = url("amendment_broken", contract, amendment.pk)
    data = {"broken_on": day, "note": "x", "version": "1"}
    assert desk.post(target, data).status_code == 422


def cooperation_data(**changes: Any) -> dict[str, Any]:
    return {"kind": "access", "what": "Zutritt Haus C", "since": "16.11.2026", **changes}


def test_cooperation_holds_and_frees_a_deadline(
    contract: Contract, desk: Client, kam: User
) -> None:
    deadline = DeadlineFactory(contract=contract, owner=kam)
    pauses = {"pauses": [str(deadline.pk)]}
    desk.post(url("cooperation_add", contract), cooperation_data(**pauses))
    row = ClientObligation.objects.get()
    target = url("cooperation_edit", contract, row.pk)
    assert desk.get(target).status_code == 200
    desk.post(target, cooperation_data(**pauses, until="20.11.2026", version="1"))
    deadline.refresh_from_db()
    assert deadline.due_on == dt.date(2026, 12, 8)


@pytest.mark.parametrize(
    "changes",
    [
        {"since": ""},
        {"since": "24.11.2026"},
        {"until": "15.11.2026"},
        {"told_on": "24.11.2026"},
        {"what": ""},
        {"pauses": ["999999"]},
    ],
)
def test_cooperation_form_refuses_bad_input(
    changes: dict[str, Any], contract: Contract, desk: Client
) -> None:
    response = desk.post(url("cooperation_add", contract), cooperation_data(**changes))
    assert response.status_code == 422
    assert not ClientObligation.objects.exists()


def test_cooperation_of_an_amendment_names_it(contract: Contract, desk: Client) -> None:
    amendment = AmendmentFactory(contract=contract)
    page = desk.get(f"{url('cooperation_add', contract)}?nachtrag={amendment.pk}").content.decode()
    assert f'<option value="{amendment.pk}" selected>' in page
    data = cooperation_data(due_on="30.11.2026", since="", amendment=str(amendment.pk))
    desk.post(url("cooperation_add", contract), data)
    assert "Zutritt Haus C" in desk.get(amendment.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deadline_add", deadline_data),
        ("amendment_add", amendment_data),
    ],
)
def test_writing_takes_few_statements(
    name: str, data: Any, contract: Contract, desk: Client, kam: User
) -> None:
    assert len(statements(desk, url(name, contract), data(kam))) <= 18
