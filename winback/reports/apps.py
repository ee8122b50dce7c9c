from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "winback.reports"
