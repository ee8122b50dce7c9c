from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NormsConfig(AppConfig):
    name = "winback.norms"

    def ready(self) -> None:
        from winback.common import navigation
        from winback.norms import permissions

        navigation.register(
            navigation.NavItem(
                "norms",
                _("Norms"),
                "norms:list",
                "book-open",
                order=87,
                is_list=True,
                visible=permissions.can_list_norms,
            )
        )
