"""Addresses of contracts."""

from django.urls import path

from winback.contracts import views

app_name = "contracts"
urlpatterns = [
    path("kunden/<int:pk>/vertraege/neu/", views.contract_create, name="create"),
    path("vertraege/<int:pk>/", views.contract_edit, name="edit"),
]
