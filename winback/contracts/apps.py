from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractsConfig(AppConfig):
    name = "winback.contracts"

    def ready(self) -> None:
        from winback.common import search
        from winback.common.bulk import register as register_bulk
        from winback.common.clientpages import register_bond, register_panel
        from winback.common.health import register as register_signals
        from winback.common.history import register_source
        from winback.common.navigation import NavItem, register
        from winback.common.obligations import register as register_kind
        from winback.common.papers import register as register_papers
        from winback.common.quality import register as register_checks
        from winback.contracts import bulk, obligations, permissions, services
        from winback.contracts.quality import CHECKS
        from winback.contracts.rows import history as histories
        from winback.contracts.rows import search as findable
        from winback.contracts.rows.bonds import bound_clients
        from winback.contracts.rows.clients import client_panel
        from winback.contracts.rows.papers import contract_papers

        search.register(*findable.SOURCES)
        register_bulk(bulk.KIND)
        register_papers("contract", contract_papers)
        register_source("deadlines", histories.deadline_entries)
        register_source("contract", histories.contract_entries)
        register_checks(*CHECKS)
        register_panel("contracts", 20, client_panel)
        register_bond("contracts", bound_clients)
        register_kind(obligations.kind(reassign=services.reassign))
        register_signals(obligations.signals)
        register(
            NavItem(
                "deadlines",
                _("Deadlines"),
                "contracts:deadline_list",
                "calendar-clock",
                order=63,
                is_list=True,
                visible=permissions.can_list_deadlines,
                keys="g r",
            )
        )
