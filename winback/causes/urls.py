"""Addresses of causes below their case, and of the reasons over all cases."""

from django.urls import path

from winback.causes import views
from winback.common.sheets import sheet_paths

app_name = "causes"
_ONE = "faelle/<str:number>/ursachen/<int:pk>/"
urlpatterns = [
    path("ursachen/", views.reasons, name="reasons"),
    *sheet_paths("ursachen/", views.reasons_export, "reasons_export"),
    path("faelle/<str:number>/ursachen/", views.cause_list, name="list"),
    path("faelle/<str:number>/ursachen/neu/", views.create, name="create"),
    path("faelle/<str:number>/ursachen/gewichtung/", views.weights_page, name="weights"),
    path("faelle/<str:number>/ursachen/diagramm/", views.fishbone_page, name="fishbone"),
    path(_ONE, views.detail, name="detail"),
    path(f"{_ONE}bearbeiten/", views.edit, name="edit"),
    path(f"{_ONE}bestaetigung/", views.confirm, name="confirm"),
    path(f"{_ONE}kundenbestaetigung/", views.confirm_by_client, name="client_confirm"),
    path(f"{_ONE}warum/", views.whys, name="whys"),
    path(f"{_ONE}hauptursache/", views.make_primary, name="primary"),
    path(f"{_ONE}entfernen/", views.remove, name="remove"),
    path(f"{_ONE}belege/neu/", views.evidence_add, name="evidence_add"),
    path(
        f"{_ONE}belege/<int:evidence_pk>/entfernen/", views.evidence_remove, name="evidence_remove"
    ),
]
