"""The plan of one case: show, start, close a phase, resume."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.models import Case
from winback.cases.permissions import can_edit_case, get_visible_case
from winback.cases.rows import case_context
from winback.cases.services import has_go
from winback.common.formats import format_range
from winback.common.forms import submit
from winback.common.htmx import page
from winback.plans import forms, services
from winback.plans.models import EffectivenessCheck, Measure, PlanPhase, RecoveryPlan
from winback.plans.permissions import can_add_measure, can_plan, can_resume_plan, can_start_plan
from winback.plans.rows.effects import effects_phrase
from winback.plans.rows.plan import (
    GatePoint,
    gate_points,
    open_phrase,
    phase_groups,
    plan_chart,
    preview_rows,
    tally_of,
    tally_phrase,
)

TAB = "plan"
CHART = "zeitstrahl"


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The plan as table or chart; without a plan, the way to one."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    plan = RecoveryPlan.objects.filter(case=case).first()
    if plan is None:
        context = case_context(case, user, today, TAB, may_start=can_start_plan(user, case))
        return page(request, "plans/plan_empty.html", context | _decision(user, case))
    plan.case = case
    context = case_context(case, user, today, TAB, **_plan(request, plan, user, today))
    return page(request, "plans/plan_detail.html", context)


def _plan(request: HttpRequest, plan: RecoveryPlan, user: User, today: date) -> dict[str, Any]:
    """Everything of the plan page below the tabs: stepper, gate, table or chart."""
    only, as_chart = request.GET.get("nur", ""), request.GET.get("ansicht") == CHART
    phases = list(plan.phases.all())
    measures = list(plan.measures.with_line())
    shown = [each for each in measures if _is_wanted(each, only, user, today)]
    gate = next((phase for phase in phases if not phase.is_passed), None)
    effects = EffectivenessCheck.objects.filter(case=plan.case).effects(today)
    return {
        "groups": phase_groups(plan, phases, measures, shown, user, today),
        "has_rows": bool(shown),
        "lead": tally_phrase(tally_of(measures, today)),
        "effects": effects_phrase(effects) if effects.is_any else "",
        "gate": gate,
        "points": _gate(gate, today) if gate else [],
        "chart": plan_chart(plan, phases, measures, today) if as_chart else "",
        "views": [
            (_("Table"), request.path, not as_chart),
            (pgettext("plan", "Timeline"), f"?ansicht={CHART}", as_chart),
        ],
        "filters": _filters(request.path, only),
        "may_plan": can_plan(user, plan.case),
        "may_add": can_add_measure(user, plan.case),
        "may_resume": can_resume_plan(user, plan.case),
    }


def _gate(phase: PlanPhase, today: date) -> list[GatePoint]:
    """What the phase asks for before it is closed; two statements."""
    found = services.open_points(phase, today)
    return gate_points(phase.number, found.measures, found.majors)


def _filters(path: str, only: str) -> list[tuple[str, str, bool]]:
    """The filters of the table: label, address, chosen."""
    words = {
        "": pgettext("measures", "All"),
        "offene": pgettext("measures", "Only open"),
        "ueberfaellige": pgettext("measures", "Overdue"),
        "meine": pgettext("measures", "Mine"),
    }
    chosen = only if only in words else ""
    return [(word, f"?nur={key}" if key else path, key == chosen) for key, word in words.items()]


def _is_wanted(measure: Measure, only: str, user: User, today: date) -> bool:
    if only == "meine":
        return user.pk in {measure.owner_id, measure.deputy_id}
    if only == "ueberfaellige":
        return measure.is_overdue(today)
    return measure.is_open or only != "offene"


def _data(request: HttpRequest) -> Any:
    """The input of a POST, even an empty one."""
    return request.POST if request.method == "POST" else None


def _decision(user: User, case: Case) -> dict[str, Any]:
    """What the pages before a plan say about the go decision."""
    return {"has_go": has_go(case), "may_decide": can_edit_case(user, case)}


def create(request: HttpRequest, number: str) -> HttpResponse:
    """Start the plan: date, Bundesland and one named person per function, asked once."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_start_plan(user, case):
        raise PermissionDenied
    template, people = services.template(), list(User.objects.staff())
    functions = template.functions
    first = services.presets(case, functions, people, today)
    form = forms.PlanForm(
        _data(request), case=case, functions=functions, people=people, initial=first
    )

    def save() -> str:
        services.start_plan(
            case=case, actor=user, today=today, owners=form.owners, reason=form.reason, **form.dates
        )
        return case_plan_url(case)

    context = case_context(case, user, today, TAB, title=_("Start plan"))
    return submit(
        request,
        form=form,
        template="plans/plan_form.html",
        context=context | _decision(user, case) | _preview(request, form, template),
        save=save,
        saved=_("The plan stands. Everybody named has been let into the case."),
        part="preview",
    )


def _preview(
    request: HttpRequest, form: forms.PlanForm, template: services.Template
) -> dict[str, Any]:
    """Every phase with its dates before anything is saved; asked again when the date changes."""
    asked = request.POST or request.GET
    basis = forms.PreviewForm(asked) if asked else None
    given = basis.cleaned_data if basis is not None and basis.is_valid() else form.initial
    start, land = given.get("started_on"), given.get("bundesland")
    planned = template.on(start, land) if start and land else []
    dues = [due_on for phase in planned for _measure, due_on in phase.measures]
    return {
        "preview": preview_rows(planned),
        "preview_count": len(dues),
        "preview_span": format_range(min(dues), max(dues)) if dues else "",
        "has_template": bool(template.measures),
    }


def phase_pass(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """Close a phase; with open points only with a reason."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    row = get_object_or_404(PlanPhase.objects.select_related("plan"), plan__case=case, number=phase)
    if not can_plan(user, case) or row.is_passed:
        raise PermissionDenied
    found = services.open_points(row, today)
    form = forms.PassForm(_data(request), doubt=open_phrase(found.measures, found.majors))

    def save() -> str:
        note = form.cleaned_data["note"]
        services.pass_phase(phase=row, actor=user, today=today, note=note, reason=form.reason)
        return case_plan_url(case)

    title = _("Close phase %(phase)s") % {"phase": row}
    points = gate_points(row.number, found.measures, found.majors)
    context = case_context(case, user, today, TAB, title=title, phase=row, points=points)
    return submit(
        request,
        form=form,
        template="plans/phase_pass.html",
        context=context | {"open_measures": found.measures},
        save=save,
        saved=_("Phase closed."),
    )


def resume(request: HttpRequest, number: str) -> HttpResponse:
    """Wake a resting case up: its plan goes on where it stood."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_resume_plan(user, case):
        raise PermissionDenied
    form = forms.ResumeForm(_data(request))

    def save() -> str:
        services.resume(case=case, actor=user, note=form.cleaned_data["note"])
        return case_plan_url(case)

    return submit(
        request,
        form=form,
        template="plans/measure_form.html",
        context=case_context(
            case, user, today, TAB, title=_("Resume plan"), back=case_plan_url(case)
        ),
        save=save,
        saved=_("The case is active again."),
    )


def case_plan_url(case: Case) -> str:
    return reverse("plans:detail", args=[case.number])
