"""Entering values: of one KPI, of all KPIs of a month, and correcting them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.models import Case
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.common.forms import submit
from winback.kpis import forms, services
from winback.kpis.models import CaseKpi
from winback.kpis.permissions import (
    can_enter_values,
    can_set_up_kpis,
    get_visible_kpi,
    get_visible_measurement,
)
from winback.kpis.rows import entry_months, lines_of, month_lines
from winback.kpis.rules import PeriodError, owed_period, period_end, period_label, read_period
from winback.kpis.views.lists import TAB
from winback.kpis.views.setup import kpi_form


def measure(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The value of one period; ``?periode=`` names it, else the one owed next is proposed."""
    user, today = user_of(request), timezone.localdate()
    case, kpi = get_visible_kpi(user, number, key)
    if not can_enter_values(user, kpi):
        raise PermissionDenied
    frequency = kpi.definition.frequency
    owed = owed_period(frequency, kpi.answered, kpi.added_on)
    initial = {
        "period": _period(request, frequency, min(owed, today)),
        "source": kpi.definition.source_de,
    }
    form = forms.MeasurementForm(request.POST or None, kpi=kpi, initial=initial)
    return kpi_form(
        request,
        kpi,
        title=_("Enter a measurement"),
        form=form,
        save=lambda: services.measure(
            case=case, actor=user, entries=[services.Entry(**form.entry)], reason=form.reason
        ),
        saved=_("The value is entered."),
    )


def _period(request: HttpRequest, frequency: str, otherwise: date) -> date:
    try:
        return read_period(request.GET.get("periode", ""), frequency, timezone.localdate())
    except PeriodError:
        return otherwise


def correct(request: HttpRequest, number: str, key: str, pk: int) -> HttpResponse:
    """Replace the value of an answered period; the old one stays readable."""
    user = user_of(request)
    measurement = get_visible_measurement(user, number, key, pk)
    kpi = measurement.kpi
    if not can_enter_values(user, kpi):
        raise PermissionDenied
    form = forms.CorrectionForm(request.POST or None, instance=measurement)
    return kpi_form(
        request,
        kpi,
        title=_("Correct %(period)s")
        % {"period": period_label(measurement.period_start, kpi.definition.frequency)},
        form=form,
        save=lambda: services.correct(
            measurement=measurement,
            version=form.version,
            actor=user,
            changes=form.corrected,
            reason=form.cleaned_data["correction"],
        ),
        saved=_("The value is corrected."),
    )


def enter_month(request: HttpRequest, number: str) -> HttpResponse:
    """All values of a month on one page: what the user may enter, line by line."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    kpis = _enterable(user, case)
    if not (kpis or can_set_up_kpis(user, case)):
        raise PermissionDenied
    month = min(_period(request, "monthly", _owed_month(kpis, today)), today).replace(day=1)
    form = forms.MonthForm(
        request.POST or None,
        case=case,
        month_end=period_end(month, "monthly"),
        lines=lines_of(kpis, month, today),
    )
    context = case_context(case, user, today, TAB, title=_("Enter measurements"))
    return submit(
        request,
        form=form,
        template="kpis/kpi_month.html",
        context=context
        | {
            "months": entry_months(case, month, today),
            "lines": lambda: month_lines(form),  # read only when the page is shown
            "may_set_up": can_set_up_kpis(user, case),
        },
        save=lambda: _save_month(form, user),
        saved=_("The values are entered."),
    )


def _enterable(user: User, case: Case) -> list[CaseKpi]:
    """The KPIs whose values the user may enter; those who set up may enter all."""
    if not case.is_live:
        return []
    found = case.kpis.measured().select_related("definition")
    kpis = list(found if can_set_up_kpis(user, case) else found.filter(owner=user))
    for kpi in kpis:
        kpi.case = case
    return kpis


def _save_month(form: forms.MonthForm, user: User) -> str:
    """Write the filled lines; an objection stands at the line it is about."""
    entries = [services.Entry(**entry) for entry in form.entries()]
    try:
        services.measure(case=form.case, actor=user, entries=entries, reason=form.reason)
    except services.AlreadyMeasured as taken:
        taken.field = form.field_of(taken.kpi_id, taken.period)
        raise
    return reverse("kpis:case", args=[form.case.number])


def _owed_month(kpis: list[CaseKpi], today: date) -> date:
    """The month of the earliest value owed, so that nothing is skipped."""
    ends = [
        period_end(
            owed_period(kpi.definition.frequency, kpi.answered, kpi.added_on),
            kpi.definition.frequency,
        )
        for kpi in kpis
        if kpi.due_on is not None
    ]
    return min([*ends, today])
