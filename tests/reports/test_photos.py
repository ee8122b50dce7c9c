"""The photos of an audit stand at its findings, small, named for those who cannot see them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pdfua
import pytest
from PIL import Image
from pypdf import PdfReader

from accounts.models import User
from audits.enums import FindingStatus, Grade
from audits.models import Audit, Finding
from audits.services import add_evidence
from tests.audits.factories import photo
from tests.documents.files import picture
from tests.reports.factories import finding, finished_audit, norhagen, queued, with_head
from tests.reports.test_rendering import ALLOWED
from winback.common.pdf import RenderError
from winback.documents.forms import limits
from winback.documents.models import DocumentVersion
from winback.documents.rules import CheckedFile, check
from winback.reports import tasks
from winback.reports.enums import ReportStatus
from winback.reports.rules.facts import FindingFacts, PhotoFacts
from winback.reports.services.assembly import assemble_audit
from winback.reports.services.printing.photos import SIDE, photo_rows, pictures

pytestmark = pytest.mark.usefixtures("today", "media")
DAY = dt.date(2026, 11, 23)


@pytest.fixture
def audit(kam: User) -> Audit:
    """Being carried out: photos can still be taken."""
    made = finished_audit(norhagen(kam))
    Audit.objects.filter(pk=made.pk).update(status="in_progress", done_on=None)
    made.refresh_from_db()
    return made


def lock(audit: Audit) -> Audit:
    Audit.objects.filter(pk=audit.pk).update(status="finished", done_on=DAY)
    return with_head(audit)


def shown(audit: Audit) -> dict[str, int]:
    """How many photos each finding of the report shows."""
    facts = assemble_audit(lock(audit), DAY)
    return {each.number: len(each.photos) for each in facts.findings}


def own_photo(found: Finding) -> None:
    upload = CheckedFile("Foto.jpg", "image/jpeg", picture())
    add_evidence(finding=found, actor=found.owner, upload=upload)


# --- which photo stands where ---------------------------------------------------------------


def test_photo_of_an_answer_stands_at_the_first_finding_of_its_question(audit: Audit) -> None:
    first = finding(audit, "S1", Grade.MINOR, "Erste.")
    second = finding(audit, "S1", Grade.MINOR, "Zweite.")
    photo(audit, "S1")
    photo(audit, "S2")
    assert shown(audit) == {first.number: 1, second.number: 0}


def test_photo_of_a_finding_stands_there_and_a_paper_nowhere(audit: Audit) -> None:
    found = finding(audit, "P1", Grade.MAJOR, "Prüfbuch fehlt.")
    own_photo(found)
    paper = check("protokoll.txt", b"Protokoll", limits())
    add_evidence(finding=found, actor=found.owner, upload=paper)
    assert shown(audit) == {found.number: 1}


def test_withdrawn_findings_show_nothing(audit: Audit) -> None:
    gone = finding(audit, "P1", Grade.MINOR, "Irrtum.")
    own_photo(gone)
    photo(audit, "P1")
    Finding.objects.filter(pk=gone.pk).update(
        status=FindingStatus.WITHDRAWN, withdrawn_reason="unbegründet"
    )
    assert shown(audit) == {}


def test_photos_of_merged_minors_stand_at_their_major(audit: Audit) -> None:
    part = finding(audit, "S1", Grade.MINOR, "Zimmer 1.")
    own_photo(part)
    photo(audit, "S1")
    major = finding(audit, "S3", Grade.MAJOR, "Kein Ablauf.", aggregated_reason="Eine Wurzel")
    Finding.objects.filter(pk=part.pk).update(status=FindingStatus.MERGED, part_of=major)
    assert shown(audit) == {major.number: 2}


# --- the page -------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "rows"), [(0, []), (1, [1]), (2, [2]), (3, [2, 1])])
def test_two_photos_stand_beside_each_other(count: int, rows: list[int]) -> None:
    facts = FindingFacts(
        number="F-0311", grade="major", criterion="", statement="", owner="", due_on=DAY,
        status="open", photos=tuple(PhotoFacts(key, "T. Wolf") for key in range(count)),
    )  # fmt: skip
    placed = photo_rows(facts, "Fluchtweg verstellt")
    assert [len(row) for row in placed] == rows
    if placed:
        first = placed[0][0]
        assert first.name == "photo-0"
        assert first.alt == "Foto 1 zu F-0311: Fluchtweg verstellt"
        assert first.caption == "Foto 1, T. Wolf"


def test_pictures_are_made_small(audit: Audit) -> None:
    version = photo(audit).document.current
    version.file.save("gross", io.BytesIO(picture(size=(1600, 1200))), save=True)
    snapshot = {"findings": [{"photos": [{"version": version.pk, "taken": ""}]}]}
    (data,) = pictures(snapshot).values()
    with Image.open(io.BytesIO(data)) as image:
        assert (max(image.size), image.format) == (SIDE, "JPEG")


def test_facts_without_photos_need_no_picture() -> None:
    assert pictures({}) == pictures({"findings": [{"number": "F-0001"}]}) == {}


def test_missing_file_of_a_photo_is_said_in_words(audit: Audit) -> None:
    version = photo(audit).document.current
    version.file.storage.delete(version.file.name)
    with pytest.raises(RenderError, match="Die Datei eines Fotos fehlt"):
        pictures({"findings": [{"photos": [{"version": version.pk, "taken": ""}]}]})


@pytest.mark.slow
def test_printed_report_holds_the_photos_with_their_words(
    audit: Audit, kam: User, tmp_path: Path
) -> None:
    finding(audit, "S1", Grade.MAJOR, "Sanitärbereich verschmutzt.")
    for _ in range(3):
        photo(audit, "S1")
    report = queued(lock(audit), kam)
    tasks.render(report.pk)
    report.refresh_from_db()
    assert report.status == ReportStatus.READY, report.error
    with report.file.open("rb") as stored:
        data = stored.read()
    pages = PdfReader(io.BytesIO(data)).pages
    (page,) = [each for each in pages if "Foto 1, 23.11.2026" in each.extract_text()]
    assert len(page.images) >= 1
    assert "Foto 3, 23.11.2026" in page.extract_text()
    assert DocumentVersion.objects.count() == 3
    path = tmp_path / "checked.pdf"
    path.write_bytes(data)
    assert {found.rule_id for found in pdfua.validate(str(path)).findings} <= ALLOWED
