"""What every page of the room keeps: budgets, conflicts, hostile texts, and its neighbours."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.pages import words
from tests.norms.factories import (
    InspectionFactory,
    NormFactory,
    RecordFactory,
    RuleFactory,
    at_site_of,
    with_defects,
)
from tests.statements import statements
from winback.cases.services import refresh_health
from winback.clients.models import Site
from winback.common import clock
from winback.dashboards.rows.work import my_work
from winback.demo.services.reference import FOLDER
from winback.norms.models import Inspection, Norm
from winback.norms.rows.inspections import inspection_facts, inspection_row, site_registers
from winback.norms.rows.records import client_panel

DAY = dt.date
TODAY = DAY(2026, 11, 23)
HOSTILE = "<script>alert(1)</script>"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def url(name: str, *args: Any) -> str:
    return reverse(f"norms:{name}", args=args)


def steps(inspection: Inspection, other: User) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every step with an inspection: its address and what its form sends."""
    row = with_defects(inspection)
    pk = inspection.pk
    return {
        "record": (
            url("record", pk),
            {"done_on": "20.11.2026", "result": "ok", "executor": "Prüfwerk"},
        ),
        "follow_up": (url("follow_up", pk, row.pk), {"remedied_on": "20.11.2026"}),
        "move": (url("move", pk), {"to": "01.02.2027", "note": "Prüfer krank"}),
        "hand_over": (url("hand_over", pk), {"owner": other.pk}),
        "end": (url("end", pk), {"note": "abgebaut"}),
        "edit": (
            url("edit", pk),
            {
                "plant": "RLT 3",
                "task": "Hygieneinspektion",
                "norm": inspection.norm_id,
                "duty_holder": "client",
                "interval_months": "24",
                "interval_source": "VDI 6022",
                "executor_kind": "own",
                "owner": inspection.owner_id,
            },
        ),
    }


STEPS = ["record", "follow_up", "move", "hand_over", "end", "edit"]


@pytest.mark.parametrize("name", STEPS)
def test_step_keeps_its_budget_and_leads_to_the_page(
    desk: Browser, kam: User, qm: User, name: str
) -> None:
    inspection = InspectionFactory(owner=kam)
    address, data = steps(inspection, qm)[name]
    # session and user, the row, the people of the form, then the verb
    assert len(statements(desk, address, {**data, "version": "1"})) <= 12
    inspection.refresh_from_db()
    assert inspection.version == 2


@pytest.mark.parametrize("name", STEPS)
def test_step_at_an_older_version_is_a_conflict(
    desk: Browser, kam: User, qm: User, name: str
) -> None:
    inspection = InspectionFactory(owner=kam)
    address, data = steps(inspection, qm)[name]
    Inspection.objects.update(version=5)
    response = desk.post(address, {**data, "version": "1"})
    assert response.status_code == 409
    inspection.refresh_from_db()
    assert (inspection.version, inspection.plant, inspection.ended_on) == (
        5,
        inspection.plant,
        None,
    )


@pytest.mark.parametrize("name", STEPS)
def test_step_with_nothing_filled_in_saves_nothing(
    desk: Browser, kam: User, qm: User, name: str
) -> None:
    inspection = InspectionFactory(owner=kam)
    address, _data = steps(inspection, qm)[name]
    response = desk.post(address, {})
    assert response.status_code == 422
    assert "Dieses Feld ist zwingend erforderlich." in words(response) or name == "follow_up"
    inspection.refresh_from_db()
    assert inspection.version == 1


def test_hostile_texts_are_shown_as_texts(desk: Browser, kam: User) -> None:
    case = active_case(owner=kam)
    norm = NormFactory(code=HOSTILE, name_de=HOSTILE, covers_de=HOSTILE)
    inspection = at_site_of(case, plant=HOSTILE, task=HOSTILE, norm=norm, owner=kam)
    with_defects(inspection, defects=HOSTILE)
    for address in (
        url("list"),
        norm.get_absolute_url(),
        url("inspections"),
        inspection.get_absolute_url(),
        url("client", case.client_id),
        url("case", case.number),
        url("record", inspection.pk),
        "/",
    ):
        page = desk.get(address).content.decode()
        assert HOSTILE not in page, address
        assert "&lt;script&gt;" in page, address


def test_formula_in_an_export_stays_a_text(desk: Browser) -> None:
    InspectionFactory(plant="=1+1")
    text = desk.get(url("inspection_export")).content.decode()
    assert ";'=1+1;" in text


@pytest.mark.parametrize("name", ["list", "inspections"])
def test_list_answers_htmx_with_its_results_alone(desk: Browser, name: str) -> None:
    InspectionFactory()
    part = desk.get(url(name), headers={"HX-Request": "true"}).content.decode()
    assert "<table" in part
    assert "<html" not in part


@pytest.mark.parametrize("name", ["inspection_export_xlsx", "export_xlsx"])
def test_workbook_opens(desk: Browser, name: str) -> None:
    InspectionFactory()
    response = desk.get(url(name))
    assert response.status_code == 200
    assert b"".join(response)[:2] == b"PK" if response.streaming else response.content[:2] == b"PK"


def test_hostile_protocol_is_refused_at_its_field(desk: Browser) -> None:
    inspection = InspectionFactory()
    upload = SimpleUploadedFile("protokoll.pdf", b"MZ\x90\x00 kein PDF", "application/pdf")
    data = {
        "version": "1",
        "done_on": "20.11.2026",
        "result": "ok",
        "executor": "Prüfwerk",
        "protocol": upload,
    }
    response = desk.post(url("record", inspection.pk), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["protocol"]
    inspection.refresh_from_db()
    assert inspection.version == 1


def test_overdue_inspection_stands_in_my_work(kam: User) -> None:
    case = active_case(owner=kam)
    at_site_of(case, plant="Aufzug 1", owner=kam, due_on=DAY(2026, 11, 20))
    at_site_of(case, plant="Aufzug 2", owner=kam, due_on=DAY(2026, 11, 25))
    work = my_work(kam, TODAY)
    late = [row for row in work.overdue if "Aufzug 1" in row.title]
    soon = [row for row in work.this_week if "Aufzug 2" in row.title]
    assert (len(late), len(soon)) == (1, 1)


def test_health_of_the_case_names_the_overdue_inspection(kam: User) -> None:
    case = active_case(owner=kam)
    at_site_of(case, due_on=DAY(2026, 9, 1))
    refresh_health(case.pk, today=TODAY, now=clock.now())
    case.refresh_from_db()
    assert case.health == "critical"
    assert "1 sicherheitsrelevante Prüfung überfällig" in case.health_reasons


def test_row_without_norm_and_history_shows_what_there_is(kam: User) -> None:
    InspectionFactory(norm=None, basis="Vertrag § 4", last_done_on=None, owner=kam)
    row = inspection_row(Inspection.objects.with_row().get(), kam, TODAY)
    assert (row.norm, row.norm_url, row.is_doubtful) == ("Vertrag § 4", "", False)
    assert (row.last, row.last_shape, row.last_word) == ("", "", "")
    assert (row.defects, row.late, row.word) == ("", False, "Geplant")
    assert row.record_url


def test_row_of_an_ended_inspection_offers_nothing(kam: User) -> None:
    InspectionFactory(owner=kam, ended_on=DAY(2026, 11, 1), ended_reason="abgebaut")
    row = inspection_row(Inspection.objects.with_row().get(), kam, TODAY)
    assert (row.word, row.due_note, row.record_url) == ("Nicht mehr geprüft", "", "")


def test_facts_leave_out_what_is_empty(kam: User, qm: User) -> None:
    InspectionFactory(
        owner=kam,
        deputy=qm,
        last_result="ok",
        interval_checked_on=DAY(2026, 11, 1),
        is_safety=False,
        executor="Prüfwerk GmbH",
        qualification="Kategorie A",
    )
    facts = {
        label: (value, note)
        for label, value, note in inspection_facts(Inspection.objects.with_row().get())
    }
    assert facts["Prüffrist"] == ("alle 2 Jahre", "VDI 6022-1:2018-01; geprüft am 01.11.2026")
    assert facts["Zuletzt"] == ("15.01.2025", "ohne Mängel")
    assert facts["Verantwortlich"] == ("Aylin Kaya", "Vertretung: Tim Wolf")
    assert facts["Durchgeführt von"] == ("Prüfwerk GmbH", "Kategorie A")
    assert facts["Sicherheitsrelevant"] == ("nein", "")
    assert "Beendet am" not in facts


def test_registers_keep_the_order_of_sites_and_of_dates(kam: User) -> None:
    first, second = InspectionFactory(), InspectionFactory()
    earlier = InspectionFactory(site=second.site, due_on=DAY(2026, 12, 1))
    rows = Inspection.objects.with_row()
    sites = Site.objects.filter(pk__in=[first.site_id, second.site_id]).order_by("-pk")
    registers = site_registers(sites, rows, kam, TODAY)
    assert [[row.pk for row in each.rows] for each in registers] == [
        [earlier.pk, second.pk],
        [first.pk],
    ]


@pytest.mark.django_db
def test_panel_of_a_client_leads_to_its_register(kam: User, desk: Browser) -> None:
    inspection = InspectionFactory()
    client = inspection.site.client
    panel = client_panel(kam, client)
    assert panel.rows == []
    assert inspection.plant in words(desk.get(panel.action_url))
    assert f'href="{panel.action_url}"' in desk.get(client.get_absolute_url()).content.decode()


def test_rounds_stand_newest_first(desk: Browser) -> None:
    old = RecordFactory(done_on=DAY(2023, 1, 5), due_on=DAY(2023, 1, 5))
    RecordFactory(inspection=old.inspection)
    page = desk.get(old.inspection.get_absolute_url())
    assert [row.done for row in page.context["records"]] == ["08.01.2025", "05.01.2023"]
    assert {row.protocol_url for row in page.context["records"]} == {""}


@pytest.mark.parametrize(
    "entry",
    yaml.safe_load((FOLDER / "norms.yaml").read_text(encoding="utf-8"))["inspection_intervals"],
    ids=lambda entry: entry["key"],
)
def test_shipped_inspection_says_whence_its_interval_comes(entry: dict[str, Any]) -> None:
    assert 1 <= entry["interval_months"] <= entry.get("max_interval_months", 600)
    assert entry["source"]
    assert entry["binding_de"]
    assert entry["by_de"]
    assert isinstance(entry["safety"], bool)


@pytest.mark.usefixtures("desk")
def test_rule_of_a_retired_norm_is_still_shown_there(desk: Browser) -> None:
    rule = RuleFactory()
    Norm.objects.update(active=False)
    assert rule.norm is not None
    assert "Hygieneinspektion" in words(desk.get(rule.norm.get_absolute_url()))
