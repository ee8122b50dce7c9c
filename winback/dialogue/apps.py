from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "winback.dialogue"
