from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportsConfig(AppConfig):
    name = "winback.reports"

    def ready(self) -> None:
        from winback.common.casepages import CaseTab, register_tab
        from winback.common.history import register_verbs
        from winback.common.navigation import NavItem, register
        from winback.reports.enums import Verb

        register_verbs(Verb)
        register(
            NavItem("reports", _("Reports"), "reports:list", "file-text", order=60, keys="g b")
        )
        register_tab(
            CaseTab("reports", pgettext_lazy("tab", "Reports"), "reports:case_reports", 78)
        )
