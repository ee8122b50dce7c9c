"""Clients, sites and contacts: facts, verbs and who sees them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.enums import Role
from accounts.models import User
from tests.clients.factories import ClientFactory, ContactFactory, SiteFactory
from tests.contracts.factories import ContractFactory
from tests.factories import UserFactory
from winback.clients.models import Client, Site
from winback.clients.permissions import can_edit_clients, can_list_clients, get_visible_client
from winback.clients.services import change_client, create_client, save_contact, save_site
from winback.common.claims import StaleVersion
from winback.contracts.models import Contract
from winback.contracts.permissions import get_visible_contract
from winback.contracts.rows import client_panel
from winback.contracts.services import change_contract, create_contract

SEES = {
    Role.KEY_ACCOUNT_MANAGER: True,
    Role.QUALITY_MANAGER: True,
    Role.MANAGEMENT: True,
    Role.OPERATIONS: False,
    Role.EXTERNAL_AUDITOR: False,
}
EDITS = {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT}

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("role", list(Role))
def test_role_decides_who_sees_and_keeps_clients(role: Role, db: None) -> None:
    user, client = UserFactory(role=role), ClientFactory()
    assert can_list_clients(user) is SEES[role]
    assert Client.objects.visible_to(user).exists() is SEES[role]
    assert can_edit_clients(user) is (role in EDITS)
    if SEES[role]:
        assert get_visible_client(user, client.pk) == client
    else:
        with pytest.raises(Http404):
            get_visible_client(user, client.pk)


def test_administrators_see_clients_unless_external(admin_user: User, auditor: User) -> None:
    client = ClientFactory()
    auditor.is_administrator = True
    assert list(Client.objects.visible_to(admin_user)) == [client]
    assert list(Client.objects.visible_to(auditor)) == []
    assert can_list_clients(auditor) is False


def test_contract_is_visible_with_its_client(kam: User, operativ: User) -> None:
    contract = ContractFactory()
    assert get_visible_contract(kam, contract.pk) == contract
    with pytest.raises(Http404):
        get_visible_contract(operativ, contract.pk)
    with pytest.raises(Http404):
        get_visible_contract(kam, contract.pk + 1)


@pytest.mark.parametrize(
    ("name", "key"),
    [("Öl & Gas Größe", "ol & gas grosse"), ("  Zwei   Worte ", "zwei worte"), ("ÉTÉ", "ete")],
)
def test_create_client_fills_its_keys(name: str, key: str, kam: User) -> None:
    client = create_client(actor=kam, changes={"name": name, "number": "", "segment": "other"})
    assert client.sort_key == key
    assert client.number is None


def test_search_finds_name_and_number(kam: User) -> None:
    create_client(actor=kam, changes={"name": "Größe AG", "number": "K-0815", "segment": "other"})
    for text in ("grosse", "GRÖSSE", "k-08", "ag"):
        assert Client.objects.matching(text).count() == 1
    assert Client.objects.matching("mittel").count() == 0


def test_change_client_needs_the_current_version(kam: User, kollegin: User) -> None:
    client = ClientFactory(name="Alt")
    same = Client.objects.get(pk=client.pk)
    change_client(client=client, version=1, actor=kam, changes={"name": "Neu"})
    with pytest.raises(StaleVersion) as stale:
        change_client(client=same, version=1, actor=kollegin, changes={"name": "Anders"})
    assert str(stale.value.current) == "Neu"


def test_save_site_adds_and_changes(kam: User) -> None:
    client = ClientFactory()
    changes = {"name": "Haus A", "bundesland": "BY", "area": Decimal("10")}
    site = save_site(client=client, actor=kam, changes=changes, site=None)
    save_site(client=client, actor=kam, changes={"name": "Haus B"}, site=site, version=1)
    with pytest.raises(StaleVersion):
        save_site(client=client, actor=kam, changes={"name": "Haus C"}, site=site, version=1)
    assert [(s.name, s.bundesland) for s in client.sites.all()] == [("Haus B", "BY")]


def test_database_refuses_a_second_site_of_the_name(db: None) -> None:
    site = SiteFactory(name="Haus A")
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteFactory(client=site.client, name="Haus A")
    assert SiteFactory(name="Haus A").pk


@pytest.mark.parametrize("area", [Decimal(0), Decimal(-1)])
def test_database_refuses_an_area_of_nothing(area: Decimal, db: None) -> None:
    site = SiteFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(area=area)


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        (("Werkstraße 4", "60311", "Auental"), "Werkstraße 4, 60311 Auental"),
        (("", "60311", "Auental"), "60311 Auental"),
        (("Werkstraße 4", "", ""), "Werkstraße 4"),
        (("", "", ""), ""),
    ],
)
def test_address_leaves_out_what_is_missing(parts: tuple[str, str, str], address: str) -> None:
    street, postcode, city = parts
    assert Site(street=street, postcode=postcode, city=city).address == address


def test_save_contact_adds_and_changes(kam: User) -> None:
    client = ClientFactory()
    contact = save_contact(client=client, actor=kam, changes={"last_name": "Brandt"}, contact=None)
    save_contact(
        client=client, actor=kam, changes={"first_name": "Bernd"}, contact=contact, version=1
    )
    assert [c.name for c in client.contacts.all()] == ["Bernd Brandt"]
    assert {row.history_user for row in contact.history.all()} == {kam}


def test_contact_without_a_leaving_date_is_there() -> None:
    assert not ContactFactory.build(client=None, left_on=None).has_left(dt.date(2026, 11, 23))


def test_contract_keeps_its_versions_with_sites(kam: User) -> None:
    client = ClientFactory()
    first, second = SiteFactory(client=client), SiteFactory(client=client)
    changes = {
        "title": "Süd",
        "starts_on": dt.date(2023, 1, 1),
        "annual_value": Decimal(1),
        "sites": [first],
    }
    contract = create_contract(client=client, actor=kam, today=TODAY, changes=dict(changes))
    change_contract(
        contract=contract,
        version=1,
        actor=kam,
        today=TODAY,
        changes={**changes, "sites": [second]},
    )
    assert list(contract.sites.all()) == [second]
    assert contract.version == 2
    assert {row.history_user for row in contract.history.all()} == {kam}


def test_change_contract_needs_the_current_version(kam: User) -> None:
    contract = ContractFactory()
    changes = {"title": "Neu", "sites": []}
    with pytest.raises(StaleVersion):
        change_contract(contract=contract, version=7, actor=kam, today=TODAY, changes=dict(changes))
    contract.refresh_from_db()
    assert contract.title == "Facility-Services Süd"


@pytest.mark.parametrize(
    "broken",
    [
        {"ends_on": dt.date(2023, 4, 16)},
        {"notice_on": dt.date(2027, 4, 17)},
        {"annual_value": Decimal("-0.01")},
    ],
    ids=str,
)
def test_database_refuses_contradictions_in_a_contract(broken: dict[str, object], db: None) -> None:
    contract = ContractFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**broken)


@pytest.mark.usefixtures("today")
def test_contract_panel_tells_running_from_ended(kam: User, qm: User) -> None:
    contract = ContractFactory(title="Läuft", number="V-7")
    ContractFactory(
        client=contract.client,
        title="Vorbei",
        starts_on=dt.date(2019, 1, 1),
        ends_on=dt.date(2026, 11, 22),
        notice_on=None,
    )
    panel = client_panel(kam, contract.client)
    assert [(row.label, row.word) for row in panel.rows] == [
        ("Läuft", "läuft"),
        ("Vorbei", "beendet"),
    ]
    note = panel.rows[0].note.replace("\xa0", " ")
    assert note.startswith("V-7 · Gemischter Vertrag · 17.04.2023")
    assert "kündbar bis 16.01.2027" in note
    assert note.endswith("1.900.000,00 €")
    assert client_panel(qm, contract.client).rows[0].url == contract.get_absolute_url()
