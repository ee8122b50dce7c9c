"""Tell first: recording which findings the client has heard from us."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import user_of
from audits import forms, services
from audits.models import Finding
from audits.permissions import can_take_back_disclosure
from audits.services import Telling
from audits.views.findings import with_reason
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.common.forms import submit


def disclose(request: HttpRequest, number: str) -> HttpResponse:
    """What the client was told in one talk; ``?nummer=`` ticks one finding, ``?am=`` is the day."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_work_on_case(user, case):
        raise PermissionDenied
    initial = _initial(request, case) | {"told_by": user.pk}
    form = forms.DisclosureForm(request.POST or None, case=case, initial=initial)
    back = reverse("audits:case_list", args=[case.number])

    def save() -> str:
        data = form.cleaned_data
        telling = Telling(data["told_on"], data["told_by"], data["words"])
        services.disclose(case=case, findings=data["findings"], actor=user, telling=telling)
        return back

    return submit(
        request,
        form=form,
        template="audits/disclosure_form.html",
        context=case_context(
            case, user, today, "audits", title=_("What the client was told"), back=back
        ),
        save=save,
        saved=_("Recorded: the client knows it from us."),
    )


def _initial(request: HttpRequest, case: Case) -> dict[str, Any]:
    """All that is untold is ticked, unless the address names one; nonsense names nothing."""
    untold = Finding.objects.filter(audit__case=case).undisclosed()
    number = request.GET.get("nummer")
    ticked = untold.filter(number=number) if number else untold
    try:
        day = date.fromisoformat(request.GET.get("am", ""))
    except ValueError:
        day = timezone.localdate()
    return {"findings": list(ticked.values_list("pk", flat=True)), "told_on": day}


def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """The entry was wrong, with a reason."""
    return with_reason(
        request,
        number,
        can_take_back_disclosure,
        services.take_back_disclosure,
        _("The client was not told after all"),
        _("The entry is taken back."),
    )
