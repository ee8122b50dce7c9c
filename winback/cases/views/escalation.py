"""Escalation and mediation; completing any step a decision has left to do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from winback.cases import forms, services
from winback.cases.models import Case, Duty
from winback.cases.permissions import can_do_duty, can_edit_case, get_visible_case
from winback.cases.rows import case_context
from winback.cases.rows.decisions import decision_pages, escalation_words
from winback.cases.rows.facts import entry_url
from winback.cases.rows.steps import mediation_section, step_row
from winback.cases.views.base import case_form, editable
from winback.common.htmx import page


@require_safe
def escalation(request: HttpRequest, number: str) -> HttpResponse:
    """Level, steps and mediation."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number, Case.objects.with_sheets())
    may_edit = can_edit_case(user, case)
    steps = case.escalation_steps.select_related("duty__owner", "duty__case")
    context = case_context(
        case,
        user,
        today,
        "decisions",
        title=_("Escalation and mediation"),
        pages=decision_pages(case, "escalation"),
        level=escalation_words(case),
        steps=[step_row(step, user, today) for step in steps],
        sections=[mediation_section(case, may_edit=may_edit)],
        may_edit=may_edit,
        step_url=entry_url(case, "eskalationsschritt"),
    )
    return page(request, "cases/escalation.html", context)


def escalation_level(request: HttpRequest, number: str) -> HttpResponse:
    """Move the conflict to another level."""
    case, user = editable(request, number)
    initial = {"version": case.version, "level": case.escalation_level}
    form = forms.EscalationForm(request.POST or None, initial=initial)
    back = reverse("cases:escalation", args=[number])

    def save() -> str:
        services.set_escalation(
            case=case,
            version=form.cleaned_data["version"],
            actor=user,
            level=form.cleaned_data["level"],
            reason=form.cleaned_data["note"],
        )
        return back

    return case_form(
        request,
        case,
        title=_("Set escalation level"),
        form=form,
        save=save,
        saved=_("Escalation level set."),
        cancel_url=back,
    )


def duty_done(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Say that a step is done and what came of it."""
    user = user_of(request)
    case = get_visible_case(user, number)
    duty = get_object_or_404(Duty, case=case, pk=pk)
    duty.case = case
    if not can_do_duty(user, duty):
        raise PermissionDenied
    form = forms.DutyForm(request.POST or None, initial={"version": duty.version})

    def save() -> str:
        services.complete_duty(
            duty=duty,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            result=form.cleaned_data["result"],
        )
        return duty.get_absolute_url()

    return case_form(
        request,
        case,
        title=duty.title,
        form=form,
        save=save,
        saved=_("Step done."),
        cancel_url=duty.get_absolute_url(),
    )
