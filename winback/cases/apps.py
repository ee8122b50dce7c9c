from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CasesConfig(AppConfig):
    name = "winback.cases"

    def ready(self) -> None:
        from winback.cases import bulk, obligations, permissions, rows, services
        from winback.cases.enums import Verb
        from winback.cases.enums.papers import PaperVerb
        from winback.cases.quality import CHECKS
        from winback.cases.rows import search as findable
        from winback.cases.rows.bonds import bound_clients, open_case_action
        from winback.common import caselinks, casepages, health, search
        from winback.common.bulk import register as register_bulk
        from winback.common.casepages import CaseTab, register_tab
        from winback.common.clientpages import (
            register_action,
            register_bond,
            register_count,
            register_panel,
        )
        from winback.common.history import register_source, register_verbs
        from winback.common.navigation import NavItem, NewItem, register, register_new
        from winback.common.obligations import register as register_kind
        from winback.common.quality import register as register_checks

        search.register(*findable.SOURCES)
        search.register_jump(findable.jump)
        register_verbs(Verb, topics=rows.VERB_TOPICS)
        register_bulk(bulk.KIND)
        register_verbs(PaperVerb, topics=rows.PAPER_TOPICS, links=rows.PAPER_LINKS)
        register_source("incidents", rows.incident_entries)
        register_kind(obligations.paper_kind(reassign=services.hand_over_document))
        caselinks.register(
            caselinks.CaseSource(
                cases=permissions.cases_of_contracts,
                let_see=services.let_see_contract,
                frame=rows.contract_frame,
            )
        )
        register_checks(*CHECKS)
        register_panel("cases", 10, rows.client_panel)
        register_bond("cases", bound_clients)
        register_action("open_case", open_case_action)
        register_count("live_cases", _("Live cases"), rows.live_cases)
        register_kind(obligations.kind(reassign=services.hand_over))
        health.register(obligations.signals)
        register_kind(obligations.duty_kind(reassign=services.reassign_duty))
        register(
            NavItem(
                "cases",
                _("Cases"),
                "cases:list",
                "folder",
                order=20,
                visible=permissions.can_list_cases,
                bar=True,
                keys="g f",
            )
        )
        register(
            NavItem(
                "lessons",
                _("Lessons"),
                "cases:lessons",
                "lightbulb",
                order=85,
                visible=permissions.can_decide_lessons,
                is_list=True,
            )
        )
        register_new(
            NewItem("case", _("Case"), "cases:create", 10, permissions.can_open_case, keys="n f")
        )
        register_tab(CaseTab("contract", pgettext_lazy("tab", "Contract"), "cases:contract", 70))
        register_tab(CaseTab("team", pgettext_lazy("tab", "Team"), "cases:team", 80))
        register_tab(CaseTab("documents", pgettext_lazy("tab", "Documents"), "cases:documents", 75))
        register_tab(CaseTab("history", pgettext_lazy("tab", "History"), "cases:history", 90))
        _register_actions(casepages, permissions)


def _register_actions(casepages: ModuleType, permissions: ModuleType) -> None:
    edit = permissions.can_edit_case
    for key, label, url_name, order in (
        ("step", _("Set next step"), "cases:next_step", 10),
        ("handover", _("Change key account manager"), "cases:handover_create", 35),
        ("edit", _("Edit case"), "cases:edit", 20),
        ("decide", _("Record go decision"), "cases:decide", 30),
        ("health", _("Set health by hand"), "cases:health", 40),
        ("rest", _("Let the case rest"), "cases:rest", 80),
        ("close", _("Close case"), "cases:close", 90),
    ):
        casepages.register_action(casepages.CaseAction(key, label, url_name, order, edit))
    casepages.register_action(
        casepages.CaseAction("decisions", _("Decisions"), "cases:decisions", 5)
    )
    casepages.register_action(
        casepages.CaseAction(
            "reopen", _("Reopen case"), "cases:reopen", 90, permissions.can_reopen_case
        )
    )
