"""What the tests of the contract pages share: addresses, typed data, what a page answered."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from winback.contracts.models import Contract, Deadline

#: What a page says to whoever may see a row, but not do this with it.
NO_ACCESS = "Ihr Konto darf diese Seite nicht öffnen oder diesen Schritt nicht ausführen."


def url(name: str, contract: Contract, *args: int) -> str:
    return reverse(f"contracts:{name}", args=[contract.pk, *args])


def step(name: str, deadline: Deadline) -> str:
    """Where a step with the deadline is taken: done, end, hand_over, edit."""
    return url(f"deadline_{name}", deadline.contract, deadline.pk)


def words(response: Any) -> str:
    """The text of a page as a reader meets it: no tags, single blanks."""
    text = re.sub(r"<[^>]*>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def errors(response: Any) -> dict[str, list[str]]:
    """What a refused form says: field → messages; "" holds those about the whole form."""
    assert response.status_code == 422, response.status_code
    found = response.context["form"].errors
    return {name.replace("__all__", ""): list(texts) for name, texts in found.items()}


def steps(response: Any) -> list[tuple[str, str, str]]:
    """The computation a page shows: title, rule, day."""
    page = response.content.decode()
    rows = re.findall(r"<b>([^<]*)</b><small>([^<]*)</small></span><output>([^<]*)</output>", page)
    return [(unescape(title), unescape(text), day) for title, text, day in rows]


def told(response: HttpResponse, desk: Client) -> str:
    """The word of success on the page a change leads to."""
    assert response.status_code == 302, response.status_code
    return words(desk.get(response["Location"], follow=True))


def deadline_data(person: User, **changes: str) -> dict[str, str]:
    """A formal warning received on Thursday, 12 November 2026: three weeks, Bavaria."""
    return {
        "kind": "remedy",
        "title": "Abhilfefrist aus Abmahnung",
        "basis": "bgb_314",
        "trigger": "Abmahnung vom 10.11.2026",
        "received_on": "12.11.2026",
        "received_by": "registered",
        "unit": "weeks",
        "length": "3",
        "counting": "next_day",
        "day_off": "shift",
        "bundesland": "BY",
        "bound": "us",
        "required_form": "text",
        "action": "Abhilfe nachweisen",
        "owner": str(person.pk),
        "lead_days": "14, 7, 2",
        **changes,
    }


def contract_data(**changes: str) -> dict[str, str]:
    """Four years with three months' notice to the end of the term."""
    return {
        "title": "Süd",
        "kind": "mixed",
        "starts_on": "17.04.2023",
        "ends_on": "16.04.2027",
        "annual_value": "1.900.000,00",
        "bundesland": "BY",
        "notice_length": "3",
        "notice_unit": "months",
        "notice_to": "term",
        **changes,
    }
