"""The analysis as pictures, each with the same content in words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from winback.causes.enums import Weighing
from winback.causes.rows import bones, fishbone_chart, weights
from winback.causes.views.base import analysis_page, causes_of


@require_safe
def weights_page(request: HttpRequest, number: str) -> HttpResponse:
    """Which few causes explain most, by our weights or by the findings that prove them."""
    case, causes = causes_of(request, number)
    asked = request.GET.get("nach", "")
    by = Weighing(asked) if asked in Weighing.values else Weighing.SHARE
    url = reverse("causes:weights", args=[number])
    return analysis_page(
        request,
        case,
        "causes:weights",
        "causes/weights.html",
        by=by,
        segments=[(each.label, f"{url}?nach={each.value}", each == by) for each in Weighing],
        weights=weights(causes, by),
    )


@require_safe
def fishbone_page(request: HttpRequest, number: str) -> HttpResponse:
    """Cause and effect by the axes of facility management."""
    case, causes = causes_of(request, number)
    axes = bones(causes)
    return analysis_page(
        request,
        case,
        "causes:fishbone",
        "causes/fishbone.html",
        axes=axes,
        chart=fishbone_chart(axes) if causes else "",
    )
