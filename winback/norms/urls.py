"""Addresses of norms and inspections."""

from django.urls import path

from winback.common.sheets import sheet_paths
from winback.norms.views import norms

app_name = "norms"
_NORM = "normen/<slug:key>/"
urlpatterns = [
    path("normen/", norms.norm_list, name="list"),
    *sheet_paths("normen/", norms.norm_export, "export"),
    path("normen/neu/", norms.norm_create, name="create"),
    path(_NORM, norms.norm_detail, name="norm"),
    path(f"{_NORM}bearbeiten/", norms.norm_edit, name="norm_edit"),
]
