"""Office files as programs write them come in; the same files with something inside do not."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage

from tests.documents.files import archive, office, picture
from winback.documents.rules import Refused
from winback.documents.rules.office import MAX_ENTRIES, MAX_RATIO, check_office

ROOM = 10_000_000


def workbook() -> Workbook:
    """A small sheet as our people use it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Position", "Fläche", "Preis"])
    sheet.append(["Grundreinigung", 1250.5, "=B2*1.2"])
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The same file with further parts."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def test_sheet_with_formulas_comes_in() -> None:
    check_office(saved(workbook()), "xlsx", ROOM)


def test_sheet_with_a_comment_a_link_and_a_picture_comes_in() -> None:
    book = workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"].comment = Comment("bitte prüfen", "A. Kaya")
    sheet["A2"].hyperlink = "https://provider.example/lv"
    sheet.add_image(SheetImage(io.BytesIO(picture("PNG"))), "D1")
    check_office(saved(book), "xlsx", ROOM)


def test_large_sheet_comes_in() -> None:
    book = workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(3_000):
        sheet.append([f"Raum {row}", row * 1.5, "Unterhaltsreinigung"])
    check_office(saved(book), "xlsx", ROOM)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pptx"])
def test_smallest_file_of_each_kind_comes_in(ending: str) -> None:
    check_office(office(ending), ending, ROOM)


@pytest.mark.parametrize(
    "name",
    [
        "word/media/bild1.png",
        "word/embeddings/Tabelle1.xlsx",
        "word/charts/chart1.xml",
        "docProps/core.xml",
        "customXml/item1.xml",
        "word/vorbau.xml",
        "word/fonts/font1.odttf",
    ],
)
def test_harmless_part_comes_in(name: str) -> None:
    check_office(office(parts={name: b"<x/>"}), "docx", ROOM)


@pytest.mark.parametrize(
    "name",
    [
        "xl/vbaProject.bin",
        "xl/vbaData.xml",
        "XL/VBAPROJECT.BIN",
        "xl/activeX/activeX1.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/media/start.exe",
        "xl/media/start.CMD",
        "xl/media/seite.htm",
        "xl/media/bild.svg",
        "xl/embeddings/alles.zip",
        "/xl/boese.xml",
        "../boese.xml",
        "xl/../../boese.xml",
        "C:/boese.xml",
    ],
)
def test_true_sheet_with_something_inside_stays_out(name: str) -> None:
    with pytest.raises(Refused):
        check_office(with_parts(saved(workbook()), {name: b"x"}), "xlsx", ROOM)


def test_same_name_twice_stays_out() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("[Content_Types].xml", b"<x/>")
        target.writestr("word/document.xml", b"<x/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("word/document.xml", b"<x/>")
    with pytest.raises(Refused):
        check_office(out.getvalue(), "docx", ROOM)


def test_unpacked_size_is_counted_to_the_byte() -> None:
    data = office()
    size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
    check_office(data, "docx", size)
    with pytest.raises(Refused):
        check_office(data, "docx", size - 1)


@pytest.mark.parametrize(("times", "fits"), [(1, True), (MAX_RATIO + 1, False)])
def test_part_that_swells_too_much_stays_out(times: int, fits: bool) -> None:
    data = office(parts={"word/a.xml": b"\0" * 1024 * times})
    if fits:
        check_office(data, "docx", ROOM)
        return
    with pytest.raises(Refused):
        check_office(data, "docx", ROOM)


@pytest.mark.parametrize(("more", "fits"), [(-2, True), (-1, False)])
def test_number_of_parts_is_limited(more: int, fits: bool) -> None:
    data = office(parts={f"word/{n}.xml": b"" for n in range(MAX_ENTRIES + more)})
    if fits:
        check_office(data, "docx", ROOM)
        return
    with pytest.raises(Refused):
        check_office(data, "docx", ROOM)


def test_archive_with_a_remark_at_its_end_stays_out() -> None:
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as target:
        target.comment = b"<script>alert(1)</script>"
    with pytest.raises(Refused):
        check_office(out.getvalue(), "docx", ROOM)


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "word/document.xml"])
def test_file_without_its_main_parts_stays_out(missing: str) -> None:
    parts = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>", "word/a.xml": b"<x/>"}
    with pytest.raises(Refused):
        check_office(archive({k: v for k, v in parts.items() if k != missing}), "docx", ROOM)


@pytest.mark.parametrize("place", range(0, 600, 40))
def test_no_damaged_file_ends_in_an_error(place: int) -> None:
    """Damage is refused or harmless; nothing else may happen."""
    data = bytearray(saved(workbook()))
    data[place] ^= 0xFF
    with contextlib.suppress(Refused):
        check_office(bytes(data), "xlsx", ROOM)
