"""A cause is confirmed, made the primary one or taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from winback.causes import forms, services
from winback.causes.models import Cause
from winback.causes.permissions import can_confirm
from winback.causes.views.base import allowed, home, step, step_form


def confirm(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk, can_confirm)
    form = step_form(request, cause)

    def save() -> Cause:
        today = timezone.localdate()
        return services.confirm(cause=cause, actor=user, today=today, **form.cleaned_data)

    return step(
        request,
        cause,
        form,
        save,
        title=_("Confirm cause"),
        saved=_("The cause is confirmed."),
        save_label=_("Confirm cause"),
        intro=_("The evidence shows that this cause is real."),
    )


def confirm_by_client(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk)
    initial = {"version": cause.version}
    today = timezone.localdate()
    data = request.POST or None
    form = forms.ClientConfirmForm(data, cause=cause, today=today, initial=initial)

    def save() -> Cause:
        return services.confirm_by_client(cause=cause, actor=user, **form.cleaned_data)

    return step(
        request,
        cause,
        form,
        save,
        title=_("Confirmation by the client"),
        saved=_("The client's confirmation is recorded."),
        save_label=_("Record the confirmation"),
        intro=cause.statement,
    )


def make_primary(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk)
    form = step_form(request, cause)

    def save() -> str:
        services.make_primary(cause=cause, actor=user, **form.cleaned_data)
        return home(number)

    return step(
        request,
        cause,
        form,
        save,
        title=_("Make it the primary cause"),
        saved=_("This is the primary cause now."),
        save_label=_("Make it the primary cause"),
        intro=_("Each case has exactly one. The mark leaves the cause that has it now."),
    )


def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk)
    form = step_form(request, cause)

    def save() -> str:
        services.remove(cause=cause, actor=user, **form.cleaned_data)
        return home(number)

    return step(
        request,
        cause,
        form,
        save,
        title=_("Remove cause"),
        saved=_("The cause is removed."),
        save_label=_("Remove cause"),
        intro=_("The cause disappears with its evidence; the history keeps that it was named."),
        danger=True,
    )
