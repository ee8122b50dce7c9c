from __future__ import annotations

from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NormsConfig(AppConfig):
    name = "winback.norms"

    def ready(self) -> None:
        from winback.common import bulk as bulk_changes
        from winback.common import (
            casepages,
            clientpages,
            health,
            history,
            navigation,
            normpages,
            papers,
        )
        from winback.common import obligations as registry
        from winback.norms import bulk, obligations, permissions, services
        from winback.norms.rows import records

        registry.register(obligations.kind(reassign=services.reassign_inspection))
        health.register(obligations.signals)
        bulk_changes.register(bulk.KIND)
        history.register_source("inspections", records.inspection_entries)
        papers.register("inspections", records.inspection_papers)
        clientpages.register_panel("inspections", 30, records.client_panel)
        normpages.register_panel("inspections", 30, records.norm_panel)
        casepages.register_action(
            casepages.CaseAction("inspections", _("Inspections of plants"), "norms:case", 45)
        )
        _register_places(navigation, permissions)


def _register_places(navigation: ModuleType, permissions: ModuleType) -> None:
    for key, label, url_name, icon, order, visible in (
        ("inspections", _("Inspections"), "norms:inspections", "shield-check", 64,
         permissions.can_list_inspections),
        ("norms", _("Norms"), "norms:list", "book-open", 87, permissions.can_list_norms),
    ):  # fmt: skip
        item = navigation.NavItem(
            key, label, url_name, icon, order=order, is_list=True, visible=visible
        )
        navigation.register(item)
