"""Pages of talks."""

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
from winback.cases.rows import case_context
from winback.common import duties
from winback.common.agenda import to_say
from winback.common.htmx import page
from winback.dialogue import forms, services
from winback.dialogue.filters import TalkFilter
from winback.dialogue.models import FollowUp, Interaction, MeetingSeries
from winback.dialogue.permissions import can_record_talk, get_visible_row
from winback.dialogue.rows import agreements, commitment_row, talks
from winback.dialogue.views.base import TAB, case_for, part_context, row_for, step


@require_safe
def talk_list(request: HttpRequest, number: str) -> HttpResponse:
    """The talks of one case, the meetings to come, and the call-backs agreed."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    held = list(Interaction.objects.filter(case=case).with_rows())
    form = TalkFilter(request.GET, talks=held)
    series = list(MeetingSeries.objects.filter(case=case).open().select_related("owner"))
    calls = list(FollowUp.objects.filter(case=case).open().select_related("owner", "contact"))
    for row in (*held, *series, *calls):
        row.case = case
    last_on = max((talk.held_on for talk in held if talk.is_two_sided), default=None)
    context = part_context(case, user, today, "talks") | {
        "filter_form": form,
        "rows": [talks.talk_row(talk) for talk in form.apply(held)],
        "count": len(held),
        "mood": talks.mood_line(held),
        "last": talks.last_contact(last_on, today),
        "series": [agreements.series_row(each, today) for each in series],
        "calls": [agreements.followup_row(each, user, today) for each in calls],
        "may_record": can_record_talk(user, case),
        "may_work": can_work_on_case(user, case),
        "untold": to_say(case),
    }
    return page(request, "dialogue/talk_list.html", context)


@require_safe
def detail(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One talk: what was said, admitted, agreed, and what came of it."""
    user, today = user_of(request), timezone.localdate()
    talk: Interaction = get_visible_row(Interaction, user, number, pk)
    given = list(talk.commitments.with_people())
    measures = duties.answering("interaction", [talk.pk], today).get(talk.pk, [])
    context = case_context(talk.case, user, today, TAB, title=talk.subject, talk=talk) | {
        "facts": talks.talk_facts(talk),
        "texts": talks.texts(talk),
        "admissions": talks.admissions(talk),
        "gaps": talks.gaps(talk),
        "untold": to_say(talk.case, talk.held_on) if talk.is_crisis_talk else None,
        "given": [commitment_row(each, user, today) for each in given],
        "measures": measures,
        "calls": talk.followups.select_related("contact"),
        "may_record": can_record_talk(user, talk.case),
        "may_work": can_work_on_case(user, talk.case),
        "versions": talk.version - 1,
    }
    return page(request, "dialogue/talk_detail.html", context)


def talk_new(request: HttpRequest, number: str) -> HttpResponse:
    """Record a talk of any kind."""
    case, user, _today = case_for(request, number, can_record_talk)
    initial = {"our_people": [user]} if request.method != "POST" else {}
    return record_with(request, case, initial=initial, fixed={})


def series_record(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record the round of a meeting series; its kind, title and agenda are known."""
    series, user, _today = row_for(request, MeetingSeries, number, pk)
    initial = {
        "kind": series.kind,
        "subject": series.title,
        "channel": series.channel,
        "our_people": [user],
    }
    fixed = {"series": series, "agenda": series.agenda}
    return record_with(request, series.case, initial=initial, fixed=fixed)


def record_with(
    request: HttpRequest,
    case: Case,
    *,
    initial: dict[str, Any],
    fixed: dict[str, Any],
    form_class: type[forms.TalkForm] = forms.TalkForm,
) -> HttpResponse:
    """The form of a new talk; ``fixed`` is known and not asked for."""
    form = form_class(request.POST or None, case=case, initial=initial)

    def save() -> Interaction:
        return services.record_talk(
            case=case, actor=user_of(request), changes=form.changes | fixed, reason=form.reason
        )

    return step(
        request,
        case,
        form,
        save,
        title=_("Record talk"),
        back=reverse("dialogue:talks", args=[case.number]),
        saved=_("The talk is recorded. Add minutes, and what came of it."),
    )


def talk_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return _change(request, number, pk, forms.TalkForm, _("Correct talk"))


def talk_minutes(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return _change(request, number, pk, forms.MinutesForm, _("Minutes"))


def talk_admission(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    return _change(request, number, pk, forms.AdmissionForm, _("Admission and making good"))


def _change(
    request: HttpRequest, number: str, pk: int, form_class: type[Any], title: str
) -> HttpResponse:
    talk, user, _today = row_for(request, Interaction, number, pk, can_record_talk)
    form = form_class(request.POST or None, case=talk.case, row=talk)

    def save() -> Interaction:
        return services.change_talk(
            talk=talk,
            version=form.version,
            actor=user,
            changes=form.changes,
            reason=form.reason,
        )

    back = talk.get_absolute_url()
    return step(request, talk.case, form, save, title=title, back=back, saved=_("Saved."))


def talk_share(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Let the client see the record: a page of its own, so that nobody shares by accident."""
    talk, user, today = row_for(request, Interaction, number, pk)
    form = forms.ConfirmForm(request.POST or None, row=talk)

    def save() -> Interaction:
        version = form.cleaned_data["version"]
        return services.share(talk=talk, version=version, actor=user, today=today)

    return step(
        request,
        talk.case,
        form,
        save,
        title=_("Share with the client"),
        back=talk.get_absolute_url(),
        saved=_("The record is shared with the client."),
        save_label=_("Share record"),
        intro=_("Reports and papers for the client may show this record from now on: %(talk)s.")
        % {"talk": talk.subject},
    )


def talk_withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    talk, user, _today = row_for(request, Interaction, number, pk)
    form = forms.EndForm(request.POST or None, row=talk)

    def save() -> Interaction:
        data = form.cleaned_data
        return services.withdraw_sharing(
            talk=talk, version=data["version"], actor=user, reason=data["reason_text"]
        )

    return step(
        request,
        talk.case,
        form,
        save,
        title=_("Make internal again"),
        back=talk.get_absolute_url(),
        saved=_("The record is internal again."),
        save_label=_("Make internal"),
    )
