"""Changing many rows of a list at once."""

from django.urls import path

from winback.bulk import views

app_name = "bulk"
urlpatterns = [path("sammelaenderung/<slug:key>/", views.change, name="change")]
