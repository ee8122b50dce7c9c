"""Addresses below /faelle/."""

from django.urls import path

from winback.cases.views import ending, facts, lists, reading, team
from winback.common.sheets import sheet_paths

app_name = "cases"
urlpatterns = [
    path("faelle/", lists.case_list, name="list"),
    *sheet_paths("faelle/", lists.case_export, "export"),
    path("faelle/neu/", lists.case_create, name="create"),
    path("faelle/<str:number>/bearbeiten/", facts.case_edit, name="edit"),
    path("faelle/<str:number>/naechster-schritt/", facts.next_step, name="next_step"),
    path("faelle/<str:number>/lage/", facts.situation, name="situation"),
    path("faelle/<str:number>/entscheidung/", ending.decide, name="decide"),
    path("faelle/<str:number>/ampel/", facts.set_health, name="health"),
    path("faelle/<str:number>/ruhen/", ending.rest, name="rest"),
    path("faelle/<str:number>/abschluss/", ending.close, name="close"),
    path("faelle/<str:number>/wiederaufnahme/", ending.reopen, name="reopen"),
    path("faelle/<str:number>/vertrag/", reading.contract, name="contract"),
    path("faelle/<str:number>/team/", team.team, name="team"),
    path("faelle/<str:number>/team/<int:pk>/austritt/", team.member_leave, name="member_leave"),
    path("faelle/<str:number>/verlauf/", reading.history, name="history"),
]
