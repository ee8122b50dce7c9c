"""Is it alive, is it ready? Asked by containers and proxies, answered before anything else."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from winback.common.middleware import GetResponse

LIVE = "/health/live"
READY = "/health/ready"


class ProbeMiddleware:
    """Answers the two addresses before host, session and sign-in are looked at.

    A probe comes from inside, by an address no user types and without HTTPS. ``live`` says that
    the process answers; ``ready`` that the database does and knows every migration (503 and the
    reason else). The broker is no condition: without it pages work and mails come a minute later.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.is_migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == LIVE:
            return _answer("")
        if request.path == READY:
            return _answer(self._obstacle())
        return self.get_response(request)

    def _obstacle(self) -> str:
        """What is in the way, in one word; empty when nothing is."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Reading the migrations takes long; once done they stay done for this process.
            self.is_migrated = self.is_migrated or not _unapplied()
        except DatabaseError:
            return "database"
        return "" if self.is_migrated else "migrations"


def _unapplied() -> bool:
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    return bool(executor.migration_plan(leaves))


def _answer(obstacle: str) -> HttpResponse:
    return HttpResponse(
        f"{obstacle or 'ok'}\n",
        status=503 if obstacle else 200,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )
