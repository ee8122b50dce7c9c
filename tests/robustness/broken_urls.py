"""The addresses of the product and one that fails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from winback.urls import handler403, handler404
from winback.urls import urlpatterns as ours

__all__ = ["handler403", "handler404", "urlpatterns"]


def fail(request: HttpRequest) -> HttpResponse:
    """A defect nobody thought of."""
    raise LookupError(request.path)


urlpatterns = [*ours, path("kaputt/", fail, name="broken")]
