"""Addresses of plans and measures: below their case, and the list over all cases."""

from django.urls import path

from winback.common.sheets import sheet_paths
from winback.plans.views import checks, lists, measures, plan, results, steps

app_name = "plans"
_PLAN = "faelle/<str:number>/plan/"
_ONE = f"{_PLAN}massnahmen/<int:measure>/"
_FINDING = "feststellungen/<str:finding>/"
urlpatterns = [
    path("massnahmen/", lists.measure_list, name="measure_list"),
    *sheet_paths("massnahmen/", lists.measure_export, "measure_export"),
    path(_PLAN, plan.detail, name="detail"),
    path(
        "faelle/<str:number>/gespraeche/<int:pk>/ergebnisse/",
        results.talk_results,
        name="talk_results",
    ),
    path(f"{_PLAN}neu/", plan.create, name="create"),
    path(f"{_PLAN}fortsetzung/", plan.resume, name="resume"),
    path(f"{_PLAN}phasen/<str:phase>/abschluss/", plan.phase_pass, name="phase_pass"),
    path(f"{_PLAN}massnahmen/neu/", measures.create, name="measure_create"),
    path(_ONE, measures.detail, name="measure_detail"),
    path(f"{_ONE}bearbeiten/", steps.edit, name="measure_edit"),
    path(f"{_ONE}erledigung/", steps.complete, name="measure_complete"),
    path(f"{_ONE}termin/", steps.move, name="measure_move"),
    path(f"{_ONE}uebergabe/", steps.reassign, name="measure_reassign"),
    path(f"{_ONE}status/", steps.set_status, name="measure_status"),
    path(f"{_ONE}wirksamkeit/", checks.measure_judge, name="measure_check"),
    path(f"{_ONE}wirksamkeit/planung/", checks.measure_plan, name="measure_check_plan"),
    path(f"{_FINDING}wirksamkeit/", checks.finding_judge, name="finding_check"),
    path(f"{_FINDING}wirksamkeit/planung/", checks.finding_plan, name="finding_check_plan"),
    path(f"{_ONE}verzicht/", steps.drop, name="measure_drop"),
    path(f"{_ONE}wiederaufnahme/", steps.reopen, name="measure_reopen"),
]
