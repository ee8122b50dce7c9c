from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CasesConfig(AppConfig):
    name = "winback.cases"

    def ready(self) -> None:
        from winback.cases import bulk, enums, obligations, permissions, rows, services
        from winback.cases.quality import CHECKS
        from winback.cases.rows import bonds
        from winback.cases.rows import search as findable
        from winback.common import (
            caselinks,
            casepages,
            clientpages,
            health,
            history,
            navigation,
            search,
        )
        from winback.common import obligations as registry
        from winback.common.bulk import register as register_bulk
        from winback.common.quality import register as register_checks

        search.register(*findable.SOURCES)
        search.register_jump(findable.jump)
        register_bulk(bulk.KIND)
        register_checks(*CHECKS)
        _register_history(history, rows, enums)
        registry.register(obligations.paper_kind(reassign=services.hand_over_document))
        registry.register(obligations.kind(reassign=services.hand_over))
        registry.register(obligations.duty_kind(reassign=services.reassign_duty))
        health.register(obligations.signals)
        caselinks.register(
            caselinks.CaseSource(
                cases=permissions.cases_of_contracts,
                let_see=services.let_see_contract,
                frame=rows.contract_frame,
            )
        )
        _register_on_clients(clientpages, rows, bonds)
        _register_places(navigation, permissions)
        _register_tabs(casepages)
        _register_actions(casepages, permissions)


def _register_on_clients(clientpages: ModuleType, rows: ModuleType, bonds: ModuleType) -> None:
    clientpages.register_panel("cases", 10, rows.client_panel)
    clientpages.register_bond("cases", bonds.bound_clients)
    clientpages.register_action("open_case", bonds.open_case_action)
    clientpages.register_count("live_cases", _("Live cases"), rows.live_cases)


def _register_history(history: ModuleType, rows: ModuleType, enums: ModuleType) -> None:
    papers = {"topics": rows.PAPER_TOPICS, "links": rows.PAPER_LINKS}
    history.register_verbs(enums.Verb, topics=rows.VERB_TOPICS)
    history.register_verbs(enums.papers.PaperVerb, **papers)
    history.register_source("incidents", rows.incident_entries)


def _register_places(navigation: ModuleType, permissions: ModuleType) -> None:
    navigation.register(
        navigation.NavItem(
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
    navigation.register(
        navigation.NavItem(
            "lessons",
            _("Lessons"),
            "cases:lessons",
            "lightbulb",
            order=85,
            visible=permissions.can_decide_lessons,
            is_list=True,
        )
    )
    may_open = permissions.can_open_case
    navigation.register_new(
        navigation.NewItem("case", _("Case"), "cases:create", 10, may_open, keys="n f")
    )


def _register_tabs(casepages: ModuleType) -> None:
    for key, label, order in (
        ("contract", pgettext_lazy("tab", "Contract"), 70),
        ("documents", pgettext_lazy("tab", "Documents"), 75),
        ("team", pgettext_lazy("tab", "Team"), 80),
        ("history", pgettext_lazy("tab", "History"), 90),
    ):
        casepages.register_tab(casepages.CaseTab(key, label, f"cases:{key}", order))


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
