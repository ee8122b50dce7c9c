"""The steps of a measure in the browser, one click or with a form."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.conftest import ClientFor
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory
from tests.statements import statements
from winback.plans import services
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, RecoveryPlan

pytestmark = pytest.mark.usefixtures("today")
TODAY = dt.date(2026, 11, 23)
HTMX = {"HX-Request": "true"}
REQUIRED = "Dieses Feld ist zwingend erforderlich."
INVALID = "Bitte eine gültige Auswahl treffen."


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


@pytest.fixture
def site(operativ: User, client_for: ClientFor) -> Client:
    """The desk of the person who owns the measure."""
    return client_for(operativ)


def stored(measure: Measure) -> Measure:
    row: Measure = Measure.objects.with_page().get(pk=measure.pk)
    return row


def refused(response: Any, field: str, message: str) -> None:
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {field}
    assert message in str(errors[field])


# Complete


def test_one_click_completes_and_goes_back_to_the_plan(measure: Measure, site: Client) -> None:
    response = site.post(measure.url("complete"))
    assert response.status_code == 302
    assert response["Location"] == f"/faelle/{measure.case.number}/plan/"
    assert stored(measure).done_on == TODAY
    page = site.get(response["Location"]).content.decode()
    assert f"„{measure.title}“ ist erledigt." in page


def test_one_click_twice_says_it_was_done(measure: Measure, site: Client) -> None:
    site.post(measure.url("complete"))
    response = site.post(measure.url("complete"), {"next": "/massnahmen/"}, follow=True)
    assert "war bereits erfasst" in response.content.decode()
    assert measure.case.events.count() == 1


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/meine-arbeit/?x=1", "/meine-arbeit/?x=1"),
        ("https://example.org/", None),
        ("//example.org/", None),
        ("javascript:alert(1)", None),
        ("meine-arbeit/", None),
        ("/\\example.org", None),
    ],
)
def test_one_click_returns_to_pages_of_this_site_only(
    wanted: str, target: str | None, measure: Measure, site: Client
) -> None:
    response = site.post(measure.url("complete"), {"next": wanted})
    assert response["Location"] == (target or f"/faelle/{measure.case.number}/plan/")


def test_one_click_by_htmx_is_sent_back_where_it_came_from(measure: Measure, site: Client) -> None:
    headers = HTMX | {"HX-Current-URL": "http://testserver/meine-arbeit/"}
    response = site.post(measure.url("complete"), headers=headers)
    assert response["HX-Redirect"] == "/meine-arbeit/"


def test_one_click_of_a_round_names_the_next_date(
    plan: RecoveryPlan, operativ: User, site: Client
) -> None:
    weekly = MeasureFactory(
        plan=plan, owner=operativ, recurrence="weekly", due_on=dt.date(2026, 11, 19)
    )
    first = site.post(weekly.done_url, follow=True).content.decode()
    assert "für dieses Mal erledigt; nächster Termin 26.11.2026" in first
    again = site.post(weekly.done_url, follow=True).content.decode()
    assert "war bereits erfasst" in again
    assert weekly.completions.count() == 1


@pytest.mark.parametrize("round_", ["2026-02-31", "unsinn", ""])
def test_round_that_is_no_date_is_ignored(
    round_: str, plan: RecoveryPlan, operativ: User, site: Client
) -> None:
    weekly = MeasureFactory(plan=plan, owner=operativ, recurrence="weekly")
    site.post(f"{weekly.url('complete')}?termin={round_}")
    assert weekly.completions.count() == 1


def test_complete_takes_day_and_result(measure: Measure, site: Client) -> None:
    sent = {"done_on": "20.11.", "result": "Protokoll P-12"}
    assert site.post(measure.url("complete"), sent).status_code == 302
    done = stored(measure)
    assert (done.done_on, done.result) == (dt.date(2026, 11, 20), "Protokoll P-12")


@pytest.mark.parametrize(
    ("input_", "field", "message"),
    [
        ({"done_on": "24.11.2026"}, "done_on", "Das Datum liegt in der Zukunft."),
        ({"done_on": "31.11.2026"}, "done_on", "November hat 30 Tage."),
        ({"result": "x" * 2001}, "result", "2001"),
    ],
)
def test_complete_refuses_bad_input_at_its_field(
    input_: dict[str, str], field: str, message: str, measure: Measure, site: Client
) -> None:
    response = site.post(measure.url("complete"), input_)
    refused(response, field, message)
    assert response.context["form"][field].value() == input_[field]
    assert stored(measure).is_open


def test_complete_of_a_round_keeps_its_note_short(
    plan: RecoveryPlan, operativ: User, site: Client
) -> None:
    weekly = MeasureFactory(plan=plan, owner=operativ, recurrence="weekly")
    refused(site.post(weekly.url("complete"), {"result": "x" * 251}), "result", "251")


def test_complete_doubts_a_day_before_the_plan(measure: Measure, site: Client) -> None:
    sent = {"done_on": "28.08.2026"}
    response = site.post(measure.url("complete"), sent)
    assert response.status_code == 422
    warning = response.context["form"].fields["done_on"].warning
    assert warning == "Das Datum liegt vor dem Beginn des Plans."
    site.post(measure.url("complete"), sent | {"warning_reason": "Vorab erledigt"})
    assert stored(measure).done_on == dt.date(2026, 8, 28)
    event = measure.case.events.first()
    assert event is not None
    assert event.data["reason"] == "Vorab erledigt"


def test_complete_takes_few_statements(measure: Measure, site: Client) -> None:
    assert len(statements(site, measure.url("complete"), {})) <= 10


# Move


def moved(measure: Measure, **more: object) -> dict[str, object]:
    return {
        "due_on": "04.12.2026",
        "note": "Ersatzteil fehlt",
        "version": measure.version,
        **more,
    }


def test_move_asks_date_and_reason(measure: Measure, site: Client) -> None:
    page = site.get(measure.url("move")).content.decode()
    assert "Bisher: 30.11.2026" in page
    response = site.post(f"{measure.url('move')}?next=/meine-arbeit/", moved(measure))
    assert response["Location"] == "/meine-arbeit/"
    assert stored(measure).due_on == dt.date(2026, 12, 4)
    assert measure.moves.get().reason == "Ersatzteil fehlt"


def test_move_leads_to_the_measure_unless_told(measure: Measure, site: Client) -> None:
    response = site.post(measure.url("move"), moved(measure))
    assert response["Location"] == measure.get_absolute_url()


def test_move_as_a_fragment_is_a_small_form_that_knows_its_way(
    measure: Measure, site: Client
) -> None:
    headers = HTMX | {"HX-Current-URL": "http://testserver/meine-arbeit/"}
    part = site.get(measure.url("move"), headers=headers).content.decode()
    assert "<html" not in part
    assert "<h1" not in part
    action = f"{measure.url('move')}?next=%2Fmeine-arbeit%2F"
    assert f'hx-post="{action}"' in part
    assert f'hx-target="#step-{measure.pk}"' in part
    wrong = site.post(action, moved(measure, note=""), headers=headers)
    assert wrong.status_code == 422
    assert "<html" not in wrong.content.decode()
    done = site.post(action, moved(measure), headers=headers)
    assert done["HX-Redirect"] == "/meine-arbeit/"


@pytest.mark.parametrize(
    ("input_", "field", "message"),
    [
        ({"due_on": ""}, "due_on", REQUIRED),
        ({"due_on": "morgen früh"}, "due_on", ""),
        ({"due_on": "30.11.2026"}, "due_on", "bereits an diesem Tag fällig"),
        ({"note": ""}, "note", REQUIRED),
        ({"note": "x" * 251}, "note", "251"),
    ],
)
def test_move_refuses_bad_input_at_its_field(
    input_: dict[str, str], field: str, message: str, measure: Measure, site: Client
) -> None:
    response = site.post(measure.url("move"), moved(measure, **input_))
    refused(response, field, message)
    assert response.context["form"][field].value() == input_[field]
    assert stored(measure).due_on == dt.date(2026, 11, 30)
    assert not measure.moves.exists()


@pytest.mark.parametrize(
    ("day", "warning"),
    [
        ("20.11.2026", "Das Datum liegt in der Vergangenheit."),
        ("05.12.2026", "Das Datum liegt außerhalb der Phase (01.10.–04.12.2026)."),
    ],
)
def test_move_doubts_an_unusual_date(
    day: str, warning: str, measure: Measure, site: Client
) -> None:
    response = site.post(measure.url("move"), moved(measure, due_on=day))
    assert response.status_code == 422
    assert response.context["form"].fields["due_on"].warning == warning
    assert not measure.moves.exists()
    sent = moved(measure, due_on=day, warning_reason="so vereinbart")
    assert site.post(measure.url("move"), sent).status_code == 302
    event = measure.case.events.first()
    assert event is not None
    assert event.data["note"] == "so vereinbart"


def test_move_takes_few_statements(measure: Measure, site: Client) -> None:
    assert len(statements(site, measure.url("move"), moved(measure))) <= 10


# Two people at once


@pytest.mark.parametrize(
    ("step", "sent"),
    [
        ("move", {"due_on": "04.12.2026", "note": "später"}),
        ("drop", {"note": "entfällt"}),
        ("status", {"status": "in_progress", "note": ""}),
        ("edit", {"title": "Anders", "description": "", "deputy": "", "recurrence": ""}),
    ],
)
def test_step_on_what_somebody_else_changed_shows_both_versions(
    step: str, sent: dict[str, object], measure: Measure, desk: Client, qm: User
) -> None:
    seen = measure.version
    services.change_measure(
        measure=stored(measure),
        version=seen,
        actor=qm,
        today=TODAY,
        changes={"title": "Von Herrn Wolf geändert"},
    )
    sent = {**sent, "version": seen}
    if step == "edit":
        sent["phase"] = measure.phase_id
    response = desk.post(measure.url(step), sent)
    assert response.status_code == 409
    assert "Tim Wolf" in response.content.decode()
    assert stored(measure).title == "Von Herrn Wolf geändert"
    assert stored(measure).version == seen + 1
    # the form now claims the current version: saving again goes through
    again = {**sent, "version": response.context["form"]["version"].value()}
    assert desk.post(measure.url(step), again).status_code == 302


def test_conflict_names_both_values(measure: Measure, site: Client, kam: User) -> None:
    services.move(
        measure=stored(measure),
        version=measure.version,
        actor=kam,
        to=dt.date(2026, 12, 1),
        reason="früher",
    )
    response = site.post(measure.url("move"), moved(measure))
    (row,) = response.context["conflict"].rows
    assert (row.mine, row.theirs) == ("04.12.2026", "01.12.2026")


# Hand over


def test_reassign_hands_over(measure: Measure, desk: Client) -> None:
    owner = UserFactory()
    sent = {"owner": owner.pk, "note": "Urlaub", "version": measure.version}
    assert desk.post(measure.url("reassign"), sent).status_code == 302
    assert stored(measure).owner == owner


@pytest.mark.parametrize(
    ("input_", "field", "message"),
    [
        ({"owner": ""}, "owner", REQUIRED),
        ({"owner": "999999"}, "owner", INVALID),
        ({"note": "x" * 251}, "note", "251"),
    ],
)
def test_reassign_refuses_bad_input_at_its_field(
    input_: dict[str, str],
    field: str,
    message: str,
    measure: Measure,
    desk: Client,
    kam: User,
    operativ: User,
) -> None:
    sent = {"owner": kam.pk, "note": "", "version": measure.version, **input_}
    refused(desk.post(measure.url("reassign"), sent), field, message)
    assert stored(measure).owner == operativ


def test_reassign_offers_neither_the_owner_nor_external_auditors(
    measure: Measure, desk: Client, operativ: User, auditor: User
) -> None:
    offered = desk.get(measure.url("reassign")).context["form"].fields["owner"].rows
    assert str(operativ.pk) not in offered
    assert str(auditor.pk) not in offered


def test_reassign_within_the_team_takes_few_statements(
    measure: Measure, desk: Client, kam: User
) -> None:
    sent = {"owner": kam.pk, "note": "", "version": measure.version}
    assert len(statements(desk, measure.url("reassign"), sent)) <= 10


# Edit


def edited(measure: Measure, **more: object) -> dict[str, object]:
    return {
        "title": "Aufzug prüfen lassen",
        "description": "",
        "phase": measure.phase_id,
        "deputy": "",
        "recurrence": "weekly",
        "version": measure.version,
        **more,
    }


def test_edit_changes_all_but_owner_and_date(measure: Measure, desk: Client, kam: User) -> None:
    fields = desk.get(measure.url("edit")).context["form"].fields
    assert "owner" not in fields
    assert "due_on" not in fields
    sent = edited(measure, deputy=kam.pk, phase=measure.plan.phases.get(number="4").pk)
    assert desk.post(measure.url("edit"), sent).status_code == 302
    after = stored(measure)
    assert (after.title, after.recurrence, after.deputy) == ("Aufzug prüfen lassen", "weekly", kam)
    assert after.phase.number == "4"


@pytest.mark.parametrize(
    ("input_", "field", "message"),
    [
        ({"title": ""}, "title", REQUIRED),
        ({"title": "x" * 251}, "title", "251"),
        ({"phase": "999999"}, "phase", INVALID),
        ({"deputy": "999999"}, "deputy", INVALID),
        ({"recurrence": "hourly"}, "recurrence", INVALID),
    ],
)
def test_edit_refuses_bad_input_at_its_field(
    input_: dict[str, str], field: str, message: str, measure: Measure, desk: Client
) -> None:
    before = measure.title
    refused(desk.post(measure.url("edit"), edited(measure, **input_)), field, message)
    assert stored(measure).title == before


def test_edit_refuses_the_owner_as_deputy(measure: Measure, desk: Client, operativ: User) -> None:
    response = desk.post(measure.url("edit"), edited(measure, deputy=operativ.pk))
    refused(response, "deputy", "eine andere Person")


# Status, drop, reopen


def test_status_is_set(measure: Measure, site: Client) -> None:
    sent = {"status": "blocked", "note": "Freigabe fehlt", "version": measure.version}
    assert site.post(measure.url("status"), sent).status_code == 302
    assert stored(measure).status == MeasureStatus.BLOCKED


@pytest.mark.parametrize(
    ("input_", "field", "message"),
    [
        ({"status": ""}, "status", REQUIRED),
        ({"status": "done"}, "status", INVALID),
        ({"status": "blocked"}, "note", "was fehlt oder auf wen Sie warten"),
        ({"note": "x" * 251}, "note", "251"),
    ],
)
def test_status_refuses_bad_input_at_its_field(
    input_: dict[str, str], field: str, message: str, measure: Measure, site: Client
) -> None:
    sent = {"status": "in_progress", "note": "", "version": measure.version, **input_}
    refused(site.post(measure.url("status"), sent), field, message)
    assert stored(measure).status == MeasureStatus.OPEN


def test_drop_and_reopen_ask_for_a_reason(measure: Measure, desk: Client) -> None:
    sent: dict[str, object] = {"note": "Kunde verzichtet", "version": measure.version}
    assert desk.post(measure.url("drop"), sent).status_code == 302
    assert stored(measure).status_note == "Kunde verzichtet"
    sent = {"note": "doch nötig", "version": stored(measure).version}
    assert desk.post(measure.url("reopen"), sent).status_code == 302
    assert stored(measure).is_open


@pytest.mark.parametrize("step", ["drop", "reopen"])
@pytest.mark.parametrize(("note", "message"), [("", REQUIRED), ("x" * 251, "251")])
def test_drop_and_reopen_refuse_a_bad_reason(
    step: str, note: str, message: str, plan: RecoveryPlan, desk: Client
) -> None:
    status = MeasureStatus.DONE if step == "reopen" else MeasureStatus.OPEN
    measure = MeasureFactory(plan=plan, status=status)
    sent = {"note": note, "version": measure.version}
    refused(desk.post(measure.url(step), sent), "note", message)
    assert stored(measure).status == status


@pytest.mark.parametrize("step", ["edit", "move", "reassign", "status", "drop"])
def test_ended_measure_takes_no_step(step: str, plan: RecoveryPlan, desk: Client) -> None:
    done = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    assert desk.get(done.url(step)).status_code == 403
    assert desk.post(done.url(step)).status_code == 403


@pytest.mark.parametrize("step", ["edit", "reassign", "drop"])
def test_owner_does_not_plan(step: str, measure: Measure, site: Client) -> None:
    assert site.get(measure.url(step)).status_code == 403


def test_open_measure_cannot_be_reopened(measure: Measure, desk: Client) -> None:
    assert desk.get(measure.url("reopen")).status_code == 403
