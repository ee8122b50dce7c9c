"""Lists by person: mine, those of my teams, all; the same words in every room."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.filters import OwnerFilter
from accounts.models import User
from tests.audits.factories import FindingFactory
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory
from tests.kpis.factories import CaseKpiFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.cases.models import Case

LISTS = ("/faelle/", "/massnahmen/", "/zusagen/", "/audits/", "/feststellungen/", "/kennzahlen/")


def furnished(owner: User, name: str, **kwargs: object) -> Case:
    """A case with one row for every list."""
    case = active_case(owner=owner, client=ClientFactory(name=name), **kwargs)
    day = dt.date(2026, 12, 1)
    MeasureFactory(plan=PlanFactory(case=case), owner=owner, due_on=day)
    CommitmentFactory(case=case, owner=owner, due_on=day)
    FindingFactory(audit__case=case, audit__owner=owner, owner=owner, due_on=day)
    CaseKpiFactory(case=case, owner=owner)
    return case


@pytest.fixture
def board(leitung: User, kam: User, client_for: ClientFor, today: dt.date) -> Client:
    """The board sees all; it leads one case and belongs to the team of another."""
    furnished(leitung, "Eigener Kunde")
    furnished(kam, "Kunde des Teams", team=[leitung])
    furnished(kam, "Fremder Kunde")
    return client_for(leitung)


@pytest.mark.parametrize("address", LISTS)
def test_mine_team_and_all(address: str, board: Client) -> None:
    found = {}
    for view in ("meine", "team", ""):
        page = board.get(f"{address}?ansicht={view}").content.decode()
        found[view] = [
            name for name in ("Eigener Kunde", "Kunde des Teams", "Fremder Kunde") if name in page
        ]
    assert found == {
        "meine": ["Eigener Kunde"],
        "team": ["Eigener Kunde", "Kunde des Teams"],
        "": ["Eigener Kunde", "Kunde des Teams", "Fremder Kunde"],
    }


def test_who_left_or_audits_from_outside_is_no_owner(kam: User, auditor: User, qm: User) -> None:
    qm.is_active = False
    qm.save()
    assert list(OwnerFilter.owners()) == [kam]


class Owned(OwnerFilter):
    sorts = {"name": "pk"}
    default_sort = "name"


def test_select_box_names_everybody_in_one_narrow_statement(kam: User, qm: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        drawn = str(Owned(QueryDict())["verantwortlich"])
    for person in (kam, qm):
        assert f'<option value="{person.pk}">{person.full_name}</option>' in drawn
    assert '<option value="" selected>' in drawn
    assert len(asked) == 1
    assert "password" not in asked[0]["sql"]


def test_select_box_without_a_word_for_all_offers_people_only(kam: User) -> None:
    form = Owned(QueryDict(f"verantwortlich={kam.pk}"))
    form.fields["verantwortlich"].empty_label = None
    assert [name for _key, name in form.fields["verantwortlich"].choices] == [kam.full_name]
    assert f'<option value="{kam.pk}" selected>' in str(form["verantwortlich"])


def test_an_unknown_owner_is_ignored(kam: User) -> None:
    for value in ("999999", "x", "", "9" * 40):
        assert Owned(QueryDict(f"verantwortlich={value}")).chosen("verantwortlich") is None
    assert Owned(QueryDict(f"verantwortlich={kam.pk}")).chosen("verantwortlich") == kam
