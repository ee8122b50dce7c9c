"""The private calendar address: given once, kept as a hash, revoked at will."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from winback.reminders.models import FeedToken

#: 256 bits: nobody guesses it, so nothing slows the guessing down.
TOKEN_BYTES = 32


@transaction.atomic
def issue_feed(*, user: User, now: datetime) -> str:
    """Make a new address; an earlier one is dead from now on. Returns the token, shown once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    FeedToken.objects.update_or_create(
        user=user,
        defaults={"token_hash": _hashed(token), "created_at": now, "read_on": None},
    )
    return token


@transaction.atomic
def revoke_feed(*, user: User) -> None:
    """Close the address; doing it twice changes nothing."""
    FeedToken.objects.filter(user=user).delete()


def user_of_feed(token: str, today: date) -> User | None:
    """Whose calendar this is; None for unknown and revoked addresses and deactivated people.

    Notes the day of the visit, once a day.
    """
    found = (
        FeedToken.objects.select_related("user")
        .filter(token_hash=_hashed(token), user__is_active=True)
        .first()
    )
    if found is None:
        return None
    if found.read_on != today:
        FeedToken.objects.filter(pk=found.pk).update(read_on=today)
    return found.user


def _hashed(token: str) -> str:
    """Plain SHA-256 is enough for a random token of this length."""
    return hashlib.sha256(token.encode()).hexdigest()
