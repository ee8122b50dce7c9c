"""New entries of a case: steps, tenders, successes, lessons, decisions on resources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import user_of
from winback.cases import forms, services
from winback.cases.models import Case, Tender
from winback.cases.permissions import can_edit_case, can_keep_records, get_visible_case
from winback.cases.views.base import case_form


def _success(case: Case, form: Any, user: User) -> None:
    services.record_success(case=case, actor=user, changes=form.changes)


def _lesson(case: Case, form: Any, user: User) -> None:
    services.propose_lesson(case=case, actor=user, today=timezone.localdate(), changes=form.changes)


def _resources(case: Case, form: Any, user: User) -> None:
    services.decide_resources(case=case, actor=user, changes=form.changes)


def _site(case: Case, form: Any, user: User) -> None:
    services.write_site_facts(case=case, actor=user, changes=form.changes)


def _step(case: Case, form: Any, user: User) -> None:
    data = form.cleaned_data
    services.plan_step(
        case=case,
        actor=user,
        today=timezone.localdate(),
        title=data["title"],
        level=data["level"],
        helper=data["helper"],
        owed=services.Owed(data["owner"], data["due_on"]),
    )


def _tender(case: Case, form: Any, user: User) -> None:
    write_tender(Tender(case=case), 0, form, user)


def write_tender(tender: Tender, version: int, form: forms.TenderForm, user: User) -> None:
    """Save a new or known tender from its form."""
    data = form.cleaned_data
    complete = data["owner"] is not None and data["due_on"] is not None
    services.write_tender(
        tender=tender,
        version=version,
        actor=user,
        today=timezone.localdate(),
        changes=form.facts,
        owed=services.Owed(data["owner"], data["due_on"]) if complete else None,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of entry: its form, its title, what saves it, where it leads back to."""

    form: Callable[..., Any]
    title: Any  # lazy
    save: Callable[[Case, Any, User], None]
    back: str = "cases:decisions"
    allowed: Callable[[User, Case], bool] = can_edit_case


ENTRIES = {
    "erfolg": Entry(
        forms.SuccessForm, gettext_lazy("Record success"), _success, allowed=can_keep_records
    ),
    "lehre": Entry(
        forms.LessonForm, gettext_lazy("Propose lesson"), _lesson, allowed=can_keep_records
    ),
    "objekt": Entry(forms.SiteForm, gettext_lazy("Facts of a site"), _site),
    "ressourcen": Entry(
        forms.ResourceForm,
        gettext_lazy("Decide conflict over resources"),
        _resources,
        "cases:team",
    ),
    "eskalationsschritt": Entry(
        forms.StepForm, gettext_lazy("Plan escalation step"), _step, "cases:escalation"
    ),
    "ausschreibung": Entry(
        forms.TenderForm,
        gettext_lazy("Record tender"),
        _tender,
        "cases:tenders",
        can_keep_records,
    ),
}


def entry(request: HttpRequest, number: str, entry: str) -> HttpResponse:
    """A form for one new entry; an unknown kind is 404."""
    user, wanted = user_of(request), ENTRIES.get(entry)
    if wanted is None:
        raise Http404(entry)
    case = get_visible_case(user, number)
    if not wanted.allowed(user, case):
        raise PermissionDenied
    form = wanted.form(request.POST or None, case=case)
    back = reverse(wanted.back, args=[number])

    def save() -> str:
        wanted.save(case, form, user)
        return back

    return case_form(
        request,
        case,
        title=wanted.title,
        form=form,
        save=save,
        saved=_("Saved."),
        cancel_url=back,
    )
