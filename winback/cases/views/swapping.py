"""Changing the key account manager: the form, the handover and its checklist."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases import forms, services
from winback.cases.models import Case, Handover, HandoverItem
from winback.cases.permissions import can_edit_case, get_visible_case
from winback.cases.rows import case_context
from winback.cases.rows.steps import handover_facts
from winback.cases.views.base import case_form, editable
from winback.common.htmx import go, page


def handover_create(request: HttpRequest, number: str) -> HttpResponse:
    """Change the key account manager, after seeing what the former one owes."""
    case, user = editable(request, number)
    owed = services.owed_by_owner(case)
    form = forms.HandoverForm(request.POST or None, case=case, owed=owed)

    def save() -> Handover:
        return services.change_key_account_manager(
            case=case,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=form.facts,
            due_on=form.cleaned_data["due_on"],
            moving=form.chosen,
            items=services.checklist(),
        )

    return case_form(
        request,
        case,
        title=_("Change key account manager"),
        form=form,
        save=save,
        saved=_("The case has a new key account manager."),
        intro=_("The former one stays in the team as adviser, without main responsibility."),
    )


def _handover(request: HttpRequest, number: str, pk: int) -> tuple[Handover, Case, User]:
    user = user_of(request)
    case = get_visible_case(user, number)
    rows = Handover.objects.select_related("former", "successor", "granted_by", "duty__owner")
    handover = get_object_or_404(rows, case=case, pk=pk)
    handover.case = handover.duty.case = case
    return handover, case, user


@require_safe
def handover(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One change of the key account manager with its checklist."""
    row, case, user = _handover(request, number, pk)
    context = case_context(
        case,
        user,
        timezone.localdate(),
        "decisions",
        title=_("Handover"),
        handover=row,
        facts=handover_facts(row),
        items=row.items.select_related("done_by"),
        may_edit=can_edit_case(user, case),
    )
    return page(request, "cases/handover.html", context)


@require_POST
def handover_item(request: HttpRequest, number: str, pk: int, item: int) -> HttpResponse:
    """Tick one line of the checklist."""
    row, case, user = _handover(request, number, pk)
    if not can_edit_case(user, case):
        raise PermissionDenied
    line = get_object_or_404(HandoverItem, handover=row, pk=item)
    line.handover = row
    services.tick(item=line, actor=user, today=timezone.localdate())
    return go(request, row)


def handover_told(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record when and how the client learned of the new contact person."""
    row, case, user = _handover(request, number, pk)
    if not can_edit_case(user, case):
        raise PermissionDenied
    initial = {"version": row.version, "told_on": row.told_on, "told_how": row.told_how}
    form = forms.ToldForm(request.POST or None, initial=initial)
    return case_form(
        request,
        case,
        title=_("Client told of the new contact person"),
        form=form,
        save=lambda: services.tell_client(
            handover=row,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            on=form.cleaned_data["told_on"],
            how=form.cleaned_data["told_how"],
        ),
        saved=_("Saved."),
        cancel_url=row.get_absolute_url(),
    )
