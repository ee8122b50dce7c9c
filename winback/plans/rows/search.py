"""Measures can be found by their title."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.common.search import Found, Hit, Source, brief, containing, in_case
from winback.plans.models import Measure


def _measures(user: User, text: str) -> QuerySet[Any]:
    return containing(Measure.objects.visible_to(user), text, "title")


def _measure_hit(found: Found) -> Hit:
    place = reverse("plans:measure_detail", args=[found.case_number, found.number])
    return Hit(brief(found.title), place, in_case(found))


SOURCES = (
    Source(
        "measures",
        _("Measures"),
        50,
        _measures,
        {
            "title": "title",
            "number": "number",
            "case_number": "plan__case__number",
            "client": "plan__case__client__name",
        },
        _measure_hit,
    ),
)
