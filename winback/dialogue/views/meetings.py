"""Pages of meeting series and call-backs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import user_of
from winback.cases.models import Case
from winback.common.workdays import next_working_day
from winback.dialogue import forms, services
from winback.dialogue.models import FollowUp, MeetingSeries, land_of
from winback.dialogue.permissions import can_call_back, get_visible_row
from winback.dialogue.views.base import case_for, row_for, step, talk_of


def _home(case: Case) -> str:
    return reverse("dialogue:talks", args=[case.number])


def series_new(request: HttpRequest, number: str) -> HttpResponse:
    case, user, today = case_for(request, number)
    form = forms.SeriesForm(request.POST or None, case=case, initial={"owner": user})

    def save() -> str:
        services.agree_series(
            case=case, actor=user, today=today, changes=form.changes, reason=form.reason
        )
        return _home(case)

    title, saved = _("Agree meeting series"), _("The meeting series is agreed.")
    return step(request, case, form, save, title=title, back=_home(case), saved=saved)


def series_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    series, user, today = row_for(request, MeetingSeries, number, pk)
    form = forms.SeriesForm(request.POST or None, case=series.case, row=series)

    def save() -> str:
        services.change_series(
            series=series,
            version=form.version,
            actor=user,
            today=today,
            changes=form.changes,
            reason=form.reason,
        )
        return _home(series.case)

    title, back = _("Edit meeting series"), _home(series.case)
    return step(request, series.case, form, save, title=title, back=back, saved=_("Saved."))


def series_end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    series, user, today = row_for(request, MeetingSeries, number, pk)
    form = forms.EndForm(request.POST or None, row=series)

    def save() -> str:
        data = form.cleaned_data
        services.end_series(
            series=series,
            version=data["version"],
            actor=user,
            today=today,
            reason=data["reason_text"],
        )
        return _home(series.case)

    return step(
        request,
        series.case,
        form,
        save,
        title=_("End meeting series"),
        back=_home(series.case),
        saved=_("The meeting series has ended."),
        intro=series.title,
        save_label=_("End series"),
    )


def followup_new(request: HttpRequest, number: str) -> HttpResponse:
    """Agree on a call-back; ``?gespraech=`` names the talk it comes from."""
    case, user, today = case_for(request, number)
    talk = talk_of(request, case)
    form = forms.FollowUpForm(request.POST or None, case=case, initial=_suggest(case, user, today))

    def save() -> Any:
        services.agree_followup(
            case=case,
            actor=user,
            today=today,
            changes=form.changes | {"interaction": talk},
            reason=form.reason,
        )
        return talk or _home(case)

    back = talk.get_absolute_url() if talk else _home(case)
    title, saved = _("Agree call-back"), _("The call-back is agreed.")
    return step(request, case, form, save, title=title, back=back, saved=saved)


def _suggest(case: Case, user: Any, today: date) -> dict[str, Any]:
    """Oneself, on the next working day after today: inquiries are answered without hesitation."""
    return {"owner": user, "due_on": next_working_day(_tomorrow(today), land_of(case))}


def _tomorrow(today: date) -> date:
    return date.fromordinal(today.toordinal() + 1)


def followup_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    followup, user, today = row_for(request, FollowUp, number, pk)
    form = forms.FollowUpForm(request.POST or None, case=followup.case, row=followup)

    def save() -> str:
        services.change_followup(
            followup=followup,
            version=form.version,
            actor=user,
            today=today,
            changes=form.changes,
            reason=form.reason,
        )
        return _home(followup.case)

    title, back = _("Edit call-back"), _home(followup.case)
    return step(request, followup.case, form, save, title=title, back=back, saved=_("Saved."))


def followup_done(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    user = user_of(request)
    followup: FollowUp = get_visible_row(FollowUp, user, number, pk)
    if not can_call_back(user, followup):
        raise PermissionDenied
    initial = {"done_on": timezone.localdate()}
    form = forms.FollowUpDoneForm(request.POST or None, row=followup, initial=initial)

    def save() -> str:
        services.make_followup(followup=followup, actor=user, **form.cleaned_data)
        return _home(followup.case)

    return step(
        request,
        followup.case,
        form,
        save,
        title=_("Call-back made"),
        back=_home(followup.case),
        saved=_("The call-back is made."),
        intro=followup.what,
    )
