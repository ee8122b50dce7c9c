"""Setting up: pick KPIs, name the owner, agree baseline and target, stop measuring."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import user_of
from winback.cases.models import Case
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.common.forms import submit
from winback.kpis import forms, services
from winback.kpis.models import CaseKpi
from winback.kpis.permissions import can_set_up_kpis, get_visible_kpi
from winback.kpis.rows import realism_text, set_up_facts
from winback.kpis.views.lists import TAB


def pick(request: HttpRequest, number: str) -> HttpResponse:
    """Add KPIs of the catalogue, several at once."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_set_up_kpis(user, case):
        raise PermissionDenied
    form = forms.PickForm(request.POST or None, case=case, initial={"owner": user.pk})

    def save() -> str:
        services.pick_kpis(
            case=case, actor=user, today=today, reason=form.reason, **form.cleaned_data
        )
        return reverse("kpis:case", args=[case.number])

    return submit(
        request,
        form=form,
        template="kpis/kpi_pick.html",
        context=case_context(case, user, today, TAB, title=_("Add KPIs")),
        save=save,
        saved=_("The KPIs are part of the case."),
    )


def _settable(request: HttpRequest, number: str, key: str) -> tuple[Case, CaseKpi]:
    user = user_of(request)
    case, kpi = get_visible_kpi(user, number, key)
    if not (can_set_up_kpis(user, case) and kpi.is_measured):
        raise PermissionDenied
    return case, kpi


def kpi_form(
    request: HttpRequest,
    kpi: CaseKpi,
    *,
    title: str,
    form: Any,
    save: Any,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about a KPI below the header of its case; ``save`` needs to return nothing."""
    context = case_context(
        kpi.case, user_of(request), timezone.localdate(), TAB, title=title, kpi=kpi, **extra
    )

    def saved_to() -> CaseKpi:
        save()
        return kpi

    return submit(
        request,
        form=form,
        template="kpis/kpi_form.html",
        context=context,
        save=saved_to,
        saved=saved,
    )


def edit(request: HttpRequest, number: str, key: str) -> HttpResponse:
    _case, kpi = _settable(request, number, key)
    form = forms.KpiForm(request.POST or None, kpi=kpi)
    return kpi_form(
        request,
        kpi,
        title=_("Owner and decision"),
        form=form,
        save=lambda: services.change_kpi(
            kpi=kpi,
            actor=user_of(request),
            today=timezone.localdate(),
            **form.cleaned_data,
        ),
        saved=_("Saved."),
    )


def end(request: HttpRequest, number: str, key: str) -> HttpResponse:
    _case, kpi = _settable(request, number, key)
    form = forms.EndForm(request.POST or None, initial={"version": kpi.version})
    return kpi_form(
        request,
        kpi,
        title=_("Stop measuring"),
        form=form,
        save=lambda: services.end_kpi(
            kpi=kpi,
            version=form.cleaned_data["version"],
            actor=user_of(request),
            today=timezone.localdate(),
            reason=form.cleaned_data["note"],
        ),
        saved=_("The KPI is no longer measured."),
        intro=_("What was recorded stays and can be read. Adding the KPI again continues it."),
    )


def baseline(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Record the baseline, or correct it by a new version."""
    _case, kpi = _settable(request, number, key)
    form = forms.BaselineForm(request.POST or None, kpi=kpi)
    return kpi_form(
        request,
        kpi,
        title=_("Correct the baseline") if kpi.baseline else _("Record the baseline"),
        form=form,
        save=lambda: services.release_baseline(
            kpi=kpi,
            version=form.cleaned_data["version"],
            actor=user_of(request),
            today=timezone.localdate(),
            changes=form.changes,
        ),
        saved=_("The baseline is frozen."),
        intro=_("A baseline is frozen as soon as it is saved. A correction is a new version."),
        facts=set_up_facts(kpi.definition),
    )


def target(request: HttpRequest, number: str, key: str) -> HttpResponse:
    _case, kpi = _settable(request, number, key)
    form = forms.TargetForm(request.POST or None, kpi=kpi)
    return kpi_form(
        request,
        kpi,
        title=_("Change the target") if kpi.goal else _("Set the target"),
        form=form,
        save=lambda: services.set_target(
            kpi=kpi,
            version=form.version,
            actor=user_of(request),
            changes=form.changes,
            reason=form.reason,
        ),
        saved=_("The target is set."),
        facts=set_up_facts(kpi.definition),
        intro=_("What is realistic? A target the client does not believe in helps nobody."),
        realism=realism_text(kpi),
    )
