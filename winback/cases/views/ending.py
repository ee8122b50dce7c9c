"""Decision, rest, end and a new beginning."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import user_of
from winback.cases import forms, services
from winback.cases.enums import CLOSED
from winback.cases.models import Case
from winback.cases.permissions import can_reopen_case, get_visible_case
from winback.cases.rows.decisions import figures
from winback.cases.views.base import case_form, editable


def decide(request: HttpRequest, number: str) -> HttpResponse:
    case, user = editable(request, number, Case.objects.with_sheets())
    today = timezone.localdate()
    form = forms.DecisionForm(request.POST or None, case=case, initial={"decided_on": today})

    def save() -> Case:
        services.decide(case=case, actor=user, reason=form.reason, **form.changes)
        return case

    return case_form(
        request,
        case,
        title=_("Go decision"),
        form=form,
        intro=figures(case, today),
        save=save,
        saved=_("Decision recorded."),
        earlier=case.qualifications.select_related("decided_by"),
    )


def rest(request: HttpRequest, number: str) -> HttpResponse:
    case, user = editable(request, number)
    form = forms.RestForm(request.POST or None, initial={"version": case.version})
    return case_form(
        request,
        case,
        title=_("Let the case rest"),
        form=form,
        save=lambda: services.rest(
            case=case,
            version=form.cleaned_data["version"],
            actor=user,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["note"],
        ),
        saved=_("The case rests until its wake-up date."),
    )


def close(request: HttpRequest, number: str) -> HttpResponse:
    case, user = editable(request, number)
    missing = services.advice(case)
    hints = {str(s): [m.text for m in missing if s in m.results] for s in CLOSED}
    form = forms.CloseForm(request.POST or None, case=case, advice=hints)

    def save() -> Case:
        changes = form.changes
        drop_open = changes.pop("drop_open")
        services.close_case(
            case=case,
            version=form.version,
            actor=user,
            changes=changes,
            drop_open=drop_open,
            reason=form.reason,
        )
        return case

    return case_form(
        request,
        case,
        title=_("Close case"),
        form=form,
        save=save,
        saved=_("The case has ended."),
        owed=services.open_obligations(case),
        missing=missing,
    )


def reopen(request: HttpRequest, number: str) -> HttpResponse:
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_reopen_case(user, case):
        raise PermissionDenied
    form = forms.ReasonForm(request.POST or None, initial={"version": case.version})
    return case_form(
        request,
        case,
        title=_("Reopen case"),
        form=form,
        save=lambda: services.reopen(
            case=case,
            version=form.cleaned_data["version"],
            actor=user,
            reason=form.cleaned_data["note"],
        ),
        saved=_("The case is active again."),
    )
