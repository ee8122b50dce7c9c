"""Start passwords and own ones."""

from __future__ import annotations

import secrets

from django.db import transaction

from accounts.models import User
from winback.common.claims import claim

# Without characters that look alike on paper: 31 signs, 16 of them make 79 bits.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def start_password() -> str:
    """A random password that can be read out on the telephone: four groups of four signs."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(4))
    return "-".join(groups)


@transaction.atomic
def change_password(*, user: User, password: str) -> User:
    """Set one's own password; ends every other session and the duty to change it."""
    claim(user, version=user.version, actor=user)
    user.set_password(password)
    user.must_change_password = False
    user.save()
    return user


@transaction.atomic
def set_start_password(*, user: User, version: int, actor: User) -> str:
    """Replace the password by a new start password and return it.

    Effects: ends every session of the user; the next sign-in asks for an own password. Raises
    StaleVersion.
    """
    claim(user, version=version, actor=actor)
    password = start_password()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    return password
