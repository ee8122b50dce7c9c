"""Addresses of commitments: below their case, and the list over all cases."""

from django.urls import path

from winback.dialogue import views

app_name = "dialogue"
_ONE = "faelle/<str:number>/zusagen/<int:pk>/"
urlpatterns = [
    path("zusagen/", views.commitment_list, name="list"),
    path("zusagen/export.csv", views.commitment_export, name="export"),
    path("faelle/<str:number>/kommunikation/", views.case_dialogue, name="case"),
    path("faelle/<str:number>/zusagen/neu/", views.give, name="give"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}bearbeiten/", views.edit, name="edit"),
    path(f"{_ONE}einloesung/", views.keep, name="keep"),
    path(f"{_ONE}bruch/", views.declare_broken, name="break"),
    path(f"{_ONE}erlass/", views.release, name="release"),
    path(f"{_ONE}uebergabe/", views.hand_over, name="hand_over"),
]
