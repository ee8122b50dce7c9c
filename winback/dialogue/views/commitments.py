"""Pages of commitments: fetch and authorise in one line, form, service, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.common import duties
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.common.htmx import go, page
from winback.dialogue import forms, services
from winback.dialogue.models import Commitment, Interaction, land_of
from winback.dialogue.permissions import (
    can_change,
    can_keep,
    can_record_talk,
    get_visible_commitment,
)
from winback.dialogue.rows import (
    commitment_row,
    facts,
    in_order,
    is_breaking,
    standing,
    trust,
)
from winback.dialogue.rows.talks import last_contact
from winback.dialogue.views.base import TAB, case_for, part_context, step, talk_of
from winback.documents.views import send


@require_safe
def case_dialogue(request: HttpRequest, number: str) -> HttpResponse:
    """The commitments of one case: how many were kept, what is still to keep."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    given = list(Commitment.objects.filter(case=case).with_people())
    measures = duties.answering("commitment", [each.pk for each in given], today)
    rows = [
        commitment_row(each, user, today, measures.get(each.pk, ())) for each in in_order(given)
    ]
    context = part_context(case, user, today, "case") | {
        "rows": rows,
        "breaking": [row for row in rows if row.breaking and not row.forewarned],
        "trust": trust(given, land_of(case), today),
        "last": last_contact(Interaction.objects.filter(case=case).last_contact(), today),
        "may_give": can_work_on_case(user, case),
        "may_record": can_record_talk(user, case),
    }
    return page(request, "dialogue/case_dialogue.html", context)


def give(request: HttpRequest, number: str) -> HttpResponse:
    """Record what was promised to the client; ``?gespraech=`` names the talk it was given in."""
    case, user, today = case_for(request, number)
    talk = talk_of(request, case)
    initial = {"owner": user.pk} | ({"promised_on": talk.held_on} if talk else {})
    form = forms.CommitmentForm(request.POST or None, case=case, initial=initial)

    def save() -> Any:
        changes = form.changes | {"interaction": talk}
        services.give(case=case, actor=user, today=today, changes=changes, reason=form.reason)
        return talk or _home(number)

    back = talk.get_absolute_url() if talk else _home(number)
    extra = {"title": _("Record commitment"), "back": back, "saved": _("Recorded.")}
    return step(request, case, form, save, talk=talk, **extra)


@require_safe
def detail(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One commitment and what can be done with it."""
    user, today = user_of(request), timezone.localdate()
    commitment = get_visible_commitment(user, number, pk)
    shape, word = standing(commitment, today)
    measures = duties.answering("commitment", [pk], today).get(pk, [])
    may_change = can_change(user, commitment)
    context = case_context(commitment.case, user, today, TAB, title=commitment.what) | {
        "commitment": commitment,
        "shape": shape,
        "word": word,
        "facts": facts(commitment, today),
        "measures": measures,
        "breaking": is_breaking(commitment, measures, today),
        "may_keep": commitment.is_open and can_keep(user, commitment),
        "may_change": commitment.is_open and may_change,
        "may_tell": not commitment.is_open and may_change and not commitment.released_on,
    }
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
    form = forms.ReleaseForm(request.POST or None, request.FILES or None, commitment=commitment)

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


def forewarn(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record the word to the client before the date."""
    commitment, user = _allowed(request, number, pk, can_change)
    form = forms.ForewarnForm(request.POST or None, commitment=commitment)

    def save() -> Commitment:
        return services.forewarn(commitment=commitment, actor=user, **form.cleaned_data)

    return _step(
        request,
        commitment,
        form,
        save,
        title=_("Tell the client in advance"),
        saved=_("Recorded: the client knows before the date."),
        intro=_("The date stays. A delay announced in time costs less trust than a broken word."),
    )


def tell(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record that the client knows the result."""
    commitment, user = _allowed(request, number, pk, can_change)
    form = forms.TellForm(request.POST or None, commitment=commitment)

    def save() -> Commitment:
        return services.tell(commitment=commitment, actor=user, **form.cleaned_data)

    title, back = _("Result told to the client"), commitment.get_absolute_url()
    extra = {"saved": _("Recorded."), "intro": commitment.what}
    return step(request, commitment.case, form, save, title=title, back=back, **extra)


@require_safe
def proof(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The file in which the client released us from the promise."""
    commitment = get_visible_commitment(user_of(request), number, pk)
    if commitment.proof_document is None:
        raise Http404(number)
    return send(commitment.proof_document.current)


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
