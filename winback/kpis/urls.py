"""Addresses of the KPIs, below the case and over all cases."""

from django.urls import path

from winback.common.sheets import sheet_paths
from winback.kpis.views import lists, setup, values

app_name = "kpis"
_CASE = "faelle/<str:number>/kennzahlen/"
_KPI = f"{_CASE}<slug:key>/"
urlpatterns = [
    path("kennzahlen/", lists.kpi_list, name="list"),
    *sheet_paths("kennzahlen/", lists.kpi_export, "export"),
    path(_CASE, lists.case_kpis, name="case"),
    path(f"{_CASE}auswahl/", setup.pick, name="pick"),
    path(f"{_CASE}eintragen/", values.enter_month, name="enter"),
    path(_KPI, lists.kpi_detail, name="detail"),
    path(f"{_KPI}messwerte.csv", lists.kpi_values, name="values"),
    path(f"{_KPI}bearbeiten/", setup.edit, name="edit"),
    path(f"{_KPI}baseline/", setup.baseline, name="baseline"),
    path(f"{_KPI}ziel/", setup.target, name="target"),
    path(f"{_KPI}ende/", setup.end, name="end"),
    path(f"{_KPI}messwerte/neu/", values.measure, name="measure"),
    path(f"{_KPI}messwerte/<int:pk>/", values.correct, name="correct"),
]
