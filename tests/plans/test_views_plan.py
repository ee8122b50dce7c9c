"""The plan of a case in the browser: show, start, close a phase, resume."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus, Grade
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import CaseFactory, give_go
from tests.causes.factories import CauseFactory
from tests.clients.factories import SiteFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory
from tests.plans.factories import MeasureFactory
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, PlanPhase, RecoveryPlan

pytestmark = pytest.mark.usefixtures("today")
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


@pytest.fixture
def fresh(kam: User, leitung: User) -> Case:
    """An open case with a go decision and a site in Hesse, without a plan."""
    case = CaseFactory(owner=kam)
    give_go(case, leitung)
    case.sites.add(SiteFactory(client=case.client))
    return case


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"plans:{name}", args=[case.number, *args])


def text(response: Any) -> str:
    content: str = response.content.decode()
    return content


# Show


def test_page_groups_measures_by_phase_with_their_lateness(
    plan: RecoveryPlan, desk: Client
) -> None:
    day = dt.date(2026, 9, 24)
    MeasureFactory(
        plan=plan,
        phase="1",
        title="Ursachenanalyse",
        due_on=day,
        status=MeasureStatus.DONE,
        done_on=dt.date(2026, 9, 25),
    )
    MeasureFactory(plan=plan, title="Aufzug prüfen", due_on=dt.date(2026, 11, 19))
    page = text(desk.get(url("detail", plan.case)))
    assert page.index("1 Analyse &amp; Audit") < page.index("Ursachenanalyse")
    assert page.index("Ursachenanalyse") < page.index("Aufzug prüfen")
    assert "Erledigt 25.09. (verspätet)" in page
    assert "Überfällig, 4 Tage" in page
    assert "1 von 2 erledigt" in page


def test_page_shows_what_a_measure_answers(plan: RecoveryPlan, desk: Client) -> None:
    case = plan.case
    finding = FindingFactory(audit=AuditFactory(case=case, status=AuditStatus.IN_PROGRESS))
    cause, commitment = CauseFactory(case=case), CommitmentFactory(case=case)
    MeasureFactory(plan=plan, finding=finding)
    MeasureFactory(plan=plan, cause=cause, commitment=commitment)
    page = text(desk.get(url("detail", case)))
    assert f'<a href="{finding.get_absolute_url()}">{finding.number}</a>' in page
    assert reverse("causes:detail", args=[case.number, cause.pk]) in page
    assert reverse("dialogue:detail", args=[case.number, commitment.pk]) in page


def test_stepper_names_the_state_of_every_phase(plan: RecoveryPlan, desk: Client) -> None:
    groups = desk.get(url("detail", plan.case)).context["groups"]
    assert [group.state for group in groups] == ["done", "done", "now", "open", "open"]
    words = ["Abgeschlossen", "Abgeschlossen", "Läuft", "Begonnen", "Geplant"]
    assert [group.state_label for group in groups] == words
    assert groups[0].note == "abgeschlossen am 27.09.2026"
    assert groups[2].dates == "01.10.–04.12.2026"


def test_lead_counts_and_suppresses_small_shares(plan: RecoveryPlan, desk: Client) -> None:
    due = {"due_on": dt.date(2026, 11, 9), "status": MeasureStatus.DONE}
    for _number in range(4):
        MeasureFactory(plan=plan, **due)
    lead = desk.get(url("detail", plan.case)).context["lead"]
    assert lead == "4 von 4 erledigt, 4 davon zum ursprünglichen Termin"
    MeasureFactory(plan=plan, **due, done_on=dt.date(2026, 11, 10))
    MeasureFactory(plan=plan, due_on=dt.date(2026, 11, 20))
    lead = desk.get(url("detail", plan.case)).context["lead"]
    assert lead == "5 von 6 erledigt, 80\u202f% davon zum ursprünglichen Termin, 1 überfällig"


@pytest.mark.parametrize(
    ("only", "titles"),
    [
        ("", {"Offen", "Spät", "Meine", "Fertig"}),
        ("offene", {"Offen", "Spät", "Meine"}),
        ("ueberfaellige", {"Spät"}),
        ("meine", {"Meine"}),
        ("unsinn", {"Offen", "Spät", "Meine", "Fertig"}),
    ],
)
def test_table_is_filtered_by_the_url(
    only: str, titles: set[str], plan: RecoveryPlan, kollegin: User, client_for: ClientFor
) -> None:
    MeasureFactory(plan=plan, title="Offen")
    MeasureFactory(plan=plan, title="Spät", due_on=dt.date(2026, 11, 20))
    MeasureFactory(plan=plan, title="Meine", deputy=kollegin)
    MeasureFactory(plan=plan, title="Fertig", status=MeasureStatus.DONE)
    response = client_for(kollegin).get(f"{url('detail', plan.case)}?nur={only}")
    groups = response.context["groups"]
    assert {row.title for group in groups for row in group.rows} == titles
    assert groups[2].tally.total == 4  # counts are those of all


def test_table_says_when_nothing_fits(measure: Measure, desk: Client) -> None:
    page = text(desk.get(f"{url('detail', measure.case)}?nur=meine"))
    assert "Keine Maßnahme passt zu dieser Auswahl." in page


def test_chart_is_a_second_view_of_the_same_data(plan: RecoveryPlan, desk: Client) -> None:
    MeasureFactory(plan=plan, title="Aufzug prüfen", due_on=dt.date(2026, 11, 19))
    MeasureFactory(plan=plan, title="Begehung", recurrence="weekly")
    MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    MeasureFactory(plan=plan, title="Weg", status=MeasureStatus.DROPPED, status_note="Entfällt")
    page = text(desk.get(f"{url('detail', plan.case)}?ansicht=zeitstrahl"))
    assert "<svg" in page
    assert "Rückgewinnungsplan im Zeitverlauf: 3 Maßnahmen, 1 erledigt, 1 überfällig" in page
    assert "heute 23.11." in page
    assert "16.01.2027" in page  # the last day to give notice
    assert "Weg" not in page
    assert "<table" not in page


def test_gate_of_the_current_phase_lists_what_is_open(plan: RecoveryPlan, desk: Client) -> None:
    MeasureFactory(plan=plan, is_mandatory=True)
    audit = AuditFactory(case=plan.case, status=AuditStatus.IN_PROGRESS)
    finding = FindingFactory(audit=audit, grade=Grade.MAJOR)
    response = desk.get(url("detail", plan.case))
    page = text(response)
    assert "Kriterien der Phase 3" in page
    assert "1 Pflichtmaßnahme ist offen" in page
    assert f"Hauptabweichung {finding.number} abgestellt" in page
    assert [point.is_met for point in response.context["points"]] == [False, False]


def test_gate_is_met_when_nothing_is_open(plan: RecoveryPlan, desk: Client) -> None:
    points = desk.get(url("detail", plan.case)).context["points"]
    assert [(point.is_met, point.text) for point in points] == [
        (True, "Alle Pflichtmaßnahmen sind erledigt"),
        (True, "Alle Hauptabweichungen sind abgestellt"),
    ]


def test_plan_with_all_phases_closed_has_no_gate(plan: RecoveryPlan, desk: Client) -> None:
    PlanPhase.objects.update(passed_on=TODAY, passed_by=plan.created_by, passed_note="Geschafft")
    response = desk.get(url("detail", plan.case))
    assert response.context["gate"] is None
    assert response.context["points"] == []
    assert "Phase abschließen" not in text(response)


def test_reader_sees_the_plan_but_no_steps(
    plan: RecoveryPlan, operativ: User, client_for: ClientFor
) -> None:
    own = MeasureFactory(plan=plan, owner=operativ)
    other = MeasureFactory(plan=plan)
    page = text(client_for(operativ).get(url("detail", plan.case)))
    assert own.url("complete") in page
    assert other.url("complete") not in page
    assert "Phase abschließen" not in page
    assert "Maßnahme anlegen" not in page


def test_ended_case_shows_its_plan_read_only(measure: Measure, desk: Client) -> None:
    case = measure.case
    case.status, case.closed_on = Status.LOST, TODAY
    case.save()
    page = text(desk.get(url("detail", case)))
    assert measure.title in page
    assert measure.url("complete") not in page
    assert "Maßnahme anlegen" not in page
    assert desk.get(url("phase_pass", case, "3")).status_code == 403
    assert desk.get(url("measure_create", case)).status_code == 403
    assert desk.post(measure.url("complete")).status_code == 403


@pytest.mark.parametrize("view", ["", "?ansicht=zeitstrahl", "?nur=offene"])
def test_page_asks_the_same_for_1_3_and_38_measures(
    view: str, plan: RecoveryPlan, desk: Client, kam: User, operativ: User
) -> None:
    counts = []
    audit = AuditFactory(case=plan.case, status=AuditStatus.IN_PROGRESS)
    for number in (1, 2, 35):
        for index in range(number):
            MeasureFactory(
                plan=plan,
                phase=str(1 + index % 5),
                owner=[kam, operativ][index % 2],
                recurrence="weekly" if index % 3 == 0 else "",
                finding=FindingFactory(audit=audit, grade=Grade.MAJOR) if index % 4 == 0 else None,
                is_mandatory=True,
            )
        counts.append(len(statements(desk, url("detail", plan.case) + view)))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12


# Without a plan


def test_case_without_a_plan_offers_to_start_one(fresh: Case, desk: Client) -> None:
    page = text(desk.get(url("detail", fresh)))
    assert "Noch gibt es keinen." in page
    assert url("create", fresh) in page


def test_case_without_a_decision_says_what_is_missing(kam: User, desk: Client) -> None:
    case = CaseFactory(owner=kam)
    page = text(desk.get(url("detail", case)))
    assert "Die Go-Entscheidung fehlt." in page
    assert reverse("cases:decide", args=[case.number]) in page


def test_quality_manager_is_not_sent_to_a_decision_that_is_not_theirs(
    qm: User, client_for: ClientFor
) -> None:
    case = CaseFactory()
    page = text(client_for(qm).get(url("detail", case)))
    assert "Die Go-Entscheidung fehlt." in page
    assert reverse("cases:decide", args=[case.number]) not in page


# Start


def filled(client: Client, case: Case, filler: User, **more: object) -> dict[str, object]:
    """What the form sends when the user fills its gaps with ``filler``."""
    form = client.get(url("create", case)).context["form"]
    sent = {name: form[name].value() or filler.pk for name in form.fields}
    return sent | {"started_on": "23.11.2026"} | more


def test_start_form_is_preset(
    template_loaded: None, fresh: Case, desk: Client, kam: User, qm: User, leitung: User
) -> None:
    form = desk.get(url("create", fresh)).context["form"]
    assert form["started_on"].value() == TODAY
    assert form["bundesland"].value() == "HE"
    assert form["owner_key_account_manager"].value() == kam.pk
    assert form["owner_quality_manager"].value() == qm.pk
    assert form["owner_executive"].value() == leitung.pk
    assert not form["owner_legal"].value()


def test_start_shows_the_dates_before_saving(
    template_loaded: None, fresh: Case, desk: Client
) -> None:
    response = desk.get(url("create", fresh))
    assert response.context["preview_count"] == 38
    assert response.context["preview_span"] == "26.11.2026–18.11.2027"
    assert [row.count for row in response.context["preview"]] == [7, 8, 7, 9, 7]
    assert not RecoveryPlan.objects.exists()


def test_preview_follows_date_and_land_as_a_fragment(
    template_loaded: None, fresh: Case, desk: Client
) -> None:
    query = {"started_on": "31.08.2026", "bundesland": "HE"}
    response = desk.get(url("create", fresh), query, headers={"HX-Request": "true"})
    page = text(response)
    assert "<html" not in page
    assert "31.08.–27.09.2026" in page
    assert "38 Maßnahmen" in page


def test_preview_of_nonsense_shows_the_presets(
    template_loaded: None, fresh: Case, desk: Client
) -> None:
    query = {"started_on": "31.02.2026", "bundesland": "XX"}
    response = desk.get(url("create", fresh), query, headers={"HX-Request": "true"})
    assert "fällig 26.11.2026–18.11.2027" in text(response)


def test_preview_without_a_land_asks_for_it(
    template_loaded: None, fresh: Case, desk: Client
) -> None:
    fresh.sites.clear()
    page = text(desk.get(url("create", fresh)))
    assert "Wählen Sie Beginn und Bundesland." in page


def test_start_creates_the_plan_and_leads_to_it(
    template_loaded: None, fresh: Case, desk: Client, leitung: User, qm: User
) -> None:
    response = desk.post(url("create", fresh), filled(desk, fresh, leitung))
    assert response.status_code == 302
    assert response["Location"] == url("detail", fresh)
    plan = RecoveryPlan.objects.get()
    assert (plan.case, plan.started_on, plan.bundesland) == (fresh, TODAY, "HE")
    assert plan.measures.count() == 38
    assert Case.objects.get(pk=fresh.pk).status == Status.ACTIVE
    assert desk.get(url("create", fresh)).status_code == 403  # there is one now


BAD_STARTS = [
    ({"started_on": ""}, "started_on", "Dieses Feld ist zwingend erforderlich."),
    ({"started_on": "31.02.2026"}, "started_on", "Februar 2026 hat 28 Tage."),
    ({"started_on": "bald"}, "started_on", ""),
    ({"bundesland": ""}, "bundesland", "Dieses Feld ist zwingend erforderlich."),
    ({"bundesland": "XX"}, "bundesland", "Bitte eine gültige Auswahl treffen."),
    ({"owner_legal": ""}, "owner_legal", "Dieses Feld ist zwingend erforderlich."),
    ({"owner_executive": "999999"}, "owner_executive", "Bitte eine gültige Auswahl treffen."),
    ({"owner_executive": "Maria"}, "owner_executive", "Bitte eine gültige Auswahl treffen."),
]


@pytest.mark.parametrize(("input_", "field", "message"), BAD_STARTS)
def test_start_refuses_bad_input_at_its_field(
    input_: dict[str, str],
    field: str,
    message: str,
    template_loaded: None,
    fresh: Case,
    desk: Client,
    leitung: User,
) -> None:
    response = desk.post(url("create", fresh), filled(desk, fresh, leitung, **input_))
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {field}
    assert message in str(errors[field])
    assert response.context["form"][field].value() == input_[field]
    assert not RecoveryPlan.objects.exists()


DOUBTED_STARTS = [
    ("20.11.2026", "Das Datum liegt in der Vergangenheit."),
    ("28.08.2026", "Der Plan würde beginnen, bevor der Fall eröffnet wurde."),
    ("30.11.2027", "Mehr als ein Jahr voraus."),
]


@pytest.mark.parametrize(("day", "warning"), DOUBTED_STARTS)
def test_start_doubts_an_unusual_date_and_takes_it_with_a_reason(
    day: str, warning: str, template_loaded: None, fresh: Case, desk: Client, leitung: User
) -> None:
    sent = filled(desk, fresh, leitung, started_on=day)
    response = desk.post(url("create", fresh), sent)
    assert response.status_code == 422
    assert response.context["form"].fields["started_on"].warning == warning
    assert not RecoveryPlan.objects.exists()
    response = desk.post(url("create", fresh), sent | {"warning_reason": "läuft schon"})
    assert response.status_code == 302
    assert fresh.events.get().data["reason"] == "läuft schon"


def test_start_without_a_decision_says_so_with_the_way_there(
    template_loaded: None, kam: User, desk: Client, leitung: User
) -> None:
    case = CaseFactory(owner=kam)
    case.sites.add(SiteFactory(client=case.client))
    response = desk.post(url("create", case), filled(desk, case, leitung))
    assert response.status_code == 422
    page = text(response)
    assert "Erfassen Sie zuerst die Go-Entscheidung" in page
    assert reverse("cases:decide", args=[case.number]) in page
    assert not RecoveryPlan.objects.exists()


def test_start_without_a_template_says_whom_to_ask(fresh: Case, desk: Client, kam: User) -> None:
    page = text(desk.get(url("create", fresh)))
    assert "Die Planvorlage ist leer." in page
    response = desk.post(url("create", fresh), {"started_on": "heute", "bundesland": "HE"})
    assert response.status_code == 422
    assert not RecoveryPlan.objects.exists()


def test_start_page_asks_the_same_for_any_number_of_people(
    template_loaded: None, fresh: Case, desk: Client, qm: User
) -> None:
    assert len(statements(desk, url("create", fresh))) <= 12


# Close a phase


def test_phase_is_closed_with_a_note(plan: RecoveryPlan, desk: Client) -> None:
    response = desk.post(url("phase_pass", plan.case, "3"), {"note": "Alles abgestellt"})
    assert response.status_code == 302
    assert response["Location"] == url("detail", plan.case)
    assert plan.phases.get(number="3").passed_note == "Alles abgestellt"


def test_phase_with_open_points_is_skipped_with_a_reason_only(
    measure: Measure, desk: Client
) -> None:
    case = measure.case
    audit = AuditFactory(case=case, status=AuditStatus.IN_PROGRESS)
    FindingFactory(audit=audit, grade=Grade.MAJOR)
    page = text(desk.get(url("phase_pass", case, "3")))
    assert f"{measure.code} {measure.title}" in page
    response = desk.post(url("phase_pass", case, "3"), {"note": "passt"})
    assert response.status_code == 422
    warning = response.context["form"].fields["note"].warning
    assert warning == "Noch offen: 1 Pflichtmaßnahme, 1 Hauptabweichung."
    assert not measure.plan.phases.get(number="3").is_passed
    sent = {"note": "passt", "warning_reason": "Kunde hat zugestimmt"}
    assert desk.post(url("phase_pass", case, "3"), sent).status_code == 302
    assert measure.plan.phases.get(number="3").passed_note == "Kunde hat zugestimmt"


def test_phase_note_too_long_is_refused(plan: RecoveryPlan, desk: Client) -> None:
    response = desk.post(url("phase_pass", plan.case, "3"), {"note": "x" * 251})
    assert response.status_code == 422
    assert "251" in str(response.context["form"].errors["note"])
    assert not plan.phases.get(number="3").is_passed


def test_phase_is_closed_once_and_must_exist(plan: RecoveryPlan, desk: Client) -> None:
    assert desk.get(url("phase_pass", plan.case, "1")).status_code == 403
    assert desk.get(url("phase_pass", plan.case, "9")).status_code == 404


# Resume


def test_resting_case_is_resumed_from_its_plan(plan: RecoveryPlan, desk: Client) -> None:
    case = plan.case
    assert desk.get(url("resume", case)).status_code == 403
    case.status, case.resting_until = Status.RESTING, dt.date(2027, 3, 1)
    case.save()
    assert url("resume", case) in text(desk.get(url("detail", case)))
    assert desk.get(url("resume", case)).status_code == 200
    assert desk.post(url("resume", case), {"note": "x" * 251}).status_code == 422
    assert desk.post(url("resume", case), {"note": "Kunde ruft an"}).status_code == 302
    assert Case.objects.get(pk=case.pk).status == Status.ACTIVE
