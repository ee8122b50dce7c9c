"""Pages of the decisions: what people see, what bad input gets, what each page asks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import assess, plan_effort, step, swap, tender
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import SiteFactory
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import (
    Assessment,
    Background,
    Case,
    Handover,
    Lesson,
    PlanB,
    ResourceDecision,
    SiteFact,
    Success,
    Tender,
)
from winback.cases.views.decisions import PAGES
from winback.cases.views.entries import ENTRIES

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *args])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


# The page of decisions


def test_decisions_are_empty_at_first(desk: Client, case: Case) -> None:
    page = text(desk, url("decisions", case))
    assert page.count("Noch nichts erfasst.") >= 6
    assert "Chancen einschätzen" in page


def test_decisions_show_score_value_and_break_even(desk: Client, case: Case, leitung: User) -> None:
    assess(case, belief=Decimal(40), belief_reason="Entscheider ruft an", window="")
    plan_effort(case)
    page = text(desk, url("decisions", case))
    for words in (
        "90 von 100",
        "1 Faktor ist noch nicht beurteilt",
        "300.000,00 €",
        "15.000,00 €",
        "Den Versuch wert, wenn wir an mehr als 5 % glauben.",
        "105.000,00 €",
        "Entscheider ruft an",
        "100 Stunden",
    ):
        assert words in page


def test_decisions_say_when_no_belief_is_enough(desk: Client, case: Case) -> None:
    assess(case, contribution=Decimal(5), care_cost=Decimal(10))
    plan_effort(case)
    page = text(desk, url("decisions", case))
    assert "nicht erreichbar" in page
    assert "kostet mehr, als der zweite Vertrag einbringt" in page


def test_decisions_are_read_by_operations_without_links(
    case: Case, operativ: User, client_for: ClientFor
) -> None:
    step(case, operativ)
    page = text(client_for(operativ), url("decisions", case))
    assert "Chancen einschätzen" not in page
    assert "Lehre vorschlagen" not in page


@pytest.mark.parametrize("name", ["decisions", "escalation", "tenders", "team"])
def test_pages_ask_the_same_for_1_and_3_rows(
    name: str, desk: Client, case: Case, kam: User, leitung: User
) -> None:
    def more() -> None:
        step(case, kam)
        decisions.lesson(case)
        SiteFact.objects.create(case=case, site=SiteFactory(client=case.client), state="lost")
        row = tender(case, kam)
        row.criteria.create(name="Preis", weight=50)
        Success.objects.create(case=case, kind="team", happened_on=case.opened_on, what="Lob")
        ResourceDecision.objects.create(
            case=case, conflict="x", decision="y", decided_by=leitung, decided_on=case.opened_on
        )

    decisions.plan_b(case)
    assess(case)
    plan_effort(case)
    more()
    one = statements(desk, url(name, case))
    more()
    more()
    assert len(one) == len(statements(desk, url(name, case))) <= 12


# Pages of facts


@pytest.mark.parametrize("key", PAGES)
def test_every_page_of_facts_opens_with_at_most_ten_fields(
    key: str, desk: Client, case: Case
) -> None:
    response = desk.get(url("sheet", case, key))
    assert response.status_code == 200
    assert len(response.context["form"].visible_fields()) <= 10


@pytest.mark.parametrize("key", ENTRIES)
def test_every_entry_opens_with_at_most_ten_fields(key: str, desk: Client, case: Case) -> None:
    response = desk.get(url("entry", case, key))
    assert response.status_code == 200
    assert len(response.context["form"].visible_fields()) <= 10


@pytest.mark.parametrize("name", ["sheet", "entry"])
def test_unknown_pages_are_not_found(name: str, desk: Client, case: Case) -> None:
    assert desk.get(url(name, case, "unsinn")).status_code == 404


def test_facts_are_saved_and_shown(desk: Client, case: Case) -> None:
    data = {"stage": "warned", "revenue_share": "11,5", "dispute_risk": "high", "version": "0"}
    response = desk.post(url("sheet", case, "beziehung"), data)
    assert response["Location"] == url("decisions", case)
    page = text(desk, url("decisions", case))
    assert "Abgemahnt" in page
    assert "11,5 %" in page


def test_two_steps_of_the_background_keep_each_other(desk: Client, case: Case) -> None:
    desk.post(url("sheet", case, "beziehung"), {"stage": "warned", "version": "0"})
    desk.post(url("sheet", case, "verlust"), {"competitor": "Billiger", "version": "1"})
    row = Background.objects.get()
    assert (row.stage, row.competitor, row.version) == ("warned", "Billiger", 2)


def test_a_slower_first_save_sees_both_versions(desk: Client, case: Case) -> None:
    Background.objects.create(case=case, stage="warned")
    response = desk.post(url("sheet", case, "beziehung"), {"stage": "cooling", "version": "0"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Abgemahnt" in page
    again = {"stage": "cooling", "version": response.context["form"]["version"].value()}
    assert desk.post(url("sheet", case, "beziehung"), again).status_code == 302
    assert Background.objects.get().stage == "cooling"


BAD_SHEETS = [
    ("beziehung", {"revenue_share": "101"}, "revenue_share"),
    ("beziehung", {"revenue_share": "viel"}, "revenue_share"),
    ("beziehung", {"stage": "unsinn"}, "stage"),
    ("verlust", {"provider_since": "24.11.2026"}, "provider_since"),
    ("einschaetzung", {"window": "vielleicht"}, "window"),
    ("wert", {"years": "0"}, "years"),
    ("wert", {"years": "21"}, "years"),
    ("wert", {"survival": "-1"}, "survival"),
    ("wert", {"contribution": "-5"}, "contribution"),
    ("wert", {"belief": "40"}, "belief_reason"),
    ("aufwand-geplant", {"hours": "-1"}, "hours"),
    ("erste-ansprache", {"way": "phone"}, "way_reason"),
    ("erste-ansprache", {"caller": "999"}, "caller"),
    ("mediation", {"considered": "yes"}, "reasons"),
    ("mediation", {"result": "failed"}, "ended_on"),
    ("mediation", {"starts_on": "10.11.2026", "ended_on": "09.11.2026"}, "__all__"),
    ("plan-b", {"owner": "", "due_on": "+5"}, "owner"),
    ("plan-b", {"due_on": ""}, "due_on"),
    ("abschied", {"held_on": "24.11.2026"}, "held_on"),
    ("auslastung", {"briefed_on": "24.11.2026"}, "briefed_on"),
    ("nachbetreuung", {"every_days": ""}, "every_days"),
]


@pytest.mark.parametrize(("key", "bad", "field"), BAD_SHEETS, ids=str)
def test_facts_refuse_bad_input_and_keep_it(
    key: str, bad: dict[str, str], field: str, desk: Client, case: Case
) -> None:
    response = desk.post(url("sheet", case, key), {"version": "0", **bad})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not case.events.exists()


def test_care_that_eats_the_contract_is_doubted(desk: Client, case: Case) -> None:
    data = {"contribution": "100", "care_cost": "100", "version": "0"}
    assert desk.post(url("sheet", case, "wert"), data).status_code == 422
    desk.post(url("sheet", case, "wert"), {**data, "warning_reason": "Referenzkunde"})
    assert Assessment.objects.get().care_cost == 100
    assert case.events.get().data["reason"] == "Referenzkunde"


def test_nothing_of_the_value_is_prefilled(desk: Client, case: Case) -> None:
    response = desk.get(url("sheet", case, "wert"))
    form = response.context["form"]
    assert [form[name].value() for name in form.fields if name != "version"] == [None] * 6 + [""]
    assert "Marketing Metrics" in response.content.decode()


def test_plan_b_is_saved_with_its_step(desk: Client, case: Case, kollegin: User) -> None:
    data = {
        "revenue_at_risk": "1.900.000,00",
        "alternatives": "Zwei Kliniken",
        "owner": str(kollegin.pk),
        "due_on": "15.01.2027",
        "version": "0",
    }
    assert desk.post(url("sheet", case, "plan-b"), data)["Location"] == url("tenders", case)
    assert PlanB.objects.get().duty.owner == kollegin
    page = text(desk, url("tenders", case))
    for words in ("1.900.000,00 €", "Zwei Kliniken", "N. Brunner", "fällig am 15.01.2027"):
        assert words in page
    form = desk.get(url("sheet", case, "plan-b")).context["form"]
    assert form["owner"].value() == kollegin.pk


def test_aftercare_is_planned_after_the_end_too(desk: Client, kam: User) -> None:
    case = CaseFactory(owner=kam, status=Status.WON, closed_on=dt.date(2026, 11, 2))
    data = {"every_days": "30", "owner": str(kam.pk), "due_on": "+7", "version": "0"}
    assert desk.post(url("sheet", case, "nachbetreuung"), data).status_code == 302
    page = text(desk, url("decisions", case))
    assert "alle 30 Tage" in page
    assert "Kontakt festhalten" in page
    assert desk.get(url("sheet", case, "beziehung")).status_code == 403


def test_saving_facts_takes_at_most_ten_statements(desk: Client, case: Case) -> None:
    Background.objects.create(case=case)
    data = {"stage": "warned", "version": "1"}
    assert len(statements(desk, url("sheet", case, "beziehung"), data)) <= 10


# Entries


def test_entries_are_saved_where_they_belong(desk: Client, case: Case, leitung: User) -> None:
    site = SiteFactory(client=case.client, name="Haus B")
    case.sites.add(site)
    good: dict[str, dict[str, str]] = {
        "erfolg": {"kind": "order", "happened_on": "20.11.2026", "what": "Los Ost"},
        "lehre": {"what": "Zu viel zugesagt", "proposal": "Gegenrechnen", "target": "tender"},
        "objekt": {"site": str(site.pk), "state": "endangered", "annual_value": "250.000"},
        "ressourcen": {
            "conflict": "Zwei Objekte",
            "decision": "Haus A zuerst",
            "decided_by": str(leitung.pk),
            "decided_on": "heute",
        },
        "eskalationsschritt": {
            "title": "Krisengespräch",
            "level": "3",
            "owner": str(leitung.pk),
            "due_on": "+7",
        },
        "ausschreibung": {
            "title": "Los Süd",
            "result": "planned",
            "held_on": "01.06.2027",
            "owner": str(case.owner_id),
            "due_on": "01.04.2027",
        },
    }
    assert set(good) == set(ENTRIES)
    for key, data in good.items():
        response = desk.post(url("entry", case, key), data)
        assert response.status_code == 302, (key, response.context["form"].errors)
        shown = "Haus B" if key == "objekt" else next(iter(data.values()))
        assert shown in text(desk, response["Location"]) or key == "erfolg"
    assert (Success.objects.count(), Lesson.objects.count(), Tender.objects.count()) == (1, 1, 1)


BAD_ENTRIES = [
    ("erfolg", {"kind": "order", "happened_on": "24.11.2026", "what": "x"}, "happened_on"),
    ("lehre", {"what": "x", "proposal": "", "target": "plan"}, "proposal"),
    ("objekt", {"site": "999", "state": "lost"}, "site"),
    ("objekt", {"state": "lost", "annual_value": "-1"}, "annual_value"),
    ("ressourcen", {"decided_on": "24.11.2026"}, "decided_on"),
    ("eskalationsschritt", {"level": "0"}, "level"),
    ("eskalationsschritt", {"title": "x" * 201}, "title"),
    ("ausschreibung", {"result": "planned"}, "owner"),
    ("ausschreibung", {"result": "lost", "held_on": "24.11.2026"}, "held_on"),
    (
        "ausschreibung",
        {"result": "planned", "held_on": "01.12.2026", "due_on": "02.12.2026"},
        "due_on",
    ),
]


@pytest.mark.parametrize(("key", "bad", "field"), BAD_ENTRIES, ids=str)
def test_entries_refuse_bad_input(
    key: str, bad: dict[str, str], field: str, desk: Client, case: Case
) -> None:
    response = desk.post(url("entry", case, key), bad)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not case.events.exists()


def test_facts_of_a_site_are_corrected_not_doubled(desk: Client, case: Case) -> None:
    site = SiteFactory(client=case.client, name="Haus B")
    case.sites.add(site)
    for state, value in (("endangered", "250.000"), ("lost", "")):
        data = {"site": str(site.pk), "state": state, "annual_value": value, "lots": "Los 3"}
        desk.post(url("entry", case, "objekt"), data)
    row = case.site_facts.get()
    assert (row.state, row.annual_value, str(row)) == ("lost", None, f"{case.number} · Haus B")
    page = text(desk, url("decisions", case))
    assert "Los 3" in page
    assert "pro Jahr" not in page.split("Haus B")[1][:200]


def test_resources_are_decided_by_the_board_only(desk: Client, case: Case, kam: User) -> None:
    data = {"conflict": "x", "decision": "y", "decided_by": str(kam.pk), "decided_on": "heute"}
    response = desk.post(url("entry", case, "ressourcen"), data)
    assert "decided_by" in response.context["form"].errors


def test_ended_case_takes_lessons_but_no_steps(desk: Client, kam: User) -> None:
    case = CaseFactory(owner=kam, status=Status.LOST, closed_on=dt.date(2026, 11, 2))
    assert desk.get(url("entry", case, "lehre")).status_code == 200
    assert desk.get(url("entry", case, "eskalationsschritt")).status_code == 403


# Escalation


def test_escalation_level_and_steps(desk: Client, case: Case, operativ: User) -> None:
    step(case, operativ, helper="Frau Keller", due_on=dt.date(2026, 11, 20))
    data = {"level": "2", "note": "Streit um Reaktionszeiten", "version": "1"}
    assert desk.post(url("escalation_level", case), data)["Location"] == url("escalation", case)
    page = text(desk, url("escalation", case))
    for words in ("2 Regionalleitung", "Frau Keller", "R. Ott", "Überfällig"):
        assert words in page
    assert "2 Regionalleitung" in text(desk, case.get_absolute_url())


def test_escalation_to_the_same_level_says_so(desk: Client, case: Case) -> None:
    data = {"level": "0", "note": "x", "version": "1"}
    response = desk.post(url("escalation_level", case), data)
    assert response.status_code == 422
    assert "steht bereits auf dieser Stufe" in response.content.decode()


def test_step_is_done_by_its_owner_with_a_result(
    case: Case, operativ: User, client_for: ClientFor
) -> None:
    duty = step(case, operativ).duty
    mine, address = client_for(operativ), url("duty_done", case, duty.pk)
    assert mine.post(address, {"result": "", "version": "1"}).status_code == 422
    done = {"result": "Termin steht", "version": "1"}
    assert mine.post(address, done)["Location"] == url("escalation", case)
    assert "Termin steht" in text(mine, url("escalation", case))
    assert mine.post(address, {**done, "version": "2"}).status_code == 422


# The change of the key account manager


def handing(to: User, **changes: Any) -> dict[str, Any]:
    return {
        "successor": str(to.pk),
        "reason": "Vertrauen verbraucht",
        "fit": "Ingenieurin, geduldig",
        "due_on": "+14",
        "version": "1",
        **changes,
    }


def test_swap_shows_what_the_owner_owes_and_moves_it(
    desk: Client, case: Case, kam: User, kollegin: User
) -> None:
    moved, kept = step(case, kam, title="Geht mit").duty, step(case, kam, title="Bleibt").duty
    form = desk.get(url("handover_create", case)).context["form"]
    assert len(form["moving"].value()) == 2
    data = handing(kollegin, moving=[f"case_duty:{moved.pk}"])
    response = desk.post(url("handover_create", case), data)
    row = Handover.objects.get()
    assert response["Location"] == row.get_absolute_url()
    moved.refresh_from_db()
    kept.refresh_from_db()
    assert (moved.owner, kept.owner) == (kollegin, kam)
    page = text(desk, row.get_absolute_url())
    assert "Ingenieurin, geduldig" in page
    assert page.count("Erledigt") >= 6


BAD_SWAPS = [
    ({"successor": ""}, "successor"),
    ({"reason": ""}, "reason"),
    ({"fit": ""}, "fit"),
    ({"due_on": ""}, "due_on"),
    ({"resources": "Ein Jahr Zeit"}, "granted_by"),
    ({"moving": ["measure:99"]}, "moving"),
]


@pytest.mark.parametrize(("bad", "field"), BAD_SWAPS, ids=str)
def test_swap_refuses_bad_input(
    bad: dict[str, Any], field: str, desk: Client, case: Case, kam: User, kollegin: User
) -> None:
    step(case, kam)
    response = desk.post(url("handover_create", case), handing(kollegin, **bad))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Handover.objects.exists()


def test_swap_offers_neither_the_owner_nor_operations(
    desk: Client, case: Case, kam: User, operativ: User
) -> None:
    form = desk.get(url("handover_create", case)).context["form"]
    offered = set(form.fields["successor"].queryset)
    assert not offered & {kam, operativ}
    assert "moving" not in form.fields  # nothing is owed


def test_handover_is_worked_off_on_its_page(
    desk: Client, case: Case, kollegin: User, client_for: ClientFor
) -> None:
    row = swap(case, kollegin)
    told = {"told_on": "heute", "told_how": "Antrittsbesuch", "version": "1"}
    late = {**told, "told_on": "24.11.2026"}
    assert desk.post(url("handover_told", case, row.pk), late).status_code == 422
    desk.post(url("handover_told", case, row.pk), told)
    for item in row.items.all():
        desk.post(url("handover_item", case, row.pk, item.pk))
    row.duty.refresh_from_db()
    assert row.duty.done_on == dt.date(2026, 11, 23)
    page = text(client_for(kollegin), row.get_absolute_url())
    assert "Antrittsbesuch" in page
    assert "erledigt am 23.11.2026" in page


def test_handover_item_of_another_handover_is_not_found(
    desk: Client, case: Case, kollegin: User, kam: User
) -> None:
    row = swap(case, kollegin)
    other = swap(active_case(owner=kam), kollegin)
    foreign = other.items.first()
    assert foreign is not None
    assert desk.post(url("handover_item", case, row.pk, foreign.pk)).status_code == 404


# Tenders


def test_tender_with_criteria_shows_the_gap(desk: Client, case: Case) -> None:
    row = tender(case, winner="Tannhof", lots_before=3, lots_after=1)
    for name, weight, ours, theirs in (("Preis", "60", "50", "90"), ("Konzept", "30", "90", "")):
        data = {"name": name, "weight": weight, "our_points": ours, "their_points": theirs}
        assert desk.post(url("criterion", case, row.pk), data).status_code == 302
    page = text(desk, url("tenders", case))
    for words in ("Tannhof", "−2", "vorher 3, nachher 1", "−24,0", "nicht 100"):
        assert words in page
    criterion = row.criteria.get(name="Preis")
    desk.post(url("criterion_remove", case, row.pk, criterion.pk))
    assert row.criteria.count() == 1


@pytest.mark.parametrize("bad", [{"weight": "101"}, {"weight": ""}, {"name": ""}])
def test_criterion_refuses_bad_input(bad: dict[str, str], desk: Client, case: Case) -> None:
    row = tender(case)
    data = {"name": "Preis", "weight": "50", **bad}
    assert desk.post(url("criterion", case, row.pk), data).status_code == 422
    assert not row.criteria.exists()


def test_tender_is_edited_with_its_preparation(desk: Client, case: Case, kam: User) -> None:
    row = tender(case, kam)
    form = desk.get(url("tender_edit", case, row.pk)).context["form"]
    assert form["owner"].value() == kam.pk
    data = {
        "title": "Los Nord",
        "result": "lost",
        "held_on": "20.11.2026",
        "version": form["version"].value(),
    }
    assert desk.post(url("tender_edit", case, row.pk), data).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.duty.result) == ("Los Nord", "Verloren")  # type: ignore[union-attr]  # planned
    assert desk.post(url("tender_edit", case, row.pk), data).status_code == 409


# Lessons


@pytest.fixture
def judge(qm: User, client_for: ClientFor) -> Client:
    return client_for(qm)


def test_lessons_of_all_visible_cases_are_listed(judge: Client, case: Case, fremde: User) -> None:
    decisions.lesson(case, what="Sichtbar")
    decisions.lesson(active_case(owner=fremde, is_confidential=True), what="Geheim")
    page = text(judge, reverse("cases:lessons"))
    assert "Sichtbar" in page
    assert "Geheim" not in page


def test_lesson_is_decided_and_moves_to_its_tab(judge: Client, case: Case) -> None:
    row = decisions.lesson(case)
    address = reverse("cases:lesson_decide", args=[row.pk])
    assert judge.post(address, {"state": "accepted", "version": "1"}).status_code == 422
    good = {"state": "rejected", "note": "Zu starr", "version": "1"}
    assert judge.post(address, good)["Location"] == reverse("cases:lessons")
    assert "Zu viel zugesagt" not in text(judge, reverse("cases:lessons"))
    ended = text(judge, f"{reverse('cases:lessons')}?ansicht=abgelehnt")
    assert "Zu starr" in ended
    assert judge.post(address, {**good, "version": "2"}).status_code == 422


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?betrifft=tender", 1),
        ("?q=niemand", 0),
        ("?q=norhagen", 2),
        ("?betrifft=unsinn", 2),
    ],
)
def test_lessons_narrow_by_the_url(query: str, count: int, judge: Client, case: Case) -> None:
    decisions.lesson(case, target="tender")
    decisions.lesson(case, target="plan")
    response = judge.get(reverse("cases:lessons") + query)
    assert len(response.context["rows"]) == count


def test_lessons_ask_the_same_for_1_and_3_rows(judge: Client, case: Case) -> None:
    decisions.lesson(case)
    one = statements(judge, reverse("cases:lessons"))
    decisions.lesson(case)
    decisions.lesson(case)
    assert len(one) == len(statements(judge, reverse("cases:lessons"))) <= 8


# Decision and end


def test_staying_for_now_needs_a_plan(desk: Client, kam: User, leitung: User) -> None:
    case = CaseFactory(owner=kam)
    data = {
        "decision": "stay",
        "decided_by": str(leitung.pk),
        "decided_on": "heute",
        "reasons": "40 % unseres Umsatzes",
    }
    response = desk.post(url("decide", case), data)
    assert "independence" in response.context["form"].errors
    desk.post(url("decide", case), {**data, "independence": "Zwei neue Kunden"})
    page = text(desk, url("decisions", case))
    assert "Vorerst bleiben" in page
    assert "Zwei neue Kunden" in page


def ending(**changes: str) -> dict[str, str]:
    return {
        "result": "won",
        "extent": "extended",
        "ended_on": "20.11.2026",
        "annual_value_before": "1.900.000,00",
        "annual_value_after": "2.900.000,00",
        "lots_before": "1",
        "lots_after": "3",
        "reasons": "Konzept",
        "lessons": "Früh schreiben",
        "version": "1",
        "warning_reason": "wird nachgereicht",
        **changes,
    }


BAD_ENDINGS = [
    ({"extent": ""}, "extent"),
    ({"result": "parted"}, "extent"),
    ({"lots_after": "1"}, "lots_after"),
    ({"lots_before": ""}, "lots_after"),
    ({"warning_reason": ""}, None),
]


@pytest.mark.parametrize(("bad", "field"), BAD_ENDINGS, ids=str)
def test_closing_refuses_what_does_not_fit(
    bad: dict[str, str], field: str | None, desk: Client, case: Case
) -> None:
    response = desk.post(url("close", case), ending(**bad))
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert field in errors if field else not errors
    assert not case.outcomes.exists()


def test_closing_shows_before_and_after(desk: Client, case: Case) -> None:
    assert desk.post(url("close", case), ending()).status_code == 302
    page = text(desk, case.get_absolute_url())
    for words in ("Um Lose erweitert", "vorher 1, nachher 3", "2.900.000,00 €", "1.900.000,00 €"):
        assert words in page
    history = text(desk, url("history", case))
    assert "Gewonnen · wird nachgereicht" in history


def test_closing_gate_lists_what_is_missing_with_links(desk: Client, case: Case) -> None:
    page = text(desk, url("close", case))
    assert url("sheet", case, "abschied") in page
    assert url("entry", case, "lehre") in page
    assert "Bevor der Fall endet" in page
