from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "winback.clients"

    def ready(self) -> None:
        from winback.clients import obligations, permissions, services
        from winback.clients.quality import CHECKS
        from winback.clients.rows import search as findable
        from winback.clients.rows.papers import consent_papers
        from winback.common import search
        from winback.common.navigation import NavItem, NewItem, register, register_new
        from winback.common.obligations import register as register_kind
        from winback.common.papers import register as register_papers
        from winback.common.quality import register as register_checks

        search.register(*findable.SOURCES)
        register_papers("consents", consent_papers)
        register_checks(*CHECKS)
        register_kind(obligations.kind(reassign=services.reassign_look))

        register(
            NavItem(
                "clients",
                _("Clients"),
                "clients:list",
                "building-2",
                order=66,
                is_list=True,
                visible=permissions.can_list_clients,
                keys="g k",
            )
        )
        register_new(
            NewItem(
                "client",
                _("Client"),
                "clients:create",
                20,
                permissions.can_edit_clients,
                keys="n k",
            )
        )
