"""Every form against hostile values: an answer, never an error, and nothing half saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client

from tests.access.test_access import ROWS, Row
from tests.access.world import People, own_case
from tests.robustness.forms import Fields, filled, read_form
from tests.robustness.stage import Written, quiet_client, snapshot, url_for, who_may
from winback.common.fields import RowsField
from winback.common.forms import WinbackForm, WinbackModelForm

MARK = '<script>x7()</script>"><img src=x onerror=x7()>'
#: Dealt out over the fields of all forms in turn, so that each value meets many of them.
HOSTILE: list[str | list[str]] = [
    "", " ", "\x00", "a\x00b", "x" * 10_000, "🏗️" * 60, "\u202eمرحبا‎", "\ud7ff\ufffe",
    MARK, "{{ 7*7 }}{% debug %}", "' OR 1=1 --", '"; DROP TABLE cases_case; --', "%s%n%(x)s{0}",
    "9" * 19, "9" * 40, "9" * 5_000, "-1", "1e400", "1e-400", "NaN", "inf", "-Infinity", "0x10",
    "١٢", "31.02.2026", "01.01.0001", "31.12.9999", "+99999999999", "0000-00-00", "heute",
    "999999", "-7", "None", "true", "[]", "../../etc/passwd", "\r\nSet-Cookie: x=7",
    ["1", "2", "x"], [], ["", "\x00"], ["9" * 40, "-1"], ["23.11.2026", "24.11.2026"],
]  # fmt: skip
#: In every field at once.
EVERYWHERE: list[str | list[str]] = ["9" * 40, MARK, "\x00"]
POSTS = [row for row in ROWS if row.method == "POST" and set(row.own) & {302, 422}]
#: Their object is gone after one of them, so each has a fresh one.
_SHARES = 3


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def ask_form(client: Client, url: str) -> Fields:
    """The form as the page shows it; verbs without a page take a note and a way back."""
    response = client.get(url, follow=True)
    fields = read_form(response.content.decode()) if response.status_code == 200 else {}
    return filled(dict(fields.items()) or {"note": [], "next": []})


def attacks(fields: Fields, turn: int) -> Iterator[tuple[str, Fields]]:
    """Hostile values dealt over the fields, one value everywhere, one field amid proper ones."""
    names = list(fields)
    dealt = {
        name: listed(HOSTILE[(turn + place) % len(HOSTILE)]) for place, name in enumerate(names)
    }
    yield "dealt", dealt
    everywhere = EVERYWHERE[turn % len(EVERYWHERE)]
    yield f"everywhere {everywhere!r:.20}", dict.fromkeys(names, listed(everywhere))
    name, value = names[turn % len(names)], HOSTILE[(7 * turn) % len(HOSTILE)]
    yield f"{name}={value!r:.40}", {**fields, name: listed(value)}


def post(client: Client, url: str, data: Fields) -> str:
    """Send it inside a savepoint that is rolled back; says what was wrong, "" if nothing."""
    kept: dict[str, Any] | None = None
    with transaction.atomic():
        with Written() as written:
            response = client.post(url, data)
        if response.status_code in {422, 409} and written.tables:
            kept = snapshot()  # a refused verb may have written and rolled back
        transaction.set_rollback(True)
    if response.status_code >= 500:
        return f"{response.status_code} {getattr(response, 'exc_info', '')}"
    if kept is not None and kept != snapshot():
        return f"{response.status_code} but wrote {written.tables}"
    return "unescaped" if MARK in response.content.decode() else ""


def attacked(row: Row, turn: int, people: People) -> dict[str, str]:
    """What went wrong with one form, its object made and forgotten."""
    with transaction.atomic():
        client = quiet_client(who_may(row, people, {302, 422}))
        url = url_for(row, own_case(people), people)
        sent = attacks(ask_form(client, url), turn)
        wrong = {f"{row.name} {what}": post(client, url, data) for what, data in sent}
        transaction.set_rollback(True)
    return {what: problem for what, problem in wrong.items() if problem}


@pytest.mark.slow
@pytest.mark.parametrize("share", range(_SHARES))
def test_every_form_answers_whatever_is_sent(share: int, people: People, today: object) -> None:
    wrong: dict[str, str] = {}
    for turn, row in list(enumerate(POSTS))[share::_SHARES]:
        wrong |= attacked(row, turn, people)
    assert wrong == {}


def test_sign_in_answers_whatever_is_sent(people: People, today: object) -> None:
    fields: Fields = {"email": [people.kam.email], "password": ["falsch"], "next": ["/faelle/"]}
    client = quiet_client()
    wrong = [
        what
        for turn in range(0, len(HOSTILE), 3)
        for what, data in attacks(fields, turn)
        if post(client, "/anmelden/", data)
    ]
    assert wrong == []


def our_forms(base: type[Any]) -> Iterator[type[forms.BaseForm]]:
    for form in base.__subclasses__():
        yield form
        yield from our_forms(form)


def test_every_choice_of_several_rows_refuses_keys_no_database_holds() -> None:
    """Django's own field ends in an error on SQLite; see ``RowsField``."""
    found = {
        f"{form.__qualname__}.{name}"
        for base in (WinbackForm, WinbackModelForm)
        for form in our_forms(base)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelMultipleChoiceField) and not isinstance(field, RowsField)
    }
    assert found == set()
