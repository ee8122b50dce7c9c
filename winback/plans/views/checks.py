"""Pages of effectiveness checks: who judges when, and the verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import user_of
from audits.models import Finding
from audits.permissions import get_visible_audit, get_visible_finding
from audits.rows import audit_context
from winback.cases.rows import case_context
from winback.common.forms import WinbackForm, submit
from winback.plans import forms, services
from winback.plans.models import Measure
from winback.plans.permissions import can_judge, can_plan_check, get_visible_measure
from winback.plans.rows.closing import gate_points

Thing = Finding | Measure
FINDING_PAGE, MEASURE_PAGE = "plans/finding_check.html", "plans/measure_form.html"


def finding_plan(request: HttpRequest, finding: str) -> HttpResponse:
    """Name who judges the effect of a finding."""
    return _plan(request, get_visible_finding(user_of(request), finding))


def measure_plan(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    """Name who judges the effect of a measure."""
    return _plan(request, get_visible_measure(user_of(request), number, measure))


def finding_judge(request: HttpRequest, finding: str) -> HttpResponse:
    """Judge the effect of a finding; the page shows what its closing asks for."""
    return _judge(request, get_visible_finding(user_of(request), finding))


def measure_judge(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    """Judge the effect of a measure."""
    return _judge(request, get_visible_measure(user_of(request), number, measure))


def _plan(request: HttpRequest, thing: Thing) -> HttpResponse:
    user = user_of(request)
    if not can_plan_check(user, thing):
        raise PermissionDenied
    form = forms.CheckPlanForm(
        request.POST or None,
        thing=thing,
        people=_judges(user, thing),
        doers=services.doers(thing),
        check=services.open_check(thing),
    )
    return _form(
        request,
        thing,
        form,
        title=_("Plan effectiveness check"),
        save=lambda: services.plan_check(
            thing=thing, actor=user, today=timezone.localdate(), **form.cleaned_data
        ),
        saved=_("The check is planned. It will be reminded of."),
    )


def _judges(user: User, thing: Thing) -> list[User]:
    """Everybody of the provider, and the lead auditor; an external one names people of the case."""
    people = User.objects.staff()
    if user.is_external:
        people = people.filter(memberships__case=thing.case, memberships__left_on=None).distinct()
    lead = (
        [thing.audit.owner] if isinstance(thing, Finding) and thing.audit.owner.is_external else []
    )
    return [*people, *lead]


def _judge(request: HttpRequest, thing: Thing) -> HttpResponse:
    user = user_of(request)
    check = services.open_check(thing)
    if check is None or not can_judge(user, check):
        raise PermissionDenied
    form = forms.JudgeForm(request.POST or None, check=check)

    def save() -> Any:
        data = dict(form.cleaned_data)
        services.judge(
            check=check,
            version=data.pop("version"),
            actor=user,
            today=timezone.localdate(),
            verdict=services.Verdict(**data),
        )

    return _form(
        request,
        thing,
        form,
        title=_("Judge the effect"),
        save=save,
        saved=_("Judged and recorded."),
    )


def _form(
    request: HttpRequest,
    thing: Thing,
    form: WinbackForm,
    *,
    title: str,
    save: Callable[[], Any],
    saved: str,
) -> HttpResponse:
    """The form below the head of the audit, or of the case."""
    user, today, back = user_of(request), timezone.localdate(), thing.get_absolute_url()

    def save_and_return() -> str:
        save()
        return back

    if isinstance(thing, Finding):
        audit = get_visible_audit(user, thing.audit.number)
        points = gate_points(thing, services.answered(thing), user)
        context = audit_context(audit, user, today, title=f"{thing.number} · {title}")
        context |= {"finding": thing, "points": points, "cancel_url": back}
        template = FINDING_PAGE
    else:
        context = case_context(thing.case, user, today, "plan", title=title)
        context |= {"measure": thing, "back": back}
        template = MEASURE_PAGE
    return submit(
        request, form=form, template=template, context=context, save=save_and_return, saved=saved
    )
