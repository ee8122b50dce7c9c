"""Addresses of the inbox, the outbox and the mail folder."""

from django.urls import path

from winback.reminders import views

app_name = "reminders"
urlpatterns = [
    path("benachrichtigungen/", views.inbox, name="inbox"),
    path("benachrichtigungen/gelesen/", views.read_all, name="read_all"),
    path("benachrichtigungen/<int:pk>/gelesen/", views.read, name="read"),
    path("verwaltung/mails/", views.outbox, name="outbox"),
    path("verwaltung/mails/<int:pk>/wiederholung/", views.retry, name="retry"),
    path("verwaltung/mails/ordner/", views.folder, name="folder"),
    path("verwaltung/mails/ordner/<str:name>/", views.mail, name="mail"),
]
