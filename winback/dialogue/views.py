"""Pages of commitments: fetch and authorise in one line, form, service, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import requires, user_of
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.common.htmx import go, page
from winback.common.rows import chips, csv_response, page_of
from winback.dialogue import forms, services
from winback.dialogue.filters import DEFAULT_SORT, VIEWS, CommitmentFilter
from winback.dialogue.models import Commitment, land_of
from winback.dialogue.permissions import (
    can_change,
    can_keep,
    can_list_commitments,
    get_visible_commitment,
)
from winback.dialogue.rows import commitment_row, facts, in_order, standing, trust

TAB = "dialogue"


@require_safe
def case_dialogue(request: HttpRequest, number: str) -> HttpResponse:
    """The commitments of one case: how many were kept, what is still to keep."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    given = list(Commitment.objects.filter(case=case).with_people())
    context = case_context(
        case,
        user,
        today,
        TAB,
        title=pgettext("tab", "Communication"),
        rows=[commitment_row(each, user, today) for each in in_order(given)],
        trust=trust(given, land_of(case), today),
        may_give=can_work_on_case(user, case),
    )
    return page(request, "dialogue/case_dialogue.html", context)


@require_safe
@requires(can_list_commitments)
def commitment_list(request: HttpRequest) -> HttpResponse:
    """Commitments of all visible cases, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = CommitmentFilter(request.GET)
    found = form.apply(Commitment.objects.visible_to(user).with_people(), today)
    rows_page = page_of(request, found)
    context = {
        "filter_form": form,
        "page": rows_page,
        "rows": [commitment_row(each, user, today) for each in rows_page],
        "views": [
            (str(label), f"?ansicht={key}", key == form.view, "") for key, label in VIEWS.items()
        ],
        "chips": chips(request, form),
        "default_sort": DEFAULT_SORT,
    }
    return page(request, "dialogue/commitment_list.html", context, part="results")


@require_safe
@requires(can_list_commitments)
def commitment_export(request: HttpRequest) -> HttpResponse:
    """Exactly the list's query as CSV."""
    user, today = user_of(request), timezone.localdate()
    visible = Commitment.objects.visible_to(user).with_people()
    found = CommitmentFilter(request.GET).apply(visible, today)
    header = [
        _("Commitment"),
        _("Client"),
        _("Case number"),
        _("Promised to"),
        _("Promised on"),
        _("Due on"),
        pgettext("person", "Owner"),
        pgettext("commitment", "Status"),
        _("Ended on"),
    ]
    rows = (commitment_row(each, user, today) for each in found)
    cells = (
        [r.what, r.client, r.case_number, r.to, r.promised, r.due, r.owner, r.word, r.ended]
        for r in rows
    )
    return csv_response(_("commitments"), header, cells)


def give(request: HttpRequest, number: str) -> HttpResponse:
    """Record what was promised to the client."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_work_on_case(user, case):
        raise PermissionDenied
    form = forms.CommitmentForm(request.POST or None, case=case, initial={"owner": user.pk})

    def save() -> str:
        services.give(case=case, actor=user, today=today, changes=form.changes, reason=form.reason)
        return _home(number)

    title = _("Record commitment")
    context = case_context(case, user, today, TAB, title=title, back=_home(number))
    template = "dialogue/commitment_form.html"
    return submit(
        request, form=form, template=template, context=context, save=save, saved=_("Recorded.")
    )


@require_safe
def detail(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One commitment and what can be done with it."""
    user, today = user_of(request), timezone.localdate()
    commitment = get_visible_commitment(user, number, pk)
    shape, word = standing(commitment, today)
    context = case_context(
        commitment.case,
        user,
        today,
        TAB,
        title=commitment.what,
        commitment=commitment,
        shape=shape,
        word=word,
        facts=facts(commitment, today),
        may_keep=commitment.is_open and can_keep(user, commitment),
        may_change=commitment.is_open and can_change(user, commitment),
    )
    return page(request, "dialogue/commitment_detail.html", context)


def edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    commitment, user = _allowed(request, number, pk, can_change)
    case = commitment.case
    form = forms.CommitmentForm(request.POST or None, case=case, commitment=commitment)

    def save() -> Commitment:
        return services.change(
            commitment=commitment,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
            reason=form.reason,
        )

    return _step(request, commitment, form, save, title=_("Edit commitment"), saved=_("Saved."))


def keep(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    commitment, user = _allowed(request, number, pk, can_keep)
    form = forms.KeepForm(request.POST or None, commitment=commitment)

    def save() -> str:
        services.keep(commitment=commitment, actor=user, **form.cleaned_data)
        return _home(number)

    return _step(
        request,
        commitment,
        form,
        save,
        title=_("Keep commitment"),
        saved=_("The commitment is kept. Tell the client."),
        save_label=_("Commitment is kept"),
    )


def declare_broken(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    commitment, user = _allowed(request, number, pk, can_change)
    form = forms.BreakForm(request.POST or None, commitment=commitment)

    def save() -> str:
        services.declare_broken(
            commitment=commitment,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            reason=form.cleaned_data["note"],
        )
        return _home(number)

    return _step(
        request,
        commitment,
        form,
        save,
        title=_("Declare commitment broken"),
        saved=_("The commitment is broken."),
        save_label=_("Declare broken"),
        intro=_("It will not be kept any more. It counts as broken for good."),
    )


def release(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    commitment, user = _allowed(request, number, pk, can_change)
    form = forms.ReleaseForm(request.POST or None, commitment=commitment)

    def save() -> str:
        services.release(commitment=commitment, actor=user, **form.cleaned_data)
        return _home(number)

    return _step(
        request,
        commitment,
        form,
        save,
        title=_("Released by the client"),
        saved=_("The commitment is released."),
        save_label=_("Record release"),
        intro=_("The client no longer insists, and said so in writing. It leaves the kept ratio."),
    )


def hand_over(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    commitment, user = _allowed(request, number, pk, can_change)
    form = forms.HandOverForm(request.POST or None, commitment=commitment)

    def save() -> Commitment:
        return services.hand_over(
            commitment=commitment,
            version=form.cleaned_data["version"],
            actor=user,
            owner=form.cleaned_data["owner"],
            today=timezone.localdate(),
            reason=form.cleaned_data["note"],
        )

    return _step(
        request,
        commitment,
        form,
        save,
        title=_("Hand over commitment"),
        saved=_("The commitment has a new owner."),
        save_label=_("Hand over"),
    )


def _home(number: str) -> str:
    return resolve_url("dialogue:case", number)


def _allowed(
    request: HttpRequest, number: str, pk: int, allowed: Callable[[User, Commitment], bool]
) -> tuple[Commitment, User]:
    user = user_of(request)
    commitment = get_visible_commitment(user, number, pk)
    if not allowed(user, commitment):
        raise PermissionDenied
    return commitment, user


def _step(
    request: HttpRequest,
    commitment: Commitment,
    form: WinbackForm | WinbackModelForm,
    save: Callable[[], Any],
    *,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about an open commitment; a settled one sends back to its page."""
    if not commitment.is_open:
        messages.info(request, _("This commitment has been settled already."))
        return go(request, commitment)
    context = case_context(
        commitment.case,
        user_of(request),
        timezone.localdate(),
        TAB,
        commitment=commitment,
        back=commitment.get_absolute_url(),
        **extra,
    )
    template = "dialogue/commitment_form.html"
    return submit(request, form=form, template=template, context=context, save=save, saved=saved)
