"""One deadline: show its computation, record, change, and every step with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.common.forms import WinbackForm
from winback.common.htmx import go, page
from winback.contracts import forms, services
from winback.contracts.models import Contract, Deadline
from winback.contracts.permissions import (
    can_change_deadline,
    can_do_deadline,
    get_visible_deadline,
)
from winback.contracts.rows.deadlines import STATE_SHAPE, facts, papers
from winback.contracts.rows.steps import StepRow, step_rows, stored_rows
from winback.contracts.rules.periods import Pause, compute
from winback.contracts.views.base import data_of, form_page, framed, kept_contract

DEADLINE_FORM = "contracts/deadline_form.html"
PREVIEW = "vorschau"


@require_safe
def detail(request: HttpRequest, pk: int, deadline: int) -> HttpResponse:
    """How the end is computed, the facts, and what can be done."""
    user, today = user_of(request), timezone.localdate()
    row = get_visible_deadline(user, pk, deadline)
    state = row.state(today)
    held = [each for each in row.pausing.all() if each.since and each.until is None]
    context = framed(
        user,
        row.contract,
        title=row.name,
        deadline=row,
        shape=STATE_SHAPE[state],
        word=state.label,
        steps=stored_rows(row.steps),
        facts=facts(row),
        papers=papers(row),
        held=held,
        may_do=can_do_deadline(user, row),
        may_change=can_change_deadline(user, row),
    )
    return page(request, "contracts/deadline_detail.html", context)


def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a deadline; its end is computed and shown before it is saved."""
    contract, user = kept_contract(request, pk)
    data, files = data_of(request)
    form = forms.DeadlineForm(
        data, files, contract=contract, initial={"owner": user.pk, "bundesland": contract.land}
    )
    if PREVIEW in request.POST:
        return _preview(request, Deadline(contract=contract), form, title=_("Record deadline"))

    def save() -> Deadline:
        return services.record_deadline(
            contract=contract,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
            papers=form.papers,
        )

    title, saved = _("Record deadline"), _("The deadline is recorded.")
    return _counted(request, contract, form, save, title=title, saved=saved)


def edit(request: HttpRequest, pk: int, deadline: int) -> HttpResponse:
    """Correct an open deadline; what follows from the contract is changed there."""
    row, user = _allowed(request, pk, deadline, can_change_deadline)
    if row.is_derived:
        return go(request, row.amendment or row.contract)
    form = forms.DeadlineForm(*data_of(request), contract=row.contract, instance=row)
    if PREVIEW in request.POST:
        return _preview(request, row, form, title=_("Edit deadline"))

    def save() -> Deadline:
        return services.change_deadline(
            deadline=row,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
            papers=form.papers,
        )

    return _counted(
        request,
        row.contract,
        form,
        save,
        saved=_("Saved."),
        title=_("Edit deadline"),
        steps=stored_rows(row.steps),
        back=row.get_absolute_url(),
    )


def _counted(
    request: HttpRequest,
    contract: Contract,
    form: forms.DeadlineForm,
    save: Callable[[], Deadline],
    **extra: Any,
) -> HttpResponse:
    """The form of a deadline, with the button that shows its computation."""
    extra |= {"template": DEADLINE_FORM, "preview_label": _("Compute the end")}
    return form_page(request, contract, form, save, **extra)


def _preview(
    request: HttpRequest, row: Deadline, form: forms.DeadlineForm, title: str
) -> HttpResponse:
    """The steps for what stands in the form now, nothing is saved."""
    context = framed(
        user_of(request),
        row.contract,
        form=form,
        title=title,
        back=row.get_absolute_url() if row.pk else row.contract.get_absolute_url(),
        steps=_steps(request, row),
        preview_label=_("Compute the end"),
        is_preview=True,
    )
    return page(request, DEADLINE_FORM, context, part="preview")


def _steps(request: HttpRequest, row: Deadline) -> list[StepRow]:
    """The computation of the typed values with the pauses of the row; empty while incomplete."""
    form = forms.PreviewForm(request.POST)
    if not form.is_valid():
        return []
    pauses: list[Pause | None] = [each.pause for each in row.pausing.all()] if row.pk else []
    typed = Deadline(contract=row.contract, **form.changes)
    return step_rows(compute(services.period_of(typed, [pause for pause in pauses if pause])).steps)


def done(request: HttpRequest, pk: int, deadline: int) -> HttpResponse:
    """Met: when, how, with proof. The one click in a list leads to this form."""
    row, user = _allowed(request, pk, deadline, can_do_deadline)
    if request.method == "POST" and "version" not in request.POST:
        return redirect(request.path)
    form = forms.DoneForm(*data_of(request), deadline=row)

    def save() -> str:
        services.complete(deadline=row, actor=user, today=timezone.localdate(), **form.cleaned_data)
        return row.contract.get_absolute_url()

    return _step(
        request, row, form, save, title=_("Complete deadline"), saved=_("The deadline is done.")
    )


def end(request: HttpRequest, pk: int, deadline: int) -> HttpResponse:
    """It no longer counts: why."""
    row, user = _allowed(request, pk, deadline, can_change_deadline)
    form = forms.EndForm(*data_of(request), deadline=row)

    def save() -> Deadline:
        return services.end_deadline(
            deadline=row,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            reason=form.cleaned_data["note"],
        )

    return _step(
        request,
        row,
        form,
        save,
        title=_("End deadline"),
        saved=_("The deadline has ended."),
        intro=_("It no longer counts. It stays in the register with your reason."),
    )


def hand_over(request: HttpRequest, pk: int, deadline: int) -> HttpResponse:
    """Somebody else sees to it."""
    row, user = _allowed(request, pk, deadline, can_change_deadline)
    form = forms.HandOverForm(*data_of(request), deadline=row)

    def save() -> Deadline:
        return services.hand_over(
            deadline=row, actor=user, today=timezone.localdate(), **form.cleaned_data
        )

    return _step(
        request,
        row,
        form,
        save,
        title=_("Hand over deadline"),
        saved=_("The deadline has a new owner."),
        save_label=_("Hand over"),
    )


def _allowed(
    request: HttpRequest, pk: int, deadline: int, allowed: Callable[[User, Deadline], bool]
) -> tuple[Deadline, User]:
    """The deadline of a step the user may take; 404 or 403 for others."""
    user = user_of(request)
    row = get_visible_deadline(user, pk, deadline)
    if not allowed(user, row):
        raise PermissionDenied
    return row, user


def _step(
    request: HttpRequest,
    row: Deadline,
    form: WinbackForm,
    save: Callable[[], Any],
    *,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about an open deadline, with its name and end above."""
    return form_page(
        request,
        row.contract,
        form,
        save,
        saved=saved,
        back=row.get_absolute_url(),
        deadline=row,
        **extra,
    )
