"""One case with everything in it, and what tests need to look at it from outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from audits.enums import AuditStatus, FindingStatus
from audits.models import Audit, Finding
from tests.access.test_access import ROLES, ROWS, Row
from tests.access.world import OBJECTS, People, own_case
from tests.audits.factories import AuditFactory, FindingFactory, answer_all
from tests.causes.factories import CauseFactory, prove
from tests.clients.factories import ContactFactory, SiteFactory
from tests.dialogue.factories import one_of_each
from tests.kpis.factories import measured_kpi
from tests.plans.factories import MeasureFactory, plan_of
from tests.reminders.factories import note
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent, HealthOverride, Outcome
from winback.cases.services import record, refresh_health
from winback.common import clock
from winback.kpis.models import CaseKpi
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure

TODAY = dt.date(2026, 11, 23)
ROOMS = ("accounts", "audits", "winback")
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass
class Stage:
    """A case of ``people.kam`` with one row of every kind that shows text."""

    people: People
    case: Case
    measure: Measure
    audit: Audit
    finding: Finding
    kpi: CaseKpi


def set_stage(people: People) -> Stage:
    """Build the case; about a hundred rows."""
    case = own_case(people)
    case.next_step, case.next_step_on = "Review-Meeting", dt.date(2026, 12, 1)
    case.situation, case.new_provider = "Reinigung stabil.", "Feinwerk Ostermark GmbH"
    case.situation_by, case.situation_at = people.kam, clock.now()
    case.save()
    case.sites.add(SiteFactory(client=case.client, city="Auental"))
    ContactFactory(client=case.client, function="Leitung FM", phone="06021 1", email="b@k.example")
    measure = MeasureFactory(plan=plan_of(case), description="Beschreibung", result="Geprüft")
    blocked = {"status": MeasureStatus.BLOCKED, "status_note": "Zugang fehlt"}
    MeasureFactory(plan=measure.plan, **blocked)
    MeasureFactory(plan=measure.plan, status=MeasureStatus.DROPPED, status_note="Entfällt")
    audit = AuditFactory(
        case=case, owner=people.auditor, status=AuditStatus.IN_PROGRESS, objective="Lage"
    )
    answer_all(audit)
    finding = FindingFactory(
        audit=audit, owner=people.operativ, place="Haus B", containment="Gesperrt"
    )
    FindingFactory(audit=audit, status=FindingStatus.WITHDRAWN, withdrawn_reason="Irrtum")
    prove(CauseFactory(case=case, primary=True))
    one_of_each(case)
    kpi = measured_kpi(people.kam, case)
    kpi.measurements.update(note="Zählung nachgeholt")
    note(people.kam, kind="plans.measure", context="Norhagen Bau AG")
    HealthOverride.objects.create(
        case=case, level="critical", reason="Vorstand verärgert", until=TODAY, set_by=people.kam
    )
    record(case, people.kam, "case.changed", title="Titel", reason="Grund", note="Notiz")
    refresh_health(case.pk, today=TODAY, now=clock.now())
    return Stage(people, case, measure, audit, finding, kpi)


def quiet_client(user: User | None = None) -> Client:
    """A client that shows an error as the answer 500, as a server would."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def who_may(row: Row, people: People, codes: Iterable[int] = (200, 302, 422)) -> User | None:
    """The first person whom the table lets in; None where nobody is."""
    for role, code in zip(ROLES, row.own, strict=False):
        if code in codes:
            found: User = getattr(people, role)
            return found
    return None


def url_for(row: Row, case: Case, people: People) -> str:
    return reverse(row.name, kwargs=OBJECTS[row.object](case, people) if row.object != "-" else {})


def page_urls(stage: Stage) -> list[tuple[User, str]]:
    """Every page that shows something, with somebody who may open it."""
    found = [
        (user, url_for(row, stage.case, stage.people))
        for row in ROWS
        if row.method == "GET" and (user := who_may(row, stage.people, [200]))
    ]
    kam, number = stage.people.kam, stage.case.number
    own = {
        "cases:health": [number],
        "plans:measure_detail": [number, stage.measure.number],
        "audits:detail": [stage.audit.number],
        "dashboards:finding": [stage.finding.number],
        "kpis:list": [],
        "kpis:case": [number],
        "kpis:enter": [number],
        "kpis:detail": [number, stage.kpi.definition.key],
        "kpis:baseline": [number, stage.kpi.definition.key],
        "kpis:target": [number, stage.kpi.definition.key],
    }
    return found + [(kam, reverse(name, args=args)) for name, args in own.items()]


def export_urls(stage: Stage) -> list[str]:
    """Everything that leaves as a spreadsheet."""
    names = (
        "cases:export", "dialogue:export", "audits:export", "audits:findings_export",
        "plans:measure_export", "kpis:export",
    )  # fmt: skip
    values = reverse("kpis:values", args=[stage.case.number, stage.kpi.definition.key])
    return [*map(reverse, names), values]


def own_models() -> list[type[models.Model]]:
    return [each for each in apps.get_models() if each.__module__.split(".")[0] in ROOMS]


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Columns in which people's words stand: no keys, choices, addresses or passwords."""
    kept_out = {"password", "key", "url", "verb", "kind", "number", "code", "template_key"}
    kept_out |= {"message_id", "sha256", "fingerprint", "scope", "period", "part"}
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.unique or field.name in kept_out)
    ]


def write_everywhere(text: str) -> int:
    """Put ``text`` into every column of words, as if people had typed it; counts the columns."""
    count = 0
    for model in own_models():
        if model.__name__.startswith("Historical"):
            continue
        for field in text_fields(model):
            _fill(model, field.name, text[: field.max_length])
            count += 1
    _write_json(text)
    return count


def _fill(model: type[models.Model], name: str, text: str) -> None:
    """Write to all rows; where a constraint objects, to those that have words, each its own."""
    try:
        with transaction.atomic():
            QuerySet(model).update(**{name: text})  # also what the product never changes
    except IntegrityError:
        rows: QuerySet[Any] = QuerySet(model).exclude(**{name: ""})
        for pk in list(rows.values_list("pk", flat=True)):
            rows.filter(pk=pk).update(**{name: f"{text[:-4]}{pk:04d}"})


def _write_json(text: str) -> None:
    words = dict.fromkeys(("title", "reason", "note", "before", "after", "user", "step"), text)
    QuerySet(CaseEvent).update(data=words)
    Case.objects.update(health_reasons=[text])


def snapshot() -> dict[str, list[Any]]:
    """All rows of the product, to compare before and after."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in own_models()
    }


class Written(CaptureQueriesContext):
    """Knows whether the requests inside wrote to a table of the product."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def tables(self) -> set[str]:
        known = {model._meta.db_table for model in own_models()}
        words = (query["sql"].split() for query in self.captured_queries)
        names = {
            word.strip('"(') for each in words if each and each[0] in _WRITES for word in each[:4]
        }
        return names & known


def closed_case(people: People) -> Case:
    """An ended case of ``kam`` with its outcome."""
    case = own_case(people)
    case.status, case.closed_on = Status.LOST, TODAY
    case.save()
    facts = {"result": Status.LOST, "ended_on": TODAY, "reasons": "Preis", "lessons": "Früher"}
    Outcome.objects.create(case=case, recorded_by=people.kam, **facts)
    return case


def patterns(
    found: Iterable[Any] | None = None, space: str = ""
) -> Iterable[tuple[str, URLPattern]]:
    """All patterns of the resolver with their full names."""
    for each in get_resolver().url_patterns if found is None else found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, f"{each.namespace or space}:")
        else:
            yield f"{space}{each.name}", each
