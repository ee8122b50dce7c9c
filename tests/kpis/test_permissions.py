"""Who may see KPIs, set them up and enter values."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.conftest import ClientFor
from tests.kpis.factories import CaseKpiFactory, reread
from winback.cases.enums import Status
from winback.cases.models import Case, CaseMember
from winback.kpis.models import CaseKpi
from winback.kpis.permissions import (
    can_enter_some,
    can_enter_values,
    can_list_kpis,
    can_set_up_kpis,
    get_visible_kpi,
)

pytestmark = pytest.mark.django_db


def ended(kpi: CaseKpi) -> CaseKpi:
    Case.objects.filter(pk=kpi.case_id).update(status=Status.WON, closed_on=dt.date(2026, 11, 1))
    return reread(kpi)


def test_everybody_inside_lists_kpis(kam: User, operativ: User, auditor: User) -> None:
    assert can_list_kpis(kam)
    assert can_list_kpis(operativ)
    assert not can_list_kpis(auditor)


def test_kam_qm_and_management_set_up(
    kpi: CaseKpi, kam: User, qm: User, leitung: User, operativ: User
) -> None:
    assert all(can_set_up_kpis(user, kpi.case) for user in (kam, qm, leitung))
    assert not can_set_up_kpis(operativ, kpi.case)


def test_the_owner_enters_values_and_sets_nothing_up(kpi: CaseKpi, operativ: User) -> None:
    assert not can_enter_values(operativ, kpi)
    assert not can_enter_some(operativ, kpi.case)
    kpi.owner = operativ
    kpi.save()
    assert can_enter_values(operativ, kpi)
    assert can_enter_some(operativ, kpi.case)
    assert not can_set_up_kpis(operativ, kpi.case)


def test_an_ended_kpi_takes_no_values(kpi: CaseKpi, kam: User, operativ: User) -> None:
    kpi.owner = operativ
    kpi.ended_on, kpi.end_reason = dt.date(2026, 11, 1), "Los entfallen"
    kpi.save()
    assert not can_enter_values(kam, kpi)
    assert not can_enter_values(operativ, kpi)
    assert not can_enter_some(operativ, kpi.case)


def test_an_ended_case_is_read_only_for_everybody(
    kpi: CaseKpi, kam: User, leitung: User, operativ: User
) -> None:
    kpi.owner = operativ
    kpi.save()
    kpi = ended(kpi)
    for user in (kam, leitung, operativ):
        assert not can_enter_values(user, kpi)
        assert not can_enter_some(user, kpi.case)
        assert not can_set_up_kpis(user, kpi.case)


def test_a_foreign_kpi_and_an_unknown_key_are_not_there(
    kpi: CaseKpi, kam: User, fremde: User
) -> None:
    case, found = get_visible_kpi(kam, kpi.case.number, "sla")
    assert (case, found, found.case) == (kpi.case, kpi, case)
    with pytest.raises(Http404):
        get_visible_kpi(fremde, kpi.case.number, "sla")
    with pytest.raises(Http404):
        get_visible_kpi(kam, kpi.case.number, "unbekannt")


PAGES = ("bearbeiten", "baseline", "ziel", "ende", "messwerte/neu")


def test_operations_read_and_enter_their_own_kpi(
    client_for: ClientFor, kpi: CaseKpi, operativ: User
) -> None:
    client, base = client_for(operativ), kpi.get_absolute_url()
    assert client.get(base).status_code == 200
    assert client.get(f"{base}messwerte.csv").status_code == 200
    assert [client.get(f"{base}{page}/").status_code for page in PAGES] == [403] * 5
    kpi.owner = operativ
    kpi.save()
    assert [client.get(f"{base}{page}/").status_code for page in PAGES] == [403] * 4 + [200]


def test_an_ended_case_shows_its_kpis_without_a_way_to_change_them(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    kpi = ended(running)
    client, base = client_for(kam), kpi.get_absolute_url()
    row = kpi.measurements.get(period_start=dt.date(2026, 10, 1))
    page = client.get(base).content.decode()
    for each in (*PAGES, f"messwerte/{row.pk}"):
        assert f"{base}{each}/" not in page
        assert client.get(f"{base}{each}/").status_code == 403
    overview = client.get(f"/faelle/{kpi.case.number}/kennzahlen/").content.decode()
    assert "auswahl" not in overview
    assert "eintragen/" not in overview
    assert client.get(f"/faelle/{kpi.case.number}/kennzahlen/auswahl/").status_code == 403
    assert client.get(f"/faelle/{kpi.case.number}/kennzahlen/eintragen/").status_code == 403


def test_the_list_shows_visible_cases_only(
    client_for: ClientFor, kpi: CaseKpi, kam: User, fremde: User, leitung: User, operativ: User
) -> None:
    hidden = CaseKpiFactory(case=CaseFactory(owner=fremde, is_confidential=True))
    shown = {
        user: {row.case for row in client_for(user).get("/kennzahlen/").context["rows"]}
        for user in (kam, fremde, leitung, operativ)
    }
    own, foreign = kpi.case.number, hidden.case.number
    assert shown == {
        kam: {own},
        fremde: {foreign},
        leitung: {own, foreign},
        operativ: {own},
    }
    CaseMember.objects.filter(user=operativ).update(left_on=dt.date(2026, 11, 1))
    assert client_for(operativ).get("/kennzahlen/").context["rows"] == []
