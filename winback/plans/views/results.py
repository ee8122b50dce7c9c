"""What came of a talk, recorded from its minutes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import user_of
from winback.cases.permissions import can_work_on_case
from winback.cases.rows import case_context
from winback.common.forms import submit
from winback.dialogue.models import Interaction
from winback.dialogue.permissions import get_visible_row
from winback.plans import services
from winback.plans.forms import ResultsForm
from winback.plans.models import RecoveryPlan


def talk_results(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Several commitments and measures at once, each with owner and date, linked to the talk."""
    user, today = user_of(request), timezone.localdate()
    talk: Interaction = get_visible_row(Interaction, user, number, pk)
    if not can_work_on_case(user, talk.case):
        raise PermissionDenied
    plan = RecoveryPlan.objects.filter(case=talk.case).first()
    if plan is not None:
        plan.case = talk.case
    form = ResultsForm(request.POST or None, talk=talk, has_plan=plan is not None)

    def save() -> Interaction:
        services.record_results(
            talk=talk,
            plan=plan,
            actor=user,
            today=today,
            results=form.results,
            reason=form.reason,
        )
        return talk

    title, back = _("Record commitments and measures"), talk.get_absolute_url()
    context = case_context(talk.case, user, today, "dialogue", title=title, talk=talk, back=back)
    template = "plans/results_form.html"
    saved = _("Recorded.")
    return submit(request, form=form, template=template, context=context, save=save, saved=saved)
