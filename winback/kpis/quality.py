"""What may be missing in the KPIs of a case."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.formats import format_date
from winback.common.quality import Check, Gap
from winback.kpis.models import Baseline, CaseKpi


def _kpis(user: User) -> QuerySet[CaseKpi]:
    cases = Case.objects.visible_to(user).filter(status=Status.ACTIVE)
    return CaseKpi.objects.measured().filter(case__in=cases)


def without_kpi(user: User, today: date) -> QuerySet[Case]:
    """Active cases that measure nothing."""
    picked = CaseKpi.objects.measured().filter(case=OuterRef("pk"))
    active = Case.objects.visible_to(user).filter(status=Status.ACTIVE)
    return active.filter(~Exists(picked)).select_related("client")


def without_baseline(user: User, today: date) -> QuerySet[CaseKpi]:
    """KPIs of active cases without a baseline in force."""
    in_force = Baseline.objects.in_force().filter(kpi=OuterRef("pk"))
    return _kpis(user).filter(~Exists(in_force)).select_related("definition", "case__client")


def stale(user: User, today: date) -> QuerySet[CaseKpi]:
    """KPIs of active cases whose value is overdue."""
    return _kpis(user).filter(due_on__lt=today).select_related("definition", "case__client")


def _case_gap(case: Case) -> Gap:
    return Gap(case.client.name, case.get_absolute_url(), case.number)


def _kpi_gap(kpi: CaseKpi) -> Gap:
    due = f" · {format_date(kpi.due_on)}" if kpi.due_on else ""
    return Gap(kpi.definition.name, kpi.get_absolute_url(), f"{kpi.case.title}{due}")


CHECKS = (
    Check(
        "faelle-ohne-kennzahlen",
        30,
        gettext_lazy("Active cases without KPIs"),
        gettext_lazy("Nobody can show the client that it got better."),
        without_kpi,
        _case_gap,
    ),
    Check(
        "kennzahlen-ohne-baseline",
        31,
        gettext_lazy("KPIs without baseline"),
        gettext_lazy("Progress cannot be told from noise."),
        without_baseline,
        _kpi_gap,
    ),
    Check(
        "kennzahlen-ueberfaellig",
        32,
        gettext_lazy("KPIs whose value is overdue"),
        gettext_lazy("The newest value shown is an old one."),
        stale,
        _kpi_gap,
    ),
)
