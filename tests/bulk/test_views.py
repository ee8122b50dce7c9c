"""The page that changes many rows: ask, preview, confirm."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.plans.factories import MeasureFactory, PlanFactory
from tests.statements import statements
from winback.cases.models import Case
from winback.plans.models import Measure, RecoveryPlan

URL = "/sammelaenderung/massnahmen/"
DUE = dt.date(2026, 11, 27)
MOVE = {"days": "7", "due_on": "", "note": "Betriebsferien"}


@pytest.fixture
def plan(kam: User, today: dt.date) -> RecoveryPlan:
    return PlanFactory(case=active_case(owner=kam))


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def measures(plan: RecoveryPlan, count: int) -> list[Measure]:
    return [MeasureFactory(plan=plan, owner=plan.created_by, due_on=DUE) for _ in range(count)]


def asking(rows: list[Measure], step: str = "termin") -> str:
    return f"{URL}?schritt={step}&" + "&".join(f"auswahl={row.pk}" for row in rows)


def confirmed(desk: Client, url: str, data: dict[str, str]) -> dict[str, object]:
    """The preview's form as the browser sends it."""
    page = desk.post(url, data)
    return {**data, "bestaetigt": "1", "stand": page.context["ready"]}


def test_ask_preview_and_confirm(desk: Client, plan: RecoveryPlan) -> None:
    rows = measures(plan, 2)
    url = asking(rows)
    page = desk.get(url).content.decode()
    assert rows[0].title in page
    assert "Nothing is changed yet" in page or "Noch wird nichts geändert" in page
    preview = desk.post(url, MOVE)
    assert [row.after for row in preview.context["rows"]] == ["Fr., 04.12.2026"] * 2
    assert {row.due_on for row in Measure.objects.all()} == {DUE}
    result = desk.post(url, confirmed(desk, url, MOVE))
    assert result.context["level"] == "success"
    assert {row.due_on for row in Measure.objects.all()} == {dt.date(2026, 12, 4)}


def test_second_click_changes_nothing_more(desk: Client, plan: RecoveryPlan) -> None:
    url = asking(measures(plan, 1))
    data = confirmed(desk, url, MOVE)
    for _ in range(2):
        assert desk.post(url, data).context["level"] == "success"
    assert Measure.objects.get().due_on == dt.date(2026, 12, 4)
    assert Measure.objects.get().moves.count() == 1


def test_all_rows_of_the_query_are_changed_though_they_leave_it(
    desk: Client, plan: RecoveryPlan
) -> None:
    measures(plan, 3)
    late = MeasureFactory(plan=plan, due_on=dt.date(2026, 11, 2))
    url = f"{URL}?schritt=termin&alle=1&abfrage={quote('ansicht=ueberfaellig')}"
    data = confirmed(desk, url, {**MOVE, "days": "30"})
    for _ in range(2):
        assert desk.post(url, data).status_code == 200
    late.refresh_from_db()
    assert late.due_on == dt.date(2026, 12, 2)
    assert Measure.objects.filter(due_on=DUE).count() == 3


def test_bad_input_keeps_what_was_typed(desk: Client, plan: RecoveryPlan) -> None:
    response = desk.post(asking(measures(plan, 1)), {"days": "7", "note": ""})
    assert response.status_code == 422
    assert response.context["form"].data["days"] == "7"


@pytest.mark.parametrize(
    "query", ["", "auswahl=x", "auswahl=999999999999999999999", "alle=1&abfrage=q%3Dniemand"]
)
def test_nothing_ticked_leads_back_to_the_list(desk: Client, query: str, today: dt.date) -> None:
    response = desk.get(f"{URL}?{query}")
    assert response.status_code == 302
    assert response["Location"].startswith("/massnahmen/")


def test_too_many_rows_lead_back_with_their_query(desk: Client, today: dt.date) -> None:
    ticked = "&".join(f"auswahl={number}" for number in range(1, 202))
    response = desk.get(f"{URL}?{ticked}&abfrage={quote('ansicht=meine&seite=2')}")
    assert response["Location"] == "/massnahmen/?ansicht=meine"


def test_rows_of_others_do_not_appear(
    client_for: ClientFor, fremde: User, plan: RecoveryPlan
) -> None:
    url = asking(measures(plan, 1))
    desk = client_for(fremde)
    assert desk.get(url).context["rows"] == []
    forged = {**MOVE, "bestaetigt": "1", "stand": f"{Measure.objects.get().pk}:1:2026-12-04"}
    assert desk.post(url, forged).context["rows"] == []
    assert Measure.objects.get().due_on == DUE


def test_unknown_list_is_not_found_and_a_missing_right_refused(
    desk: Client, client_for: ClientFor, qm: User, auditor: User
) -> None:
    assert desk.get("/sammelaenderung/unsinn/").status_code == 404
    assert client_for(qm).get("/sammelaenderung/faelle/?auswahl=1").status_code == 403
    assert client_for(auditor).get(f"{URL}?auswahl=1").status_code == 403


def test_preview_asks_the_same_for_one_and_three_rows(desk: Client, plan: RecoveryPlan) -> None:
    one, *others = measures(plan, 3)
    counts = [len(statements(desk, asking(rows), MOVE)) for rows in ([one], [one, *others])]
    assert counts[0] == counts[1] <= 10


def test_confirming_costs_a_fixed_number_per_row(desk: Client, plan: RecoveryPlan) -> None:
    one, *others = measures(plan, 4)
    costs = []
    for rows in ([one], others):
        url = asking(rows)
        costs.append(len(statements(desk, url, confirmed(desk, url, MOVE))))
    assert costs[1] - costs[0] <= 2 * 12


def test_list_offers_boxes_and_the_bar_to_those_who_may(
    desk: Client, client_for: ClientFor, qm: User, plan: RecoveryPlan
) -> None:
    page = desk.get(reverse("cases:list")).content.decode()
    assert 'name="auswahl"' in page
    assert 'action="/sammelaenderung/faelle/"' in page
    other = client_for(qm).get(reverse("cases:list")).content.decode()
    assert 'name="auswahl"' not in other
    assert Case.objects.count() == 1
