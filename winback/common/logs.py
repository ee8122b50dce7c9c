"""One line in the log per request: what was asked by name and how it went, never by whom."""

from __future__ import annotations

import logging
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from winback.common.middleware import GetResponse

logger = logging.getLogger("winback.request")


class RequestLogMiddleware:
    """Logs method, name of the page, status and milliseconds.

    The name instead of the address: addresses carry searches, tokens and case numbers. Who asked
    is in the history of what was changed, not in a log that travels.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        facts = {
            "method": request.method,
            "page": match.view_name if match else "-",
            "status": response.status_code,
            "ms": round((perf_counter() - begun) * 1000),
        }
        logger.info("{method} {page} {status} {ms} ms".format_map(facts), extra=facts)
        return response
