"""Cases as ready strings: formatted once per row, so that templates only place them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from winback.cases.enums import Health, Status
from winback.cases.models import Case
from winback.cases.permissions import can_open_case, cases_of_contracts
from winback.clients.models import Client
from winback.common import casepages
from winback.common.clientpages import Panel, PanelRow
from winback.common.formats import (
    days_phrase,
    format_date,
    format_day,
    format_money_short,
)
from winback.contracts.enums import DeadlineKind
from winback.contracts.models import Contract

HEALTH_SHAPE = {Health.ON_TRACK: "ok", Health.AT_RISK: "warn", Health.CRITICAL: "crit"}
STATUS_SHAPE = {
    Status.OPEN: "open",
    Status.ACTIVE: "run",
    Status.RESTING: "wait",
    Status.WON: "done",
    Status.LOST: "no",
    Status.PARTED: "na",
}


def standing(case: Case) -> tuple[str, str]:
    """Shape and word: the health of an active case, else its status.

    A case nobody works on yet is not "on track"; that it is in danger is said all the same.
    """
    endangered = case.status == Status.OPEN and case.health != Health.ON_TRACK
    if case.status == Status.ACTIVE or endangered:
        return HEALTH_SHAPE[Health(case.health)], str(Health(case.health).label)
    return STATUS_SHAPE[Status(case.status)], str(Status(case.status).label)


def phase_label(case: Case) -> str:
    """``3 Sofortmaßnahmen``; a dash before the plan begins."""
    return f"{case.phase}\u00a0{case.get_phase_display()}" if case.phase else "–"


def _next_step(case: Case) -> str:
    return _("Wake the resting case up") if case.status == Status.RESTING else case.next_step


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list."""

    pk: int
    number: str
    client: str
    url: str
    shape: str
    standing: str
    phase: str
    owner: str
    next_step: str
    due: str
    late: bool
    value: str
    notice: str
    notice_on: str


def case_row(case: Case, today: date) -> CaseRow:
    """Needs ``with_row()``; no further statement."""
    shape, word = standing(case)
    notice_on = case.contract.notice_on if case.contract else None
    return CaseRow(
        pk=case.pk,
        number=case.number,
        client=case.client.name,
        url=case.get_absolute_url(),
        shape=shape,
        standing=word,
        phase=phase_label(case),
        owner=case.owner.short_name,
        next_step=_next_step(case) or "–",
        due=format_date(case.next_on),
        late=case.next_step_is_overdue(today),
        value=format_money_short(case.value_at_stake),
        notice=days_phrase(today, notice_on) if notice_on and notice_on >= today else "–",
        notice_on=format_date(notice_on),
    )


#: Heads of the exported columns.
CASE_COLUMNS = (
    gettext_lazy("Case number"),
    gettext_lazy("Client"),
    gettext_lazy("Case health or status"),
    gettext_lazy("Phase"),
    pgettext_lazy("person", "Owner"),
    gettext_lazy("Next step"),
    gettext_lazy("Due on"),
    gettext_lazy("Value at stake per year"),
    gettext_lazy("Last day to give notice"),
)


def case_record(case: Case, today: date) -> list[Any]:
    """One exported line below ``CASE_COLUMNS``; numbers and dates as such."""
    row = case_row(case, today)
    words = [row.number, row.client, row.standing, row.phase, row.owner, row.next_step]
    notice_on = case.contract.notice_on if case.contract else None
    return [*words, case.next_on, case.value_at_stake, notice_on]


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The fixed header: how is it, who owns it, what is next, how long until the deadline."""

    shape: str
    standing: str
    reasons: list[str]
    phase: str
    phase_name: str
    owner: str
    deputy: str
    step: str
    step_on: str
    step_late: bool
    clock: str
    clock_on: str
    clock_in: str
    primary: casepages.Link | None
    actions: list[tuple[str, str]]
    tabs: list[tuple[str, str, bool, str]]


def _reasons(case: Case) -> list[str]:
    """Set apart by dots on the page: one that a person wrote as a sentence loses its own."""
    return [reason.rstrip(".") for reason in case.health_reasons]


def case_head(case: Case, user: User, today: date, tab: str) -> CaseHead:
    """Everything above the tabs, and the tabs; needs ``with_header()``."""
    shape, word = standing(case)
    clock, clock_on = _clock(case.contract, today)
    primary = casepages.actions(user, case, primary=True)
    others = primary[1:] + casepages.actions(user, case, primary=False)
    return CaseHead(
        shape=shape,
        standing=word,
        reasons=_reasons(case) if case.status == Status.ACTIVE else [],
        phase=case.phase,
        phase_name=case.get_phase_display(),
        owner=case.owner.short_name,
        deputy=case.deputy.short_name if case.deputy else "",
        step=_next_step(case),
        step_on=format_day(case.next_on),
        step_late=case.next_step_is_overdue(today),
        clock=clock,
        clock_on=format_date(clock_on),
        clock_in=days_phrase(today, clock_on) if clock_on else "",
        primary=primary[0] if primary else None,
        actions=[(link.label, link.url) for link in others],
        tabs=[(link.label, link.url, link.key == tab, "") for link in casepages.tabs(user, case)],
    )


def _clock(contract: Contract | None, today: date) -> tuple[str, date | None]:
    """What runs out first: the last day to give notice, or an earlier open deadline; and when.

    A notice day that has passed gives way to the next deadline.
    """
    notice = _("Last day to give notice")
    if contract is None:
        return notice, None
    first, last = contract.next_deadline_on, contract.notice_on
    if first is None or (last is not None and today <= last <= first):
        return notice, last
    if contract.next_deadline_kind == DeadlineKind.NOTICE:
        return notice, first
    return contract.next_deadline_title or contract.get_next_deadline_kind_display(), first


def contract_frame(user: User, contract_id: int, today: date) -> dict[str, Any] | None:
    """The context of a sub page in the newest visible case of a contract; one statement."""
    case = cases_of_contracts(user).with_header().filter(contract=contract_id).first()
    if case is None:
        return None
    return {"base": "cases/case_base.html", **case_context(case, user, today, "contract")}


def case_context(case: Case, user: User, today: date, tab: str, **extra: Any) -> dict[str, Any]:
    """The context of every sub page of a case; ``tab`` is the current one."""
    return {"case": case, "head": case_head(case, user, today, tab), "tab": tab, **extra}


def client_panel(user: User, client: Client) -> Panel:
    """The client's cases the user may see, for the client's page; one statement."""
    cases = Case.objects.visible_to(user).filter(client=client)
    return Panel(
        key="cases",
        title=_("Cases"),
        rows=[
            PanelRow(case.number, case.get_absolute_url(), *standing(case), phase_label(case))
            for case in cases
        ],
        empty=_("No case yet."),
        action_label=_("New case"),
        action_url=f"{reverse('cases:create')}?kunde={client.pk}" if can_open_case(user) else "",
    )


def live_cases(user: User, clients: Sequence[int]) -> Mapping[int, int]:
    """How many live cases each client has that the user may see; one statement."""
    cases = Case.objects.visible_to(user).live().filter(client__in=clients)
    return dict(cases.values_list("client").order_by().annotate(Count("pk")))
