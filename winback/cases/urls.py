"""Addresses below /faelle/."""

from django.urls import path

from winback.cases import views

app_name = "cases"
urlpatterns = [
    path("faelle/", views.case_list, name="list"),
    path("faelle/export.csv", views.case_export, name="export"),
    path("faelle/neu/", views.case_create, name="create"),
    path("faelle/<str:number>/bearbeiten/", views.case_edit, name="edit"),
    path("faelle/<str:number>/naechster-schritt/", views.next_step, name="next_step"),
    path("faelle/<str:number>/lage/", views.situation, name="situation"),
    path("faelle/<str:number>/entscheidung/", views.decide, name="decide"),
    path("faelle/<str:number>/ampel/", views.set_health, name="health"),
    path("faelle/<str:number>/ruhen/", views.rest, name="rest"),
    path("faelle/<str:number>/abschluss/", views.close, name="close"),
    path("faelle/<str:number>/wiederaufnahme/", views.reopen, name="reopen"),
    path("faelle/<str:number>/vertrag/", views.contract, name="contract"),
    path("faelle/<str:number>/team/", views.team, name="team"),
    path("faelle/<str:number>/team/<int:pk>/austritt/", views.member_leave, name="member_leave"),
    path("faelle/<str:number>/verlauf/", views.history, name="history"),
]
