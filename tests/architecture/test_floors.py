"""The floors hold where no import shows it, and no local app stands outside the contracts."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from accounts.models import User
from tests.architecture import floors, tree
from winback.cases.models import Case
from winback.clients.models import Client

CONTRACTS = floors.read_contracts(tree.ROOT / "pyproject.toml")
LOCAL_APPS = sorted(
    name for name in settings.INSTALLED_APPS if name.split(".")[0] in tree.PRODUCTION
)


def local_models() -> list[type[Model]]:
    return [m for m in apps.get_models() if floors.package_of(m) in LOCAL_APPS]


@pytest.mark.parametrize("name", LOCAL_APPS)
def test_local_app_stands_on_a_floor(name: str) -> None:
    assert CONTRACTS.rank(name) >= 0


@pytest.mark.parametrize("name", [name for name in LOCAL_APPS if name != "winback.common"])
def test_local_app_is_a_room_with_inner_floors(name: str) -> None:
    assert name in CONTRACTS.rooms


def test_every_room_with_an_app_is_installed() -> None:
    found = {
        ".".join(path.parent.relative_to(tree.ROOT).parts)
        for name in tree.PRODUCTION
        for path in (tree.ROOT / name).rglob("apps.py")
    }
    assert found == set(LOCAL_APPS)


def test_no_relation_points_to_a_higher_floor() -> None:
    assert floors.relations_upwards(local_models(), CONTRACTS) == []


def test_no_query_joins_backwards_to_a_higher_floor() -> None:
    found = []
    for package, names in floors.reverse_names(local_models(), CONTRACTS).items():
        for path in (tree.ROOT / package.replace(".", "/")).rglob("*.py"):
            if "migrations" not in path.parts:
                found += [f"{package}/{place}" for place in floors.reverse_joins(path, names)]
    assert found == []


def test_rank_of_an_unknown_package_is_refused() -> None:
    with pytest.raises(LookupError, match=r"winback\.cellar"):
        CONTRACTS.rank("winback.cellar")


def test_floors_are_read_from_low_to_high() -> None:
    low = CONTRACTS.rank("winback.common")
    assert low < CONTRACTS.rank("accounts") < CONTRACTS.rank("winback.cases")
    assert CONTRACTS.rank("audits") == CONTRACTS.rank("winback.kpis")


def upside_down() -> floors.Contracts:
    return floors.Contracts(tuple(reversed(CONTRACTS.floors)), CONTRACTS.rooms)


def test_relation_upwards_is_seen_when_the_house_stands_on_its_head() -> None:
    found = floors.relations_upwards([Case], upside_down())
    assert any(Client._meta.label in entry for entry in found)


def test_reverse_names_of_a_low_room_are_those_of_higher_rooms() -> None:
    names = floors.reverse_names([Client], CONTRACTS)["winback.clients"]
    relation = next(r for r in Client._meta.related_objects if r.related_model is Case)
    assert relation.name in names
    assert floors.reverse_names([User], upside_down())["accounts"] == set()


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("Client.objects.filter(cases__status=1)", True),
        ("Client.objects.order_by('-cases__number')", True),
        ("Client.objects.annotate(n=Count('cases'))", True),
        ("client.cases.exists()", True),
        ("Client.objects.filter(name='cases')", False),
        ("_('cases')", False),
        ("self.cases", False),
    ],
)
def test_reverse_join_is_seen_in_code(code: str, seen: bool, tmp_path: Path) -> None:
    module = tmp_path / "models.py"
    module.write_text(code)
    assert bool(floors.reverse_joins(module, {"cases"})) is seen
