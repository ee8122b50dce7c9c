"""Pages that belong to no room: refusals, and the page that shows every component."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_guid import get_guid

from winback.common import showcase
from winback.common.charts import bullet, sparkline


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says so, and what the view gave as a reason."""
    return render(request, "403.html", {"exception": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: never says whether the thing exists for somebody else."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: with the number under which the log tells what happened; no request, no database."""
    return HttpResponse(render_to_string("500.html", {"reference": get_guid()}), status=500)


def component_page(request: HttpRequest) -> HttpResponse:
    """Every component in its states; the reference for looks, nothing is stored."""
    form = showcase.doubted_form()
    context = {
        "themes": [
            ("light", showcase.doubted_form(prefix="light")),
            ("dark", showcase.doubted_form(prefix="dark")),
        ],
        "kinds": showcase.KINDS,
        "colours": showcase.COLOURS,
        "empty_form": showcase.SampleForm(prefix="empty"),
        "form": form,
        "conflict": showcase.CONFLICT,
        "page": Paginator(range(480), 20).get_page(7),
        "phases": showcase.PHASES,
        "bullet": bullet(showcase.BULLET),
        "sparkline": sparkline(showcase.SPARK),
        **showcase.LISTS,
    }
    return render(request, "showcase/components.html", context)
