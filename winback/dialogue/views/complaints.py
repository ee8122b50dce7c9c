"""Pages of complaints: the register of a case, and one page per step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.common.htmx import page
from winback.common.workdays import add_working_days
from winback.dialogue import forms, services
from winback.dialogue.models import Complaint, land_of
from winback.dialogue.permissions import can_answer, get_visible_complaint
from winback.dialogue.rows import complaints as rows
from winback.dialogue.views.base import TAB, case_for, part_context, step

#: Suggested: answer within so many working days, then ask after so many more.
ANSWER_WITHIN, ASK_WITHIN = 2, 5


@require_safe
def case_complaints(request: HttpRequest, number: str) -> HttpResponse:
    """The register of one case."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    land, found = land_of(case), Complaint.objects.filter(case=case).with_rows()
    context = part_context(case, user, today, "case_complaints") | {
        "rows": [rows.complaint_row(each, land, today) for each in found],
        "may_work": can_work_on_case(user, case),
    }
    return page(request, "dialogue/case_complaints.html", context)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One complaint and its next step."""
    user, today = user_of(request), timezone.localdate()
    complaint = get_visible_complaint(user, number)
    shape, word = rows.standing(complaint, today)
    context = case_context(complaint.case, user, today, TAB, title=complaint.number) | {
        "complaint": complaint,
        "shape": shape,
        "word": word,
        "receipt": rows.receipt_facts(complaint),
        "handling": rows.handling_facts(complaint, land_of(complaint.case)),
        "steps": rows.steps(complaint, user),
    }
    return page(request, "dialogue/complaint_detail.html", context)


def complaint_new(request: HttpRequest, number: str) -> HttpResponse:
    case, user, today = case_for(request, number)
    initial: dict[str, Any] = {"owner": user}
    if request.method == "GET":
        initial["due_on"] = add_working_days(today, ANSWER_WITHIN, land_of(case))
    form = forms.ComplaintForm(request.POST or None, case=case, initial=initial)

    def save() -> Complaint:
        return services.receive(
            case=case, actor=user, today=today, changes=form.changes, reason=form.reason
        )

    back = reverse("dialogue:case_complaints", args=[case.number])
    saved = _("The complaint is in the register. Acknowledge it at once.")
    return step(request, case, form, save, title=_("Record complaint"), back=back, saved=saved)


def _mine(
    request: HttpRequest, number: str, allowed: Callable[[User, Complaint], bool] = can_answer
) -> tuple[Complaint, User, date]:
    user = user_of(request)
    complaint = get_visible_complaint(user, number)
    if not allowed(user, complaint):
        raise PermissionDenied
    return complaint, user, timezone.localdate()


def _works(user: User, complaint: Complaint) -> bool:
    return can_work_on_case(user, complaint.case)


def _step(
    request: HttpRequest,
    complaint: Complaint,
    form: Any,
    save: Callable[[], Any],
    title: str,
    **extra: Any,
) -> HttpResponse:
    extra = {"saved": _("Saved."), "intro": str(complaint), **extra}
    back = complaint.get_absolute_url()
    return step(request, complaint.case, form, save, title=title, back=back, **extra)


def complaint_edit(request: HttpRequest, number: str) -> HttpResponse:
    return _change(request, number, forms.ComplaintForm, _("Edit complaint"))


def complaint_core(request: HttpRequest, number: str) -> HttpResponse:
    return _change(request, number, forms.CoreForm, _("Judge the core"))


def _change(request: HttpRequest, number: str, form_class: type[Any], title: str) -> HttpResponse:
    complaint, user, today = _mine(request, number, _works)
    form = form_class(request.POST or None, case=complaint.case, row=complaint)

    def save() -> Complaint:
        return services.change_complaint(
            complaint=complaint,
            version=form.version,
            actor=user,
            today=today,
            changes=form.changes,
            reason=form.reason,
        )

    return _step(request, complaint, form, save, title)


def complaint_acknowledge(request: HttpRequest, number: str) -> HttpResponse:
    complaint, user, _today = _mine(request, number)
    form = forms.AcknowledgeForm(request.POST or None, row=complaint)

    def save() -> Complaint:
        return services.acknowledge(complaint=complaint, actor=user, **form.cleaned_data)

    saved = _("The complaint is acknowledged.")
    return _step(request, complaint, form, save, _("Acknowledge complaint"), saved=saved)


def complaint_answer(request: HttpRequest, number: str) -> HttpResponse:
    complaint, user, today = _mine(request, number)
    ask_on = add_working_days(today, ASK_WITHIN, land_of(complaint.case))
    initial = {"ask_on": ask_on, "text": complaint.answer}
    form = forms.AnswerForm(request.POST or None, row=complaint, initial=initial)

    def save() -> Complaint:
        return services.answer(complaint=complaint, actor=user, **form.cleaned_data)

    saved = _("The complaint is answered. Ask whether the client is content.")
    return _step(request, complaint, form, save, _("Answer complaint"), saved=saved)


def complaint_close(request: HttpRequest, number: str) -> HttpResponse:
    complaint, user, _today = _mine(request, number)
    form = forms.CloseForm(request.POST or None, row=complaint)

    def save() -> Complaint:
        return services.close_complaint(complaint=complaint, actor=user, **form.cleaned_data)

    saved = _("The complaint is closed.")
    return _step(request, complaint, form, save, _("Close complaint"), saved=saved)


def complaint_reopen(request: HttpRequest, number: str) -> HttpResponse:
    complaint, user, today = _mine(request, number, _works)
    due_on = add_working_days(today, ANSWER_WITHIN, land_of(complaint.case))
    form = forms.ReopenForm(request.POST or None, row=complaint, initial={"due_on": due_on})

    def save() -> Complaint:
        data = form.cleaned_data
        return services.reopen_complaint(
            complaint=complaint,
            version=data["version"],
            actor=user,
            today=today,
            due_on=data["due_on"],
            reason=data["reason_text"],
        )

    saved = _("The complaint is open again.")
    return _step(request, complaint, form, save, _("Reopen complaint"), saved=saved)
