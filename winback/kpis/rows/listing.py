"""KPIs as rows: of one case with pictures, or of many cases in a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from winback.cases.models import Case
from winback.common.formats import NBSP, format_date, format_number
from winback.kpis.models import CaseKpi, Measurement
from winback.kpis.rows.pictures import Values, bullet_graph, spark
from winback.kpis.rows.words import (
    SHAPE,
    change_css,
    change_text,
    goal_text,
    progress_text,
    sentence,
    written,
)
from winback.kpis.rules import period_label


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI, ready to be placed; ``spark`` and ``bullet`` are safe SVG, empty in long lists."""

    name: str
    url: str
    case: str
    client: str
    case_url: str
    category: str
    owner: str
    shape: str
    standing: str
    value: str
    target: str
    target_on: str
    baseline: str
    #: "+13,2 Punkte zur Baseline, besser", with the colour class that goes with it
    change: str
    change_css: str
    #: "78 % des Weges"
    progress: str
    #: "13,2 Punkte besser als Baseline, 3,8 Punkte unter Ziel; 78 % des Weges."
    sentence: str
    sample: str
    period: str
    due: str
    late: bool
    spark: SafeString
    bullet: SafeString


#: Heads of the exported columns.
LIST_COLUMNS = (
    _("KPI"),
    _("Case number"),
    _("Client"),
    pgettext_lazy("kpi", "Standing"),
    pgettext_lazy("kpi", "Actual"),
    _("Period"),
    _("Sample size n"),
    pgettext_lazy("kpi", "Target"),
    _("Target date"),
    _("Baseline"),
    pgettext_lazy("person", "Owner"),
    _("Next value due"),
)


def kpi_record(kpi: CaseKpi, today: date) -> list[Any]:
    """One exported line below ``LIST_COLUMNS``; numbers and dates as such, in the KPI's unit."""
    row, goal, baseline = kpi_row(kpi, today), kpi.goal, kpi.baseline
    words = [row.name, row.case, row.client, row.standing]
    measured = [_trimmed(kpi.value), row.period, kpi.sample_size]
    wanted = _trimmed(goal.value if goal else None)
    aims = [row.target if goal and goal.upper is not None else wanted, goal and goal.due_on]
    start = _trimmed(baseline.value if baseline else None)
    return [*words, *measured, *aims, start, row.owner, kpi.due_on]


def _trimmed(value: Decimal | None) -> Decimal | None:
    """Without the zeros the column of the database pads it with."""
    return None if value is None else value.normalize()


def as_of(case: Case, today: date) -> date:
    """An ended case is judged as it stood on its last day."""
    return min(today, case.closed_on) if case.closed_on else today


def kpi_row(kpi: CaseKpi, today: date, values: Values | None = None) -> KpiRow:
    """Needs ``with_course()`` and the case with its client; no further statement."""
    case, definition, baseline, goal = kpi.case, kpi.definition, kpi.baseline, kpi.goal
    day = as_of(case, today)
    standing = kpi.standing_at(day)
    return KpiRow(
        name=definition.name,
        url=kpi.get_absolute_url(),
        case=case.number,
        client=case.client.name,
        case_url=case.get_absolute_url(),
        category=definition.get_category_display(),
        owner=kpi.owner.short_name,
        shape=SHAPE[standing],
        standing=str(standing.label),
        value=written(definition, kpi.value),
        target=goal_text(definition, goal),
        target_on=format_date(goal.due_on if goal else None),
        baseline=written(definition, baseline.value if baseline else None),
        change=change_text(kpi),
        change_css=change_css(kpi),
        progress=progress_text(kpi),
        sentence=sentence(kpi),
        sample=sample_text(kpi.sample_size),
        period=period_label(kpi.value_period, definition.frequency) if kpi.value_period else "–",
        due=format_date(kpi.due_on),
        late=kpi.due_on is not None and kpi.due_on < day,
        spark=SafeString() if values is None else spark(kpi, values, day),
        bullet=SafeString() if values is None else bullet_graph(kpi),
    )


def sample_text(sample_size: int | None) -> str:
    """``n = 96``, never parted by a line break; empty where it is not known."""
    if sample_size is None:
        return ""
    text = pgettext("kpi", "n = %(n)s") % {"n": format_number(sample_size)}
    return text.replace(" ", NBSP)


def kpi_rows(case: Case, today: date) -> list[KpiRow]:
    """All KPIs the case measures, in the order of the catalogue; two statements.

    The case comes with its client. Used by the case's pages and by the reports.
    """
    kpis = list(case.kpis.measured().with_course())
    for kpi in kpis:
        kpi.case = case
    values = values_of(kpis)
    return [kpi_row(kpi, today, values[kpi.pk]) for kpi in kpis]


def list_rows(kpis: Iterable[CaseKpi], today: date) -> list[KpiRow]:
    """Rows without pictures; no statement."""
    return [kpi_row(kpi, today) for kpi in kpis]


def values_of(kpis: Iterable[CaseKpi]) -> dict[int, dict[date, Decimal | None]]:
    """Everything measured, by KPI and period; one statement."""
    found: dict[int, dict[date, Decimal | None]] = defaultdict(dict)
    rows = Measurement.objects.filter(kpi__in=[kpi.pk for kpi in kpis])
    for kpi_id, period, value in rows.values_list("kpi", "period_start", "value"):
        found[kpi_id][period] = value
    return found
