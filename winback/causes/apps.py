from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CausesConfig(AppConfig):
    name = "winback.causes"

    def ready(self) -> None:
        from winback.cases.permissions import can_work_on_case
        from winback.causes.enums import Verb
        from winback.causes.quality import CHECKS
        from winback.common.casepages import CaseAction, CaseTab, register_action, register_tab
        from winback.common.history import Topic, link_to, register_verbs
        from winback.common.quality import register as register_checks

        register_verbs(
            Verb,
            topics={
                "cause.confirmed": Topic.DECISIONS,
                "cause.client_confirmed": Topic.DECISIONS,
                "cause.made_primary": Topic.DECISIONS,
            },
            links={"cause": link_to("causes:detail", "cause")},
        )
        register_checks(*CHECKS)
        register_tab(CaseTab("causes", pgettext_lazy("tab", "Causes"), "causes:list", 20))
        register_action(CaseAction("cause", _("Name cause"), "causes:create", 15, can_work_on_case))
