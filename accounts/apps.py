from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from winback.common.navigation import NavItem, register


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.permissions import can_manage_users

        register(
            NavItem(
                key="users",
                label=_("Users"),
                url_name="accounts:user_list",
                icon="users",
                order=900,
                visible=can_manage_users,
                admin=True,
            )
        )
