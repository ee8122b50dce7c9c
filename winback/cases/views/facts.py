"""Changing what is known about a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from winback.cases import forms, services
from winback.cases.models import Case
from winback.cases.views.base import case_form, editable


def case_edit(request: HttpRequest, number: str) -> HttpResponse:
    case, user = editable(request, number)
    form = forms.CaseForm(request.POST or None, instance=case, user=user, client=case.client)
    return case_form(
        request,
        case,
        title=_("Edit case"),
        form=form,
        save=lambda: services.change_case(
            case=case,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
            reason=form.reason,
        ),
        saved=_("Saved."),
    )


def next_step(request: HttpRequest, number: str) -> HttpResponse:
    case, user = editable(request, number)
    form = forms.NextStepForm(request.POST or None, instance=case)
    return case_form(
        request,
        case,
        title=_("Next step"),
        form=form,
        save=lambda: services.set_next_step(
            case=case,
            version=form.version,
            actor=user,
            step=form.cleaned_data["next_step"],
            on=form.cleaned_data["next_step_on"],
        ),
        saved=_("Next step saved."),
    )


def situation(request: HttpRequest, number: str) -> HttpResponse:
    case, user = editable(request, number)
    form = forms.SituationForm(request.POST or None, instance=case)
    return case_form(
        request,
        case,
        title=_("Situation"),
        form=form,
        save=lambda: services.write_situation(
            case=case, version=form.version, actor=user, text=form.cleaned_data["situation"]
        ),
        saved=_("Situation saved."),
    )


def set_health(request: HttpRequest, number: str) -> HttpResponse:
    case, user = editable(request, number)
    form = forms.HealthForm(request.POST or None, case=case)

    def save() -> Case:
        services.override_health(case=case, actor=user, today=timezone.localdate(), **form.changes)
        return case

    return case_form(
        request,
        case,
        title=_("Set health by hand"),
        form=form,
        save=save,
        saved=_("Health set."),
        intro=_("You can judge the case worse than its facts, for a limited time. Never better."),
    )
