"""The decisions of a case on one page, and the pages of facts behind them."""

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
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases import services
from winback.cases.forms import sheets as forms
from winback.cases.models import Aftercare, Case, PlanB, Sheet
from winback.cases.permissions import can_edit_case, can_keep_records, get_visible_case
from winback.cases.rows import case_context, steps
from winback.cases.rows import decisions as rows
from winback.cases.rows.facts import Section, entry_url
from winback.cases.rules import Score
from winback.cases.views.base import case_form
from winback.common.htmx import page


@require_safe
def decisions(request: HttpRequest, number: str) -> HttpResponse:
    """Everything decided about the case, and what the decisions rest on."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number, Case.objects.with_sheets())
    may_edit, may_keep = can_edit_case(user, case), can_keep_records(user, case)
    score = rows.case_score(case, today)
    decided = list(case.qualifications.select_related("decided_by"))
    context = case_context(
        case,
        user,
        today,
        "decisions",
        title=_("Decisions"),
        pages=rows.decision_pages(case, "decisions"),
        decided=rows.decision_facts(decided),
        scores=rows.score_rows(score) if score else [],
        sections=_sections(case, score, may_edit=may_edit, may_keep=may_keep),
        handovers=case.handovers.select_related("former", "successor"),
        lessons=case.lessons.all(),
        successes=case.successes.all(),
        may_edit=may_edit,
        may_keep=may_keep,
        entry_urls={key: entry_url(case, key) for key in ("lehre", "erfolg")},
    )
    return page(request, "cases/decisions.html", context)


def _sections(case: Case, score: Score | None, *, may_edit: bool, may_keep: bool) -> list[Section]:
    return [
        rows.assessment_section(case, score, may_edit=may_edit),
        rows.effort_section(case, may_edit=may_edit),
        rows.background_section(case, may_edit=may_edit),
        rows.sites_section(case, case.site_facts.select_related("site"), may_edit=may_edit),
        rows.approach_section(case, may_edit=may_edit),
        rows.farewell_section(case, may_edit=may_edit),
        steps.aftercare_section(case, may_edit=may_keep),
    ]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page of facts: its form, its title, where it leads back to."""

    form: type[forms.SheetForm]
    title: Any  # lazy
    back: str = "cases:decisions"
    intro: Any = ""
    allowed: Callable[[User, Case], bool] = can_edit_case


PAGES = {
    "beziehung": SheetPage(forms.RelationshipForm, gettext_lazy("Relationship and dependency")),
    "verlust": SheetPage(forms.LossForm, gettext_lazy("Circumstances of the loss")),
    "einschaetzung": SheetPage(
        forms.AssessmentForm,
        gettext_lazy("Assess the chances"),
        intro=gettext_lazy(
            "Judge each factor on its own. The score shows what speaks for trying; it decides "
            "nothing."
        ),
    ),
    "wert": SheetPage(
        forms.ValueForm,
        gettext_lazy("Second lifetime value"),
        intro=gettext_lazy(
            "What a second contract would bring. For comparison only: of lost clients 20 to 40 % "
            "are won back, of new ones 5 to 20 % (Marketing Metrics, after Griffin: all "
            "industries, not facility management). This is neither a forecast nor a target."
        ),
    ),
    "aufwand-geplant": SheetPage(forms.PlannedEffortForm, gettext_lazy("Planned effort")),
    "aufwand-tatsaechlich": SheetPage(forms.ActualEffortForm, gettext_lazy("Actual effort")),
    "erste-ansprache": SheetPage(forms.ApproachForm, gettext_lazy("First approach")),
    "mediation": SheetPage(forms.MediationForm, gettext_lazy("Mediation"), "cases:escalation"),
    "plan-b": SheetPage(forms.PlanBForm, gettext_lazy("Plan B"), "cases:tenders"),
    "abschied": SheetPage(
        forms.FarewellForm,
        gettext_lazy("Farewell"),
        intro=gettext_lazy("Who leaves on good terms can come back."),
    ),
    "auslastung": SheetPage(
        forms.TeamLoadForm,
        gettext_lazy("Work load of the team"),
        "cases:team",
        gettext_lazy("The whole team is judged, never a single person."),
    ),
    "nachbetreuung": SheetPage(
        forms.AftercareForm, gettext_lazy("Aftercare"), allowed=can_keep_records
    ),
}


def sheet(request: HttpRequest, number: str, sheet: str) -> HttpResponse:
    """One page of facts; an unknown name is 404."""
    user, wanted = user_of(request), PAGES.get(sheet)
    if wanted is None:
        raise Http404(sheet)
    case = get_visible_case(user, number)
    if not wanted.allowed(user, case):
        raise PermissionDenied
    row = wanted.form.sheet_of(case)
    form = wanted.form(request.POST or None, instance=row)
    back = reverse(wanted.back, args=[number])

    def save() -> str:
        _write(row, form, user)
        return back

    return case_form(
        request,
        case,
        title=wanted.title,
        form=form,
        save=save,
        saved=_("Saved."),
        intro=wanted.intro,
        cancel_url=back,
    )


def _write(row: Sheet, form: forms.SheetForm, user: User) -> None:
    """Call the service of the page."""
    if isinstance(form, forms.OwedForm):
        data = form.cleaned_data
        owed = services.Owed(data["owner"], data["due_on"])
        common: dict[str, Any] = {
            "version": form.version,
            "actor": user,
            "today": timezone.localdate(),
            "changes": form.facts,
            "owed": owed,
        }
        if isinstance(row, PlanB):
            services.write_plan_b(sheet=row, **common)
        elif isinstance(row, Aftercare):
            services.write_aftercare(sheet=row, **common)
        return
    services.write_sheet(
        sheet=row, version=form.version, actor=user, changes=form.changes, reason=form.reason
    )
