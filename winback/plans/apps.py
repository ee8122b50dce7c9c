from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlansConfig(AppConfig):
    name = "winback.plans"

    def ready(self) -> None:
        from winback.cases.permissions import can_list_cases
        from winback.common import duties, search
        from winback.common.bulk import register as register_bulk
        from winback.common.casepages import CaseAction, CaseTab, register_action, register_tab
        from winback.common.health import register as register_signals
        from winback.common.history import Topic, link_to, register_verbs
        from winback.common.navigation import NavItem, register
        from winback.common.obligations import register as register_kind
        from winback.common.quality import register as register_checks
        from winback.dialogue import services as dialogue
        from winback.plans import bulk, obligations, permissions, services
        from winback.plans.enums import Verb
        from winback.plans.quality import CHECKS
        from winback.plans.rows import search as findable
        from winback.plans.rows.duties import SOURCES as DUTIES

        search.register(*findable.SOURCES)
        register_verbs(
            Verb,
            topics={"plan": Topic.DECISIONS, "measure": Topic.MEASURES, "check": Topic.FINDINGS},
            links=_links(link_to),
        )
        register_bulk(bulk.KIND)
        register_checks(*CHECKS)
        register_kind(obligations.kind(reassign=services.hand_over_by_pk, drop=services.drop_by_pk))
        register_kind(obligations.word_kind(reassign=dialogue.reassign))
        for each in obligations.check_kinds(services.reassign_check, services.name_checker):
            register_kind(each)
        register_signals(obligations.signals)
        for thing, source in DUTIES.items():
            duties.register_answers(thing, source)
        register(_measures(NavItem, can_list_cases))
        register_tab(CaseTab("plan", pgettext_lazy("tab", "Plan"), "plans:detail", 40))
        for key, label, url_name, order, allowed in (
            ("plan", _("Start plan"), "plans:create", 35, permissions.can_start_plan),
            ("measure", _("Add measure"), "plans:measure_create", 36, permissions.can_add_measure),
            ("resume", _("Resume plan"), "plans:resume", 37, permissions.can_resume_plan),
        ):
            register_action(CaseAction(key, label, url_name, order, allowed))


def _links(link_to: Callable[..., Any]) -> dict[str, Any]:
    """Where the events of the history lead."""
    return {
        "measure": link_to("plans:measure_detail", "measure"),
        "check": link_to("dashboards:finding", "finding", with_case=False),
    }


def _measures(item: Callable[..., Any], visible: Callable[[Any], bool]) -> Any:
    """The list of measures in the main navigation."""
    return item(
        "measures",
        _("Measures"),
        "plans:measure_list",
        "list-checks",
        order=60,
        is_list=True,
        visible=visible,
        keys="g p",
    )
