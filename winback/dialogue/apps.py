from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DialogueConfig(AppConfig):
    name = "winback.dialogue"

    def ready(self) -> None:
        from winback.cases.permissions import can_work_on_case
        from winback.common.casepages import CaseAction, CaseTab, register_action, register_tab
        from winback.common.health import register as register_signals
        from winback.common.history import register_verbs
        from winback.common.navigation import NavItem, register
        from winback.common.obligations import register as register_kind
        from winback.dialogue import obligations, permissions, services
        from winback.dialogue.enums import Verb

        register_verbs(Verb)
        register_kind(obligations.kind(reassign=services.reassign))
        register_signals(obligations.signals)
        register(
            NavItem(
                "commitments",
                _("Commitments"),
                "dialogue:list",
                "handshake",
                order=62,
                is_list=True,
                visible=permissions.can_list_commitments,
                keys="g z",
            )
        )
        register_tab(
            CaseTab("dialogue", pgettext_lazy("tab", "Communication"), "dialogue:case", 60)
        )
        register_action(
            CaseAction(
                "commitment",
                _("Record commitment"),
                "dialogue:give",
                10,
                can_work_on_case,
                primary=True,
            )
        )
