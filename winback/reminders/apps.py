from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "winback.reminders"

    def ready(self) -> None:
        from winback.common.navigation import (
            NavItem,
            SettingsPage,
            register,
            register_bell,
            register_settings_page,
        )
        from winback.reminders.models import Notification
        from winback.reminders.permissions import can_see_mails

        register_bell(lambda user: Notification.objects.of(user).unread().count())
        register_settings_page(SettingsPage("feed", _("Calendar"), "reminders:feed"))
        register(
            NavItem(
                key="mails",
                label=_("Mails"),
                url_name="reminders:outbox",
                icon="mail",
                order=920,
                visible=can_see_mails,
                admin=True,
            )
        )
