from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.navigation import ForUser, NavItem, register


class DashboardsConfig(AppConfig):
    name = "winback.dashboards"

    def ready(self) -> None:
        from accounts.permissions import can_see_management_pages
        from winback.clients.permissions import can_list_clients
        from winback.common.casepages import CaseTab, register_tab

        register(
            NavItem(
                "work",
                _("My work"),
                "dashboards:my_work",
                "list-checks",
                order=10,
                bar=True,
                keys="g m",
            )
        )
        register(
            NavItem(
                "month",
                _("Month"),
                "dashboards:month_now",
                "calendar",
                order=5,
                visible=can_see_management_pages,
                bar=True,
                keys="g o",
            )
        )
        register(_quality(can_list_clients))
        register_tab(CaseTab("overview", pgettext_lazy("tab", "Overview"), "dashboards:case", 10))


def _quality(visible: ForUser) -> NavItem:
    return NavItem(
        "quality",
        _("Data quality"),
        "dashboards:quality",
        "clipboard-check",
        order=890,
        visible=visible,
        admin=True,
    )
