"""The door for files: what comes in, what stays out, what is made harmless."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.documents.files import (
    PDF,
    archive,
    encrypted,
    flipped,
    office,
    photo_with_place,
    picture,
)
from winback.documents.rules import CheckedFile, Limits, Refused, check
from winback.documents.rules.names import LONGEST, tidy

LIMITS = Limits(size=200_000, unpacked=1_000_000, pixels=10_000)
REMOTE = b'<Relationship Type="http://x/attachedTemplate" Target="y" TargetMode="External"/>'
REMOTE_FIRST = b'<Relationship TargetMode="External" Type="http://x/oleObject" Target="y"/>'
LINK = b'<Relationship Type="http://x/hyperlink" Target="https://a.example" TargetMode="External"/>'


def door(name: str, data: bytes) -> CheckedFile:
    return check(name, data, LIMITS)


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("Abnahme.pdf", PDF, "application/pdf"),
        ("ABNAHME.PDF", PDF, "application/pdf"),
        ("Protokoll v1.2.pdf", PDF, "application/pdf"),
        ("foto.jpg", picture(), "image/jpeg"),
        ("foto.jpeg", picture(), "image/jpeg"),
        ("plan.png", picture("PNG"), "image/png"),
        ("foto.webp", picture("WEBP"), "image/webp"),
        ("brief.docx", office("docx"), "word"),
        ("lv.xlsx", office("xlsx"), "spreadsheetml"),
        ("folien.pptx", office("pptx"), "presentationml"),
        ("mit-link.docx", office(parts={"word/_rels/document.xml.rels": LINK}), "word"),
        ("notiz.txt", "Grüße aus Köln\n".encode(), "text/plain"),
        ("werte.csv", b"Monat;Wert\r\nOkt;91,2\r\n", "text/csv"),
        ("alt.csv", "Straße;1\r\n".encode("cp1252"), "text/csv"),
        ("vergleich.txt", b"a < b and c > d", "text/plain"),
    ],
)
def test_file_of_an_accepted_kind_comes_in(name: str, data: bytes, content_type: str) -> None:
    found = door(name, data)
    assert content_type in found.content_type
    assert found.size == len(found.data) > 0
    assert len(found.sha256) == 64


HOSTILE: dict[str, tuple[str, bytes]] = {
    "empty": ("leer.pdf", b""),
    "too large": ("gross.txt", b"a" * 200_001),
    "no name": ("", PDF),
    "no extension": ("Protokoll", PDF),
    "only an extension": (".pdf", PDF),
    "only dots": ("...", PDF),
    "program": ("setup.exe", b"MZ\x90\x00"),
    "program named as a paper": ("rechnung.pdf", b"MZ\x90\x00" + b"\0" * 40),
    "program of another system": ("rechnung.pdf", b"\x7fELF" + b"\0" * 40),
    "program as text": ("liste.txt", b"MZ\x90\x00\x03"),
    "double extension, program last": ("rechnung.pdf.exe", PDF),
    "double extension, program first": ("rechnung.exe.pdf", PDF),
    "double extension with blanks": ("rechnung.pdf          .exe", PDF),
    "double extension in capitals": ("Rechnung.PDF.SCR", PDF),
    "script": ("start.js", b"alert(1)"),
    "batch": ("start.bat", b"del *"),
    "shell script as text": ("start.txt", b"#!/bin/sh\nrm -rf /\n"),
    "page": ("seite.html", b"<html></html>"),
    "page as text": ("seite.txt", b"  <!DOCTYPE html><script>alert(1)</script>"),
    "page as a table": ("seite.csv", b"a;b\n<script>alert(1)</script>"),
    "page as a picture": ("seite.jpg", b"<html><script>alert(1)</script></html>"),
    "page as a paper": ("seite.pdf", b"<html></html>"),
    "svg": ("bild.svg", b"<svg onload='alert(1)'/>"),
    "svg as a picture": ("bild.png", b"<svg xmlns='x' onload='alert(1)'/>"),
    "svg as text": ("bild.txt", b"<svg onload='alert(1)'/>"),
    "xml as text": ("daten.txt", b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc'>"),
    "php as text": ("seite.txt", b"<?php system($_GET[0]); ?>"),
    "php between": ("foto.php.jpg", picture()),
    "mail": ("nachricht.eml", b"From: a@b.example\r\n\r\nHallo"),
    "outlook mail": ("nachricht.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "old word": ("brief.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "old word with a new name": ("brief.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "gif": ("bild.gif", b"GIF89a"),
    "tiff as jpeg": ("bild.jpg", b"II*\x00" + b"\0" * 60),
    "archive": ("alles.zip", archive({"a.txt": b"a"})),
    "archive as word": ("alles.docx", archive({"a.txt": b"a"})),
    "java as word": ("alles.docx", archive({"META-INF/MANIFEST.MF": b"a"})),
    "excel as word": ("lv.docx", office("xlsx")),
    "word as paper": ("brief.pdf", office("docx")),
    "picture as paper": ("foto.pdf", picture()),
    "paper as picture": ("foto.jpg", PDF),
    "png as jpeg": ("foto.jpg", picture("PNG")),
    "text as picture": ("foto.png", b"kein Bild"),
    "picture cut short": ("foto.jpg", picture()[:60]),
    "picture with garbage": ("foto.png", picture("PNG")[:40] + b"\0" * 90),
    "webp with garbage": ("foto.webp", b"RIFF\0\0\0\0WEBP" + b"\0" * 40),
    "picture of too many pixels": ("foto.png", picture("PNG", (200, 60))),
    "macros": ("brief.docx", office(parts={"word/vbaProject.bin": b"x"})),
    "macros by another name": ("brief.docx", office(parts={"word/VBAdata.xml": b"x"})),
    "macro type": ("b.docx", office(**{"[Content_Types].xml": b"x.macroEnabled.main+xml"})),
    "macro file": ("brief.docm", office()),
    "macro sheet": ("lv.xlsx", office("xlsx", {"xl/macrosheets/sheet1.xml": b"x"})),
    "control": ("lv.xlsx", office("xlsx", {"xl/activeX/activeX1.xml": b"x"})),
    "packaged program": ("brief.docx", office(parts={"word/embeddings/oleObject1.bin": b"MZ"})),
    "program inside": ("brief.docx", office(parts={"word/media/tool.exe": b"MZ"})),
    "page inside": ("brief.docx", office(parts={"word/afchunk.html": b"<html>"})),
    "archive inside": ("brief.docx", office(parts={"word/media/a.zip": b"PK"})),
    "template from elsewhere": ("b.docx", office(parts={"word/_rels/settings.xml.rels": REMOTE})),
    "object from elsewhere": ("b.docx", office(parts={"word/_rels/a.xml.rels": REMOTE_FIRST})),
    "bomb by ratio": ("brief.docx", office(parts={"word/a.xml": b"\0" * 900_000})),
    "bomb by sum": (
        "brief.docx",
        office(parts={f"word/{n}.xml": bytes(range(256)) * 40 * 16 for n in range(7)}),
    ),
    "bomb by entries": ("b.docx", office(parts={f"word/{n}": b"" for n in range(2_001)})),
    "path upwards": ("brief.docx", office(parts={"../../etc/passwd": b"x"})),
    "absolute path": ("brief.docx", office(parts={"/etc/passwd": b"x"})),
    "drive": ("brief.docx", office(parts={"C:evil.xml": b"x"})),
    "password": ("brief.docx", encrypted(office())),
    "bytes before the archive": ("brief.docx", b"GIF89a" + office()),
    "bytes after the archive": ("brief.docx", office() + b"<script>alert(1)</script>"),
    "archive cut short": ("brief.docx", office()[:-40]),
    "part damaged": ("brief.docx", flipped(office(), 55)),
    "paper cut short": ("a.pdf", PDF[:-8]),
    "paper and archive": ("a.pdf", PDF[:-6] + archive({"a": b"b"}) + b"%%EOF\n"),
    "paper with a page behind": ("a.pdf", PDF + b" " * 2_000 + b"<html>"),
    "paper that is not at the start": ("a.pdf", b"\n\n" + PDF),
    "paper with a script": ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /JavaScript (x)")),
    "paper with a short script": ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /JS (x)")),
    "paper with a hidden script": ("a.pdf", PDF.replace(b"/Catalog", b"/X /S /#4aavaScript")),
    "paper that starts a program": ("a.pdf", PDF.replace(b"/Catalog", b"/X /S /Launch")),
    "binary as text": ("daten.txt", b"a\x00b"),
    "unreadable text": ("daten.txt", b"\x81\x8d\x8f"),
    "html by another start": ("seite.txt", b"\n\n<html lang=de>"),
    "html with a mark of encoding": ("seite.txt", b"\xef\xbb\xbf<html>"),
    "html in capitals": ("seite.csv", b"<HTML><BODY>"),
    "frame as text": ("seite.txt", b"Hallo <iframe src=//x.example>"),
    "picture tag as text": ("seite.txt", b"Hallo <img src=x onerror=alert(1)>"),
    "redirect as text": ("seite.txt", b"<meta http-equiv=refresh content=0;url=//x>"),
    "object as text": ("seite.csv", b"<object data=x.swf>"),
    "style sheet as text": ("seite.txt", b"<link rel=stylesheet href=//x>"),
    "blank inside the tag": ("seite.txt", b"< script>alert(1)</script>"),
    "other script in a table": ("seite.csv", b"a;b\r\n<ScRiPt src=//x></ScRiPt>"),
    "escape sequences": ("log.txt", b"gut\x08\x08boese"),
    "bell": ("log.txt", b"\x07"),
    "16 bits per letter": ("notiz.txt", "Grüße".encode("utf-16")),
    "program of a mac": ("rechnung.pdf", b"\xcf\xfa\xed\xfe" + b"\0" * 40),
    "java class": ("rechnung.pdf", b"\xca\xfe\xba\xbe" + b"\0" * 40),
    "flash": ("film.pdf", b"FWS" + b"\0" * 40),
    "film as picture": ("foto.jpg", b"\0\0\0\x18ftypmp42"),
    "icon as picture": ("foto.png", b"\0\0\1\0\1\0"),
    "bitmap as picture": ("foto.png", b"BM" + b"\0" * 60),
    "postscript as paper": ("brief.pdf", b"%!PS-Adobe-3.0\n"),
    "rich text": ("brief.rtf", b"{\\rtf1}"),
    "rich text as text": ("brief.doc", b"{\\rtf1}"),
    "open document": ("brief.odt", archive({"mimetype": b"application/vnd.oasis"})),
    "open document as word": ("brief.docx", archive({"mimetype": b"application/vnd.oasis"})),
    "program package": ("app.apk", archive({"classes.dex": b"dex"})),
    "packed": ("alles.gz", b"\x1f\x8b\x08"),
    "packed otherwise": ("alles.7z", b"7z\xbc\xaf\x27\x1c"),
    "rar": ("alles.rar", b"Rar!\x1a\x07"),
    "disk image": ("alles.iso", b"CD001"),
    "shortcut": ("start.lnk", b"L\0\0\0"),
    "shortcut before the end": ("start.lnk.pdf", PDF),
    "web address": ("seite.url", b"[InternetShortcut]"),
    "settings of a browser": ("seite.mhtml", b"MIME-Version: 1.0"),
    "registry": ("start.reg", b"Windows Registry Editor"),
    "python": ("start.py", b"import os"),
    "python in between": ("bericht.py.txt", b"harmlos"),
    "powershell in between": ("bericht.ps1.csv", b"a;b"),
    "macro name in between": ("bericht.xlsm.xlsx", office("xlsx")),
    "svg in between": ("bild.svg.png", picture("PNG")),
    "page in between": ("seite.html.pdf", PDF),
    "script in between, spaced": ("a.js .pdf", PDF),
    "trailing dots": ("rechnung.exe...", PDF),
    "null before the end": ("rechnung.exe\x00.pdf.exe", PDF),
    "direction trick with a paper": ("rechnung\u202efdp.scr", PDF),
    "excel without its workbook": ("lv.xlsx", archive({"[Content_Types].xml": b"x"})),
    "powerpoint as excel": ("lv.xlsx", office("pptx")),
    "macros in excel": ("lv.xlsx", office("xlsx", {"xl/vbaProject.bin": b"x"})),
    "macros in powerpoint": ("f.pptx", office("pptx", {"ppt/vbaProject.bin": b"x"})),
    "form control": ("lv.xlsx", office("xlsx", {"xl/ctrlProps/ctrlProp1.xml": b"x"})),
    "script inside": ("b.docx", office(parts={"word/start.JS": b"x"})),
    "picture with script inside": ("b.docx", office(parts={"word/media/bild.svg": b"<svg/>"})),
    "macro file inside": ("b.docx", office(parts={"word/embeddings/liste.xlsm": b"PK"})),
    "backward slashes": ("b.docx", office(parts={"..\\..\\boese.xml": b"x"})),
    "frame from elsewhere": (
        "b.docx",
        office(
            parts={"word/_rels/webSettings.xml.rels": REMOTE.replace(b"attachedTemplate", b"frame")}
        ),
    ),
    "sheet from elsewhere": (
        "lv.xlsx",
        office(
            "xlsx",
            {"xl/_rels/a.rels": REMOTE.replace(b"attachedTemplate", b"externalLinkPath")},
        ),
    ),
    "paper with an action": ("a.pdf", PDF.replace(b"/Catalog", b"/A << /S /JavaScript >>")),
    "paper with a script by number": ("a.pdf", PDF.replace(b"/Catalog", b"/JS 7 0 R")),
    "paper with a script in hexadecimal": ("a.pdf", PDF.replace(b"/Catalog", b"/JS <616c>")),
    "paper inside a page": ("a.pdf", b"<html>" + PDF),
    "picture before a paper": ("a.pdf", picture() + PDF),
    "only the mark of a paper": ("a.pdf", b"%PDF-"),
    "only the mark of a picture": ("foto.jpg", b"\xff\xd8\xff"),
    "only the mark of an archive": ("b.docx", b"PK\x03\x04"),
    "direction trick, program": ("rechnung\u202efdp.exe", PDF),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_stays_out_with_a_reason(case: str) -> None:
    with pytest.raises(Refused) as refused:
        door(*HOSTILE[case])
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/Abnahme.pdf", "Abnahme.pdf"),
        ("C:\\Users\\x\\Abnahme.pdf", "Abnahme.pdf"),
        ("/Abnahme.pdf", "Abnahme.pdf"),
        ("Abnahme\r\nSet-Cookie: x.pdf", "AbnahmeSet-Cookie_ x.pdf"),
        ("Abnahme\x00.pdf", "Abnahme.pdf"),
        ("Abn\u202eahme.pdf", "Abnahme.pdf"),
        ("Abn\u200bahme\ufeff.pdf", "Abnahme.pdf"),
        ("  .Abnahme.pdf. ", "Abnahme.pdf"),
        ('Abn"ahme<1>.pdf', "Abn_ahme_1_.pdf"),
        ("con.pdf", "_con.pdf"),
        (".exe.pdf", "exe.pdf"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("Gru\u0308ße.pdf", "Grüße.pdf"),
        ("a" * 400 + ".pdf", "a" * (LONGEST - 4) + ".pdf"),
        ("a." + "p" * 400, "." + "p" * (LONGEST - 1)),
        ("Abnahme", "Abnahme"),
    ],
)
def test_name_is_made_harmless(name: str, kept: str) -> None:
    assert tidy(name) == kept
    assert len(kept) <= LONGEST


def test_photo_loses_place_and_camera_but_stands_upright() -> None:
    found = door("foto.jpg", photo_with_place())
    assert b"Kamera-GEHEIM" not in found.data
    with Image.open(io.BytesIO(found.data)) as kept:
        assert kept.size == (6, 8)
        assert not kept.getexif()


def test_picture_loses_what_was_appended() -> None:
    found = door("foto.png", picture("PNG") + b"<script>alert(1)</script>" + archive({"a": b"b"}))
    assert b"script" not in found.data
    assert b"PK" not in found.data


def test_transparent_picture_stays_transparent() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, format="PNG")
    with Image.open(io.BytesIO(door("stempel.png", out.getvalue()).data)) as kept:
        assert kept.mode == "RGBA"


def test_picture_at_the_limit_of_pixels_comes_in() -> None:
    assert door("foto.png", picture("PNG", (100, 100))).content_type == "image/png"


def test_bomb_of_the_library_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(Refused, match="Pixel"):
        door("foto.png", picture("PNG"))


def test_old_table_is_stored_as_utf_8() -> None:
    assert door("alt.csv", "Straße;1".encode("cp1252")).data.decode() == "Straße;1"


def test_same_bytes_have_the_same_sum() -> None:
    assert door("a.pdf", PDF).sha256 == door("b.pdf", PDF).sha256
