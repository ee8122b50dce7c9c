"""The pages of the register: list, bulk change, site, case, one inspection and its steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Region, User
from tests.cases.factories import active_case
from tests.clients.factories import ClientFactory, SiteFactory
from tests.conftest import ClientFor
from tests.contracts.pages import errors, words
from tests.documents.factories import document
from tests.norms.factories import (
    InspectionFactory,
    NormFactory,
    RecordFactory,
    RuleFactory,
    at_site_of,
    with_defects,
)
from tests.statements import statements
from winback.norms import bulk
from winback.norms.enums import Confidence, DutyHolder
from winback.norms.models import Inspection, InspectionRecord
from winback.norms.rows.inspections import months_phrase

DAY = dt.date
LIST = reverse("norms:inspections")
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def step(name: str, inspection: Inspection, *args: int) -> str:
    return reverse(f"norms:{name}", args=[inspection.pk, *args])


def typed(owner: User, **changes: Any) -> dict[str, Any]:
    """What the form of a new inspection sends."""
    usual = {
        "plant": "RLT 3, Dach Süd",
        "task": "Hygieneinspektion",
        "norm": "",
        "basis": "Vertrag § 4",
        "duty_holder": "provider",
        "interval_months": "24",
        "interval_source": "Vertrag vom 01.04.2023",
        "interval_checked_on": "01.11.2026",
        "is_safety": "on",
        "executor_kind": "subcontractor",
        "executor": "Prüfwerk GmbH",
        "qualification": "Kategorie A",
        "owner": owner.pk,
        "deputy": "",
        "last_done_on": "31.03.2025",
        "due_on": "",
    }
    return {**usual, **changes}


def plants(response: Any) -> list[str]:
    return [row.plant for row in response.context["rows"]]


@pytest.fixture
def register(kam: User, qm: User) -> dict[str, Inspection]:
    south = Region.objects.create(name="Süd")
    hesse = Region.objects.create(name="Hessen", parent=south)
    site = SiteFactory(client=ClientFactory(name="Talberg Klinik"), name="Haus A", region=hesse)
    return {
        "late": InspectionFactory(plant="Aufzug", due_on=DAY(2026, 11, 2), site=site, owner=kam),
        "month": InspectionFactory(
            plant="Brandmelder", due_on=DAY(2026, 12, 10), duty_holder=DutyHolder.CLIENT
        ),
        "quarter": InspectionFactory(plant="Kühlturm", due_on=DAY(2027, 2, 1), owner=qm),
        "far": InspectionFactory(plant="RLT", due_on=DAY(2028, 1, 1)),
        "ended": InspectionFactory(
            plant="Tor", due_on=DAY(2026, 1, 1), ended_on=DAY(2026, 2, 1), ended_reason="weg"
        ),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Aufzug", "Brandmelder", "Kühlturm", "RLT"]),
        ("?ansicht=ueberfaellig", ["Aufzug"]),
        ("?ansicht=30-tage", ["Aufzug", "Brandmelder"]),
        ("?ansicht=90-tage", ["Aufzug", "Brandmelder", "Kühlturm"]),
        ("?ansicht=maengel", ["Kühlturm"]),
        ("?ansicht=beendet", ["Tor"]),
        ("?q=talberg", ["Aufzug"]),
        ("?q=kühl", ["Kühlturm"]),
        ("?pflicht=client", ["Brandmelder"]),
        ("?sort=-anlage", ["RLT", "Kühlturm", "Brandmelder", "Aufzug"]),
        ("?norm=gibt-es-nicht&region=x&sort=x", ["Aufzug", "Brandmelder", "Kühlturm", "RLT"]),
    ],
)
def test_list_follows_its_address(
    desk: Browser, register: dict[str, Inspection], query: str, found: list[str]
) -> None:
    with_defects(register["quarter"])
    with_defects(register["far"], defects_done_on=DAY(2026, 11, 1))
    assert plants(desk.get(LIST + query)) == found


def test_list_narrows_by_region_with_those_below_norm_and_owner(
    desk: Browser, register: dict[str, Inspection], qm: User
) -> None:
    south = Region.objects.get(name="Süd")
    assert plants(desk.get(f"{LIST}?region={south.pk}")) == ["Aufzug"]
    norm = register["far"].norm
    assert norm is not None
    assert plants(desk.get(f"{LIST}?norm={norm.key}")) == ["RLT"]
    assert plants(desk.get(f"{LIST}?verantwortlich={qm.pk}")) == ["Kühlturm"]


def test_list_of_operations_holds_its_cases_alone(
    operativ: User, client_for: ClientFor, register: dict[str, Inspection]
) -> None:
    at_site_of(active_case(team=[operativ]), plant="Mein Aufzug")
    assert plants(client_for(operativ).get(LIST)) == ["Mein Aufzug"]


@pytest.mark.usefixtures("register")
def test_list_says_how_it_stands_and_doubts_editions(desk: Browser) -> None:
    InspectionFactory(norm=NormFactory(confidence=Confidence.LOW), due_on=DAY(2026, 11, 1))
    first, second = desk.get(LIST).context["rows"][:2]
    assert (first.word, first.late, first.is_doubtful) == ("Überfällig", True, True)
    assert (second.interval, second.last) == ("alle 2 Jahre", "15.01.2025")
    assert "Ausgabe prüfen" in words(desk.get(LIST))


def test_export_holds_the_query_alone(desk: Browser, register: dict[str, Inspection]) -> None:
    url = reverse("norms:inspection_export")
    head, row = desk.get(f"{url}?ansicht=ueberfaellig").content.decode().splitlines()
    assert head.startswith("\ufeffKunde;Objekt;Anlage;Prüfung;Norm;Pflichtenträger;")
    assert row.startswith("Talberg Klinik;Haus A;Aufzug;Hygieneinspektion;")
    assert ";15.01.2025;" in row
    assert ";02.11.2026;Aylin Kaya;Eigenes Personal;0;Überfällig" in row


@pytest.mark.parametrize("at", ["list", "client", "case"])
def test_registers_cost_the_same_for_one_and_three_rows(kam: User, desk: Browser, at: str) -> None:
    case = active_case(owner=kam)
    with_defects(at_site_of(case))
    url = {
        "list": LIST,
        "client": reverse("norms:client", args=[case.client_id]),
        "case": reverse("norms:case", args=[case.number]),
    }[at]
    one = statements(desk, url)
    for _ in range(2):
        with_defects(at_site_of(case, deputy=kam, rule=RuleFactory()))
    three = statements(desk, url)
    assert len(one) == len(three) <= (12 if at == "case" else 10)


def test_bulk_change_moves_what_may_be_and_says_what_not(
    desk: Browser, register: dict[str, Inspection]
) -> None:
    rows = [register["late"], register["month"], register["ended"]]
    ticked = "&".join(f"auswahl={row.pk}" for row in rows)
    url = f"{reverse('bulk:change', args=['pruefungen'])}?schritt=termin&{ticked}"
    data = {"days": "", "due_on": "15.12.2026", "note": "Prüfer krank"}
    preview = desk.post(url, data)
    assert "Diese Anlage wird nicht mehr geprüft." in words(preview)
    desk.post(url, {**data, "bestaetigt": "1", "stand": preview.context["ready"]})
    dates = [Inspection.objects.get(pk=row.pk).due_on for row in rows]
    assert dates == [DAY(2026, 12, 15), DAY(2026, 12, 15), DAY(2026, 1, 1)]


def test_bulk_rows_refuse_what_the_user_may_not_change(
    operativ: User, kam: User, register: dict[str, Inspection]
) -> None:
    mine = InspectionFactory(owner=operativ)
    row = bulk.find(operativ, [mine.pk, register["far"].pk])
    assert [(each.pk, each.move_refusal) for each in row] == [(mine.pk, "")]
    assert row[0].hand_over_refusal == "Sie dürfen diese Prüfung nicht ändern."
    assert bulk.find(kam, [mine.pk])[0].hand_over_refusal == ""
    late = bulk.found(kam, QueryDict("ansicht=ueberfaellig"), DAY(2026, 11, 23))
    assert list(late) == [register["late"]]


def test_bulk_verbs_change_one_row_at_its_version(
    kam: User, qm: User, register: dict[str, Inspection]
) -> None:
    row = register["late"]
    bulk.hand_over(row.pk, 1, kam, qm, "Vertretung")
    bulk.move(row.pk, 2, kam, DAY(2026, 12, 1), "Prüfer krank")
    row.refresh_from_db()
    assert (row.owner, row.due_on, row.version) == (qm, DAY(2026, 12, 1), 3)


def test_client_register_groups_by_site_and_offers_adding(
    desk: Browser, admin_user: User, client_for: ClientFor
) -> None:
    client = ClientFactory()
    empty, full = SiteFactory(client=client, name="A leer"), SiteFactory(client=client, name="B")
    InspectionFactory(site=full, plant="Aufzug")
    InspectionFactory(site=full, plant="Tor", ended_on=DAY(2026, 1, 1), ended_reason="weg")
    url = reverse("norms:client", args=[client.pk])
    registers = desk.get(url).context["registers"]
    assert [(each.name, [row.plant for row in each.rows]) for each in registers] == [
        ("A leer", []),
        ("B", ["Aufzug"]),
    ]
    assert registers[0].add_url == reverse("norms:add", args=[client.pk, empty.pk])
    watching = client_for(admin_user).get(url)
    assert [each.add_url for each in watching.context["registers"]] == ["", ""]
    assert "Prüfpflichten vorschlagen" not in words(watching)
    nowhere = ClientFactory()
    assert "Kein Objekt erfasst." in words(desk.get(reverse("norms:client", args=[nowhere.pk])))


def test_client_page_and_case_lead_to_the_register(kam: User, desk: Browser) -> None:
    case = active_case(owner=kam)
    at_site_of(case, plant="Aufzug")
    page = words(desk.get(case.client.get_absolute_url()))
    assert "Was an den Objekten des Kunden zu prüfen ist, steht im Register." in page
    url = reverse("norms:case", args=[case.number])
    assert url in desk.get(reverse("audits:case_list", args=[case.number])).content.decode()
    assert "Aufzug" in words(desk.get(url))


def test_add_enters_a_plant_with_its_proof(kam: User, desk: Browser) -> None:
    site = SiteFactory()
    url = reverse("norms:add", args=[site.client_id, site.pk])
    proof = SimpleUploadedFile("zertifikat.txt", b"Kategorie A", "text/plain")
    response = desk.post(url, typed(kam, qualification_proof=proof))
    inspection = Inspection.objects.get()
    assert response["Location"] == inspection.get_absolute_url()
    assert (inspection.due_on, inspection.duty_holder) == (DAY(2027, 3, 31), "provider")
    assert inspection.qualification_proof is not None
    page = desk.get(inspection.get_absolute_url())
    assert "Qualifikationsnachweis" in words(page)
    assert "Vertrag § 4" in words(page)
    paper = step("paper", inspection, inspection.qualification_proof_id or 0)
    assert b"".join(desk.get(paper)) == b"Kategorie A"
    foreign = document()
    assert desk.get(step("paper", inspection, foreign.pk)).status_code == 404


def test_add_names_what_is_wrong_and_keeps_the_rest(kam: User, desk: Browser) -> None:
    site = SiteFactory()
    url = reverse("norms:add", args=[site.client_id, site.pk])
    wrong = typed(
        kam,
        basis="",
        interval_months="0",
        deputy=kam.pk,
        last_done_on="24.11.2026",
        interval_source="",
    )
    response = desk.post(url, wrong)
    assert errors(response) == {
        "norm": ["Nennen Sie eine Norm oder eine andere Grundlage."],
        "interval_months": ["Die Prüffrist liegt zwischen 1 und 600 Monaten."],
        "interval_source": ["Dieses Feld ist zwingend erforderlich."],
        "deputy": ["Die Vertretung muss eine andere Person sein als die verantwortliche."],
        "last_done_on": ["Das Datum liegt in der Zukunft."],
    }
    assert "RLT 3, Dach Süd" in response.content.decode()
    undated = desk.post(url, typed(kam, last_done_on=""))
    assert list(errors(undated)) == ["due_on"]
    assert not Inspection.objects.exists()


def test_propose_takes_chosen_rules_over_and_offers_them_no_more(kam: User, desk: Browser) -> None:
    site = SiteFactory()
    hygiene, lift, monthly = RuleFactory(), RuleFactory(), RuleFactory(interval_months=1)
    RuleFactory(active=False)
    url = reverse("norms:propose", args=[site.client_id, site.pk])
    shown = words(desk.get(url))
    assert "RLT-Anlage mit Befeuchtung: Hygieneinspektion, alle 24 Monate" in shown
    assert "Hygieneinspektion, jeden Monat" in shown
    data = {"rules": [hygiene.pk, lift.pk], "start": "31.03.2025", "owner": kam.pk}
    response = desk.post(url, data, follow=True)
    assert "2 Prüfungen stehen im Register." in words(response)
    assert {row.due_on for row in Inspection.objects.all()} == {DAY(2027, 3, 31)}
    assert list(desk.get(url).context["form"].fields["rules"].queryset) == [monthly]
    again = desk.post(url, {**data, "start": "24.11.2026"})
    assert set(errors(again)) == {"rules", "start"}


def test_edit_doubts_an_interval_longer_than_the_catalogue(kam: User, desk: Browser) -> None:
    inspection = InspectionFactory(rule=RuleFactory(), owner=kam)
    data = typed(kam, interval_months="36", version="1")
    doubted = desk.post(step("edit", inspection), data)
    assert doubted.status_code == 422
    assert "Der Katalog kennt für diese Anlage höchstens 24 Monate." in words(doubted)
    reason = {**data, "warning_reason": "Gefährdungsbeurteilung 2026"}
    assert desk.post(step("edit", inspection), reason).status_code == 302
    inspection.refresh_from_db()
    assert inspection.interval_months == 36
    assert inspection.interval_source.endswith("; Gefährdungsbeurteilung 2026")
    assert inspection.due_on == DAY(2027, 1, 15)
    stale = desk.post(step("edit", inspection), typed(kam, plant="Meine", version="1"))
    assert stale.status_code == 409
    assert "Meine" in words(stale)


def test_record_plans_the_next_round_and_lists_this_one(kam: User, desk: Browser) -> None:
    inspection = InspectionFactory(owner=kam)
    protocol = SimpleUploadedFile("protokoll.txt", b"in Ordnung", "text/plain")
    data = {
        "version": "1",
        "done_on": "20.11.2026",
        "result": "defects",
        "executor": "Prüfwerk",
        "protocol": protocol,
        "defects": "Filter verkeimt",
        "defects_due_on": "15.12.2026",
        "told_client_on": "21.11.2026",
    }
    response = desk.post(step("record", inspection), data, follow=True)
    page = words(response)
    assert "Die Durchführung ist erfasst; der nächste Termin folgt daraus." in page
    assert "20.11.2028" in page
    assert "zu beseitigen bis 15.12.2026" in page
    assert "fristgerecht" in page
    row = InspectionRecord.objects.get()
    done = {"version": "2", "remedied_on": "23.11.2026", "told_client_on": "21.11.2026"}
    after = desk.post(step("follow_up", inspection, row.pk), done, follow=True)
    assert "beseitigt am 23.11.2026" in words(after)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"done_on": "24.11.2026"}, ["done_on"]),
        ({"result": ""}, ["result"]),
        ({"result": "defects"}, ["defects", "defects_due_on"]),
        ({"defects": "Rost"}, ["defects"]),
        ({"told_client_on": "24.11.2026"}, ["told_client_on"]),
        ({"told_client_on": "01.11.2026"}, ["told_client_on"]),
        ({"result": "failed", "defects": "x", "defects_due_on": "1.11.2026"}, ["defects_due_on"]),
        ({"result": "failed", "defects": "x", "defects_due_on": "unklar"}, ["defects_due_on"]),
        ({"done_on": "15.01.2025"}, ["done_on"]),
        ({"protocol": SimpleUploadedFile("x.exe", b"MZ\x90")}, ["protocol"]),
    ],
)
def test_record_names_what_is_wrong(
    desk: Browser, changes: dict[str, Any], fields: list[str]
) -> None:
    inspection = InspectionFactory()
    data = {
        "version": "1",
        "done_on": "20.11.2026",
        "result": "ok",
        "executor": "Prüfwerk",
        "defects": "",
        "defects_due_on": "",
        "told_client_on": "",
    }
    response = desk.post(step("record", inspection), {**data, **changes})
    assert list(errors(response)) == fields
    assert "Prüfwerk" in response.content.decode()
    assert not InspectionRecord.objects.exists()


def test_follow_up_of_a_round_without_defects_asks_for_the_client_alone(desk: Browser) -> None:
    row = RecordFactory(told_client_on=DAY(2025, 1, 9))
    url = step("follow_up", row.inspection, row.pk)
    form = desk.get(url).context["form"]
    assert [field.name for field in form.visible_fields()] == ["told_client_on"]
    early = desk.post(url, {"version": "1", "told_client_on": "01.01.2025"})
    assert list(errors(early)) == ["told_client_on"]
    late = {"version": "1", "told_client_on": "24.11.2026", "remedied_on": "24.11.2026"}
    defective = with_defects(row.inspection)
    future = desk.post(step("follow_up", row.inspection, defective.pk), late)
    assert set(errors(future)) == {"remedied_on", "told_client_on"}


def test_move_hand_over_and_end(kam: User, qm: User, desk: Browser) -> None:
    inspection = InspectionFactory(owner=kam)
    moved = {"version": "1", "to": "01.02.2027", "note": "Prüfer krank"}
    assert "zuerst fällig am 15.01.2027" in words(
        desk.post(step("move", inspection), moved, follow=True)
    )
    handed = desk.post(step("hand_over", inspection), {"version": "2", "owner": qm.pk})
    assert handed.status_code == 302
    stale = desk.post(step("end", inspection), {"version": "2", "note": "abgebaut"})
    assert stale.status_code == 409
    ended = desk.post(step("end", inspection), {"version": "3", "note": "abgebaut"}, follow=True)
    page = words(ended)
    assert "Nicht mehr geprüft" in page
    assert "abgebaut" in page
    assert "Durchführung erfassen" not in page
    inspection.refresh_from_db()
    assert inspection.owner == qm
    assert desk.get(step("move", inspection)).status_code == 403


def test_late_round_names_its_day(desk: Browser) -> None:
    row = RecordFactory(done_on=DAY(2025, 2, 1))
    assert "war fällig am 15.01.2025" in words(desk.get(row.inspection.get_absolute_url()))


def test_page_costs_the_same_with_more_rounds(desk: Browser) -> None:
    row = RecordFactory(protocol=document())
    url = row.inspection.get_absolute_url()
    one = statements(desk, url)
    RecordFactory.create_batch(2, inspection=row.inspection)
    assert len(statements(desk, url)) == len(one) <= 12


def test_norm_page_lists_visible_plants(
    desk: Browser, operativ: User, client_for: ClientFor
) -> None:
    inspection = InspectionFactory(plant="RLT 7")
    norm = inspection.norm
    assert norm is not None
    assert "RLT 7" in words(desk.get(norm.get_absolute_url()))
    assert "RLT 7" not in words(client_for(operativ).get(norm.get_absolute_url()))


def test_rounds_and_protocols_stand_in_the_case(kam: User, desk: Browser) -> None:
    case = active_case(owner=kam)
    inspection = at_site_of(case, plant="RLT 9")
    RecordFactory(
        inspection=inspection, done_on=DAY(2026, 11, 2), protocol=document("Hygieneprotokoll")
    )
    RecordFactory(inspection=inspection, done_on=DAY(2020, 1, 2))
    history = words(desk.get(reverse("cases:history", args=[case.number])))
    assert history.count("RLT 9: Hygieneinspektion, ohne Mängel") == 1
    papers = words(desk.get(reverse("cases:documents", args=[case.number])))
    assert "Hygieneprotokoll" in papers


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "jeden Monat"), (3, "alle 3 Monate"), (12, "jedes Jahr"), (36, "alle 3 Jahre")],
)
def test_interval_speaks_in_months_and_years(months: int, words: str) -> None:
    assert months_phrase(months) == words
