"""The tree of regions: who lies where, what may become part of what."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from accounts import rules
from accounts.models import Region, User
from accounts.rows import region_rows
from accounts.services import RegionRefused, delete_region, save_region
from tests.clients.factories import ClientFactory, SiteFactory
from tests.conftest import ClientFor
from tests.statements import statements
from winback.clients.models import Client
from winback.common.claims import StaleVersion

PARENTS = {1: None, 2: 1, 3: 1, 4: 3, 5: None}


@pytest.mark.parametrize(
    ("root", "keys"), [(1, {1, 2, 3, 4}), (3, {3, 4}), (4, {4}), (5, {5}), (9, {9})]
)
def test_subtree_holds_everything_below(root: int, keys: set[int]) -> None:
    assert rules.subtree(PARENTS, root) == keys


def test_tree_is_walked_parent_first() -> None:
    order = [5, 4, 3, 2, 1]
    assert rules.in_order(PARENTS, order) == [(5, 0), (1, 0), (3, 1), (4, 2), (2, 1)]
    assert rules.in_order({}, []) == []


def region(name: str, parent: Region | None = None) -> Region:
    return Region.objects.create(name=name, parent=parent)


@pytest.fixture
def tree(db: None) -> dict[str, Region]:
    """Germany with South and North; Bavaria in the South."""
    germany = region("Deutschland")
    south = region("Süd", germany)
    return {
        "germany": germany,
        "south": south,
        "north": region("Nord", germany),
        "bavaria": region("Bayern", south),
    }


def changes(region: Region, **more: object) -> dict[str, object]:
    return {"name": region.name, "parent": region.parent, "members": [], **more}


def test_region_is_kept_with_its_members(tree: dict[str, Region], admin_user: User) -> None:
    facts = {"name": "Franken", "parent": tree["bavaria"], "members": [admin_user]}
    made = save_region(actor=admin_user, changes=facts)
    assert list(admin_user.regions.all()) == [made]
    save_region(actor=admin_user, changes=changes(made), region=made, version=1)
    assert not made.members.exists()
    with pytest.raises(StaleVersion):
        save_region(actor=admin_user, changes=changes(made), region=made, version=1)


@pytest.mark.parametrize("below", ["south", "bavaria"])
def test_region_never_becomes_part_of_itself(
    below: str, tree: dict[str, Region], admin_user: User
) -> None:
    south = tree["south"]
    with pytest.raises(RegionRefused) as refused:
        save_region(
            actor=admin_user,
            changes=changes(south, parent=tree[below]),
            region=south,
            version=1,
        )
    assert refused.value.field == "parent"
    assert set(Region.objects.all().outside(south)) == {tree["germany"], tree["north"]}


@pytest.mark.parametrize("holds", ["regions", "sites"])
def test_region_something_lies_in_stays(
    holds: str, tree: dict[str, Region], admin_user: User
) -> None:
    place = tree["south"] if holds == "regions" else tree["north"]
    SiteFactory(region=tree["north"])
    with pytest.raises(RegionRefused), transaction.atomic():
        delete_region(region=place, version=1, actor=admin_user)
    delete_region(region=tree["bavaria"], version=1, actor=admin_user)
    assert not Region.objects.filter(name="Bayern").exists()


def test_database_keeps_names_apart(tree: dict[str, Region]) -> None:
    for parent in (None, tree["germany"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            region("Deutschland" if parent is None else "Süd", parent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.filter(name="Nord").update(parent=tree["north"])
    assert str(region("Süd")) == "Süd"


def test_clients_are_found_by_the_region_of_a_site(tree: dict[str, Region]) -> None:
    client = ClientFactory()
    SiteFactory(client=client, region=tree["bavaria"])
    SiteFactory(client=client, region=tree["bavaria"])
    SiteFactory(region=None)
    for name, found in (("germany", [client]), ("bavaria", [client]), ("north", [])):
        assert list(Client.objects.all().in_region(tree[name])) == found


def test_pages_show_the_tree(
    tree: dict[str, Region], admin_user: User, client_for: ClientFor
) -> None:
    tree["bavaria"].members.add(admin_user)
    assert [row.path for row in region_rows()][:2] == ["Deutschland", "Deutschland › Nord"]
    browser = client_for(admin_user)
    page = browser.get(reverse("accounts:region_list")).content.decode()
    assert "Deutschland › Süd › Bayern" in page
    assert "S. Kern" in page
    one = statements(browser, reverse("accounts:region_list"))
    region("Hessen", tree["south"])
    assert len(one) == len(statements(browser, reverse("accounts:region_list"))) <= 8


def test_forms_keep_the_tree(
    tree: dict[str, Region], admin_user: User, client_for: ClientFor
) -> None:
    browser: Browser = client_for(admin_user)
    create = reverse("accounts:region_create")
    assert browser.post(create, {"name": "Süd", "parent": tree["germany"].pk}).status_code == 422
    assert browser.post(create, {"name": "Deutschland"}).status_code == 422
    data = {"name": "Ost", "parent": tree["germany"].pk, "members": [admin_user.pk]}
    browser.post(create, data)
    east = Region.objects.get(name="Ost")
    edit = reverse("accounts:region_edit", args=[east.pk])
    browser.post(edit, {"name": "Osten", "parent": "", "version": "1"})
    east.refresh_from_db()
    assert (east.name, east.parent) == ("Osten", None)
    south = reverse("accounts:region_delete", args=[tree["south"].pk])
    assert "liegen noch Regionen" in browser.post(south, {"version": "1"}).content.decode()
    browser.post(reverse("accounts:region_delete", args=[east.pk]), {"version": "2"})
    assert not Region.objects.filter(pk=east.pk).exists()
