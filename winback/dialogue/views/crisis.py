"""The crisis talk: its agenda begins with what the client has not heard from us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.common.agenda import to_say
from winback.common.htmx import page
from winback.dialogue import forms
from winback.dialogue.enums import InteractionKind
from winback.dialogue.permissions import can_record_talk
from winback.dialogue.rows import crisis
from winback.dialogue.views.base import TAB, case_for
from winback.dialogue.views.talks import record_with


@require_safe
def agenda(request: HttpRequest, number: str) -> HttpResponse:
    """What to say and in which order: to be read on the way, printed, or taken into the record."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    context = case_context(case, user, today, TAB, title=_("Agenda of the crisis talk")) | {
        "untold": to_say(case),
        "parts": crisis.parts(),
        "may_record": can_record_talk(user, case),
        "may_work": can_work_on_case(user, case),
    }
    return page(request, "dialogue/crisis.html", context)


def record(request: HttpRequest, number: str) -> HttpResponse:
    """Record the crisis talk along its agenda."""
    case, user, _today = case_for(request, number, can_record_talk)
    initial = {
        "kind": InteractionKind.CRISIS,
        "subject": InteractionKind.CRISIS.label,
        "our_people": [user],
        "agenda": crisis.agenda_text(to_say(case)),
    }
    return record_with(request, case, initial=initial, fixed={}, form_class=forms.CrisisTalkForm)
