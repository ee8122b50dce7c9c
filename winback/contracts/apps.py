from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "winback.contracts"
