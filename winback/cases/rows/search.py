"""What can be found of cases: the case itself, its documents and its incidents."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.cases.models import Case, CaseDocument, Incident
from winback.common.search import Found, Hit, Source, brief, in_case

_IN_CASE = {"case_number": "case__number", "client": "case__client__name"}


def jump(user: User, number: str) -> str:
    """The page of the case with exactly this number, "" where the user sees none."""
    case = Case.objects.visible_to(user).filter(number=number).first()
    return case.get_absolute_url() if case else ""


def _cases(user: User, text: str) -> QuerySet[Any]:
    return Case.objects.visible_to(user).filter(search_key__contains=text)


def _case_hit(found: Found) -> Hit:
    return Hit(found.title, reverse("dashboards:case", args=[found.number]), found.number)


def _case_list(text: str) -> str:
    return f"{reverse('cases:list')}?{urlencode({'q': text})}"


def _documents(user: User, text: str) -> QuerySet[Any]:
    return CaseDocument.objects.visible_to(user).filter(document__search_key__contains=text)


def _document_hit(found: Found) -> Hit:
    return Hit(
        found.title, reverse("cases:document", args=[found.case_number, found.pk]), in_case(found)
    )


def _incidents(user: User, text: str) -> QuerySet[Any]:
    return Incident.objects.visible_to(user).filter(search_key__contains=text)


def _incident_hit(found: Found) -> Hit:
    page = reverse("cases:history", args=[found.case_number])
    return Hit(brief(found.title), f"{page}?thema=vorfaelle", in_case(found))


SOURCES = (
    Source(
        "cases",
        _("Cases"),
        10,
        _cases,
        {"title": "client__name", "number": "number"},
        _case_hit,
        more=_case_list,
    ),
    Source(
        "documents",
        _("Documents"),
        90,
        _documents,
        {"title": "document__title", **_IN_CASE},
        _document_hit,
    ),
    Source(
        "incidents", _("Incidents"), 95, _incidents, {"title": "what", **_IN_CASE}, _incident_hit
    ),
)
