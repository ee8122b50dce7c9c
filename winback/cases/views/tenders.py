"""Plan B, tenders with their award criteria, and lessons over all cases."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases import forms, services
from winback.cases.models import AwardCriterion, Case, Tender
from winback.cases.permissions import (
    can_do_duty,
    can_edit_case,
    can_keep_records,
    get_visible_case,
)
from winback.cases.rows import case_context
from winback.cases.rows.decisions import decision_pages
from winback.cases.rows.facts import entry_url
from winback.cases.rows.steps import plan_b_section, tender_row
from winback.cases.views.base import case_form
from winback.cases.views.entries import write_tender
from winback.common.htmx import go, page


@require_safe
def tenders(request: HttpRequest, number: str) -> HttpResponse:
    """Plan B, and every tender of the client with its award."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number, Case.objects.with_sheets())
    may_edit = can_edit_case(user, case)
    plan = getattr(case, "planb", None)
    may_do = plan is not None and can_do_duty(user, plan.duty)
    found = case.tenders.select_related("duty__owner", "duty__case", "case")
    context = case_context(
        case,
        user,
        today,
        "decisions",
        title=_("Plan B and tenders"),
        pages=decision_pages(case, "tenders"),
        sections=[plan_b_section(case, may_edit=may_edit, may_do=may_do)],
        tenders=[tender_row(row, user) for row in found.prefetch_related("criteria")],
        may_keep=can_keep_records(user, case),
        create_url=entry_url(case, "ausschreibung"),
    )
    return page(request, "cases/tenders.html", context)


def _tender(request: HttpRequest, number: str, pk: int) -> tuple[Tender, Case, User]:
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_keep_records(user, case):
        raise PermissionDenied
    tender = get_object_or_404(Tender.objects.select_related("duty__case"), case=case, pk=pk)
    tender.case = case
    return tender, case, user


def tender_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    tender, case, user = _tender(request, number, pk)
    form = forms.TenderForm(request.POST or None, case=case, instance=tender)
    back = reverse("cases:tenders", args=[number])

    def save() -> str:
        write_tender(tender, form.version, form, user)
        return back

    return case_form(
        request,
        case,
        title=_("Edit tender"),
        form=form,
        save=save,
        saved=_("Saved."),
        cancel_url=back,
    )


def criterion(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record an award criterion; the same name again corrects it."""
    tender, case, user = _tender(request, number, pk)
    form = forms.CriterionForm(request.POST or None)
    back = reverse("cases:tenders", args=[number])

    def save() -> str:
        services.set_criterion(tender=tender, actor=user, changes=form.changes)
        return back

    return case_form(
        request,
        case,
        title=_("Award criterion: %(tender)s") % {"tender": tender.title},
        form=form,
        save=save,
        saved=_("Saved."),
        intro=_("The same name again corrects the criterion."),
        cancel_url=back,
    )


@require_POST
def criterion_remove(request: HttpRequest, number: str, pk: int, criterion: int) -> HttpResponse:
    """Take an award criterion out again."""
    tender, _case, user = _tender(request, number, pk)
    row = get_object_or_404(AwardCriterion, tender=tender, pk=criterion)
    row.tender = tender
    services.remove_criterion(criterion=row, actor=user)
    return go(request, "cases:tenders", number)
