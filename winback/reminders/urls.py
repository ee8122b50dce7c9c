"""Addresses of the inbox, the outbox and the mail folder."""

from django.urls import path

from winback.reminders import views

app_name = "reminders"
urlpatterns = [
    path("benachrichtigungen/", views.inbox, name="inbox"),
    path("einstellungen/kalender/", views.feed, name="feed"),
    path("einstellungen/kalender/widerruf/", views.feed_revoke, name="feed_revoke"),
    path("kalender/<str:token>.ics", views.feed_file, name="feed_file"),
    path("benachrichtigungen/gelesen/", views.read_all, name="read_all"),
    path("benachrichtigungen/<int:pk>/gelesen/", views.read, name="read"),
    path("verwaltung/mails/", views.outbox, name="outbox"),
    path("verwaltung/mails/<int:pk>/wiederholung/", views.retry, name="retry"),
    path("verwaltung/mails/ordner/", views.folder, name="folder"),
    path("verwaltung/mails/ordner/<str:name>/", views.mail, name="mail"),
]
