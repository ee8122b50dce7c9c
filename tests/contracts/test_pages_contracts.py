"""The contract on its own pages: recorded, changed, shown, and its papers handed out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory, SiteFactory
from tests.conftest import ClientFor
from tests.contracts.factories import (
    AmendmentFactory,
    ClientObligationFactory,
    ContractFactory,
    DeadlineFactory,
)
from tests.contracts.pages import NO_ACCESS, contract_data, errors, told, url, words
from tests.documents.factories import document
from winback.contracts.models import Contract, Deadline

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def new(client: Any) -> str:
    return reverse("contracts:create", args=[client.pk])


# Record


def test_record_starts_with_the_reader_and_the_land_of_the_site(desk: Client, kam: User) -> None:
    client = ClientFactory()
    SiteFactory(client=client, bundesland="SN")
    response = desk.get(new(client))
    form = response.context["form"]
    assert (form["owner"].value(), form["bundesland"].value()) == (kam.pk, "SN")
    page = words(response)
    assert "Neuer Vertrag" in page
    for legend in ("Laufzeit", "Kündigung", "Option", "VOB/B"):
        assert legend in page, legend


def test_record_of_a_client_without_sites_knows_no_land(desk: Client) -> None:
    form = desk.get(new(ClientFactory())).context["form"]
    assert form["bundesland"].value() is None
    assert list(form.fields["sites"].queryset) == []


def test_record_offers_the_sites_of_this_client_only(desk: Client) -> None:
    own, foreign = SiteFactory(), SiteFactory()
    target = new(own.client)
    assert list(desk.get(target).context["form"].fields["sites"].queryset) == [own]
    data = contract_data(sites=str(foreign.pk))
    assert "sites" in errors(desk.post(target, data))
    desk.post(target, data | {"sites": str(own.pk)})
    assert list(Contract.objects.get().sites.all()) == [own]


def test_record_plans_the_dates_that_follow(desk: Client, kam: User) -> None:
    client = ClientFactory()
    data = contract_data(
        owner=str(kam.pk), option_on="16.02.2027", option_months="12", check_months="3"
    )
    page = told(desk.post(new(client), data), desk)
    assert "Gespeichert." in page
    contract = Contract.objects.get()
    assert (contract.client, contract.notice_on) == (client, dt.date(2027, 1, 16))
    found = contract.deadlines.values_list("kind", "due_on", "owner")
    assert set(found) == {
        ("notice", dt.date(2027, 1, 16), kam.pk),
        ("option", dt.date(2027, 2, 16), kam.pk),
        ("check", dt.date(2027, 2, 23), kam.pk),
    }
    assert contract.next_deadline_kind == "notice"


def test_record_without_somebody_responsible_plans_nothing(desk: Client) -> None:
    desk.post(new(ClientFactory()), contract_data(owner="", option_on="16.02.2027"))
    assert Contract.objects.get().notice_on == dt.date(2027, 1, 16)
    assert not Deadline.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"ends_on": "16.04.2023"}, "", "Das Ende liegt vor dem Beginn."),
        ({"annual_value": "-1"}, "", "Der Wert darf nicht negativ sein."),
        (
            {"notice_on": "17.04.2027", "notice_reason": "so"},
            "",
            "Die Kündigungsfrist muss vor dem Vertragsende liegen.",
        ),
        (
            {"notice_to": ""},
            "",
            "Dauer, Einheit und Wirkung bilden zusammen die Kündigungsregel.",
        ),
        (
            {"notice_length": ""},
            "",
            "Dauer, Einheit und Wirkung bilden zusammen die Kündigungsregel.",
        ),
        ({"title": ""}, "title", "Dieses Feld ist zwingend erforderlich."),
        ({"starts_on": ""}, "starts_on", "Dieses Feld ist zwingend erforderlich."),
        ({"annual_value": ""}, "annual_value", "Dieses Feld ist zwingend erforderlich."),
    ],
)
def test_record_says_what_is_wrong_and_keeps_the_rest(
    changes: dict[str, str], field: str, message: str, desk: Client
) -> None:
    typed = contract_data(number="V-17", note="Vier Jahre", **changes)
    response = desk.post(new(ClientFactory()), typed)
    assert message in errors(response)[field]
    page = response.content.decode()
    assert 'value="V-17"' in page
    assert "Vier Jahre</textarea>" in page
    assert not Contract.objects.exists()


def test_record_of_another_day_than_the_rule_gives_needs_a_reason(desk: Client) -> None:
    data = contract_data(notice_on="31.12.2026")
    target = new(ClientFactory())
    message = (
        "Die Regel ergibt den 16.01.2027. Begründen Sie den anderen Tag oder lassen Sie ihn leer."
    )
    assert errors(desk.post(target, data)) == {"notice_reason": [message]}
    desk.post(target, data | {"notice_reason": "Ziffer 18.2"})
    assert Contract.objects.get().notice_on == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        (
            {"notice_on": "20.11.2026", "notice_reason": "Ziffer 18.2"},
            "Die Kündigungsfrist ist bereits abgelaufen.",
        ),
        (
            {"notice_length": "", "notice_unit": "", "notice_to": ""},
            "Ohne dieses Datum wird niemand gewarnt, bevor sich der Vertrag verlängert.",
        ),
    ],
)
def test_record_doubts_the_notice_day_and_takes_it_with_a_reason(
    changes: dict[str, str], doubt: str, desk: Client
) -> None:
    target, data = new(ClientFactory()), contract_data(**changes)
    response = desk.post(target, data)
    assert response.status_code == 422
    assert doubt in words(response)
    assert not Contract.objects.exists()
    desk.post(target, data | {"warning_reason": "Mit dem Kunden geklärt"})
    assert Contract.objects.count() == 1


def test_record_of_an_endless_contract_asks_for_no_notice_day(desk: Client) -> None:
    data = contract_data(ends_on="", notice_length="", notice_unit="", notice_to="")
    assert desk.post(new(ClientFactory()), data).status_code == 302
    assert Contract.objects.get().notice_on is None


def test_record_is_refused_to_operations(client_for: ClientFor, operativ: User) -> None:
    client, desk = ClientFactory(), client_for(operativ)
    for response in (desk.get(new(client)), desk.post(new(client), contract_data())):
        assert response.status_code == 403
        assert NO_ACCESS in words(response)
    assert not Contract.objects.exists()


# Change


def test_change_behind_somebody_else_shows_both(
    desk: Client, client_for: ClientFor, leitung: User
) -> None:
    contract = ContractFactory(bundesland="BY")
    theirs = contract_data(version="1", title="Nord", annual_value="2.000.000,00")
    client_for(leitung).post(url("edit", contract), theirs)
    mine = contract_data(version="1", title="Süd")
    response = desk.post(url("edit", contract), mine)
    assert response.status_code == 409
    rows = {row.name: (row.mine, row.theirs) for row in response.context["conflict"].rows}
    assert rows["title"] == ("Süd", "Nord")
    assert rows["annual_value"] == ("1.900.000,00", "2.000.000,00")
    assert "starts_on" not in rows
    assert "Maria Lindner hat dies am 23.11.2026" in words(response)
    desk.post(url("edit", contract), mine | {"version": "2"})
    contract.refresh_from_db()
    assert contract.title == "Süd"


def test_change_moves_the_computed_day_with_the_term(desk: Client) -> None:
    contract = ContractFactory(
        notice_length=3, notice_unit="months", notice_to="term", bundesland="BY"
    )
    data = contract_data(version="1", ends_on="30.06.2027", notice_on="16.01.2027")
    told(desk.post(url("edit", contract), data), desk)
    contract.refresh_from_db()
    assert contract.notice_on == dt.date(2027, 3, 31)


def test_change_ends_the_dates_nobody_is_responsible_for(desk: Client, kam: User) -> None:
    contract = ContractFactory(owner=kam)
    row = DeadlineFactory(contract=contract, kind="notice", title="", owner=kam)
    desk.post(url("edit", contract), contract_data(version="1", owner=""))
    row.refresh_from_db()
    assert row.ended_reason == "Vertrag oder Nachtrag nennen diesen Termin nicht mehr."


def test_change_of_somebody_elses_client_is_not_refused_but_leads_to_the_client(
    desk: Client,
) -> None:
    contract = CaseFactory().contract
    assert contract is not None
    response = desk.get(url("edit", contract))
    assert response.context["back"] == contract.client.get_absolute_url()


# Show and hand out


def test_page_of_a_contract_without_anything_says_what_belongs_there(desk: Client) -> None:
    page = words(desk.get(url("detail", ContractFactory())))
    for text in (
        "Keine offene Frist. Abmahnungen, Abhilfefristen und andere Fristen gehören",
        "Kein Nachtrag erfasst.",
        "Facility-Services Süd",
        "1.900.000,00 €",
    ):
        assert text in page, text


def test_page_leads_to_the_case_only_who_sees_it(
    desk: Client, client_for: ClientFor, fremde: User, kam: User
) -> None:
    case = CaseFactory(owner=kam)
    assert case.contract is not None
    target = url("detail", case.contract)
    assert desk.get(target)["Location"] == reverse("cases:contract", args=[case.number])
    assert client_for(fremde).get(target).status_code == 404


def test_pages_only_shown_take_no_post(desk: Client) -> None:
    contract = ContractFactory()
    row = DeadlineFactory(contract=contract)
    for target in (url("detail", contract), url("deadline", contract, row.pk), "/fristen/"):
        assert desk.post(target).status_code == 405, target


def test_paper_is_handed_out_below_its_own_contract_only(
    desk: Client, client_for: ClientFor, operativ: User
) -> None:
    contract, other = ContractFactory(), ContractFactory()
    row = AmendmentFactory(contract=contract, document=document("2. Nachtrag"))
    ClientObligationFactory(contract=other)
    assert desk.get(url("paper", contract, row.document.pk)).status_code == 200
    assert desk.get(url("paper", other, row.document.pk)).status_code == 404
    assert desk.get(url("paper", contract, document("Fremd").pk)).status_code == 404
    assert client_for(operativ).get(url("paper", contract, row.document.pk)).status_code == 404


# The list


def test_list_says_when_it_is_empty_and_when_nothing_matches(desk: Client) -> None:
    assert "Hier stehen die Fristen aller Verträge" in words(desk.get("/fristen/"))
    DeadlineFactory()
    assert "Keine Frist passt zu diesen Filtern." in words(desk.get("/fristen/?q=gibtesnicht"))


def test_list_is_refused_to_external_auditors(client_for: ClientFor, auditor: User) -> None:
    for target in ("/fristen/", "/fristen/export.csv", "/fristen/export.xlsx"):
        response = client_for(auditor).get(target)
        assert response.status_code == 403, target
        assert NO_ACCESS in words(response)


def test_list_shows_the_case_or_else_the_contract(desk: Client, kam: User) -> None:
    case = CaseFactory(owner=kam)
    DeadlineFactory(contract=case.contract, title="Mit Fall")
    DeadlineFactory(contract=ContractFactory(title="Reinigung Nord"), title="Ohne Fall")
    page = words(desk.get("/fristen/"))
    assert case.number in page
    assert "Reinigung Nord" in page
