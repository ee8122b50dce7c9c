"""Every form against hostile values: an answer, never an error, and nothing half saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.access.test_access import ROWS, Row
from tests.access.world import OBJECTS, People, own_case
from tests.robustness.forms import Fields, filled, read_form
from tests.robustness.stage import Written, closed_case, quiet_client, snapshot, url_for, who_may

MARK = '<script>x7()</script>"><img src=x onerror=x7()>'
#: One at a time in one field of an otherwise proper form.
HOSTILE: list[str | list[str]] = [
    "", " ", "\x00", "a\x00b", "x" * 10_000, "🏗️" * 60, "\u202eمرحبا‎", "\ud7ff\ufffe",
    MARK, "{{ 7*7 }}{% debug %}", "' OR 1=1 --", '"; DROP TABLE cases_case; --', "%s%n%(x)s{0}",
    "9" * 40, "9" * 5_000, "-1", "1e400", "1e-400", "NaN", "inf", "-Infinity", "0x10", "١٢",
    "31.02.2026", "01.01.0001", "31.12.9999", "+99999999999", "0000-00-00", "heute",
    "999999", "-7", "None", "true", "[]", "../../etc/passwd", "\r\nSet-Cookie: x=7",
    ["1", "2", "x"], [], ["", "\x00"], ["23.11.2026", "24.11.2026"],
]  # fmt: skip
#: In every field at once.
EVERYWHERE: list[str | list[str]] = [
    "x" * 10_000, "\x00", MARK, "9" * 40, "31.12.9999", ["a", "b"],
]  # fmt: skip
POSTS = [row for row in ROWS if row.method == "POST" and set(row.own) & {302, 422}]


def ask_form(client: Client, url: str) -> Fields:
    """The form as the page shows it; verbs without a page take a note and a way back."""
    response = client.get(url, follow=True)
    fields = read_form(response.content.decode()) if response.status_code == 200 else {}
    return filled(dict(fields.items()) or {"note": [], "next": []})


def attacks(fields: Fields, turn: int = 0) -> list[tuple[str, Fields]]:
    """A third of the hostile values, in one field each; a few in all fields.

    ``turn`` differs from form to form, so that three forms in a row see all values.
    """
    names = list(fields)
    found = [("proper", fields)]
    for index in range(turn % 3, len(HOSTILE), 3):
        name = names[(index // 3 + turn) % len(names)]
        found.append((f"{name}={HOSTILE[index]!r:.40}", {**fields, name: listed(HOSTILE[index])}))
    for value in EVERYWHERE:
        found += [(f"all={value!r:.40}", dict.fromkeys(names, listed(value)))]
    return found


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def post(client: Client, url: str, data: Fields, before: dict[str, Any]) -> str:
    """Send it inside a savepoint that is rolled back; says what was wrong, "" if nothing."""
    with transaction.atomic():
        try:
            with Written() as written:
                response = client.post(url, data)
            if response.status_code >= 500:
                return f"{response.status_code} {getattr(response, 'exc_info', '')}"
            if response.status_code in {422, 409} and written.tables and snapshot() != before:
                return f"{response.status_code} but wrote {written.tables}"
            if response.status_code == 302:
                response = client.get(response["Location"], follow=True)
            if response.status_code >= 500:
                return f"the page afterwards: {getattr(response, 'exc_info', '')}"
            return "unescaped" if MARK in response.content.decode() else ""
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("row", POSTS, ids=lambda row: f"{row.name} {row.object}")
def test_form_answers_whatever_is_sent(row: Row, people: People, today: object) -> None:
    user = who_may(row, people, {302, 422})
    client, url = quiet_client(user), url_for(row, own_case(people), people)
    before = snapshot()
    fields = ask_form(client, url)
    wrong = {
        what: problem
        for what, data in attacks(fields, POSTS.index(row))
        if (problem := post(client, url, data, before))
    }
    assert wrong == {}


@pytest.mark.parametrize(("name", "kind"), [("cases:reopen", "case"), ("plans:resume", "resting")])
def test_form_of_an_ended_or_resting_case_answers_whatever_is_sent(
    name: str, kind: str, people: People, today: object
) -> None:
    case = closed_case(people) if kind == "case" else own_case(people)
    if kind == "resting":
        OBJECTS["resting_plan"](case, people)
    row = Row(name, "POST", "case", (422,), ())
    client, url = quiet_client(people.kam), url_for(row, case, people)
    before, fields = snapshot(), ask_form(client, url)
    assert fields.keys() & {"note"}
    assert {
        what: p for what, data in attacks(fields) if (p := post(client, url, data, before))
    } == {}


def test_sign_in_answers_whatever_is_sent(people: People, today: object) -> None:
    client, before = quiet_client(), snapshot()
    fields: Fields = {"email": [people.kam.email], "password": ["falsch"], "next": ["/faelle/"]}
    wrong = [what for what, data in attacks(fields) if post(client, "/anmelden/", data, before)]
    assert wrong == []


def test_most_forms_are_really_reached(people: People, today: object) -> None:
    """The fuzz is worth something only where a proper form would have been saved."""
    case = own_case(people)
    saved = []
    for row in POSTS:
        client, url = quiet_client(who_may(row, people, {302, 422})), url_for(row, case, people)
        with transaction.atomic():
            saved.append((client.post(url, ask_form(client, url)).status_code, row.name))
            transaction.set_rollback(True)
    reached = [name for code, name in saved if code == 302]
    assert len(reached) >= len(POSTS) // 2, [name for code, name in saved if code != 302]
