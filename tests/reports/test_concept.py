"""The norm and inspection-date concept: facts, words, print, and asking for it."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.pages import words
from tests.documents.factories import document as stored
from tests.norms.factories import NormFactory, RecordFactory, at_site_of
from winback.cases.models import Case
from winback.common.pdf import print_pdf
from winback.norms.enums import Confidence
from winback.reports.enums import ReportKind
from winback.reports.models import Report
from winback.reports.rows import case_requests, file_name
from winback.reports.rules.concept import ConceptFacts, NormFacts, PlantFacts
from winback.reports.rules.freezing import freeze, thaw
from winback.reports.services import request_report
from winback.reports.services.assembly import assemble_concept
from winback.reports.services.printing import document
from winback.reports.services.printing.concept import concept_context
from winback.reports.services.printing.head import Stamp

DAY = dt.date
TODAY = DAY(2026, 11, 23)
STAMP = Stamp("de", 2, dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC), "Aylin Kaya")
pytestmark = pytest.mark.usefixtures("today")


def plant(number: int = 1, **changes: Any) -> PlantFacts:
    facts = {
        "site": "Haus A",
        "plant": f"RLT {number}, Dachzentrale",
        "task": "Hygieneinspektion",
        "basis": "VDI 6022-1",
        "months": 24,
        "source": "VDI 6022-1:2018-01",
        "duty": "Wir",
        "owner": "Ralf Ott",
        "executor": "Prüfwerk GmbH",
        "qualification": "Kategorie A",
        "due_on": DAY(2027, 1, 15),
        "last_done_on": DAY(2025, 1, 15),
        "last_result": "ohne Mängel",
        "proofs": ("Protokoll abgelegt",),
    }
    return PlantFacts(**{**facts, **changes})


def facts(*plants: PlantFacts, norms: tuple[NormFacts, ...] = ()) -> ConceptFacts:
    return ConceptFacts(
        provider="Winback Facility GmbH",
        today=TODAY,
        case_number="RG-2026-0042",
        client="Norhagen Bau AG",
        plants=plants,
        norms=norms,
    )


def printed(concept: ConceptFacts) -> PdfReader:
    html = render_to_string("reports/concept/report.html", concept_context(concept, STAMP))
    return PdfReader(BytesIO(print_pdf(html).data))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def test_facts_hold_plants_by_site_with_norms_and_proofs(case: Case) -> None:
    low = NormFactory(code="GEFMA 940", edition="", confidence=Confidence.LOW)
    late = at_site_of(case, plant="Aufzug", norm=low, due_on=DAY(2026, 11, 1), last_result="ok")
    RecordFactory(inspection=late, protocol=stored())
    RecordFactory(inspection=late, done_on=DAY(2023, 1, 1))
    at_site_of(
        case,
        norm=None,
        basis="Vertrag § 4",
        last_done_on=None,
        qualification_proof=stored(),
        executor="Prüfwerk",
    )
    at_site_of(case, ended_on=TODAY, ended_reason="abgebaut")
    with CaptureQueriesContext(connection) as asked:
        found = assemble_concept(case, TODAY)
    assert len(asked) == 1
    first, second = found.plants
    assert (first.plant, first.basis, first.last_result) == ("Aufzug", "GEFMA 940", "ohne Mängel")
    assert (first.proofs, second.proofs) == (("Protokoll abgelegt",), ("Qualifikation abgelegt",))
    assert (second.basis, second.last_done_on, second.executor) == ("Vertrag § 4", None, "Prüfwerk")
    assert [(norm.code, norm.warning) for norm in found.norms] == [("GEFMA 940", True)]
    assert found.overdue == 1
    assert thaw(ConceptFacts, freeze(found)) == found


def test_lead_says_how_many_and_whether_one_is_late() -> None:
    late = plant(due_on=DAY(2026, 11, 22))
    assert concept_context(facts(plant()), STAMP)["lead"] == (
        "1 Prüfung ist geplant; keine ist überfällig."
    )
    assert concept_context(facts(plant(), late), STAMP)["lead"] == (
        "2 Prüfungen sind geplant; 1 ist überfällig."
    )
    assert concept_context(facts(late, late, late), STAMP)["lead"].endswith("3 sind überfällig.")
    assert concept_context(facts(), STAMP)["lead"] == (
        "Noch keine Anlage dieser Objekte steht im Register."
    )


def test_lines_show_dashes_and_lateness() -> None:
    bare = plant(last_done_on=None, last_result="", proofs=(), qualification="")
    late = plant(2, site="Haus B", due_on=DAY(2026, 11, 22), months=1)
    norms = (
        NormFacts("VDI 6022-1", "2018-01", "Hygiene", "In Kraft"),
        NormFacts("GEFMA 940", "", "Märkte", "Ungeklärt", warning=True),
    )
    context = concept_context(facts(bare, late, norms=norms), STAMP)
    (first_site, (first,)), (second_site, (second,)) = context["sites"]
    assert (first_site, second_site) == ("Haus A", "Haus B")
    assert (first.last, first.result, first.proof, first.late) == ("–", "", "", False)
    assert first.executor == "Prüfwerk GmbH"
    assert (second.due, second.late, second.interval) == ("22.11.2026", True, "jeden Monat")
    assert second.executor == "Prüfwerk GmbH, Kategorie A"
    assert context["norms"] == [
        ("VDI 6022-1", "2018-01", "Hygiene", "In Kraft"),
        ("GEFMA 940", "–", "Märkte", "Ungeklärt – Ausgabe beim Herausgeber prüfen"),
    ]


def test_print_of_nothing_says_so_on_one_page() -> None:
    reader = printed(facts())
    assert len(reader.pages) == 1
    assert "Noch keine Anlage dieser Objekte steht im Register." in text_of(reader)
    assert "Genannte Normen" not in text_of(reader)


def test_print_for_the_client_cites_norms_and_asks_for_a_legal_check() -> None:
    norm = NormFacts("VDI 6022-1", "2018-01", "Hygiene", "In Kraft")
    text = text_of(printed(facts(plant(), norms=(norm,))))
    for expected in (
        "NORM- UND PRÜFTERMINKONZEPT",
        "Norhagen Bau AG",
        "Für den Kunden",
        "Rechtsprüfung erforderlich",
        "RLT 1, Dachzentrale",
        "alle 2 Jahre",
        "15.01.2027",
        "Ralf Ott",
        "Protokoll abgelegt",
        "2018-01",
        "Seite 1 von 1",
    ):
        assert expected in text, expected


@pytest.mark.slow
def test_print_of_two_hundred_plants_repeats_its_heads_and_is_tagged() -> None:
    reader = printed(facts(*(plant(number) for number in range(1, 201))))
    count = len(reader.pages)
    assert count > 10
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.trailer["/Root"]["/Lang"] == "de"
    for number in (2, count - 1):
        page = " ".join(reader.pages[number - 1].extract_text().split())
        assert f"Seite {number} von {count}" in page
        assert "Nächster Termin" in page
    assert "RLT 200, Dachzentrale" in text_of(reader)


def test_hostile_texts_are_printed_as_texts() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    context = concept_context(facts(plant(plant=hostile, source=hostile)), STAMP)
    html = render_to_string("reports/concept/report.html", context)
    assert hostile not in html
    assert "&lt;img src=x" in html


def test_request_freezes_the_register_beside_the_progress_report(case: Case, kam: User) -> None:
    at_site_of(case, plant="Aufzug 1")
    request_report(subject=case, language="de", actor=kam)
    report = request_report(subject=case, language="de", actor=kam, kind=ReportKind.CONCEPT)
    assert (report.kind, report.number, report.audit) == (ReportKind.CONCEPT, 1, None)
    twin = request_report(subject=case, language="de", actor=kam, kind=ReportKind.CONCEPT)
    assert twin == report
    case.sites.first().inspections.update(plant="Umbenannt")  # type: ignore[union-attr]  # one is there
    html = document(report)
    assert "Aufzug 1" in html
    assert "Umbenannt" not in html


def test_request_in_english_speaks_english(case: Case, kam: User) -> None:
    at_site_of(case)
    report = request_report(subject=case, language="en", actor=kam, kind=ReportKind.CONCEPT)
    html = document(report)
    assert "Norm and inspection-date concept" in html
    assert "every 2 years" in html
    assert "Rechtsprüfung" not in html


def test_page_of_the_case_offers_the_concept_and_takes_the_request(
    case: Case, kam: User, client_for: ClientFor
) -> None:
    desk = client_for(kam)
    page = desk.get(reverse("reports:case_reports", args=[case.number]))
    assert "Norm- und Prüfterminkonzept" in words(page)
    url = reverse("reports:request_concept", args=[case.number])
    assert url in page.content.decode()
    response = desk.post(url, {"language": "de"}, follow=True)
    assert "Der Bericht wird erstellt." in words(response)
    report = Report.objects.get()
    assert (report.kind, report.requested_by) == (ReportKind.CONCEPT, kam)
    assert desk.post(url, {"language": "fr"}).status_code == 422


def test_stamp_of_the_document_names_version_and_moment() -> None:
    with translation.override("de"):
        head = concept_context(facts(plant()), STAMP)["head"]
    assert head.stamp.startswith("Version 2 · Stand 23.11.2026")
    assert head.for_client
    assert timezone.localtime(STAMP.as_of).date() == TODAY


def test_requests_of_a_case_offer_both_reports_to_those_who_steer(
    case: Case, kam: User, operativ: User
) -> None:
    titles = [row.title for row in case_requests(case, kam)]
    assert titles == ["Fortschrittsbericht", "Norm- und Prüfterminkonzept"]
    assert case_requests(case, operativ) == []


def test_file_is_named_after_kind_case_and_client(case: Case, kam: User) -> None:
    report = request_report(subject=case, language="de", actor=kam, kind=ReportKind.CONCEPT)
    name = file_name(report)
    assert name.startswith(f"Norm-und-Pruefterminkonzept_{case.number}")
    assert name.endswith("_Version-1_2026-11-23.pdf")


def test_versions_count_for_each_kind_alone(case: Case, kam: User, qm: User) -> None:
    for person in (kam, qm):
        request_report(subject=case, language="de", actor=person, kind=ReportKind.CONCEPT)
    progress = request_report(subject=case, language="de", actor=kam)
    numbers = Report.objects.filter(kind=ReportKind.CONCEPT).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]
    assert progress.number == 1


def test_concept_of_an_audit_is_refused_by_the_database(case: Case, kam: User) -> None:
    report = request_report(subject=case, language="de", actor=kam, kind=ReportKind.CONCEPT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(kind=ReportKind.AUDIT)


def test_concept_of_a_case_without_plants_can_be_asked_for(case: Case, kam: User) -> None:
    report = request_report(subject=case, language="de", actor=kam, kind=ReportKind.CONCEPT)
    found = thaw(ConceptFacts, report.snapshot)
    assert (found.plants, found.norms, found.overdue) == ((), (), 0)
    assert found.case_number == case.number


@pytest.mark.parametrize("day", [DAY(2026, 11, 23), DAY(2026, 11, 24)])
def test_plant_due_today_or_later_is_not_overdue(day: dt.date) -> None:
    assert not plant(due_on=day).is_overdue(TODAY)
    assert plant(due_on=DAY(2026, 11, 22)).is_overdue(TODAY)
