"""Addresses of norms and inspections."""

from django.urls import path

from winback.common.sheets import sheet_paths
from winback.norms.views import inspections, norms, registers

app_name = "norms"
_NORM = "normen/<slug:key>/"
_SITE = "kunden/<int:pk>/objekte/<int:site_pk>/pruefungen/"
_ONE = "pruefungen/<int:pk>/"
urlpatterns = [
    path("normen/", norms.norm_list, name="list"),
    *sheet_paths("normen/", norms.norm_export, "export"),
    path("normen/neu/", norms.norm_create, name="create"),
    path(_NORM, norms.norm_detail, name="norm"),
    path(f"{_NORM}bearbeiten/", norms.norm_edit, name="norm_edit"),
    path("pruefungen/", registers.inspection_list, name="inspections"),
    *sheet_paths("pruefungen/", registers.inspection_export, "inspection_export"),
    path("kunden/<int:pk>/pruefungen/", registers.client_register, name="client"),
    path("faelle/<str:number>/pruefungen/", registers.case_register, name="case"),
    path(f"{_SITE}neu/", inspections.add, name="add"),
    path(f"{_SITE}vorschlag/", inspections.propose, name="propose"),
    path(_ONE, inspections.detail, name="inspection"),
    path(f"{_ONE}bearbeiten/", inspections.edit, name="edit"),
    path(f"{_ONE}durchfuehrungen/neu/", inspections.record, name="record"),
    path(f"{_ONE}durchfuehrungen/<int:record>/", inspections.follow_up, name="follow_up"),
    path(f"{_ONE}termin/", inspections.move, name="move"),
    path(f"{_ONE}uebergabe/", inspections.hand_over, name="hand_over"),
    path(f"{_ONE}ende/", inspections.end, name="end"),
    path(f"{_ONE}belege/<int:document>/", inspections.paper, name="paper"),
]
