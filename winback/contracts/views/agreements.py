"""Service lines, amendments and what the client owes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.common import duties
from winback.common.htmx import page
from winback.contracts import forms, services
from winback.contracts.models import Amendment, ClientObligation, ServiceLine
from winback.contracts.permissions import (
    can_change_amendment,
    can_keep_register,
    get_visible_amendment,
)
from winback.contracts.rows.register import amendment_facts, amendment_row, cooperation_row
from winback.contracts.views.base import data_of, form_page, framed, home, kept_contract


def line_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a position of the specification."""
    contract, user = kept_contract(request, pk)
    form = forms.LineForm(data_of(request)[0], contract=contract)

    def save() -> str:
        services.add_line(contract=contract, actor=user, changes=form.changes)
        return home(contract)

    title = _("Record service line")
    return form_page(request, contract, form, save, title=title, saved=_("Saved."))


def line_edit(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Change a position."""
    contract, user = kept_contract(request, pk)
    row = get_object_or_404(ServiceLine, contract=contract, pk=line)
    form = forms.LineForm(data_of(request)[0], contract=contract, instance=row)

    def save() -> str:
        services.change_line(line=row, version=form.version, actor=user, changes=form.changes)
        return home(contract)

    title = _("Edit service line")
    return form_page(request, contract, form, save, title=title, saved=_("Saved."))


@require_safe
def amendment(request: HttpRequest, pk: int, amendment: int) -> HttpResponse:
    """What was agreed, what both sides owe, and whether the suspension is at risk."""
    user, today = user_of(request), timezone.localdate()
    row = get_visible_amendment(user, pk, amendment)
    owed = duties.answering("amendment", [row.pk], today)
    asked = row.client_obligations.prefetch_related("pauses")
    context = framed(
        user,
        row.contract,
        title=row.title,
        amendment=row,
        row=amendment_row(row, owed, today),
        facts=amendment_facts(row),
        cooperation=[cooperation_row(each, today) for each in asked],
        add_url=f"{reverse('contracts:cooperation_add', args=[pk])}?nachtrag={row.pk}",
        may_change=can_change_amendment(user, row),
        may_keep=can_keep_register(user),
    )
    return page(request, "contracts/amendment_detail.html", context)


def amendment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an amendment or settlement paper."""
    contract, user = kept_contract(request, pk)
    data, files = data_of(request)
    form = forms.AmendmentForm(data, files, initial={"owner": user.pk})

    def save() -> Amendment:
        return services.record_amendment(
            contract=contract,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
            papers=form.papers,
        )

    title, saved = _("Record amendment"), _("The amendment is recorded.")
    return form_page(request, contract, form, save, title=title, saved=saved)


def amendment_edit(request: HttpRequest, pk: int, amendment: int) -> HttpResponse:
    """Correct an amendment."""
    row, user = _changeable(request, pk, amendment)
    data, files = data_of(request)
    form = forms.AmendmentForm(data, files, instance=row)

    def save() -> Amendment:
        return services.change_amendment(
            amendment=row,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
            papers=form.papers,
        )

    title, back = _("Edit amendment"), row.get_absolute_url()
    return form_page(request, row.contract, form, save, title=title, back=back, saved=_("Saved."))


def amendment_broken(request: HttpRequest, pk: int, amendment: int) -> HttpResponse:
    """Say that the agreement was broken."""
    row, user = _changeable(request, pk, amendment)
    form = forms.BreachForm(data_of(request)[0], amendment=row)

    def save() -> Amendment:
        return services.declare_broken(
            amendment=row,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            broken_on=form.cleaned_data["broken_on"],
            reason=form.cleaned_data["note"],
        )

    return form_page(
        request,
        row.contract,
        form,
        save,
        title=_("Declare amendment broken"),
        saved=_("The amendment is broken."),
        back=row.get_absolute_url(),
        intro=_("Final. The suspended termination right may revive: have it checked legally."),
        save_label=_("Declare broken"),
    )


def _changeable(request: HttpRequest, pk: int, amendment: int) -> tuple[Amendment, User]:
    user = user_of(request)
    row = get_visible_amendment(user, pk, amendment)
    if not can_change_amendment(user, row):
        raise PermissionDenied
    return row, user


def cooperation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the client owes; ``?nachtrag=`` names the amendment it comes from."""
    contract, user = kept_contract(request, pk)
    data, files = data_of(request)
    initial: dict[str, Any] = {"amendment": request.GET.get("nachtrag", "")}
    form = forms.ClientObligationForm(data, files, contract=contract, initial=initial)

    def save() -> str:
        services.record_client_obligation(
            contract=contract, actor=user, changes=form.changes, papers=form.papers
        )
        return home(contract)

    title = _("Record client obligation")
    return form_page(request, contract, form, save, title=title, saved=_("Saved."))


def cooperation_edit(request: HttpRequest, pk: int, obligation: int) -> HttpResponse:
    """Change it, for instance because the client gave it."""
    contract, user = kept_contract(request, pk)
    rows = ClientObligation.objects.select_related("contract")
    row = get_object_or_404(rows, contract=contract, pk=obligation)
    data, files = data_of(request)
    form = forms.ClientObligationForm(data, files, contract=contract, instance=row)

    def save() -> str:
        services.change_client_obligation(
            row=row, version=form.version, actor=user, changes=form.changes, papers=form.papers
        )
        return home(contract)

    title = _("Edit client obligation")
    return form_page(request, contract, form, save, title=title, saved=_("Saved."))
