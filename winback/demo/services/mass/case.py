"""The case itself: opened, decided, staffed, and in the end closed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from winback.cases import rules
from winback.cases.enums import (
    Extent,
    Function,
    GoReason,
    LossKind,
    Status,
    Trigger,
    Verb,
)
from winback.cases.models import Case, CaseMember, Outcome, Qualification
from winback.demo.services.mass.frame import Frame

#: Until this age a case waits for its decision; before the other one none ends.
UNDECIDED_DAYS, SHORTEST_DAYS = 12, 150
DECIDED_AFTER = 4
_ENDS = (Status.WON, Status.WON, Status.LOST, Status.LOST, Status.PARTED)


def open_case(frame: Frame, opened_on: date) -> None:
    """Give the frame its case with the state it has today, its team and its decisions."""
    status, closed_on = _state(frame, opened_on)
    count = frame.count(rules.number_scope(opened_on))
    case = Case(
        number=rules.case_number(opened_on.year, count),
        client=frame.client,
        trigger=frame.chance.choice(Trigger.values),
        loss_kind=frame.chance.choice(LossKind.values),
        lost_on=opened_on - timedelta(days=frame.chance.randrange(40)),
        value_at_stake=Decimal(frame.chance.randrange(20, 900) * 1000),
        owner=frame.lead,
        is_confidential=frame.likely(3),
        opened_on=opened_on,
        closed_on=closed_on,
        status=status,
    )
    case.fill_keys()
    frame.case = case
    _plan_next(frame)
    frame.rows.add(case)
    frame.tell(Verb.OPENED, opened_on, frame.lead)
    _staff(frame)
    if status != Status.OPEN:
        _decide(frame)


def close_case(frame: Frame) -> None:
    """Record the outcome, where there is one."""
    case = frame.case
    if case.closed_on is None:
        return
    won = case.status == Status.WON
    frame.rows.add(
        Outcome(
            case=case,
            result=case.status,
            extent=Extent.WON_BACK if won else "",
            ended_on=case.closed_on,
            reasons="Leistung und Preis gaben den Ausschlag.",
            lessons="Früher und öfter mit dem Kunden sprechen.",
            annual_value_before=case.value_at_stake,
            annual_value_after=case.value_at_stake if won else None,
            recorded_by=frame.lead,
        )
    )
    frame.tell(Verb.CLOSED, case.closed_on, frame.lead, result=case.status)


def _state(frame: Frame, opened_on: date) -> tuple[Status, date | None]:
    age = (frame.today - opened_on).days
    if age < UNDECIDED_DAYS:
        return Status.OPEN, None
    if age > SHORTEST_DAYS and frame.likely(30 + age // 15):
        days = frame.chance.randrange(SHORTEST_DAYS, age)
        return frame.chance.choice(_ENDS), opened_on + timedelta(days=days)
    return (Status.RESTING if frame.likely(4) else Status.ACTIVE), None


def _plan_next(frame: Frame) -> None:
    case, ahead = frame.case, timedelta(days=frame.chance.randrange(-2, 30))
    if case.status == Status.RESTING:
        case.resting_until = frame.today + abs(ahead) + timedelta(days=30)
    elif case.is_live:
        case.next_step = "Offene Punkte mit dem Einkauf abstimmen"
        case.next_step_on = frame.today + ahead


def _staff(frame: Frame) -> None:
    team = {
        Function.KEY_ACCOUNT_MANAGER: frame.lead,
        Function.QUALITY_MANAGER: frame.quality,
        Function.OPERATIONS_LEAD: frame.operations,
    }
    for function, user in team.items():
        frame.rows.add(
            CaseMember(
                case=frame.case, user=user, function=function, joined_on=frame.case.opened_on
            )
        )


def _decide(frame: Frame) -> None:
    on = frame.after(DECIDED_AFTER)
    frame.rows.add(
        Qualification(
            case=frame.case,
            decision=GoReason.GO,
            decided_by=frame.board,
            decided_on=on,
            reasons="Strategisch wichtig, die Ursachen liegen bei uns.",
        )
    )
    frame.tell(Verb.DECIDED, on, frame.board, decision=GoReason.GO.value)
