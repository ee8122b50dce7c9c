from django.apps import AppConfig


class CausesConfig(AppConfig):
    name = "winback.causes"
