"""PDF: tagged output, one embedded typeface, and nothing loaded from anywhere."""

import io
import logging
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pdfua
import pikepdf
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from winback.common.charts import Bullet, bullet
from winback.common.pdf import MAX_CHARACTERS, REPORT_SHEETS, RenderError, render_pdf

pytestmark = pytest.mark.usefixtures("english")


def page(body: str, language: str = "de") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><title>Befundbericht</title></head>'
        f"<body>{body}</body></html>"
    )


def head(**more: object) -> SimpleNamespace:
    fields = {
        "language": "de",
        "title": "Service-Audit Haus B",
        "description": "Befundbericht",
        "provider": "Winback FM Services",
        "kind": "Befundbericht A-0107",
        "subtitle": "Norhagen Bau AG",
        "byline": "Tim Wolf",
        "classification": "Vertraulich – nur für Norhagen",
        "stamp": "Version 1.0 · Stand 20.11.2026",
        "for_client": False,
    }
    return SimpleNamespace(**{**fields, **more})


@pytest.fixture(scope="module")
def written() -> bytes:
    chapters = "".join(
        f'<section class="chapter"><h2 id="k{n}">Kapitel {n}</h2><p>Text</p></section>'
        for n in (1, 2)
    )
    with translation.override("en"):  # lives longer than the fixture that sets the language
        frame = render_to_string("reports/base.html", {"head": head()})
    return render_pdf(frame.replace("</body>", f"{chapters}</body>"))


def texts(pdf: bytes) -> list[str]:
    return [found.extract_text() for found in PdfReader(io.BytesIO(pdf)).pages]


def test_pdf_says_it_is_pdf_ua_with_language_title_and_outline(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as pdf:
        assert pdf.Root.Lang == "de"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert str(pdf.docinfo["/Title"]).endswith("– Service-Audit Haus B")
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Kapitel 1", "Kapitel 2"]


def test_pdf_passes_the_machine_checks_of_pdf_ua(tmp_path: Path) -> None:
    drawn = bullet(Bullet("b", "SLA", 91.2, 95, 78, 100))
    table = f'<table><tr><th scope="col">Chart</th></tr><tr><td>{drawn}</td></tr></table>'
    frame = render_to_string("reports/base.html", {"head": head()})
    target = tmp_path / "report.pdf"
    target.write_bytes(render_pdf(frame.replace("</body>", f"<h2>Lage</h2>{table}</body>")))
    # UA-15-003 looks for /Scope on the heads; the renderer sets /Headers on the cells instead.
    assert {finding.rule_id for finding in pdfua.validate(str(target)).findings} <= {"UA-15-003"}


def test_pdf_embeds_one_typeface(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as pdf:
        names = {
            str(item.FontName)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        }
    assert names
    assert all("Source-Sans-Pro" in name for name in names)


def test_every_page_has_classification_version_and_page_number(written: bytes) -> None:
    pages = texts(written)
    assert len(pages) == 3
    for number, content in enumerate(pages, start=1):
        assert "Vertraulich – nur für Norhagen" in content
        assert "Version 1.0 · Stand 20.11.2026" in content
        assert f"Page {number} of 3" in content


def test_running_head_starts_on_the_second_page(written: bytes) -> None:
    first, second, _ = texts(written)
    assert first.upper().count("BEFUNDBERICHT A-0107") == 1  # in the title block
    assert "Befundbericht A-0107" in second


def test_chapter_stands_in_the_head_from_its_second_page() -> None:
    long_chapter = "<h2>Kapitel 1</h2>" + "<p>Zeile</p>" * 80
    frame = render_to_string("reports/base.html", {"head": head()})
    pages = texts(render_pdf(frame.replace("</body>", f"{long_chapter}</body>")))
    assert pages[0].count("Kapitel 1") == 1
    assert "Kapitel 1" in pages[1]


def test_cover_carries_no_footer_and_contents_name_pages() -> None:
    entry = SimpleNamespace(anchor="k1", number="1", title="Lage", children=())
    child = SimpleNamespace(anchor="k2", number="2.1", title="Ursachen", children=())
    outer = SimpleNamespace(anchor="k2", number="2", title="Befund", children=(child,))
    context = {"head": head(), "facts": [("Fall", "RG-2026-0042")], "disclaimer": "Stichprobe"}
    cover = render_to_string("reports/_cover.html", context)
    contents = render_to_string("reports/_toc.html", {"entries": [entry, outer]})
    body = '<div class="chapter" id="k1">A</div><div class="chapter" id="k2">B</div>'
    first, second, *_ = texts(render_pdf(page(cover + contents + body)))
    assert "RG-2026-0042" in first
    assert "Page" not in first
    assert "Lage" in second
    assert second.split("Lage")[1].split()[0] == "3"
    assert second.split("Ursachen")[1].split()[0] == "4"


def test_client_version_has_its_own_edge() -> None:
    frame = render_to_string("reports/base.html", {"head": head(for_client=True)})
    assert 'class="client"' in frame
    internal = render_to_string("reports/base.html", {"head": head()})
    assert 'class="client"' not in internal
    assert len(render_pdf(frame)) != len(render_pdf(internal))


def test_frame_escapes_what_people_wrote() -> None:
    evil = '"><img src="file:///etc/passwd">'
    frame = render_to_string("reports/base.html", {"head": head(title=evil, stamp=evil)})
    assert "<img" not in frame
    assert evil in texts(render_pdf(frame))[0].replace("\n", " ")


def test_status_is_a_word_with_its_kind() -> None:
    badge = render_to_string("reports/_status.html", {"kind": "crit", "word": "<kritisch>"})
    assert badge.strip() == '<span class="st st--crit">&lt;kritisch&gt;</span>'


def test_status_kinds_of_the_partial_are_all_drawn() -> None:
    sheet = "".join(path.read_text(encoding="utf-8") for path in REPORT_SHEETS)
    comment = (settings.BASE_DIR / "templates/reports/_status.html").read_text(encoding="utf-8")
    for kind in comment.split("kind (")[1].split(")")[0].split():
        assert f".st--{kind}::before" in sheet


def test_report_sheets_hold_nothing_the_renderer_drops(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        sheet = "".join(path.read_text(encoding="utf-8") for path in REPORT_SHEETS)
        render_pdf(page(f"<style>{sheet}</style><p>Text</p>"))
    assert not caplog.records


def test_report_sheets_keep_the_budget_of_style_files() -> None:
    assert all(len(path.read_text().splitlines()) <= 250 for path in REPORT_SHEETS)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "https://intranet.example/logo.png",
        "http://127.0.0.1:1/",
        "data:image/png;base64,AAAA",
        "ftp://files.example/x",
        "image:unknown",
        "font:regular",
    ],
)
def test_foreign_addresses_end_the_rendering(address: str) -> None:
    with pytest.raises(RenderError, match="may not load") as caught:
        render_pdf(page(f'<img alt="x" src="{address}">'))
    assert address.rstrip("/") in str(caught.value)


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="https://intranet.example/a.css">',
        '<style>@import "file:///etc/hostname";</style>',
        '<svg><image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<object data="file:///etc/passwd"></object>',
        '<p style="background: url(https://intranet.example/x.png)">x</p>',
    ],
)
def test_every_way_to_load_something_is_closed(markup: str) -> None:
    with pytest.raises(RenderError):
        render_pdf(page(markup))


def test_a_picture_that_cannot_be_drawn_leaves_no_hole() -> None:
    with pytest.raises(RenderError, match="picture"):
        render_pdf(page('<img alt="x" src="image:broken">'), images={"broken": b"no image"})


def test_links_are_not_loaded() -> None:
    assert render_pdf(page('<a href="https://www.norhagen.example/">Norhagen</a>'))


def test_images_come_as_bytes_under_their_name() -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "#1F4E8C").save(drawn, "PNG")
    pdf = render_pdf(
        page('<img alt="Foto 1" src="image:photo-1">'), images={"photo-1": drawn.getvalue()}
    )
    assert PdfReader(io.BytesIO(pdf)).pages[0].images


def test_too_long_a_document_is_refused_before_it_takes_the_memory() -> None:
    with pytest.raises(RenderError, match="too long"):
        render_pdf(page("x" * MAX_CHARACTERS))


def test_other_stylesheets_can_be_given(tmp_path: Path) -> None:
    sheet = tmp_path / "label.css"
    sheet.write_text("@page { size: 100mm 50mm; margin: 0 }")
    box = PdfReader(io.BytesIO(render_pdf(page("x"), stylesheets=[sheet]))).pages[0].mediabox
    assert float(box.width) == pytest.approx(283.5, abs=0.5)


def test_web_process_never_imports_the_renderer() -> None:
    code = (
        "import django, sys; django.setup(); import winback.urls;"
        "django.core.management.call_command('check');"
        "sys.exit('weasyprint' in sys.modules or 'winback.common.pdf' in sys.modules)"
    )
    script = code.replace("import django, sys", "import django, django.core.management, sys")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
