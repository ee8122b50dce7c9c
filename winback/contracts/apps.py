from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "winback.contracts"

    def ready(self) -> None:
        from winback.common.clientpages import register_panel
        from winback.contracts.rows import client_panel

        register_panel("contracts", 20, client_panel)
