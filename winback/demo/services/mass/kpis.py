"""What was measured: one KPI with baseline, target and the values of twelve months."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from winback.demo import rules
from winback.demo.services.mass.frame import Catalogue, Frame
from winback.kpis.enums import Verb
from winback.kpis.models import Baseline, CaseKpi, Measurement, Target
from winback.kpis.rules import period_end, period_start, previous_start, steps_back

MEASUREMENTS, MEASURED_AFTER = 12, 8


def measure_case(frame: Frame, catalogue: Catalogue) -> None:
    """Pick the KPI, release its baseline and target, enter the last twelve months."""
    on = frame.after(MEASURED_AFTER)
    kpi = CaseKpi(
        case=frame.case,
        definition=catalogue.kpi,
        owner=frame.operations,
        decision="Sondertermin mit der Objektleitung",
        added_on=on,
    )
    start = Decimal(frame.chance.randrange(70, 85))
    window_end = period_start(on, catalogue.kpi.frequency) - timedelta(days=1)
    baseline = Baseline(
        kpi=kpi,
        number=1,
        value=start,
        window_start=steps_back(window_end.replace(day=1), 2, catalogue.kpi.frequency),
        window_end=window_end,
        source="Ticketsystem",
        released_by=frame.operations,
        released_on=on,
    )
    target = Target(kpi=kpi, value=Decimal(95), due_on=on + timedelta(days=240))
    frame.rows.add(kpi, baseline, target, *_values(frame, kpi, start))
    frame.tell(Verb.PICKED, on, frame.lead, title=catalogue.kpi.name_de)


def _values(frame: Frame, kpi: CaseKpi, start: Decimal) -> list[Measurement]:
    frequency = kpi.definition.frequency
    last = previous_start(period_start(frame.end, frequency), frequency)
    periods = [steps_back(last, back, frequency) for back in reversed(range(MEASUREMENTS))]
    levels = rules.series(
        before=start,
        now=start + frame.chance.randrange(-2, 15),
        flat=2,
        rising=MEASUREMENTS - 2,
        noise=Decimal(2),
        chance=frame.chance,
    )
    values = rules.rounded(levels, kpi.definition.decimals, Decimal(100))
    return [
        Measurement(
            kpi=kpi,
            period_start=period,
            value=value,
            source="Ticketsystem",
            entered_by=frame.operations,
            entered_at=rules.moment(_entered_on(frame, period, frequency), 9, 30),
        )
        for period, value in zip(periods, values, strict=True)
    ]


def _entered_on(frame: Frame, period: date, frequency: str) -> date:
    return max(period_end(period, frequency) + timedelta(days=1), frame.case.opened_on)
