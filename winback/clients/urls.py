"""Addresses below /kunden/."""

from django.urls import path

from winback.clients import views

app_name = "clients"
urlpatterns = [
    path("kunden/", views.client_list, name="list"),
    path("kunden/neu/", views.client_create, name="create"),
    path("kunden/<int:pk>/", views.client_detail, name="detail"),
    path("kunden/<int:pk>/bearbeiten/", views.client_edit, name="edit"),
    path("kunden/<int:pk>/objekte/neu/", views.site_save, name="site_create"),
    path("kunden/<int:pk>/objekte/<int:site_pk>/", views.site_save, name="site_edit"),
    path("kunden/<int:pk>/ansprechpartner/neu/", views.contact_save, name="contact_create"),
    path(
        "kunden/<int:pk>/ansprechpartner/<int:contact_pk>/", views.contact_save, name="contact_edit"
    ),
]
