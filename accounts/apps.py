from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from winback.common.navigation import NavItem, register


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.permissions import can_manage_users
        from accounts.rows import saved_of
        from winback.common.lists import register_saved

        register_saved(saved_of)
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
        register(
            NavItem(
                key="regions",
                label=_("Regions"),
                url_name="accounts:region_list",
                icon="map",
                order=905,
                visible=can_manage_users,
                admin=True,
            )
        )
