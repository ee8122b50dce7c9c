"""Pages of a case: what people see, and what bad input gets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case, give_go
from tests.clients.factories import ClientFactory, ContactFactory, SiteFactory
from tests.conftest import ClientFor
from tests.contracts.factories import ContractFactory
from tests.statements import statements
from winback.cases.enums import Health, Status
from winback.cases.models import Case, Outcome, Qualification
from winback.cases.services import set_next_step

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *args])


# The list


def test_list_shows_visible_cases_worst_first(desk: Client, kam: User, fremde: User) -> None:
    CaseFactory(owner=kam, status=Status.ACTIVE, client=ClientFactory(name="Ruhig AG"))
    CaseFactory(
        owner=kam,
        status=Status.ACTIVE,
        health=Health.CRITICAL,
        client=ClientFactory(name="Schlimm AG"),
    )
    CaseFactory(owner=fremde, client=ClientFactory(name="Fremd AG"))
    page = desk.get(reverse("cases:list")).content.decode()
    assert page.index("Schlimm AG") < page.index("Ruhig AG")
    assert "Fremd AG" not in page
    assert "Kritisch" in page


def test_list_says_what_belongs_here_when_empty(desk: Client) -> None:
    page = desk.get(reverse("cases:list")).content.decode()
    assert "Hier stehen die Kunden, die Sie zurückgewinnen wollen" in page
    assert reverse("cases:create") in page


FILTERS = [
    ("ampel=critical", {"Kritisch AG"}),
    ("phase=3", {"Drei AG"}),
    ("phase=keine", {"Kritisch AG", "Ruhend AG"}),
    ("status=resting", {"Ruhend AG"}),
    ("q=drei", {"Drei AG"}),
    ("ansicht=beendet", {"Verloren AG"}),
    ("ansicht=meine", {"Kritisch AG", "Drei AG", "Ruhend AG"}),
    ("ampel=unsinn", {"Kritisch AG", "Drei AG", "Ruhend AG"}),
    ("ansicht=unsinn&sort=unsinn", {"Kritisch AG", "Drei AG", "Ruhend AG"}),
    ("ansicht=frist", {"Drei AG"}),
]


@pytest.mark.parametrize(("query", "names"), FILTERS)
def test_list_narrows_by_the_url(query: str, names: set[str], desk: Client, kam: User) -> None:
    far = dt.date(2028, 1, 1)
    for name, facts in {
        "Kritisch AG": {"health": Health.CRITICAL, "status": Status.ACTIVE},
        "Drei AG": {"phase": "3", "status": Status.ACTIVE},
        "Ruhend AG": {"status": Status.RESTING, "resting_until": far},
        "Verloren AG": {"status": Status.LOST, "closed_on": dt.date(2026, 10, 1)},
    }.items():
        client = ClientFactory(name=name)
        notice = dt.date(2027, 1, 16) if name == "Drei AG" else None
        contract = ContractFactory(client=client, notice_on=notice)
        CaseFactory(owner=kam, client=client, contract=contract, **facts)
    response = desk.get(f"{reverse('cases:list')}?{query}")
    assert {row.client for row in response.context["rows"]} == names


@pytest.mark.parametrize("sort", ["kunde", "fall", "ampel", "phase", "faellig", "wert", "frist"])
def test_list_sorts_both_ways(sort: str, desk: Client, kam: User) -> None:
    for index, name in enumerate(["Anton AG", "Berta AG"]):
        CaseFactory(
            owner=kam,
            client=(client := ClientFactory(name=name)),
            contract=ContractFactory(client=client, notice_on=dt.date(2027, 1, 10 + index)),
            health=[Health.ON_TRACK, Health.CRITICAL][index],
            phase=str(index + 1),
            next_step="Termin",
            next_step_on=dt.date(2026, 12, 1 + index),
            value_at_stake=index + 1,
        )
    order = [
        [row.client for row in desk.get(f"{reverse('cases:list')}?sort={s}").context["rows"]]
        for s in (sort, f"-{sort}")
    ]
    assert order == [["Anton AG", "Berta AG"], ["Berta AG", "Anton AG"]]


def test_list_pages_and_htmx_gets_the_results_only(desk: Client, kam: User) -> None:
    for _number in range(27):
        CaseFactory(owner=kam)
    second = desk.get(f"{reverse('cases:list')}?seite=2")
    assert len(second.context["rows"]) == 2
    part = desk.get(reverse("cases:list"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<table" in part


def test_list_asks_the_same_for_1_and_3_rows(desk: Client, kam: User) -> None:
    CaseFactory(owner=kam, deputy=None)
    one = statements(desk, reverse("cases:list"))
    CaseFactory(owner=kam)
    CaseFactory(owner=kam)
    three = statements(desk, reverse("cases:list"))
    assert len(one) == len(three) <= 8


def test_export_is_a_german_csv_of_the_same_query(desk: Client, kam: User) -> None:
    CaseFactory(owner=kam, client=ClientFactory(name="=cmd|' /C calc'!A0"), value_at_stake="1.5")
    CaseFactory(owner=kam, health=Health.CRITICAL, client=ClientFactory(name="Zweite AG"))
    response = desk.get(f"{reverse('cases:export')}?ampel=on_track")
    text = response.content.decode("utf-8-sig")
    assert response["Content-Disposition"] == 'attachment; filename="Fälle.csv"' or (
        "attachment" in response["Content-Disposition"]
    )
    assert "'=cmd" in text
    assert ";1,50;" in text
    assert "Zweite AG" not in text


# Opening


def good(of: Any, owner: User, **changes: str) -> dict[str, str]:
    return {
        "client": str(of.pk),
        "trigger": "threat",
        "loss_kind": "endangered",
        "value_at_stake": "1.250.000,00",
        "owner": str(owner.pk),
        **changes,
    }


def test_create_opens_a_case_from_german_input(desk: Client, kam: User) -> None:
    client = ClientFactory()
    data = good(client, kam, first_sign_on="24.03.2026", next_step="Anruf", next_step_on="+3")
    response = desk.post(reverse("cases:create"), data)
    case = Case.objects.get()
    assert response["Location"] == case.get_absolute_url()
    assert str(case.value_at_stake) == "1250000.00"
    assert case.first_sign_on == dt.date(2026, 3, 24)
    assert case.next_step_on == dt.date(2026, 11, 26)


def test_create_from_the_client_brings_contract_and_sites(desk: Client, kam: User) -> None:
    contract = ContractFactory()
    site = SiteFactory(client=contract.client)
    foreign = ContractFactory()
    target = f"{reverse('cases:create')}?kunde={contract.client_id}"
    page = desk.get(target).content.decode()
    assert site.name in page
    data = good(contract.client, kam, contract=str(contract.pk), sites=str(site.pk))
    desk.post(target, data)
    assert Case.objects.get().contract == contract
    refused = desk.post(target, {**data, "contract": str(foreign.pk)})
    assert refused.status_code == 422


BAD = [
    ({"client": ""}, "client", "Dieses Feld ist zwingend erforderlich."),
    ({"value_at_stake": "viel"}, "value_at_stake", "Zahl"),
    ({"value_at_stake": "-5"}, None, "negativ"),
    ({"new_provider": "x" * 201}, "new_provider", "höchstens 200 Zeichen"),
    ({"first_sign_on": "31.11.2026"}, "first_sign_on", "30 Tage"),
    ({"first_sign_on": "24.11.2027"}, "first_sign_on", "Zukunft"),
    ({"first_sign_on": "02.10.2026", "lost_on": "01.10.2026"}, None, "vor dem ersten Anzeichen"),
    ({"next_step": "Anruf"}, None, "braucht ein Datum"),
    ({"trigger": "gibtsnicht"}, "trigger", "Auswahl"),
]


@pytest.mark.parametrize(("bad", "field", "message"), BAD, ids=lambda each: str(each)[:40])
def test_create_refuses_bad_input_and_keeps_it(
    bad: dict[str, str], field: str | None, message: str, desk: Client, kam: User
) -> None:
    response = desk.post(reverse("cases:create"), good(ClientFactory(), kam, **bad))
    form = response.context["form"]
    errors = form.errors[field] if field else form.non_field_errors()
    assert response.status_code == 422
    assert message in " ".join(errors)
    assert Case.objects.count() == 0
    page = response.content.decode()
    assert all(
        value in page for value in bad.values() if len(value) < 200 and value != "gibtsnicht"
    )


def test_create_refuses_the_owner_as_deputy(desk: Client, kam: User) -> None:
    response = desk.post(reverse("cases:create"), good(ClientFactory(), kam, deputy=str(kam.pk)))
    assert "andere Person" in response.context["form"].errors["deputy"][0]


def test_create_doubts_a_past_step_until_a_reason_is_given(desk: Client, kam: User) -> None:
    data = good(ClientFactory(), kam, next_step="Anruf", next_step_on="20.11.2026")
    doubted = desk.post(reverse("cases:create"), data)
    assert doubted.status_code == 422
    assert "Das Datum liegt in der Vergangenheit." in doubted.content.decode()
    assert Case.objects.count() == 0
    desk.post(reverse("cases:create"), {**data, "warning_reason": "Nachgetragen"})
    assert Case.objects.get().events.get().data["reason"] == "Nachgetragen"


# Changing


def test_edit_shows_both_versions_when_somebody_was_quicker(
    desk: Client, kam: User, kollegin: User
) -> None:
    case = active_case(owner=kam, team=[kollegin])
    form = desk.get(url("next_step", case)).context["form"]
    set_next_step(
        case=Case.objects.get(pk=case.pk),
        version=form["version"].value(),
        actor=kollegin,
        step="Besuch vor Ort",
        on=dt.date(2026, 12, 4),
    )
    mine = {"next_step": "Anruf", "next_step_on": "01.12.2026", "version": form["version"].value()}
    response = desk.post(url("next_step", case), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Besuch vor Ort" in page
    assert "Anruf" in page
    assert "Nele Brunner" in page
    case.refresh_from_db()
    assert case.next_step == "Besuch vor Ort"
    again = {**mine, "version": response.context["form"]["version"].value()}
    assert desk.post(url("next_step", case), again).status_code == 302
    case.refresh_from_db()
    assert case.next_step == "Anruf"


def test_edit_writes_in_at_most_ten_statements(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    data = {"next_step": "Anruf", "next_step_on": "01.12.2026", "version": "1"}
    assert len(statements(desk, url("next_step", case), data)) <= 10


def test_edit_keeps_what_was_not_touched(desk: Client, kam: User) -> None:
    case = active_case(owner=kam, new_provider="Blankwerk")
    form = desk.get(url("edit", case)).context["form"]
    data = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, [], False)
    }
    data["value_at_stake"] = "1.900.000,00"
    response = desk.post(url("edit", case), data)
    assert response.status_code == 302, response.context["form"].errors
    case.refresh_from_db()
    assert (case.new_provider, case.version) == ("Blankwerk", 2)


def test_situation_is_saved(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    desk.post(url("situation", case), {"situation": "Reinigung stabil.", "version": "1"})
    case.refresh_from_db()
    assert case.situation == "Reinigung stabil."


DECISION_BAD = [
    ({"decision": ""}, "decision"),
    ({"decided_by": ""}, "decided_by"),
    ({"decided_on": "24.11.2026"}, "decided_on"),
    ({"decided_on": "gestern oder so"}, "decided_on"),
    ({"reasons": ""}, "reasons"),
]


def decision(leitung: User, **changes: str) -> dict[str, str]:
    return {
        "decision": "go",
        "decided_by": str(leitung.pk),
        "decided_on": "20.11.2026",
        "reasons": "Ursache liegt bei uns.",
        **changes,
    }


@pytest.mark.parametrize(("bad", "field"), DECISION_BAD)
def test_decide_refuses_bad_input(
    bad: dict[str, str], field: str, desk: Client, kam: User, leitung: User
) -> None:
    case = CaseFactory(owner=kam)
    response = desk.post(url("decide", case), decision(leitung, **bad))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Qualification.objects.count() == 0


def test_decide_is_taken_by_management_only(desk: Client, kam: User, leitung: User) -> None:
    case = CaseFactory(owner=kam)
    refused = desk.post(url("decide", case), decision(leitung, decided_by=str(kam.pk)))
    assert refused.status_code == 422
    desk.post(url("decide", case), decision(leitung))
    assert case.qualifications.get().decided_by == leitung
    assert "Ursache liegt bei uns." in desk.get(url("decide", case)).content.decode()


def test_decide_before_the_opening_needs_a_reason(desk: Client, kam: User, leitung: User) -> None:
    case = CaseFactory(owner=kam)
    data = decision(leitung, decided_on="01.08.2026")
    assert desk.post(url("decide", case), data).status_code == 422
    desk.post(url("decide", case), {**data, "warning_reason": "Beschluss im Juli"})
    assert case.qualifications.count() == 1


REST_BAD = [
    {"until": "23.11.2026"},
    {"until": ""},
    {"note": ""},
    {"note": "x" * 251},
    {"until": "01.12.2029"},
]


@pytest.mark.parametrize("bad", REST_BAD, ids=str)
def test_rest_refuses_bad_input(bad: dict[str, str], desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    data = {"until": "01.02.2027", "note": "Kunde pausiert", "version": "1", **bad}
    assert desk.post(url("rest", case), data).status_code == 422
    case.refresh_from_db()
    assert case.status == Status.ACTIVE


def test_rest_shows_the_wake_up_date_in_the_history(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    desk.post(url("rest", case), {"until": "01.02.2027", "note": "Kunde pausiert", "version": "1"})
    case.refresh_from_db()
    assert case.status == Status.RESTING
    assert "Kunde pausiert" in desk.get(url("history", case)).content.decode()


def ending(**changes: str) -> dict[str, str]:
    return {
        "result": "lost",
        "ended_on": "20.11.2026",
        "reasons": "Preis",
        "lessons": "Früher messen",
        "version": "1",
        **changes,
    }


CLOSE_BAD = [
    ({"result": ""}, "result"),
    ({"ended_on": "24.11.2026"}, "ended_on"),
    ({"ended_on": "30.08.2026"}, "ended_on"),
    ({"reasons": ""}, "reasons"),
    ({"lessons": ""}, "lessons"),
    ({"result": "won"}, "annual_value_after"),
    ({"annual_value_after": "1,2,3"}, "annual_value_after"),
]


@pytest.mark.parametrize(("bad", "field"), CLOSE_BAD, ids=str)
def test_close_refuses_bad_input(bad: dict[str, str], field: str, desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    response = desk.post(url("close", case), ending(**bad))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Outcome.objects.count() == 0


def test_close_an_open_case_cannot_be_a_victory(desk: Client, kam: User) -> None:
    case = CaseFactory(owner=kam)
    choices = desk.get(url("close", case)).context["form"].fields["result"].choices
    assert [value for value, _label in choices] == ["", "lost", "parted"]


def test_close_and_reopen(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    desk.post(url("close", case), ending())
    case.refresh_from_db()
    assert case.is_live  # the gate has advice: whoever does not follow it says why
    desk.post(url("close", case), ending(warning_reason="Kunde ist sofort gegangen"))
    assert "Verloren · Kunde ist sofort gegangen" in desk.get(url("history", case)).content.decode()
    assert desk.get(url("close", case)).status_code == 403
    stale = desk.post(url("reopen", case), {"note": "Neue Chance", "version": "1"})
    assert stale.status_code == 409
    desk.post(url("reopen", case), {"note": "Neue Chance", "version": "2"})
    case.refresh_from_db()
    assert case.status == Status.ACTIVE


@pytest.mark.parametrize(
    "bad", [{"until": "22.11.2026"}, {"until": "23.03.2027"}, {"reason": ""}, {"level": "on_track"}]
)
def test_health_by_hand_refuses_bad_input(bad: dict[str, str], desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    data = {"level": "critical", "reason": "Streit", "until": "30.11.2026", **bad}
    assert desk.post(url("health", case), data).status_code == 422
    case.refresh_from_db()
    assert case.health == Health.ON_TRACK


def test_health_by_hand_is_shown_with_its_reason(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    desk.post(url("health", case), {"level": "critical", "reason": "Streit", "until": "30.11.2026"})
    case.refresh_from_db()
    assert (case.health, case.health_reasons) == (Health.CRITICAL, ["Streit"])
    better = desk.post(
        url("health", case), {"level": "at_risk", "reason": "Besser", "until": "30.11.2026"}
    )
    assert better.status_code == 422


def test_team_adds_and_lets_leave(desk: Client, kam: User, operativ: User) -> None:
    case = active_case(owner=kam)
    desk.post(url("team", case), {"user": operativ.pk, "function": "operations_lead"})
    member = case.members.get(user=operativ)
    assert "Objektleitung" in desk.get(url("team", case)).content.decode()
    desk.post(url("member_leave", case, member.pk))
    member.refresh_from_db()
    assert member.left_on == dt.date(2026, 11, 23)


@pytest.mark.parametrize("bad", [{"user": ""}, {"user": "999999"}, {"function": "chef"}])
def test_team_refuses_bad_input(
    bad: dict[str, str], desk: Client, kam: User, operativ: User
) -> None:
    case = active_case(owner=kam)
    data = {"user": operativ.pk, "function": "contributor", **bad}
    assert desk.post(url("team", case), data).status_code == 422
    assert case.members.count() == 1


def test_team_keeps_the_owner(desk: Client, kam: User, leitung: User) -> None:
    case = active_case(owner=kam)
    response = desk.post(url("member_leave", case, case.members.get().pk))
    assert response.status_code == 422
    assert "Benennen Sie zuerst eine andere" in response.content.decode()


def test_contract_page_says_what_is_missing(desk: Client, kam: User) -> None:
    bare = CaseFactory(owner=kam, contract=None)
    page = desk.get(url("contract", bare)).content.decode()
    assert "Der Fall hat noch keinen Vertrag." in page
    full = CaseFactory(owner=kam)
    ContactFactory(client=full.client, is_decision_maker=True)
    full.sites.add(SiteFactory(client=full.client, area="12500.50"))
    page = desk.get(url("contract", full)).content.decode()
    assert all(text in page for text in ("16.01.2027", "1.900.000,00", "Entscheider", "Hessen"))


def test_history_has_no_more_statements_for_more_entries(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    counts = []
    for step in range(3):
        set_next_step(
            case=case, version=step + 1, actor=kam, step=f"Schritt {step}", on=case.opened_on
        )
        counts.append(len(statements(desk, url("history", case))))
    assert counts[0] == counts[2] <= 12


def test_header_answers_its_four_questions(desk: Client, kam: User, kollegin: User) -> None:
    case = active_case(
        owner=kam,
        deputy=kollegin,
        phase="3",
        health=Health.AT_RISK,
        next_step="Review-Meeting",
        next_step_on=dt.date(2026, 11, 20),
    )
    page = desk.get(url("history", case)).content.decode()
    for text in ("Angespannt", "A. Kaya", "N. Brunner", "Sofortmaßnahmen", "Review-Meeting"):
        assert text in page
    assert "Fr., 20.11.2026" in page
    assert "in 54" in page


def test_go_decision_unlocks_activation(kam: User) -> None:
    assert give_go(CaseFactory(owner=kam)).is_go


def test_english_user_reads_english(desk: Client, kam: User) -> None:
    kam.language = "en"
    kam.save()
    case = active_case(owner=kam, phase="3")
    page = desk.get(url("history", case)).content.decode()
    assert "Immediate measures" in page
    assert "Sofortmaßnahmen" not in page


def test_the_go_decision_offers_today_as_its_day(desk: Client, kam: User) -> None:
    case = CaseFactory(owner=kam)
    page = desk.get(reverse("cases:decide", args=[case.number])).content.decode()
    assert 'name="decided_on" value="23.11.2026"' in page
