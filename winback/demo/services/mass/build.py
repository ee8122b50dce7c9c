"""Filling an empty database with any number of cases, the same every time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils.translation import override

from accounts.enums import Role
from audits.models import TemplateVersion
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent, NumberRange
from winback.cases.services import refresh_health
from winback.clients.models import Site
from winback.demo.services.mass.audits import audit_case
from winback.demo.services.mass.case import close_case, open_case
from winback.demo.services.mass.crowd import Crowd, build_crowd
from winback.demo.services.mass.frame import Catalogue, Frame, Rows
from winback.demo.services.mass.kpis import measure_case
from winback.demo.services.mass.plans import plan_case
from winback.demo.services.mass.promises import promise
from winback.demo.services.reference import load_reference
from winback.kpis.models import CaseKpi, KpiDefinition
from winback.kpis.services import refresh_kpis
from winback.plans.services.template import template

#: Two years, the newest case opened today.
SPAN_DAYS = 730
CASES_PER_CLIENT = 2
_AUDIT, _KPI = "internal_service_audit", "response_time_sla"
_BATCH = 250


@dataclass(frozen=True, slots=True)
class Filled:
    """What the database holds now."""

    people: int
    cases: int
    events: int


@transaction.atomic
def fill(*, cases: int, today: date, now: datetime) -> Filled:
    """Make ``cases`` cases with two years of history, 200 users and 20 regions.

    Rows are stored in bulk, not by the verbs of the rooms; the stored copies (phase, health, the
    standing of KPIs) come from the same rules and services as in real work. The same ``cases``
    and ``today`` give the same rows. Numbers go on after those in use, so that a database that
    is not empty can be filled once as well.
    """
    with override("de"):
        load_reference(today=today)
        crowd = build_crowd(-(-cases // CASES_PER_CLIENT))
        catalogue = _catalogue()
        numbers = Counter(dict(NumberRange.objects.values_list("scope", "last")))
        for first in range(0, cases, _BATCH):
            rows = Rows()
            for place in range(first, min(first + _BATCH, cases)):
                opened_on = today - timedelta(days=SPAN_DAYS - SPAN_DAYS * (place + 1) // cases)
                frame = _frame(crowd, place, today, now, rows, numbers)
                _tell(frame, catalogue, opened_on)
            _store(rows, today, now)
        for scope, last in numbers.items():
            NumberRange.objects.update_or_create(scope=scope, defaults={"last": last})
    people = sum(len(users) for users in crowd.people.values())
    return Filled(people=people, cases=cases, events=CaseEvent.objects.count())


def _catalogue() -> Catalogue:
    version = TemplateVersion.objects.get(template__key=_AUDIT)
    return Catalogue(
        template=template(),
        kpi=KpiDefinition.objects.get(key=_KPI),
        version=version,
        questions=[each for group in version.groups.all() for each in group.questions.all()],
    )


def _frame(
    crowd: Crowd, place: int, today: date, now: datetime, rows: Rows, numbers: Counter[str]
) -> Frame:
    client, sites = crowd.clients[place // CASES_PER_CLIENT]
    return Frame(
        today=today,
        now=now,
        client=client,
        site=sites[place % len(sites)],
        lead=crowd.pick(Role.KEY_ACCOUNT_MANAGER, place),
        quality=crowd.pick(Role.QUALITY_MANAGER, place),
        operations=crowd.pick(Role.OPERATIONS, place),
        board=crowd.pick(Role.MANAGEMENT, place),
        rows=rows,
        numbers=numbers,
        chance=Random(f"case {place}"),  # noqa: S311  # invented data, the same every time
    )


def _tell(frame: Frame, catalogue: Catalogue, opened_on: date) -> None:
    open_case(frame, opened_on)
    if frame.case.status == Status.OPEN:
        return
    findings = audit_case(frame, catalogue)
    plan_case(frame, catalogue, findings)
    measure_case(frame, catalogue)
    promise(frame)
    close_case(frame)


def _store(rows: Rows, today: date, now: datetime) -> None:
    """Save one batch, then let the services compute what they keep as copies."""
    rows.save()
    _connect_sites(rows)
    refresh_kpis([kpi.pk for kpi in rows.of(CaseKpi)])
    for case in rows.of(Case):
        if case.is_live:
            refresh_health(case.pk, today=today, now=now)


def _connect_sites(rows: Rows) -> None:
    links = Case.sites.through
    clients = {case.client_id for case in rows.of(Case)}
    first = dict(
        Site.objects.filter(client__in=clients).order_by("-pk").values_list("client_id", "pk")
    )
    links.objects.bulk_create(
        links(case=case, site_id=first[case.client_id]) for case in rows.of(Case)
    )
