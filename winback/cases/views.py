"""Pages of a case: fetch and authorise in one line, form, service, render."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import requires, user_of
from winback.cases import forms, services
from winback.cases.filters import DEFAULT_SORT, VIEWS, CaseFilter
from winback.cases.models import Case, CaseMember
from winback.cases.permissions import (
    can_edit_case,
    can_lead_case,
    can_list_cases,
    can_open_case,
    can_reopen_case,
    get_visible_case,
)
from winback.cases.rows import case_context, case_row, event_row
from winback.clients.models import Client
from winback.clients.permissions import can_edit_clients
from winback.common.claims import RuleBroken
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.common.htmx import go, page
from winback.common.rows import chips, csv_response, page_of


@require_safe
@requires(can_list_cases)
def case_list(request: HttpRequest) -> HttpResponse:
    """All visible cases, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = CaseFilter(request.GET)
    found = form.apply(Case.objects.visible_to(user).with_header(), user, today)
    rows_page = page_of(request, found)
    context = {
        "filter_form": form,
        "page": rows_page,
        "rows": [case_row(case, today) for case in rows_page],
        "views": [
            (str(label), f"?ansicht={key}", key == form.view, "") for key, label in VIEWS.items()
        ],
        "chips": chips(request, form),
        "default_sort": DEFAULT_SORT,
        "may_open": can_open_case(user),
    }
    return page(request, "cases/case_list.html", context, part="results")


@require_safe
@requires(can_list_cases)
def case_export(request: HttpRequest) -> HttpResponse:
    """Exactly the list's query as CSV."""
    user, today = user_of(request), timezone.localdate()
    found = CaseFilter(request.GET).apply(Case.objects.visible_to(user).with_header(), user, today)
    header = [
        _("Case number"),
        _("Client"),
        _("Case health or status"),
        _("Phase"),
        _("Owner"),
        _("Next step"),
        _("Due on"),
        _("Value at stake per year"),
        _("Last day to give notice"),
    ]
    rows = (
        [
            row.number,
            row.client,
            row.standing,
            row.phase,
            row.owner,
            row.next_step,
            row.due,
            str(case.value_at_stake).replace(".", ","),
            row.notice_on,
        ]
        for case, row in ((case, case_row(case, today)) for case in found)
    )
    return csv_response(_("cases"), header, rows)


@requires(can_open_case)
def case_create(request: HttpRequest) -> HttpResponse:
    """Record a lost or endangered client; ``?kunde=`` brings contract and sites along."""
    user, today = user_of(request), timezone.localdate()
    client = (
        Client.objects.visible_to(user).filter(pk=_number(request.GET.get("kunde", ""))).first()
    )
    form = forms.CaseForm(
        request.POST or None, user=user, client=client, initial={"owner": user.pk}
    )
    return submit(
        request,
        form=form,
        template="cases/case_create.html",
        context={"client": client, "clients": Client.objects.visible_to(user)},
        save=lambda: services.open_case(
            actor=user, today=today, changes=form.changes, reason=form.reason
        ),
        saved=_("The case is open."),
    )


def _number(text: str) -> int:
    """The number in the query string; 0, which no row has, for nonsense."""
    return int(text) if text.isdecimal() else 0


def _case_form(
    request: HttpRequest,
    case: Case,
    *,
    title: str,
    form: WinbackForm | WinbackModelForm,
    save: Any,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about the case below its header."""
    context = case_context(case, user_of(request), timezone.localdate(), "", title=title, **extra)
    return submit(
        request, form=form, template="cases/case_form.html", context=context, save=save, saved=saved
    )


def _editable(request: HttpRequest, number: str) -> tuple[Case, User]:
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_edit_case(user, case):
        raise PermissionDenied
    return case, user


def case_edit(request: HttpRequest, number: str) -> HttpResponse:
    case, user = _editable(request, number)
    form = forms.CaseForm(request.POST or None, instance=case, user=user, client=case.client)
    return _case_form(
        request,
        case,
        title=_("Edit case"),
        form=form,
        save=lambda: services.change_case(
            case=case,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
            reason=form.reason,
        ),
        saved=_("Saved."),
    )


def next_step(request: HttpRequest, number: str) -> HttpResponse:
    case, user = _editable(request, number)
    form = forms.NextStepForm(request.POST or None, instance=case)
    return _case_form(
        request,
        case,
        title=_("Next step"),
        form=form,
        save=lambda: services.set_next_step(
            case=case,
            version=form.version,
            actor=user,
            step=form.cleaned_data["next_step"],
            on=form.cleaned_data["next_step_on"],
        ),
        saved=_("Next step saved."),
    )


def situation(request: HttpRequest, number: str) -> HttpResponse:
    case, user = _editable(request, number)
    form = forms.SituationForm(request.POST or None, instance=case)
    return _case_form(
        request,
        case,
        title=_("Situation"),
        form=form,
        save=lambda: services.write_situation(
            case=case, version=form.version, actor=user, text=form.cleaned_data["situation"]
        ),
        saved=_("Situation saved."),
    )


def decide(request: HttpRequest, number: str) -> HttpResponse:
    case, user = _editable(request, number)
    form = forms.DecisionForm(request.POST or None, case=case)

    def save() -> Case:
        services.decide(case=case, actor=user, reason=form.reason, **form.changes)
        return case

    return _case_form(
        request,
        case,
        title=_("Go decision"),
        form=form,
        save=save,
        saved=_("Decision recorded."),
        earlier=case.qualifications.select_related("decided_by"),
    )


def set_health(request: HttpRequest, number: str) -> HttpResponse:
    case, user = _editable(request, number)
    form = forms.HealthForm(request.POST or None, case=case)

    def save() -> Case:
        services.override_health(case=case, actor=user, today=timezone.localdate(), **form.changes)
        return case

    return _case_form(
        request,
        case,
        title=_("Set health by hand"),
        form=form,
        save=save,
        saved=_("Health set."),
        intro=_("You can judge the case worse than its facts, for a limited time. Never better."),
    )


def rest(request: HttpRequest, number: str) -> HttpResponse:
    case, user = _editable(request, number)
    form = forms.RestForm(request.POST or None, initial={"version": case.version})
    return _case_form(
        request,
        case,
        title=_("Let the case rest"),
        form=form,
        save=lambda: services.rest(
            case=case,
            version=form.cleaned_data["version"],
            actor=user,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["note"],
        ),
        saved=_("The case rests until its wake-up date."),
    )


def close(request: HttpRequest, number: str) -> HttpResponse:
    case, user = _editable(request, number)
    form = forms.CloseForm(request.POST or None, case=case)

    def save() -> Case:
        changes = form.changes
        drop_open = changes.pop("drop_open")
        services.close_case(
            case=case, version=form.version, actor=user, changes=changes, drop_open=drop_open
        )
        return case

    return _case_form(
        request,
        case,
        title=_("Close case"),
        form=form,
        save=save,
        saved=_("The case has ended."),
        owed=services.open_obligations(case),
    )


def reopen(request: HttpRequest, number: str) -> HttpResponse:
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_reopen_case(user, case):
        raise PermissionDenied
    form = forms.ReasonForm(request.POST or None, initial={"version": case.version})
    return _case_form(
        request,
        case,
        title=_("Reopen case"),
        form=form,
        save=lambda: services.reopen(
            case=case,
            version=form.cleaned_data["version"],
            actor=user,
            reason=form.cleaned_data["note"],
        ),
        saved=_("The case is active again."),
    )


@require_safe
def contract(request: HttpRequest, number: str) -> HttpResponse:
    """The contract of the case, its sites and decision makers."""
    user = user_of(request)
    case = get_visible_case(user, number)
    context = case_context(
        case,
        user,
        timezone.localdate(),
        "contract",
        sites=case.sites.all(),
        contacts=case.client.contacts.all(),
        may_edit_contract=can_edit_clients(user),
        may_open_client=Client.objects.visible_to(user).filter(pk=case.client_id).exists(),
        may_edit=can_edit_case(user, case),
    )
    return page(request, "cases/case_contract.html", context)


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

    members = case.members.select_related("user").order_by("left_on", "joined_on", "pk")
    context = case_context(case, user, today, "team", members=members, may_edit=may_edit)
    return submit(
        request,
        form=form,
        template="cases/case_team.html",
        context=context,
        save=save,
        saved=_("Team member added."),
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
        members = case.members.select_related("user").order_by("left_on", "joined_on", "pk")
        context = case_context(case, user, timezone.localdate(), "team", members=members)
        context |= {"may_edit": True, "form": form, "problem": broken.message}
        return page(request, "cases/case_team.html", context, status=422)
    return go(request, "cases:team", number)


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened to the case, newest first."""
    user = user_of(request)
    case = get_visible_case(user, number)
    events = page_of(request, case.events.select_related("actor"))
    context = case_context(
        case,
        user,
        timezone.localdate(),
        "history",
        page=events,
        events=[event_row(event) for event in events],
    )
    return page(request, "cases/case_history.html", context)
