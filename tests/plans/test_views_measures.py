"""One measure in the browser: its page, adding one, and the list over all cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus, FindingStatus
from audits.models import Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import active_case
from tests.causes.factories import CauseFactory
from tests.clients.factories import ClientFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.services import let_see
from winback.plans import services
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, RecoveryPlan

pytestmark = pytest.mark.usefixtures("today")
TODAY = dt.date(2026, 11, 23)
LIST = "/massnahmen/"


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def text(response: Any) -> str:
    content: str = response.content.decode()
    return content


# The page of a measure


def test_page_shows_facts_moves_and_changes(measure: Measure, desk: Client, operativ: User) -> None:
    services.move(
        measure=measure,
        version=measure.version,
        actor=operativ,
        to=dt.date(2026, 12, 4),
        reason="Ersatzteil fehlt",
    )
    services.set_status(
        measure=measure,
        version=measure.version,
        actor=operativ,
        status="blocked",
        note="Lieferant meldet sich",
    )
    page = text(desk.get(measure.get_absolute_url()))
    assert "ursprünglich 30.11.2026" in page
    assert "Ersatzteil fehlt" in page
    assert "Fällig am: 30.11.2026 → 04.12.2026" in page
    assert "Lieferant meldet sich" in page
    assert "R. Ott hat 2 Felder geändert" in page
    assert "Status: Offen → Blockiert" in page
    assert "Maßnahme angelegt, fällig am 30.11.2026" in page


def test_page_of_a_recurring_measure_counts_its_rounds(
    plan: RecoveryPlan, desk: Client, operativ: User
) -> None:
    weekly = MeasureFactory(
        plan=plan,
        owner=operativ,
        recurrence="weekly",
        due_on=dt.date(2026, 11, 19),
        repeats_from=dt.date(2026, 10, 8),
    )
    row = Measure.objects.with_page().get(pk=weekly.pk)
    services.complete(measure=row, actor=operativ, today=TODAY, result="ohne Befund")
    page = text(desk.get(weekly.get_absolute_url()))
    assert "wöchentlich, 1 von 9" in page
    assert "ohne Befund" in page
    assert "(verspätet)" in page
    assert "23.11.2026" in page


@pytest.mark.parametrize(
    ("who", "offered", "missing"),
    [
        ("kam", ["complete", "move", "status", "reassign", "edit", "drop"], ["reopen"]),
        ("operativ", ["complete", "move", "status"], ["reassign", "edit", "drop", "reopen"]),
        ("admin_user", [], ["complete", "move", "status", "reassign", "edit", "drop", "reopen"]),
    ],
)
def test_page_offers_each_their_steps(
    who: str,
    offered: list[str],
    missing: list[str],
    measure: Measure,
    client_for: ClientFor,
    request: pytest.FixtureRequest,
) -> None:
    user: User = request.getfixturevalue(who)
    let_see(measure.case, user, TODAY)
    page = text(client_for(user).get(measure.get_absolute_url()))
    assert [step for step in offered if measure.url(step) not in page] == []
    assert [step for step in missing if measure.url(step) in page] == []


def test_page_of_an_ended_measure_offers_to_reopen_it(plan: RecoveryPlan, desk: Client) -> None:
    done = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    page = text(desk.get(done.get_absolute_url()))
    assert done.url("reopen") in page
    assert done.url("complete") not in page


def test_page_shows_what_it_answers(plan: RecoveryPlan, desk: Client) -> None:
    audit = AuditFactory(case=plan.case, status=AuditStatus.IN_PROGRESS)
    finding = FindingFactory(audit=audit)
    answering = MeasureFactory(plan=plan, finding=finding)
    page = text(desk.get(answering.get_absolute_url()))
    assert finding.number in page
    assert finding.statement in page
    serving = MeasureFactory(plan=plan, commitment=CommitmentFactory(case=plan.case))
    assert serving.commitment.what in text(desk.get(serving.get_absolute_url()))


def test_page_asks_the_same_for_1_and_3_moves(
    measure: Measure, desk: Client, operativ: User
) -> None:
    def shift(days: int) -> None:
        row = Measure.objects.with_page().get(pk=measure.pk)
        to = row.due_on + dt.timedelta(days=days)
        services.move(measure=row, version=row.version, actor=operativ, to=to, reason="Test")

    shift(1)
    one = statements(desk, measure.get_absolute_url())
    shift(1)
    shift(1)
    three = statements(desk, measure.get_absolute_url())
    assert len(one) == len(three) <= 12


# Add


def create_url(case: Case, query: str = "") -> str:
    return reverse("plans:measure_create", args=[case.number]) + query


def filled(plan: RecoveryPlan, **more: object) -> dict[str, object]:
    return {
        "title": "Rufbereitschaft einführen",
        "description": "Nummer an alle Mieter",
        "phase": plan.phases.get(number="3").pk,
        "owner": plan.case.owner.pk,
        "deputy": "",
        "due_on": "30.11.",
        "recurrence": "",
        **more,
    }


def test_create_adds_a_measure_and_leads_to_it(plan: RecoveryPlan, desk: Client) -> None:
    response = desk.post(create_url(plan.case), filled(plan))
    measure = Measure.objects.get()
    assert response["Location"] == measure.get_absolute_url()
    assert (measure.title, measure.due_on) == ("Rufbereitschaft einführen", dt.date(2026, 11, 30))
    assert (measure.owner, measure.deputy, measure.phase.number) == (plan.case.owner, None, "3")


def test_create_begins_with_the_current_phase_and_the_case_owner(
    plan: RecoveryPlan, desk: Client, kam: User
) -> None:
    form = desk.get(create_url(plan.case)).context["form"]
    assert form["phase"].value() == plan.phases.get(number="3").pk
    assert form["owner"].value() == kam.pk


BAD_MEASURES = [
    ({"title": ""}, "title", "Dieses Feld ist zwingend erforderlich."),
    ({"title": "x" * 251}, "title", "251"),
    ({"description": "x" * 4001}, "description", "4001"),
    ({"phase": ""}, "phase", "Dieses Feld ist zwingend erforderlich."),
    ({"phase": "999999"}, "phase", "Bitte eine gültige Auswahl treffen."),
    ({"owner": ""}, "owner", "Dieses Feld ist zwingend erforderlich."),
    ({"owner": "999999"}, "owner", "Bitte eine gültige Auswahl treffen."),
    ({"due_on": ""}, "due_on", "Dieses Feld ist zwingend erforderlich."),
    ({"due_on": "31.11.2026"}, "due_on", "November hat 30 Tage."),
    ({"due_on": "demnächst"}, "due_on", ""),
    ({"recurrence": "hourly"}, "recurrence", "Bitte eine gültige Auswahl treffen."),
    ({"deputy": "999999"}, "deputy", "Bitte eine gültige Auswahl treffen."),
]


@pytest.mark.parametrize(("input_", "field", "message"), BAD_MEASURES)
def test_create_refuses_bad_input_at_its_field(
    input_: dict[str, str], field: str, message: str, plan: RecoveryPlan, desk: Client
) -> None:
    response = desk.post(create_url(plan.case), filled(plan, **input_))
    assert response.status_code == 422
    form = response.context["form"]
    assert set(form.errors) == {field}
    assert message in str(form.errors[field])
    assert form[field].value() == input_[field]
    assert form["title"].value() == input_.get("title", "Rufbereitschaft einführen")
    assert not Measure.objects.exists()


def test_create_refuses_the_owner_as_deputy(plan: RecoveryPlan, desk: Client, kam: User) -> None:
    response = desk.post(create_url(plan.case), filled(plan, deputy=kam.pk))
    assert response.status_code == 422
    assert "eine andere Person" in str(response.context["form"].errors["deputy"])
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("day", "warning"),
    [
        ("20.11.2026", "Das Datum liegt in der Vergangenheit."),
        ("07.12.2026", "Das Datum liegt außerhalb der Phase (01.10.–04.12.2026)."),
    ],
)
def test_create_doubts_an_unusual_date_and_takes_it_with_a_reason(
    day: str, warning: str, plan: RecoveryPlan, desk: Client
) -> None:
    response = desk.post(create_url(plan.case), filled(plan, due_on=day))
    assert response.status_code == 422
    assert response.context["form"].fields["due_on"].warning == warning
    assert not Measure.objects.exists()
    sent = filled(plan, due_on=day, warning_reason="so vereinbart")
    assert desk.post(create_url(plan.case), sent).status_code == 302
    event = plan.case.events.first()
    assert event is not None
    assert event.data["reason"] == "so vereinbart"


def test_create_from_a_finding_is_preset_and_linked(plan: RecoveryPlan, desk: Client) -> None:
    audit = AuditFactory(case=plan.case, status=AuditStatus.IN_PROGRESS)
    finding = FindingFactory(audit=audit, due_on=dt.date(2026, 12, 2))
    page = create_url(plan.case, f"?feststellung={finding.number}")
    response = desk.get(page)
    assert response.context["form"]["owner"].value() == finding.owner.pk
    assert response.context["form"]["due_on"].value() == dt.date(2026, 12, 2)
    assert finding.number in text(response)
    assert desk.post(page, filled(plan)).status_code == 302
    assert Measure.objects.get().finding == finding
    assert Finding.objects.get().status == FindingStatus.IN_PROGRESS


def test_create_from_a_cause_and_a_commitment(plan: RecoveryPlan, desk: Client) -> None:
    cause, commitment = CauseFactory(case=plan.case), CommitmentFactory(case=plan.case)
    page = create_url(plan.case, f"?ursache={cause.pk}&zusage={commitment.pk}")
    response = desk.get(page)
    assert str(cause) in text(response)
    assert response.context["form"]["title"].value() == commitment.what
    desk.post(page, filled(plan))
    assert (Measure.objects.get().cause, Measure.objects.get().commitment) == (cause, commitment)


@pytest.mark.parametrize(
    "query",
    [
        "?feststellung=F-9999",
        "?ursache=999999",
        "?ursache=abc",
        "?ursache=²",
        "?zusage=999999",
        "?zusage=99999999999999999999",
    ],
)
def test_create_for_what_does_not_exist_is_not_found(
    query: str, plan: RecoveryPlan, desk: Client
) -> None:
    assert desk.get(create_url(plan.case, query)).status_code == 404


def test_create_for_something_of_another_case_is_not_found(
    plan: RecoveryPlan, desk: Client
) -> None:
    foreign = FindingFactory(), CauseFactory(), CommitmentFactory()
    finding, cause, commitment = foreign
    for query in (
        f"?feststellung={finding.number}",
        f"?ursache={cause.pk}",
        f"?zusage={commitment.pk}",
    ):
        assert desk.get(create_url(plan.case, query)).status_code == 404


def test_create_for_a_settled_finding_keeps_the_input(plan: RecoveryPlan, desk: Client) -> None:
    audit = AuditFactory(case=plan.case, status=AuditStatus.IN_PROGRESS)
    finding = FindingFactory(audit=audit, status=FindingStatus.DONE, done_on=TODAY)
    page = create_url(plan.case, f"?feststellung={finding.number}")
    response = desk.post(page, filled(plan))
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert not Measure.objects.exists()


def test_create_needs_a_plan(kam: User, desk: Client) -> None:
    assert desk.get(create_url(active_case(owner=kam))).status_code == 403


def test_create_takes_few_statements(plan: RecoveryPlan, desk: Client) -> None:
    assert len(statements(desk, create_url(plan.case), filled(plan))) <= 12


# The list over all cases


def shown(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(f"{LIST}?{query}").context["rows"]]


@pytest.fixture
def several(plan: RecoveryPlan, kam: User, operativ: User) -> None:
    """Measures of two cases of ``kam``; one of a case that has ended."""
    other = PlanFactory(case=active_case(owner=kam, client=ClientFactory(name="Anker AG")))
    ended = PlanFactory(case=active_case(owner=kam))
    ended.case.status, ended.case.closed_on = Status.LOST, TODAY
    ended.case.save()
    MeasureFactory(plan=plan, title="Spät", due_on=dt.date(2026, 11, 20), owner=operativ)
    MeasureFactory(plan=plan, title="Bald", due_on=dt.date(2026, 11, 27), status="blocked")
    MeasureFactory(plan=other, title="Später", due_on=dt.date(2026, 12, 15), phase="4")
    MeasureFactory(plan=other, title="Vertretung", due_on=dt.date(2027, 1, 5), deputy=operativ)
    MeasureFactory(plan=plan, title="Fertig", status=MeasureStatus.DONE)
    MeasureFactory(plan=ended, title="Vergessen", due_on=dt.date(2026, 11, 2))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Spät", "Bald", "Später", "Vertretung"]),
        ("ansicht=ueberfaellig", ["Spät"]),
        ("ansicht=beendet", ["Fertig"]),
        ("ansicht=unsinn&phase=9&status=unsinn", ["Spät", "Bald", "Später", "Vertretung"]),
        ("phase=4", ["Später"]),
        ("status=blocked", ["Bald"]),
        ("q=anker", ["Später", "Vertretung"]),
        ("verantwortlich=999999", ["Spät", "Bald", "Später", "Vertretung"]),
        ("sort=-faellig", ["Vertretung", "Später", "Bald", "Spät"]),
        ("sort=kunde", ["Später", "Vertretung", "Spät", "Bald"]),
        ("sort=phase", ["Spät", "Bald", "Vertretung", "Später"]),
        ("sort=verantwortlich", ["Bald", "Später", "Vertretung", "Spät"]),
        ("sort=-verantwortlich", ["Spät", "Bald", "Später", "Vertretung"]),
        ("sort=status", ["Bald", "Spät", "Später", "Vertretung"]),
        ("sort=unsinn", ["Spät", "Bald", "Später", "Vertretung"]),
    ],
)
@pytest.mark.usefixtures("several")
def test_list_narrows_and_sorts_by_the_url(query: str, titles: list[str], desk: Client) -> None:
    assert shown(desk, query) == titles


@pytest.mark.usefixtures("several")
def test_list_knows_whose_they_are(desk: Client, operativ: User, client_for: ClientFor) -> None:
    assert shown(desk, f"verantwortlich={operativ.pk}") == ["Spät"]
    assert shown(client_for(operativ), "ansicht=meine") == ["Spät", "Vertretung"]


@pytest.mark.usefixtures("several")
def test_list_shows_visible_cases_only(fremde: User, operativ: User, client_for: ClientFor) -> None:
    assert shown(client_for(fremde)) == []
    assert "Spät" in shown(client_for(operativ))


def test_list_says_what_belongs_here_or_that_nothing_fits(desk: Client) -> None:
    assert "Hier stehen die Maßnahmen aller Ihrer Fälle" in text(desk.get(LIST))
    page = text(desk.get(f"{LIST}?status=blocked"))
    assert "Keine Maßnahme passt zu diesen Filtern." in page


def test_list_pages_and_htmx_gets_the_results_only(plan: RecoveryPlan, desk: Client) -> None:
    for _number in range(27):
        MeasureFactory(plan=plan)
    assert len(desk.get(f"{LIST}?seite=2").context["rows"]) == 2
    part = text(desk.get(LIST, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "<table" in part


def test_list_asks_the_same_for_1_and_3_rows(
    plan: RecoveryPlan, desk: Client, operativ: User
) -> None:
    MeasureFactory(plan=plan, recurrence="weekly")
    one = statements(desk, LIST)
    MeasureFactory(plan=plan, owner=operativ, cause=CauseFactory(case=plan.case))
    other = PlanFactory(case=active_case(owner=plan.case.owner))
    MeasureFactory(plan=other, commitment=CommitmentFactory(case=other.case))
    three = statements(desk, LIST)
    assert len(one) == len(three) <= 8


def test_one_click_in_the_list_comes_back_to_it(measure: Measure, desk: Client) -> None:
    page = text(desk.get(f"{LIST}?sort=kunde"))
    assert measure.done_url in page
    assert 'name="next" value="/massnahmen/?sort=kunde"' in page
    response = desk.post(measure.done_url, {"next": "/massnahmen/?sort=kunde"})
    assert response["Location"] == "/massnahmen/?sort=kunde"


def test_export_holds_exactly_the_query(plan: RecoveryPlan, desk: Client) -> None:
    MeasureFactory(
        plan=plan,
        title="=2+5",
        number=16,
        due_on=dt.date(2026, 12, 4),
        original_due_on=dt.date(2026, 11, 16),
    )
    MeasureFactory(plan=plan, title="Fertig", status=MeasureStatus.DONE)
    response = desk.get(reverse("plans:measure_export"))
    content = response.content.decode("utf-8-sig")
    header, *rows = content.strip().split("\r\n")
    assert header.startswith("Fallnummer;Kunde;Phase;Nummer;Maßnahme;Verantwortlich;Fällig am")
    assert len(rows) == 1
    assert ";M-16;'=2+5;A. Kaya;04.12.2026;16.11.2026;Offen" in rows[0]
