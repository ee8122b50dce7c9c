"""The team of a case."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import user_of
from winback.cases import forms, services
from winback.cases.models import Case, CaseMember
from winback.cases.permissions import can_edit_case, can_lead_case, get_visible_case
from winback.cases.rows import case_context
from winback.cases.rows.facts import entry_url
from winback.cases.rows.steps import load_section
from winback.common.claims import RuleBroken
from winback.common.forms import submit
from winback.common.htmx import go, page


def team(request: HttpRequest, number: str) -> HttpResponse:
    """Who works on the case in which function; leading people add members here."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    may_edit = can_edit_case(user, case)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = forms.MemberForm(request.POST or None)

    def save() -> str:
        services.add_member(case=case, actor=user, today=today, **form.cleaned_data)
        return request.path

    context = _team_context(case, user)
    return submit(
        request,
        form=form,
        template="cases/case_team.html",
        context=context,
        save=save,
        saved=_("Team member added."),
    )


def _team_context(case: Case, user: User) -> dict[str, Any]:
    """Members, the work load of the whole team, and what was decided about resources."""
    may_edit = can_edit_case(user, case)
    resources = case.resource_decisions.select_related("decided_by")
    return case_context(
        case,
        user,
        timezone.localdate(),
        "team",
        members=case.members.select_related("user").order_by("left_on", "joined_on", "pk"),
        section=load_section(case, may_edit=may_edit),
        resources=resources,
        resources_url=entry_url(case, "ressourcen"),
        may_edit=may_edit,
    )


@require_POST
def member_leave(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Let a member leave, or say why that is not possible yet."""
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_lead_case(user, case):
        raise PermissionDenied
    member = get_object_or_404(CaseMember.objects.select_related("user", "case"), case=case, pk=pk)
    try:
        services.end_membership(member=member, actor=user, today=timezone.localdate())
    except RuleBroken as broken:
        form = forms.MemberForm()
        context = _team_context(case, user) | {"form": form, "problem": broken.message}
        return page(request, "cases/case_team.html", context, status=422)
    return go(request, "cases:team", number)
