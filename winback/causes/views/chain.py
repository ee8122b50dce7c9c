"""Asking why until the answer is something we can control."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from winback.causes import forms, services
from winback.causes.models import Cause
from winback.causes.views.base import allowed, step


def whys(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk)
    initial = {"version": cause.version}
    form = forms.WhysForm(request.POST or None, cause=cause, initial=initial)

    def save() -> Cause:
        return services.ask_why(
            cause=cause,
            version=form.cleaned_data["version"],
            actor=user,
            whys=form.whys,
            ends_with_us=form.cleaned_data["ends_with_us"],
            reason=form.reason,
        )

    intro = _("Ask why the answer before is so. Each answer needs a proof; none names a person.")
    return step(
        request, cause, form, save,
        title=_("Five whys"), saved=_("The chain is saved."), intro=intro, groups=form.groups,
    )  # fmt: skip
