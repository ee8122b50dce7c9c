"""One measure: show it, add one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from audits.models import Finding
from winback.cases.models import Case
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.causes.models import Cause
from winback.common.forms import submit
from winback.common.htmx import page
from winback.dialogue.models import Commitment
from winback.plans import forms, services
from winback.plans.enums import MeasureStatus
from winback.plans.models import EffectivenessCheck, Measure, PlanPhase, amendments_of
from winback.plans.permissions import (
    can_add_measure,
    can_do_measure,
    can_judge,
    get_visible_measure,
)
from winback.plans.rows.checks import check_rows
from winback.plans.rows.measures import measure_actions, measure_facts, sources, standing
from winback.plans.rows.versions import changes_of

TAB = "plan"
#: phases with their plan: one statement brings both
PHASES = PlanPhase.objects.select_related("plan")


@require_safe
def detail(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    """Facts, moves, rounds and row versions of one measure."""
    user, today = user_of(request), timezone.localdate()
    row = get_visible_measure(user, number, measure)
    shape, word = standing(row, today)
    checks = list(row.checks.with_row())
    context = case_context(row.case, user, today, TAB, title=row.code, measure=row)
    context |= {
        "checks": check_rows(checks, today),
        "judge_url": row.url("check") if _may_judge(user, row, checks) else "",
        "shape": shape,
        "state": word,
        "facts": measure_facts(row),
        "sources": sources(row),
        "actions": measure_actions(row, user),
        "done_url": row.done_url if can_do_measure(user, row) else "",
        "move_url": row.url("move") if can_do_measure(user, row) else "",
        "moves": row.moves.select_related("moved_by"),
        "completions": row.completions.select_related("done_by"),
        "versions": changes_of(row),
    }
    return page(request, "plans/measure_detail.html", context)


def _may_judge(user: User, measure: Measure, checks: list[EffectivenessCheck]) -> bool:
    pending = next((check for check in checks if check.done_on is None), None)
    return measure.status == MeasureStatus.DONE and can_judge(user, pending)


def create(request: HttpRequest, number: str) -> HttpResponse:
    """Add a measure; the query names what it answers, as ``_answers`` and ``_presets`` read it."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_add_measure(user, case):
        raise PermissionDenied
    answers, phases = _answers(request, case), get_list_or_404(PHASES, plan__case=case)
    plan = phases[0].plan
    plan.case = case
    form = forms.MeasureForm(
        request.POST if request.method == "POST" else None,
        phases=phases,
        people=list(User.objects.staff()),
        amendments=amendments_of(case),
        initial=_presets(request, case, phases, answers),
    )
    return submit(
        request,
        form=form,
        template="plans/measure_form.html",
        context=case_context(
            case, user, today, TAB, title=_("Add measure"), back=_plan_url(case), **answers
        ),
        save=lambda: services.add_measure(
            plan=plan, actor=user, today=today, changes=form.changes, reason=form.reason, **answers
        ),
        saved=_("Measure added."),
    )


def _presets(
    request: HttpRequest, case: Case, phases: list[PlanPhase], answers: dict[str, Any]
) -> dict[str, Any]:
    """What the form begins with; ``?nachtrag=`` chooses the amendment it serves."""
    presets = services.measure_presets(phases, case.owner, **answers)
    return {"amendment": request.GET.get("nachtrag", ""), **presets}


def _answers(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the new measure answers, by the query of the page; a foreign thing is 404."""
    finding, cause, commitment = (
        request.GET.get(name, "") for name in ("feststellung", "ursache", "zusage")
    )
    found: dict[str, Any] = {}
    if finding:
        rows = Finding.objects.select_related("audit__case", "owner")
        found["finding"] = get_object_or_404(rows, audit__case=case, number=finding)
    if cause:
        rows_of_case = Cause.objects.select_related("category")
        found["cause"] = get_object_or_404(rows_of_case, case=case, pk=_pk(cause))
    if commitment:
        promises = Commitment.objects.select_related("owner")
        found["commitment"] = get_object_or_404(promises, case=case, pk=_pk(commitment))
    return found


def _pk(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) < 19):
        raise Http404(text)
    return int(text)


def _plan_url(case: Case) -> str:
    return reverse("plans:detail", args=[case.number])
