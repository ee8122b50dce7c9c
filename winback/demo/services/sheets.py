"""Small files for the demo, made here so that nothing foreign is shipped."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from winback.documents.rules import CheckedFile

_A4 = "[0 0 595 842]"
_LEFT, _TOP, _LINE = 60, 780, 20


def pdf_sheet(name: str, title: str, lines: list[str]) -> CheckedFile:
    """One page of text as PDF."""
    content = _content(title, lines)
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {_A4} /Contents 5 0 R "
        "/Resources << /Font << /F1 4 0 R >> >> >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return CheckedFile(name, "application/pdf", out + head + table + tail)


def _content(title: str, lines: list[str]) -> bytes:
    rows = [(18, title), *((11, line) for line in lines)]
    drawn = [
        f"BT /F1 {size} Tf {_LEFT} {_TOP - number * _LINE * 1.6:.0f} Td ({_escaped(text)}) Tj ET"
        for number, (size, text) in enumerate(rows)
    ]
    return "\n".join(drawn).encode("cp1252", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def picture(name: str) -> CheckedFile:
    """A drawn stand-in for a photo: a corridor with a mark where something is wrong."""
    image = Image.new("RGB", (960, 640), "#d9dee3")
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 640), (360, 330), (600, 330), (960, 640)], fill="#9aa5ae")
    draw.rectangle((360, 150, 600, 330), fill="#f4f6f8")
    draw.ellipse((430, 480, 560, 560), outline="#b42318", width=8)
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=85)
    return CheckedFile(name, "image/jpeg", out.getvalue())
