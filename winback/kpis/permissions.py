"""Who may see KPIs, set them up and enter values."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.models import User
from winback.cases.models import Case
from winback.cases.permissions import can_list_cases, can_work_on_case, get_visible_case
from winback.kpis.models import CaseKpi, Measurement


def get_visible_kpi(user: User, number: str, key: str) -> tuple[Case, CaseKpi]:
    """Fetch a KPI with its course inside a case the user may see. Anything else is 404."""
    case = get_visible_case(user, number)
    kpi = get_object_or_404(case.kpis.with_course(), definition__key=key)
    kpi.case = case
    return case, kpi


def get_visible_measurement(user: User, number: str, key: str, pk: int) -> Measurement:
    """Fetch a measurement of the named KPI in a case the user may see. Anything else is 404."""
    case = get_visible_case(user, number)
    found = Measurement.objects.select_related("kpi__definition", "kpi__owner")
    row = get_object_or_404(found, kpi__case=case, kpi__definition__key=key, pk=pk)
    row.kpi.case = case
    return row


def can_list_kpis(user: User) -> bool:
    return can_list_cases(user)


def can_set_up_kpis(user: User, case: Case) -> bool:
    """Pick KPIs, agree baseline and target, name the owner, end the measuring."""
    return can_work_on_case(user, case)


def can_enter_values(user: User, kpi: CaseKpi) -> bool:
    """Those who work on the case, and the owner of the KPI; never in an ended case."""
    case = kpi.case
    is_owner = kpi.owner_id == user.pk and case.is_live
    return kpi.is_measured and (is_owner or can_work_on_case(user, case))


def can_enter_some(user: User, case: Case) -> bool:
    """May enter a value of at least one KPI; a statement only for those who own some."""
    if can_set_up_kpis(user, case):
        return True
    return case.is_live and case.kpis.measured().filter(owner=user).exists()
