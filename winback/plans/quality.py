"""What may be missing in recovery plans."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import ALLOWS_WORK, Status
from winback.cases.models import Case, Qualification
from winback.common.quality import Check, Gap
from winback.plans.models import Measure


def without_plan(user: User, today: date) -> QuerySet[Case]:
    """Open cases with a go decision whose recovery plan nobody has started."""
    latest = Qualification.objects.filter(case=OuterRef("pk")).order_by("-decided_on", "-pk")
    open_cases = Case.objects.visible_to(user).filter(status=Status.OPEN)
    decided = open_cases.alias(decision=Subquery(latest.values("decision")[:1]))
    return decided.filter(decision__in=ALLOWS_WORK).select_related("client")


def without_reason(user: User, today: date) -> QuerySet[Measure]:
    """Open measures added by hand that answer nothing: no finding, cause, promise, amendment."""
    added = Measure.objects.visible_to(user).open().filter(template_key="")
    answers_nothing = added.filter(finding=None, cause=None, commitment=None, amendment=None)
    return answers_nothing.select_related("plan__case__client")


def _case_gap(case: Case) -> Gap:
    return Gap(case.client.name, case.get_absolute_url(), case.number)


def _measure_gap(measure: Measure) -> Gap:
    return Gap(measure.title, measure.get_absolute_url(), measure.plan.case.title)


CHECKS = (
    Check(
        "faelle-ohne-plan",
        12,
        gettext_lazy("Cases with a go but without plan"),
        gettext_lazy("The decision is made, but nothing has begun."),
        without_plan,
        _case_gap,
    ),
    Check(
        "massnahmen-ohne-anlass",
        35,
        gettext_lazy("Measures that answer nothing"),
        gettext_lazy("Without finding, cause or commitment their effect cannot be checked."),
        without_reason,
        _measure_gap,
    ),
)
