from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from winback.common.navigation import NavItem as Item


class AuditsConfig(AppConfig):
    name = "audits"

    def ready(self) -> None:
        from audits import bulk, obligations, permissions, services
        from audits import quality as gaps
        from audits.enums import Verb
        from audits.rows import norms, untold_agenda
        from audits.rows import search as findable
        from winback.common import agenda, health, normpages, quality, search
        from winback.common.bulk import register as register_bulk
        from winback.common.casepages import CaseAction, CaseTab, register_action, register_tab
        from winback.common.history import Topic, link_to, register_verbs
        from winback.common.navigation import NavItem, register
        from winback.common.obligations import register as register_kind

        search.register(*findable.SOURCES)
        search.register_jump(findable.jump)
        normpages.register_panel("questions", 10, norms.question_panel)
        normpages.register_panel("findings", 20, norms.finding_panel)
        register_verbs(
            Verb,
            topics={"audit": Topic.FINDINGS, "finding": Topic.FINDINGS},
            links={
                "audit": link_to("audits:detail", "audit", with_case=False),
                "finding": link_to("dashboards:finding", "finding", with_case=False),
            },
        )
        register_bulk(bulk.KIND)
        agenda.register(untold_agenda)
        quality.register(*gaps.CHECKS)
        register_kind(obligations.audit_kind(services.reassign_audit, services.drop_audit))
        register_kind(obligations.finding_kind(services.reassign_finding))
        health.register(obligations.health_signals)
        register(_place(NavItem))
        register_tab(CaseTab("audits", pgettext_lazy("tab", "Audits"), "audits:case_list", 25))
        register_action(
            CaseAction("audit", _("Plan audit"), "audits:plan", 50, permissions.can_plan_audit)
        )


def _place(item: type[Item]) -> Item:
    """Where the rail shows audits."""
    return item(
        "audits", _("Audits"), "audits:list", "clipboard-check", order=30, bar=True, keys="g a"
    )
