"""Pages of expectations, contact rhythm and communication matrix."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.common.htmx import page
from winback.dialogue import forms, services
from winback.dialogue.models import CommunicationWay, ContactRhythm, Expectation, Interaction
from winback.dialogue.permissions import can_record_talk
from winback.dialogue.rows import agreements, contacts, talks
from winback.dialogue.views.base import case_for, part_context, row_for, step


@require_safe
def expectation_list(request: HttpRequest, number: str) -> HttpResponse:
    """What the client expects, and what he decided knowing what it takes."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    found = list(Expectation.objects.filter(case=case).select_related("contact"))
    for row in found:
        row.case = case
    rows = [agreements.expectation_row(row) for row in found]
    context = part_context(case, user, today, "expectations") | {
        "rows": rows,
        "to_tell": sum(row.to_tell for row in rows),
        "may_work": can_work_on_case(user, case),
    }
    return page(request, "dialogue/expectation_list.html", context)


def _expected(case: Case) -> str:
    return reverse("dialogue:expectations", args=[case.number])


def expectation_new(request: HttpRequest, number: str) -> HttpResponse:
    case, user, _today = case_for(request, number)
    form = forms.ExpectationForm(request.POST or None, case=case)

    def save() -> str:
        services.record_expectation(case=case, actor=user, changes=form.changes, reason=form.reason)
        return _expected(case)

    title, back = _("Record expectation"), _expected(case)
    return step(request, case, form, save, title=title, back=back, saved=_("Recorded."))


def expectation_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return _change_expectation(request, number, pk, forms.ExpectationForm, _("Edit expectation"))


def expectation_decide(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return _change_expectation(request, number, pk, forms.DecisionForm, _("The client's decision"))


def _change_expectation(
    request: HttpRequest, number: str, pk: int, form_class: type[Any], title: str
) -> HttpResponse:
    row, user, _today = row_for(request, Expectation, number, pk)
    form = form_class(request.POST or None, case=row.case, row=row)

    def save() -> str:
        services.change_expectation(
            expectation=row,
            version=form.version,
            actor=user,
            changes=form.changes,
            reason=form.reason,
        )
        return _expected(row.case)

    extra = {"back": _expected(row.case), "saved": _("Saved."), "intro": row.what}
    return step(request, row.case, form, save, title=title, **extra)


@require_safe
def ways(request: HttpRequest, number: str) -> HttpResponse:
    """How we keep in touch: rhythm, contacts and their consents, matrix."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    found = ContactRhythm.objects.filter(case=case, ended_on=None).with_last_contact()
    rhythms = list(found.select_related("contact", "owner"))
    matrix = list(CommunicationWay.objects.filter(case=case, ended_on=None))
    for row in (*rhythms, *matrix):
        row.case = case
    last_on = Interaction.objects.filter(case=case).last_contact()
    context = part_context(case, user, today, "ways") | {
        "last": talks.last_contact(last_on, today),
        "rhythms": [agreements.rhythm_row(each, today) for each in rhythms],
        "contacts": contacts.contact_rows(case, today),
        "matrix": [(each, each.url("edit"), each.url("end")) for each in matrix],
        "may_work": can_work_on_case(user, case),
        "may_keep": can_record_talk(user, case),
    }
    return page(request, "dialogue/ways.html", context)


def _ways(case: Case) -> str:
    return reverse("dialogue:ways", args=[case.number])


def rhythm_new(request: HttpRequest, number: str) -> HttpResponse:
    case, user, today = case_for(request, number)
    form = forms.RhythmForm(request.POST or None, case=case, initial={"owner": user})

    def save() -> str:
        services.agree_rhythm(
            case=case, actor=user, today=today, changes=form.changes, reason=form.reason
        )
        return _ways(case)

    title, back = _("Agree contact rhythm"), _ways(case)
    return step(request, case, form, save, title=title, back=back, saved=_("The rhythm is agreed."))


def rhythm_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row, user, today = row_for(request, ContactRhythm, number, pk, can_record_talk)
    form = forms.RhythmForm(request.POST or None, case=row.case, row=row)

    def save() -> str:
        services.change_rhythm(
            rhythm=row,
            version=form.version,
            actor=user,
            today=today,
            changes=form.changes,
            reason=form.reason,
        )
        return _ways(row.case)

    title, back = _("Edit contact rhythm"), _ways(row.case)
    return step(request, row.case, form, save, title=title, back=back, saved=_("Saved."))


def rhythm_end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row, user, today = row_for(request, ContactRhythm, number, pk, can_record_talk)
    form = forms.EndForm(request.POST or None, row=row)

    def save() -> str:
        data = form.cleaned_data
        services.end_rhythm(
            rhythm=row,
            version=data["version"],
            actor=user,
            today=today,
            reason=data["reason_text"],
        )
        return _ways(row.case)

    title, back = _("End contact rhythm"), _ways(row.case)
    return step(request, row.case, form, save, title=title, back=back, saved=_("Saved."))


def way_new(request: HttpRequest, number: str) -> HttpResponse:
    case, user, _today = case_for(request, number)
    form = forms.WayForm(request.POST or None, case=case)

    def save() -> str:
        services.agree_way(case=case, actor=user, changes=form.changes, reason=form.reason)
        return _ways(case)

    title, back = _("Agree communication way"), _ways(case)
    return step(request, case, form, save, title=title, back=back, saved=_("Recorded."))


def way_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row, user, _today = row_for(request, CommunicationWay, number, pk)
    form = forms.WayForm(request.POST or None, case=row.case, row=row)

    def save() -> str:
        services.change_way(
            way=row, version=form.version, actor=user, changes=form.changes, reason=form.reason
        )
        return _ways(row.case)

    title, back = _("Edit communication way"), _ways(row.case)
    return step(request, row.case, form, save, title=title, back=back, saved=_("Saved."))


def way_end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row, user, today = row_for(request, CommunicationWay, number, pk)
    form = forms.EndForm(request.POST or None, row=row)

    def save() -> str:
        data = form.cleaned_data
        services.end_way(
            way=row,
            version=data["version"],
            actor=user,
            today=today,
            reason=data["reason_text"],
        )
        return _ways(row.case)

    title, back = _("Remove communication way"), _ways(row.case)
    return step(request, row.case, form, save, title=title, back=back, saved=_("Saved."))
