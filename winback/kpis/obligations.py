"""What KPIs owe: the value of the next period; and what they say against the health of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from winback.common import health
from winback.common.obligations import Item, Kind, Query
from winback.kpis.enums import Standing
from winback.kpis.models import CaseKpi
from winback.kpis.rules import owed_period, period_label, period_text

KIND = "kpi_value"
#: From so many KPIs below their baseline on, the case is critical.
WORSE_IS_CRITICAL = 2


def find(query: Query) -> Iterable[Item]:
    """The next value of every KPI measured in an open or active case; one statement."""
    kpis = CaseKpi.objects.owing().select_related("definition", "case__client")
    if query.owner_ids is not None:
        kpis = kpis.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        kpis = kpis.filter(case=query.case_id)
    if query.due_until is not None:
        kpis = kpis.filter(due_on__lte=query.due_until)
    return [_item(kpi) for kpi in kpis]


def _item(kpi: CaseKpi) -> Item:
    frequency = kpi.definition.frequency
    period = owed_period(frequency, kpi.answered, kpi.added_on)
    assert kpi.due_on is not None  # the query left out what is measured as it occurs
    entry = reverse("kpis:measure", args=[kpi.case.number, kpi.definition.key])
    return Item(
        kind=KIND,
        pk=kpi.pk,
        title=_("Enter the value for %(period)s: %(kpi)s")
        % {"period": period_label(period, frequency), "kpi": kpi.definition.name},
        owner_id=kpi.owner_id,
        deputy_id=None,
        due_on=kpi.due_on,
        case_id=kpi.case_id,
        context=kpi.case.title,
        url=kpi.get_absolute_url(),
        done_url=f"{entry}?{urlencode({'periode': period_text(period, frequency)})}",
    )


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; ``reassign`` is the room's service."""
    return Kind(
        key=KIND,
        label=gettext_lazy("KPI values due"),
        find=find,
        reassign=reassign,
        lead_days=(2,),
        ends_with_case=True,
    )


def signals(case_id: int, today: date) -> Iterable[health.Signal]:
    """Overdue values, and KPIs worse than their baseline; one statement.

    A value stays worse while it is overdue: not measuring must not make a case healthier.
    """
    kpis = CaseKpi.objects.measured().filter(case=case_id).select_related("definition")
    rows = list(kpis)
    stale = [kpi.definition.name for kpi in rows if kpi.standing_at(today) == Standing.STALE]
    worse = [kpi.definition.name for kpi in rows if kpi.judgement == Standing.WORSE]
    if worse:
        level = health.CRITICAL if len(worse) >= WORSE_IS_CRITICAL else health.AT_RISK
        text = ngettext("KPI worse than the baseline", "KPIs worse than the baseline", len(worse))
        yield health.Signal(level, f"{text}: {', '.join(worse)}")
    if stale:
        text = ngettext("KPI value overdue", "KPI values overdue", len(stale))
        yield health.Signal(health.AT_RISK, f"{text}: {', '.join(stale)}")
