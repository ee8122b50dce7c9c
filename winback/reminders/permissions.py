"""Who reads what: everybody their own notifications, administrators the outbox."""

from __future__ import annotations

from accounts.models import User


def can_see_mails(user: User) -> bool:
    """See the outbox and the mail folder, and have a failed mail tried again."""
    return user.is_administrator
