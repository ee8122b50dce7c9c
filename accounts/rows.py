"""Accounts as ready strings: formatted once per row, so that templates only place them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.common.formats import format_datetime

Fact = tuple[object, object, object]


@dataclass(frozen=True, slots=True)
class UserRow:
    """A row of the list."""

    user: User
    signed_in: str


def user_row(user: User) -> UserRow:
    return UserRow(user, format_datetime(user.last_login))


def user_facts(user: User) -> list[Fact]:
    """The account as key and value, for ``components/facts.html``."""
    is_start = user.must_change_password
    return [
        (_("E-mail address"), user.email, ""),
        (_("Role"), user.get_role_display(), ""),
        (_("Administrator"), _("yes") if user.is_administrator else _("no"), ""),
        (_("Language"), user.get_language_display(), ""),
        (_("Reminder mail"), user.get_digest_display(), ""),
        (
            _("Password"),
            _("Start password, not changed yet") if is_start else pgettext_lazy("password", "own"),
            "",
        ),
        (_("Last sign-in"), format_datetime(user.last_login), ""),
    ]
