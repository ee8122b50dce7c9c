"""Counting what a request asks the database."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def statements(client: Client, url: str, data: dict[str, Any] | None = None) -> list[str]:
    """The SQL of one request, transaction statements left out; a POST when there is ``data``.

    The answer must be a success or a redirect: an error page would count too few.
    """
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url) if data is None else client.post(url, data)
    assert response.status_code in {200, 302}, response.content.decode()[:2000]
    return [
        query["sql"] for query in captured if not query["sql"].lstrip().startswith(_TRANSACTION)
    ]
