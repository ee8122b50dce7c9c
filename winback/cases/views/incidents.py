"""The chronology of the loss: small things, dated, one after the other."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.forms.papers import IncidentForm
from winback.cases.models import Case, Incident
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.services import papers as services
from winback.cases.views.base import case_form


def _workable(request: HttpRequest, number: str) -> tuple[Case, User]:
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_work_on_case(user, case):
        raise PermissionDenied
    return case, user


def create(request: HttpRequest, number: str) -> HttpResponse:
    """Record what happened on a day, however long ago."""
    case, user = _workable(request, number)
    form = IncidentForm(request.POST or None)

    def save() -> str:
        services.record_incident(case=case, actor=user, changes=form.changes)
        return reverse("cases:history", args=[number])

    return case_form(
        request, case, title=_("New incident"), form=form, save=save, saved=_("Incident recorded.")
    )


def edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Correct an incident."""
    case, user = _workable(request, number)
    incident = get_object_or_404(Incident.objects.select_related("case"), case=case, pk=pk)
    form = IncidentForm(request.POST or None, instance=incident)

    def save() -> str:
        services.change_incident(
            incident=incident, version=form.version, actor=user, changes=form.changes
        )
        return reverse("cases:history", args=[number])

    return case_form(
        request, case, title=_("Edit incident"), form=form, save=save, saved=_("Saved.")
    )
