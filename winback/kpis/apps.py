from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpisConfig(AppConfig):
    name = "winback.kpis"

    def ready(self) -> None:
        from winback.common import health
        from winback.common.casepages import CaseAction, CaseTab, register_action, register_tab
        from winback.common.history import register_verbs
        from winback.common.navigation import NavItem, register
        from winback.common.obligations import register as register_kind
        from winback.common.quality import register as register_checks
        from winback.kpis import obligations, permissions, services
        from winback.kpis.enums import Verb
        from winback.kpis.quality import CHECKS

        register_verbs(Verb)
        register_checks(*CHECKS)
        register_kind(obligations.kind(reassign=services.hand_over))
        health.register(obligations.signals)
        register(
            NavItem(
                "kpis",
                _("KPIs"),
                "kpis:list",
                "chart-line",
                order=40,
                visible=permissions.can_list_kpis,
                keys="g w",
            )
        )
        register_tab(CaseTab("kpis", _("KPIs"), "kpis:case", 30))
        register_action(
            CaseAction(
                "kpis", _("Enter measurements"), "kpis:enter", 60, permissions.can_set_up_kpis
            )
        )
