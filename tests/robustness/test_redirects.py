"""Nobody is led off the site, whatever ``next`` says."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from tests.factories import PASSWORD
from tests.robustness.stage import Stage, quiet_client

_HOSTS = ("evil.example", "testserver@evil.example", "testserver.evil.example", "[::1]", "0x7f.1")
_STARTS = (
    "//", "///", "////", "\\\\", "/\\", "\\/", "http://", "https://", "https:", "http:/", "ftp://",
    "HTTPS://", " //", "\t//", "/\t/", "/\n/", "\r\n//", "/\r\\", "%2f%2f", "/%09/", "/%5c",
)  # fmt: skip
NEXT = [f"{start}{host}" for start in _STARTS for host in _HOSTS[:3]]
NEXT += [f"//{host}" for host in _HOSTS[3:]] + [
    "javascript:x7()", "JaVaScRiPt:x7()", "java\tscript:x7()", "\x01javascript:x7()",
    " javascript:",
    "data:text/html,<script>x7()</script>", "vbscript:x7", "mailto:x@evil.example", "blob:x7",
    "about:blank", "file:///etc/passwd", "//", "/", "", "?", "#x", "abc", "cases:list", "..", ".",
    "//evil.example/%2f..", "/faelle/\r\nX-Injected: 1", "/faelle/\x00", "x" * 9_000, "http://[",
    "https://[evil", "http://evil.example:port/", "／／evil.example", "/／evil.example",
    "〱evil.example",
]  # fmt: skip


def stays(location: str) -> bool:
    """As a browser reads it: control signs fall away, a backslash is a slash."""
    read = re.sub(r"[\t\r\n]", "", location.strip("".join(map(chr, range(33)))))
    read = read.replace("\\", "/")
    parts = urlsplit(read)
    names_host = read.startswith("//") and read.strip("/")  # "//" alone names none
    return not (names_host or parts.netloc or parts.scheme)


@pytest.mark.parametrize("location", ["//a", "/\\a", "\t//a", "https:a", "javascript:x", "/\t/a"])
def test_the_judge_sees_what_leaves(location: str) -> None:
    assert not stays(location)


def led(client: Any, url: str, **data: Any) -> str:
    """Where the answer leads, by ``Location`` or ``HX-Redirect``; a server error as its code."""
    with transaction.atomic():
        response = client.post(url, **data)
        transaction.set_rollback(True)
    if response.status_code >= 500:
        return f"error: {getattr(response, 'exc_info', '')}"
    found: str = response.get("Location") or response.get("HX-Redirect") or "/"
    return found


def test_there_are_enough_ways_out() -> None:
    assert len(set(NEXT)) >= 90


def test_sign_in_stays_on_the_site(stage: Stage) -> None:
    url = reverse("accounts:sign_in")
    proper = {"email": stage.people.kam.email, "password": PASSWORD}
    wrong = {}
    for wanted in NEXT:
        led_by_form = led(quiet_client(), url, data={**proper, "next": wanted})
        led_by_query = led(quiet_client(), f"{url}?next={quote(wanted)}", data=proper)
        if not (stays(led_by_form) and stays(led_by_query)):
            wrong[wanted] = led_by_form, led_by_query
    assert wrong == {}


def test_measure_steps_stay_on_the_site(stage: Stage) -> None:
    client = quiet_client(stage.people.kam)
    place = [stage.case.number, stage.measure.number]
    done, moved = reverse("plans:measure_complete", args=place), reverse(
        "plans:measure_move", args=place
    )  # fmt: skip
    move = {
        "due_on": "15.12.2026",
        "note": "Kunde",
        "version": stage.measure.version,
        "insist": "1",
    }
    wrong = {}
    for index, wanted in enumerate(NEXT):
        url, data = (done, {}) if index % 2 else (moved, move)
        for answer in (
            led(client, url, data={**data, "next": wanted}),
            led(client, f"{url}?next={quote(wanted)}", data=data),
        ):
            wrong |= {} if stays(answer) else {wanted: answer}
    assert wrong == {}


@pytest.mark.parametrize("verb", ["finding_start", "finding_done"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_finding_steps_stay_on_the_site(verb: str, headers: dict[str, str], stage: Stage) -> None:
    client = quiet_client(stage.people.operativ)
    url = reverse(f"audits:{verb}", args=[stage.finding.number])
    found = {wanted: led(client, url, data={"next": wanted}, headers=headers) for wanted in NEXT}
    assert {wanted: to for wanted, to in found.items() if not stays(to)} == {}


def test_the_way_back_of_a_signed_out_person_stays_on_the_site(db: None) -> None:
    client = quiet_client()
    for wanted in NEXT:
        current = quote(wanted, safe=":/\\@[]")
        headers = {"HX-Request": "true", "HX-Current-URL": current}
        target = client.get(reverse("cases:list"), headers=headers)["HX-Redirect"]
        assert target.startswith(reverse("accounts:sign_in"))
        assert "evil.example" not in target
