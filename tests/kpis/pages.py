"""Sending forms and reading the answer."""

from __future__ import annotations

import html
from typing import Any

from django.test import Client


def text_of(response: Any) -> str:
    """The page with its entities resolved and every white space as one plain blank."""
    return " ".join(html.unescape(response.content.decode()).split())


def refused(client: Client, url: str, data: dict[str, Any], field: str, message: str) -> Any:
    """Send ``data`` and expect 422 with the message at the field and every input kept."""
    response = client.post(url, data)
    page = text_of(response)
    assert response.status_code == 422, page[:500]
    form = response.context["form"]
    at_field = [str(text) for text in form.errors.get(field, [])]
    if field in form.fields and getattr(form.fields[field], "warning", ""):
        at_field.append(form.fields[field].warning)
    assert message in at_field, (message, form.errors, form.warned)
    assert " ".join(message.split()) in page
    for name, value in data.items():
        if isinstance(value, str) and value not in ("", "on") and name in form.fields:
            assert form[name].value() == value, name
    return response
