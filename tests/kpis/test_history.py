"""What the history of a case tells about its KPIs, and what the row versions keep."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from tests.conftest import ClientFor
from tests.kpis.factories import DefinitionFactory, measured_kpi, reread
from tests.kpis.pages import text_of
from winback.cases.models import Case, CaseEvent
from winback.kpis import services
from winback.kpis.enums import Verb
from winback.kpis.models import CaseKpi
from winback.kpis.services import Entry

pytestmark = pytest.mark.django_db
D = Decimal
NOVEMBER = dt.date(2026, 11, 1)


def latest(case: Case) -> CaseEvent:
    event = case.events.first()
    assert event is not None
    return event


@pytest.mark.parametrize(
    ("verb", "german", "english"),
    [
        (Verb.PICKED, "Kennzahl aufgenommen", "KPI added"),
        (Verb.CHANGED, "Kennzahl geändert", "KPI changed"),
        (Verb.ENDED, "Kennzahl nicht mehr gemessen", "KPI no longer measured"),
        (Verb.BASELINE_RELEASED, "Baseline erfasst", "Baseline recorded"),
        (Verb.TARGET_SET, "Ziel gesetzt", "Target set"),
        (Verb.MEASURED, "Messwert eingetragen", "Measurement entered"),
        (Verb.CORRECTED, "Messwert korrigiert", "Measurement corrected"),
    ],
)
def test_every_verb_has_its_words(case: Case, verb: Verb, german: str, english: str) -> None:
    event = CaseEvent(case=case, verb=verb)
    with translation.override("de"):
        assert event.label == german
    with translation.override("en"):
        assert event.label == english


def test_the_whole_story_stands_in_the_history_newest_first(
    client_for: ClientFor, case: Case, kam: User, qm: User, today: dt.date
) -> None:
    definition = DefinitionFactory(name_de="Erstlösungsquote")
    (kpi,) = services.pick_kpis(
        case=case, actor=kam, today=today, definitions=[definition], owner=kam
    )
    services.change_kpi(
        kpi=reread(kpi), version=1, actor=kam, today=today, owner=qm, decision="QM-Runde"
    )
    services.measure(case=case, actor=qm, entries=[Entry(reread(kpi), NOVEMBER, D("61.5"))])
    row = reread(kpi).measurements.select_related("kpi__case", "kpi__definition").get()
    services.correct(
        measurement=row, version=2, actor=qm, changes={"value": D(60)}, reason="Tippfehler"
    )
    services.end_kpi(kpi=reread(kpi), version=3, actor=kam, today=today, reason="Los entfallen")
    page = text_of(client_for(kam).get(f"/faelle/{case.number}/verlauf/"))
    told = [
        "Kennzahl nicht mehr gemessen",
        "Los entfallen",
        "Messwert korrigiert",
        "Erstlösungsquote (November 2026): 61,5 % → 60,0 %",
        "Tippfehler",
        "Messwert eingetragen",
        "Erstlösungsquote: 61,5 % (November 2026)",
        "Kennzahl geändert",
        "Tim Wolf",
        "Kennzahl aufgenommen",
    ]
    places = [page.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)


def test_a_change_of_the_owner_is_a_row_version(
    running: CaseKpi, kam: User, qm: User, today: dt.date
) -> None:
    services.change_kpi(
        kpi=running, version=1, actor=kam, today=today, owner=qm, decision="QM-Runde"
    )
    newest, oldest = running.history.all()
    assert (newest.owner, newest.decision, newest.history_user) == (qm, "QM-Runde", kam)
    assert (oldest.owner, oldest.decision) == (kam, "")


def test_stored_copies_make_no_row_versions(running: CaseKpi, kam: User) -> None:
    before = running.history.count()
    services.measure(case=running.case, actor=kam, entries=[Entry(running, NOVEMBER, D(93))])
    assert running.history.count() == before
    fields = {field.name for field in running.history.model._meta.get_fields()}
    assert not fields & {"answered", "value", "due_on", "gain", "judgement"}


def test_the_values_of_an_event_can_be_read_by_machines(running: CaseKpi, kam: User) -> None:
    entries = [Entry(running, NOVEMBER, None), Entry(running, dt.date(2026, 8, 1), D("80.5"))]
    services.measure(case=running.case, actor=kam, entries=entries, reason="nachgetragen")
    data: dict[str, Any] = latest(running.case).data
    assert data == {
        "title": "2 Werte",
        "reason": "nachgetragen",
        "values": [
            {"kpi": "sla", "period": "2026-11-01", "value": None},
            {"kpi": "sla", "period": "2026-08-01", "value": "80.5"},
        ],
    }


def test_the_history_names_who_did_it(running: CaseKpi, kam: User, operativ: User) -> None:
    services.measure(case=running.case, actor=operativ, entries=[Entry(running, NOVEMBER, D(93))])
    assert latest(running.case).actor == operativ
    measurement = running.measurements.get(period_start=NOVEMBER)
    assert measurement.entered_by == operativ
    assert measurement.history.get().history_user == operativ


def test_a_refused_verb_leaves_no_trace(running: CaseKpi, kam: User) -> None:
    other = measured_kpi(kam, running.case)
    entries = [Entry(other, NOVEMBER, D(1)), Entry(running, dt.date(2026, 10, 1), D(1))]
    with pytest.raises(services.AlreadyMeasured):
        services.measure(case=running.case, actor=kam, entries=entries)
    assert not running.case.events.exists()
    assert other.measurements.model.history.filter(period_start=NOVEMBER).count() == 0
    assert reread(other).value_period == dt.date(2026, 10, 1)
