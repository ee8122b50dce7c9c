"""Pages of clients and contracts: what people see, what bad input gets."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory, ContactFactory, SiteFactory
from tests.conftest import ClientFor
from tests.contracts.factories import ContractFactory
from tests.statements import statements
from winback.clients.models import Client, Contact, Site
from winback.contracts.models import Contract

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def test_list_finds_folds_and_counts(desk: Browser, kam: User) -> None:
    ClientFactory(name="Älbtal Kliniken", number="K-7", segment="health")
    other = ClientFactory(name="Zorn AG")
    CaseFactory(owner=kam, client=other)
    CaseFactory(owner=kam, client=other, status="lost", closed_on=dt.date(2026, 11, 1))
    SiteFactory(client=other)
    SiteFactory(client=other)
    context = desk.get(reverse("clients:list")).context
    rows = context["rows"]
    assert [(c.name, c.sites) for c in rows] == [("Älbtal Kliniken", 0), ("Zorn AG", 2)]
    assert [dict(c.counts)["Laufende Fälle"] for c in rows] == [0, 1]
    for query in ("q=albtal", "q=k-7", "segment=health", "q=albtal&segment=unsinn"):
        page = desk.get(f"{reverse('clients:list')}?{query}").context["page"]
        assert [c.name for c in page] == ["Älbtal Kliniken"]


@pytest.mark.parametrize("sort", ["name", "nummer"])
def test_list_sorts_by_the_url(sort: str, desk: Browser) -> None:
    ClientFactory(name="A", number="1")
    ClientFactory(name="B", number="2")
    names = [
        [c.name for c in desk.get(f"{reverse('clients:list')}?sort={s}").context["page"]]
        for s in (sort, f"-{sort}")
    ]
    assert names[0] == ["A", "B"]
    assert names[1] == ["B", "A"]


def test_list_takes_nonsense_for_the_usual_order(desk: Browser) -> None:
    ClientFactory(name="B")
    ClientFactory(name="A")
    page = desk.get(f"{reverse('clients:list')}?sort=-unsinn").context["page"]
    assert [c.name for c in page] == ["A", "B"]


def test_list_asks_the_same_for_1_and_3_rows(desk: Browser) -> None:
    ClientFactory()
    one = statements(desk, reverse("clients:list"))
    ClientFactory()
    ClientFactory()
    assert len(one) == len(statements(desk, reverse("clients:list"))) <= 8


def test_list_says_what_belongs_here(desk: Browser) -> None:
    assert "Hier steht noch kein Kunde." in desk.get(reverse("clients:list")).content.decode()


def test_detail_shows_all_in_few_statements(desk: Browser, kam: User) -> None:
    contract = ContractFactory()
    client = contract.client
    case = CaseFactory(owner=kam, client=client, contract=contract)
    SiteFactory(client=client, name="Haus B", area="12500.50")
    ContactFactory(client=client, last_name="Brandt", is_decision_maker=True)
    page = desk.get(client.get_absolute_url()).content.decode()
    for text in (case.number, "Haus B", "Brandt", "Entscheider", "16.01.2027", "Hessen"):
        assert text in page
    one = statements(desk, client.get_absolute_url())
    SiteFactory(client=client)
    ContactFactory(client=client)
    CaseFactory(owner=kam, client=client)
    assert len(one) == len(statements(desk, client.get_absolute_url())) <= 12


def test_detail_hides_cases_of_others(desk: Browser, fremde: User) -> None:
    case = CaseFactory(owner=fremde)
    assert case.number not in desk.get(case.client.get_absolute_url()).content.decode()


def test_create_records_the_client(desk: Browser) -> None:
    data = {"name": "Norhagen Bau AG", "segment": "industry", "since": "01.04.2015"}
    desk.post(reverse("clients:create"), data)
    client = Client.objects.get()
    assert (client.since, client.number, client.sort_key) == (
        dt.date(2015, 4, 1),
        None,
        "norhagen bau ag",
    )


def test_create_two_without_a_number(desk: Browser) -> None:
    for name in ("A", "B"):
        desk.post(reverse("clients:create"), {"name": name, "segment": "other"})
    assert Client.objects.filter(number=None).count() == 2


BAD_CLIENT = [
    ({"name": ""}, "name", "erforderlich"),
    ({"name": "x" * 201}, "name", "höchstens 200 Zeichen"),
    ({"number": "K-1"}, "number", "existiert bereits"),
    ({"since": "24.11.2026"}, "since", "Zukunft"),
    ({"since": "irgendwann"}, "since", ""),
    ({"segment": "unsinn"}, "segment", ""),
]


@pytest.mark.parametrize(("bad", "field", "message"), BAD_CLIENT, ids=str)
def test_create_refuses_bad_input(
    bad: dict[str, str], field: str, message: str, desk: Browser
) -> None:
    ClientFactory(name="Anderer", number="K-1")
    data = {"name": "Norhagen Bau AG", "segment": "industry", **bad}
    response = desk.post(reverse("clients:create"), data)
    assert response.status_code == 422
    assert message in response.context["form"].errors[field][0]
    assert Client.objects.count() == 1
    if field != "segment" and len(bad[field]) < 200:
        assert bad[field] in response.content.decode()


def test_create_doubts_a_namesake(desk: Browser) -> None:
    ClientFactory(name="Norhagen Bau AG")
    data = {"name": "norhagen bau ag", "segment": "other"}
    response = desk.post(reverse("clients:create"), data)
    assert "Es gibt bereits einen Kunden dieses Namens." in response.content.decode()
    desk.post(reverse("clients:create"), {**data, "warning_reason": "Schwesterfirma"})
    assert Client.objects.count() == 2


def test_edit_conflict_shows_both(desk: Browser) -> None:
    client = ClientFactory(name="Alt AG")
    data = {"name": "Meine AG", "segment": "other", "version": "1"}
    Client.objects.filter(pk=client.pk).update(name="Ihre AG", version=2)
    response = desk.post(reverse("clients:edit", args=[client.pk]), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ihre AG" in page
    assert "Meine AG" in page
    client.refresh_from_db()
    assert client.name == "Ihre AG"


def test_edit_changes_name_and_keys(desk: Browser) -> None:
    client = ClientFactory(name="Alt AG")
    data = {"name": "Größer AG", "segment": "other", "version": "1"}
    assert desk.post(reverse("clients:edit", args=[client.pk]), data).status_code == 302
    client.refresh_from_db()
    assert (client.sort_key, client.version) == ("grosser ag", 2)


BAD_SITE = [
    ({"name": ""}, "name"),
    ({"name": "Haus A"}, "name"),
    ({"postcode": "1234"}, "postcode"),
    ({"postcode": "1234a"}, "postcode"),
    ({"bundesland": ""}, "bundesland"),
    ({"area": "groß"}, "area"),
    ({"area": "0"}, "__all__"),
    ({"street": "x" * 201}, "street"),
]


@pytest.mark.parametrize(("bad", "field"), BAD_SITE, ids=str)
def test_site_refuses_bad_input(bad: dict[str, str], field: str, desk: Browser) -> None:
    client = ClientFactory()
    SiteFactory(client=client, name="Haus A")
    data = {"name": "Haus B", "kind": "office", "bundesland": "HE", **bad}
    response = desk.post(reverse("clients:site_create", args=[client.pk]), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Site.objects.count() == 1


def test_site_is_added_and_changed(desk: Browser) -> None:
    client = ClientFactory()
    data = {
        "name": "Haus B",
        "kind": "office",
        "bundesland": "HE",
        "street": "Werkstraße 4",
        "postcode": "60311",
        "city": "Musterstadt",
        "area": "12.500,5",
    }
    desk.post(reverse("clients:site_create", args=[client.pk]), data)
    site = Site.objects.get()
    assert (str(site.area), site.address) == ("12500.50", "Werkstraße 4, 60311 Musterstadt")
    edit = reverse("clients:site_edit", args=[client.pk, site.pk])
    assert 'value="12.500,5' in desk.get(edit).content.decode()
    desk.post(edit, {**data, "name": "Haus C", "lots": "Los 2", "version": "1"})
    site.refresh_from_db()
    assert (site.name, site.lots, site.version) == ("Haus C", "Los 2", 2)
    late = desk.post(edit, {**data, "name": "Haus D", "version": "1"})
    assert late.status_code == 409


def test_site_of_another_client_is_not_found(desk: Browser) -> None:
    foreign = SiteFactory()
    target = reverse("clients:site_edit", args=[ClientFactory().pk, foreign.pk])
    assert desk.get(target).status_code == 404


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"last_name": ""}, "last_name"),
        ({"email": "brandt(at)norhagen"}, "email"),
        ({"phone": "1" * 41}, "phone"),
        ({"left_on": "32.01.2026"}, "left_on"),
    ],
    ids=str,
)
def test_contact_refuses_bad_input(bad: dict[str, str], field: str, desk: Browser) -> None:
    client = ClientFactory()
    data = {"salutation": "mr", "last_name": "Brandt", "language": "de", **bad}
    response = desk.post(reverse("clients:contact_create", args=[client.pk]), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Contact.objects.count() == 0


def test_contact_is_added_and_changed(desk: Browser) -> None:
    client = ClientFactory()
    data = {"salutation": "mr", "last_name": "Brandt", "language": "de"}
    desk.post(reverse("clients:contact_create", args=[client.pk]), data)
    contact = Contact.objects.get()
    edit = reverse("clients:contact_edit", args=[client.pk, contact.pk])
    desk.post(edit, {**data, "left_on": "01.11.2026", "version": "1"})
    contact.refresh_from_db()
    assert contact.has_left(dt.date(2026, 11, 1))
    assert not contact.has_left(dt.date(2026, 10, 31))


def contract_data(**changes: str) -> dict[str, str]:
    return {
        "title": "Facility-Services Süd",
        "kind": "mixed",
        "starts_on": "17.04.2023",
        "ends_on": "16.04.2027",
        "notice_on": "16.01.2027",
        "annual_value": "1.900.000,00",
        **changes,
    }


BAD_CONTRACT = [
    ({"title": ""}, "title"),
    ({"starts_on": ""}, "starts_on"),
    ({"ends_on": "16.04.2022", "notice_on": ""}, "__all__"),
    ({"notice_on": "17.04.2027"}, "__all__"),
    ({"annual_value": "-1"}, "__all__"),
    ({"annual_value": "1.9 Mio"}, "annual_value"),
    ({"kind": "werk"}, "kind"),
]


@pytest.mark.parametrize(("bad", "field"), BAD_CONTRACT, ids=str)
def test_contract_refuses_bad_input(bad: dict[str, str], field: str, desk: Browser) -> None:
    client = ClientFactory()
    response = desk.post(reverse("contracts:create", args=[client.pk]), contract_data(**bad))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Contract.objects.count() == 0


def test_contract_takes_sites_of_its_client_only(desk: Browser) -> None:
    site, foreign = SiteFactory(), SiteFactory()
    target = reverse("contracts:create", args=[site.client_id])
    assert desk.post(target, contract_data(sites=str(foreign.pk))).status_code == 422
    desk.post(target, contract_data(sites=str(site.pk)))
    contract = Contract.objects.get()
    assert list(contract.sites.all()) == [site]
    assert contract.history.first().history_user.last_name == "Kaya"


@pytest.mark.parametrize("changes", [{"notice_on": ""}, {"notice_on": "20.11.2026"}], ids=str)
def test_contract_doubts_a_missing_or_past_notice(changes: dict[str, str], desk: Browser) -> None:
    target = reverse("contracts:create", args=[ClientFactory().pk])
    assert desk.post(target, contract_data(**changes)).status_code == 422
    desk.post(target, contract_data(**changes, warning_reason="Altvertrag"))
    assert Contract.objects.count() == 1


def test_contract_conflict_shows_who_was_quicker(
    desk: Browser, kollegin: User, client_for: ClientFor
) -> None:
    contract = ContractFactory()
    target = reverse("contracts:edit", args=[contract.pk])
    theirs = contract_data(title="Neuer Titel", version="1")
    assert client_for(kollegin).post(target, theirs).status_code == 302
    response = desk.post(target, contract_data(title="Mein Titel", version="1"))
    assert response.status_code == 409
    assert "Nele Brunner" in response.content.decode()
    contract.refresh_from_db()
    assert contract.title == "Neuer Titel"


def test_contract_version_is_kept_in_the_history(desk: Browser) -> None:
    contract = ContractFactory()
    target = reverse("contracts:edit", args=[contract.pk])
    desk.post(target, contract_data(title="Neu", version="1"))
    assert [row.title for row in contract.history.all()] == ["Neu", "Facility-Services Süd"]


def test_rows_speak_for_themselves(db: None) -> None:
    site = SiteFactory(name="Haus B")
    assert (str(site), site.address) == ("Haus B", "")
    assert str(ContactFactory(first_name="", last_name="Brandt")) == "Brandt"
    assert str(ContractFactory(title="Süd")) == "Süd"
