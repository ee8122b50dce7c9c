"""Importing the shipped plan, and reading it for a start date."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plans.template import template_data
from winback.common.workdays import Bundesland, is_working_day
from winback.plans.models import MeasureTemplate, PhaseTemplate
from winback.plans.services import load_plan_template, template

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 8, 31)


def test_import_brings_five_phases_and_38_measures() -> None:
    assert load_plan_template(data=template_data()) == 43
    assert list(PhaseTemplate.objects.values_list("number", flat=True)) == list("12345")
    per_phase = [phase.measures.count() for phase in PhaseTemplate.objects.all()]
    assert per_phase == [7, 8, 7, 9, 7]
    assert PhaseTemplate.objects.get(number="3").gate == "Kriterien der Phase 3"


def test_import_keeps_owner_offset_recurrence_and_duty() -> None:
    load_plan_template(data=template_data())
    weekly = MeasureTemplate.objects.get(key="communication_reset_5")
    assert (weekly.owner_function, weekly.due_offset_days) == ("key_account_manager", 14)
    assert (weekly.recurrence, weekly.is_mandatory) == ("weekly", True)
    optional = MeasureTemplate.objects.get(key="analysis_audit_2")
    assert (optional.recurrence, optional.is_mandatory) == ("", False)


def test_import_again_changes_nothing() -> None:
    load_plan_template(data=template_data())
    with CaptureQueriesContext(connection) as captured:
        assert load_plan_template(data=template_data()) == 0
    assert not [q for q in captured if q["sql"].startswith(("INSERT", "UPDATE"))]


def test_import_follows_the_file_but_keeps_what_somebody_edited() -> None:
    load_plan_template(data=template_data())
    MeasureTemplate.objects.filter(key="analysis_audit_0").update(
        name_de="Unser Auftakt", edited=True
    )
    PhaseTemplate.objects.filter(key="analysis_audit").update(duration_days=42, edited=True)
    data = template_data()
    data["phases"][0]["duration_days"] = 30
    data["phases"][0]["measures"][0]["de"] = "Neuer Auftakt"
    data["phases"][0]["measures"][1]["due_offset_days"] = 12
    assert load_plan_template(data=data) == 1
    assert MeasureTemplate.objects.get(key="analysis_audit_0").name_de == "Unser Auftakt"
    assert MeasureTemplate.objects.get(key="analysis_audit_1").due_offset_days == 12
    assert PhaseTemplate.objects.get(key="analysis_audit").duration_days == 42


def test_import_leaves_what_is_gone_from_the_file() -> None:
    load_plan_template(data=template_data())
    data = template_data()
    removed = data["phases"][0]["measures"].pop()
    load_plan_template(data=data)
    assert MeasureTemplate.objects.filter(key=removed["key"]).exists()


def test_import_of_a_broken_file_stores_nothing() -> None:
    data = template_data()
    del data["phases"][4]["measures"][6]["owner"]
    with pytest.raises(KeyError):
        load_plan_template(data=data)
    assert not PhaseTemplate.objects.exists()


def test_import_of_an_unknown_rhythm_stores_nothing() -> None:
    data = template_data()
    data["phases"][1]["measures"][5]["recurrence"] = "hourly"
    with pytest.raises(ValueError, match="hourly"):
        load_plan_template(data=data)
    assert not MeasureTemplate.objects.exists()


def test_template_is_read_in_two_statements_and_in_order(template_loaded: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        shipped = template()
    assert len(captured) == 2
    assert [phase.number for phase in shipped.phases] == list("12345")
    assert shipped.measures[0].key == "analysis_audit_0"
    assert shipped.measures[-1].key == "monitoring_feedback_6"


def test_template_names_each_function_once(template_loaded: None) -> None:
    assert template().functions == [
        "key_account_manager",
        "quality_manager",
        "legal",
        "executive",
        "operations_lead",
        "regional_lead",
        "hr_development",
        "procurement",
    ]


def test_template_leaves_out_what_is_switched_off(template_loaded: None) -> None:
    MeasureTemplate.objects.filter(key="analysis_audit_2").update(active=False)
    PhaseTemplate.objects.filter(number="5").update(active=False)
    shipped = template()
    assert len(shipped.phases) == 4
    assert len(shipped.measures) == 38 - 1 - 7


@pytest.mark.parametrize("land", Bundesland.values)
def test_all_38_dates_are_working_days_of_the_land(land: str, template_loaded: None) -> None:
    planned = template().on(dt.date(2026, 12, 14), land)
    dues = [due_on for phase in planned for _measure, due_on in phase.measures]
    assert len(dues) == 38
    assert all(is_working_day(due_on, land) for due_on in dues)


def test_phases_overlap_and_count_from_the_start_of_the_plan(template_loaded: None) -> None:
    spans = [(each.starts_on, each.ends_on) for each in template().on(MONDAY, "HE")]
    assert spans == [
        (dt.date(2026, 8, 31), dt.date(2026, 9, 27)),
        (dt.date(2026, 9, 3), dt.date(2026, 10, 11)),
        (dt.date(2026, 9, 10), dt.date(2026, 11, 8)),
        (dt.date(2026, 10, 15), dt.date(2027, 1, 12)),
        (dt.date(2026, 11, 29), dt.date(2027, 8, 30)),
    ]
    assert all(before[1] > after[0] for before, after in itertools.pairwise(spans))


def test_phase_knows_its_first_and_last_date(template_loaded: None) -> None:
    first, *_rest = template().on(MONDAY, "HE")
    assert (first.first_due, first.last_due) == (dt.date(2026, 9, 3), dt.date(2026, 9, 24))
    MeasureTemplate.objects.filter(phase__number="1").update(active=False)
    first, *_rest = template().on(MONDAY, "HE")
    assert (first.first_due, first.last_due) == (None, None)


def test_dates_differ_by_land_where_the_holidays_do(template_loaded: None) -> None:
    """10 days after 27 December 2026 is Epiphany: a holiday in Bavaria, a working day in Hesse."""
    start = dt.date(2026, 12, 27)
    dues = {land: template().on(start, land)[0].measures[2][1] for land in ("BY", "BW", "ST", "HE")}
    holiday, next_day = dt.date(2027, 1, 6), dt.date(2027, 1, 7)
    assert dues == {"BY": next_day, "BW": next_day, "ST": next_day, "HE": holiday}
