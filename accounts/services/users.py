"""Make, change, deactivate people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.absences import deputy_must_be_there
from accounts.services.errors import CannotDeactivate, EmailTaken, LastAdministrator
from accounts.services.passwords import start_password
from winback.common import obligations
from winback.common.claims import claim, sign


@transaction.atomic
def create_user(*, actor: User | None, changes: Mapping[str, Any]) -> tuple[User, str]:
    """Make an account; ``actor`` None means the command line.

    Returns the user and the start password, which is stored nowhere in readable form and has to
    be changed at the first sign-in. Raises EmailTaken.
    """
    user = User(**changes, must_change_password=True)
    user.email = User.normalize_username(user.email)
    if User.objects.filter(email=user.email).exists():
        raise EmailTaken(_("Another account uses this e-mail address."), field="email")
    password = start_password()
    user.set_password(password)
    user.fill_keys()
    if actor is not None:
        sign(user, actor)
    user.save()
    return user, password


@transaction.atomic
def change_user(*, user: User, version: int, changes: Mapping[str, Any], actor: User) -> User:
    """Change facts, role or administrator flag of an account.

    Raises StaleVersion when somebody else was quicker, LastAdministrator when the flag of the
    last one would go.
    """
    if user.is_administrator and not changes.get("is_administrator", True):
        _keep_an_administrator(user, field="is_administrator")
    return _change(user, version, changes, actor)


@transaction.atomic
def change_profile(*, user: User, version: int, changes: Mapping[str, Any]) -> User:
    """Change one's own choices: language, colours, mails, keys. Raises StaleVersion."""
    return _change(user, version, changes, user)


@transaction.atomic
def deactivate_user(
    *, user: User, version: int, actor: User, today: date, new_owner: User | None
) -> int:
    """Close an account and hand everything it owes to ``new_owner``.

    Effects: every open obligation goes through the ``reassign`` of its kind, running and coming
    absences of colleagues get the new owner as deputy, the user can no longer sign in and open
    sessions end. All of it or nothing. An inactive account stays as it is.

    Returns how many obligations changed hands. Raises StaleVersion, LastAdministrator, and
    CannotDeactivate when there is no new home for something.
    """
    if not user.is_active:
        return 0
    if user == actor:
        raise CannotDeactivate(_("You cannot deactivate your own account."))
    if user.is_administrator:
        _keep_an_administrator(user)
    claim(user, version=version, actor=actor)
    user.is_active = False
    user.save()
    _hand_over_absences(user, new_owner, today)
    return _hand_over_obligations(user, new_owner, actor)


@transaction.atomic
def reactivate_user(*, user: User, version: int, actor: User) -> User:
    """Let a person sign in again with the old password. Raises StaleVersion."""
    return _change(user, version, {"is_active": True}, actor)


def _change(user: User, version: int, changes: Mapping[str, Any], actor: User) -> User:
    claim(user, version=version, actor=actor)
    for name, value in changes.items():
        setattr(user, name, value)
    user.fill_keys()
    user.save()
    return user


def _keep_an_administrator(user: User, *, field: str | None = None) -> None:
    """Lock all administrators, so that two of them cannot remove each other at once."""
    administrators = User.objects.administrators().order_by("pk").select_for_update()
    if not [other for other in administrators if other != user]:
        text = _("This is the last administrator. Name another one first.")
        raise LastAdministrator(text, field=field)


def _hand_over_obligations(user: User, new_owner: User | None, actor: User) -> int:
    items = obligations.find(obligations.Query(owner_ids=[user.pk]))
    for item in items:
        obligations.kind(item.kind).reassign(item.pk, _required(new_owner), actor)
    return len(items)


def _hand_over_absences(user: User, new_owner: User | None, today: date) -> None:
    for absence in user.deputised_absences.not_over(today).select_related("user"):
        absence.deputy = _required(new_owner)
        deputy_must_be_there(
            absence.user, absence.deputy, absence.starts_on, absence.ends_on, field="new_owner"
        )
        absence.save()


def _required(new_owner: User | None) -> User:
    if new_owner is None or not new_owner.is_active:
        raise CannotDeactivate(_("Choose who takes over."), field="new_owner")
    return new_owner
