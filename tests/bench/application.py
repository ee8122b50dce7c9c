"""The product as a WSGI application, with its own usage on request and two floors to compare with.

The floors bypass everything of the product: the first is a fixed page, the second one indexed
statement and 25 rows of ten cells, formatted by the template as one would at first write it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.template import engines

from winback.wsgi import application as product

TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
FIXED = b"<!doctype html><title>Floor</title><p>" + b"A fixed page. " * 400
ROWS = """{% load l10n %}<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>
<td>{{ row.number }}</td><td>{{ row.sort_key }}</td><td>{{ row.opened_on|date:"d.m.Y" }}</td>
<td>{{ row.next_step_on|date:"d.m.Y" }}</td><td>{{ row.closed_on|date:"d.m.Y" }}</td>
<td>{{ row.value_at_stake|floatformat:"2g" }}</td><td>{{ row.get_status_display }}</td>
<td>{{ row.get_health_display }}</td><td>{{ row.version }}</td><td>{{ row.pk }}</td>
</tr>{% endfor %}</table>"""
_statements = 0


def _count(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
    global _statements  # noqa: PLW0603  # one worker, one thread: a plain counter will do
    if not sql.lstrip().startswith(TRANSACTION):
        _statements += 1
    return execute(sql, *arguments)


def _usage() -> bytes:
    found = {"cpu": time.process_time(), "statements": _statements, "memory": _memory()}
    return json.dumps(found).encode()


def _memory() -> int | None:
    """Resident bytes of this process; None where the system does not tell them in /proc."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return None
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _floor() -> bytes:
    rows = apps.get_model("cases.Case").objects.filter(status="active").order_by("sort_key")[:25]
    return engines["django"].from_string(ROWS).render({"rows": rows}).encode()


_OWN: dict[str, Callable[[], bytes]] = {
    "/bench/usage": _usage,
    "/bench/fixed": lambda: FIXED,
    "/bench/rows": _floor,
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request; the statements of it are counted."""
    with connection.execute_wrapper(_count):
        own = _OWN.get(environ["PATH_INFO"])
        if own is None:
            return product(environ, start_response)
        body = own()
        start_response(
            "200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]
        )
        return [body]
