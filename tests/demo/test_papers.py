"""Documents and incidents of the demo: true files, told as a story."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from accounts.models import User
from tests.conftest import ClientFor
from winback.cases import obligations
from winback.cases.models import Case, CaseDocument, Incident
from winback.cases.rows.history import timeline
from winback.common import search
from winback.common.history import Topic
from winback.common.obligations import Query
from winback.demo.services.sheets import pdf_sheet, picture
from winback.documents.rules import Limits, check

LIMITS = Limits(size=1_000_000, unpacked=1_000_000, pixels=1_000_000)


def test_made_sheet_is_a_pdf_that_reads_german() -> None:
    made = pdf_sheet("Protokoll.pdf", "Übergabe (Haus B)", [r"Größe \ 5", "Straße – Tür"])
    assert check(made.name, made.data, LIMITS).content_type == "application/pdf"
    text = PdfReader(io.BytesIO(made.data), strict=True).pages[0].extract_text()
    for words in ("Übergabe (Haus B)", r"Größe \ 5", "Straße – Tür"):
        assert words in text


def test_made_sheet_without_lines_is_a_pdf() -> None:
    made = pdf_sheet("Leer.pdf", "Nur ein Titel", [])
    assert len(PdfReader(io.BytesIO(made.data), strict=True).pages) == 1


def test_made_picture_is_a_picture() -> None:
    made = picture("Flur.jpg")
    assert check(made.name, made.data, LIMITS).content_type == "image/jpeg"
    with Image.open(io.BytesIO(made.data)) as shown:
        assert shown.size == (960, 640)


@pytest.fixture
def norhagen(aylin: User) -> Case:
    return Case.objects.get(client__name="Norhagen Bau AG")


def test_practice_case_holds_papers_of_many_kinds(norhagen: Case) -> None:
    papers = list(norhagen.documents.with_row())
    assert {paper.document.kind for paper in papers} >= {"minutes", "report", "photo"}
    assert any(paper.is_shared for paper in papers)
    newest = {paper.document.title: paper.document.current.number for paper in papers}
    assert newest["Betriebskonzept Reinigung"] == 2


def test_every_paper_of_the_demo_passes_the_door(norhagen: Case) -> None:
    for paper in CaseDocument.objects.with_row():
        for version in paper.document.versions.all():
            with version.file.open("rb") as stored:
                data = stored.read()
            assert check(version.original_name, data, LIMITS).content_type == version.content_type


def test_a_certificate_of_the_demo_is_about_to_expire(norhagen: Case) -> None:
    (item,) = obligations.find_papers(Query(case_id=norhagen.pk))
    assert "VDI 6022" in item.title
    assert item.owner_id != norhagen.owner_id


def test_chain_of_incidents_begins_long_before_the_case(norhagen: Case, aylin: User) -> None:
    days = [incident.happened_on for incident in Incident.objects.filter(case=norhagen)]
    assert len(days) >= 4
    assert (norhagen.opened_on - min(days)).days > 300
    told = [entry for entry in timeline(aylin, norhagen) if entry.topic == Topic.INCIDENTS]
    assert len(told) == len(days)


def test_demo_is_found_and_opens(aylin: User, norhagen: Case, client_for: ClientFor) -> None:
    desk = client_for(aylin)
    groups = search.search(aylin, "haus b")
    assert {"measures", "commitments", "findings"} <= {group.key for group in groups}
    for group in groups:
        for hit in group.hits:
            assert desk.get(hit.url, follow=True).status_code == 200, hit


def test_every_link_of_the_history_opens(
    aylin: User, norhagen: Case, client_for: ClientFor
) -> None:
    desk = client_for(aylin)
    seen: dict[str, str] = {}
    for entry in timeline(aylin, norhagen):
        if entry.url:
            seen.setdefault(f"{entry.topic}/{entry.title}", entry.url)
    assert len(seen) > 8
    for title, url in seen.items():
        assert desk.get(url, follow=True).status_code == 200, title
