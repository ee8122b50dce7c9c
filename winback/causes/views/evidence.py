"""What proves a cause."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from winback.causes import forms, services
from winback.causes.models import Cause
from winback.causes.rows import evidence_row
from winback.causes.views.base import allowed, step, step_form


def evidence_add(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk)
    form = forms.EvidenceForm(request.POST or None, cause=cause)

    def save() -> Cause:
        services.add_evidence(cause=cause, actor=user, **form.evidence)
        return cause

    title, saved = _("Add evidence"), _("Evidence added.")
    return step(request, cause, form, save, title=title, saved=saved, save_label=title)


def evidence_remove(request: HttpRequest, number: str, pk: int, evidence_pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk)
    evidence = get_object_or_404(cause.evidence.select_related("finding"), pk=evidence_pk)
    evidence.cause = cause
    form = step_form(request, cause)

    def save() -> Cause:
        return services.remove_evidence(evidence=evidence, actor=user, **form.cleaned_data)

    return step(
        request,
        cause,
        form,
        save,
        title=_("Remove evidence"),
        saved=_("The evidence is removed."),
        save_label=_("Remove evidence"),
        intro=_("Without its last evidence the cause is an assumption again."),
        evidence=evidence_row(evidence),
        danger=True,
    )
