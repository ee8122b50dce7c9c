"""Verbs on people. Each is one transaction; every change of a user claims the row."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Absence, Region, SavedView, User
from winback.common import obligations
from winback.common.claims import RuleBroken, claim, sign

# Without characters that look alike on paper: 31 signs, 16 of them make 79 bits.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class EmailTaken(RuleBroken):
    """Another account uses the e-mail address."""


class LastAdministrator(RuleBroken):
    """Somebody must remain who can manage users."""


class CannotDeactivate(RuleBroken):
    """The account cannot be deactivated as asked."""


class AbsenceRefused(RuleBroken):
    """The absence contradicts another one or the calendar."""


class RegionRefused(RuleBroken):
    """The tree of regions does not allow this."""


class ViewRefused(RuleBroken):
    """The saved view cannot be called so."""


def start_password() -> str:
    """A random password that can be read out on the telephone: four groups of four signs."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(4))
    return "-".join(groups)


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


@transaction.atomic
def add_absence(
    *, user: User, deputy: User, starts_on: date, ends_on: date, today: date
) -> Absence:
    """Record that a person is away from–until (both included) and who stands in.

    Raises AbsenceRefused when it is over already, overlaps another one of the person, or when the
    deputy is the person or away at the same time.
    """
    # Two requests at once must not both find the days free.
    User.objects.select_for_update().get(pk=user.pk)
    if ends_on < today:
        raise AbsenceRefused(_("This absence is already over."), field="ends_on")
    if other := user.absences.overlapping(starts_on, ends_on).first():
        text = _("There is already an absence in these days: %(days)s.") % {"days": other.period}
        raise AbsenceRefused(text, field="starts_on")
    _deputy_must_be_there(user, deputy, starts_on, ends_on)
    return Absence.objects.create(user=user, deputy=deputy, starts_on=starts_on, ends_on=ends_on)


@transaction.atomic
def end_absence(*, absence: Absence, today: date) -> None:
    """The person is back today: yesterday becomes the last day away.

    An absence that would then hold no day is deleted; one that is over stays as it is.
    """
    if absence.ends_on < today:
        return
    if absence.starts_on >= today:
        absence.delete()
        return
    absence.ends_on = today - timedelta(days=1)
    absence.save()


@transaction.atomic
def save_region(
    *, actor: User, changes: Mapping[str, Any], region: Region | None = None, version: int = 0
) -> Region:
    """Add a region or change one, with the people who belong to it.

    Raises RegionRefused when it would become a part of itself, StaleVersion for a changed one.
    """
    facts = dict(changes)
    members = facts.pop("members")
    parent = facts["parent"]
    if region is None:
        region = Region()
        sign(region, actor)
    else:
        # All of them, so that two moves at once cannot close a ring.
        list(Region.objects.select_for_update().order_by("pk"))
        if parent is not None and Region.objects.within(region).filter(pk=parent.pk).exists():
            raise RegionRefused(_("A region cannot be a part of itself."), field="parent")
        claim(region, version=version, actor=actor)
    for name, value in facts.items():
        setattr(region, name, value)
    region.save()
    region.members.set(members)
    return region


@transaction.atomic
def delete_region(*, region: Region, version: int, actor: User) -> None:
    """Forget a region nobody needs. Raises RegionRefused while something lies in it."""
    claim(region, version=version, actor=actor)
    try:
        region.delete()
    except ProtectedError as error:
        text = _("Regions or sites still lie in it. Move them first.")
        raise RegionRefused(text) from error


@transaction.atomic
def save_view(*, owner: User, page: str, query: str, name: str, shared: bool) -> SavedView:
    """Keep a list as ``owner`` sees it now; its address never changes.

    Raises ViewRefused when the owner has a view of this name on the list.
    """
    view = SavedView(owner=owner, page=page, query=query, shared=shared)
    sign_of_view = "".join(secrets.choice(_SIGNS) for _sign in range(8))
    view.slug = f"{slugify(name)[:40]}-{sign_of_view}".lstrip("-")
    return _name_view(view, name)


@transaction.atomic
def change_view(*, view: SavedView, name: str, shared: bool) -> SavedView:
    """Rename or share a view. Raises ViewRefused as ``save_view`` does."""
    view.shared = shared
    return _name_view(view, name)


def delete_view(*, view: SavedView) -> None:
    """Forget a view; nothing else hangs on it."""
    view.delete()


def _name_view(view: SavedView, name: str) -> SavedView:
    twins = SavedView.objects.filter(owner=view.owner, page=view.page, name=name)
    if twins.exclude(pk=view.pk).exists():
        raise ViewRefused(_("You have a view of this name already."), field="name")
    view.name = name
    view.save()
    return view


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
        _deputy_must_be_there(
            absence.user, absence.deputy, absence.starts_on, absence.ends_on, field="new_owner"
        )
        absence.save()


def _required(new_owner: User | None) -> User:
    if new_owner is None or not new_owner.is_active:
        raise CannotDeactivate(_("Choose who takes over."), field="new_owner")
    return new_owner


def _deputy_must_be_there(
    user: User, deputy: User, starts_on: date, ends_on: date, *, field: str = "deputy"
) -> None:
    if deputy == user:
        raise AbsenceRefused(_("Nobody can stand in for themselves."), field=field)
    if away := deputy.absences.overlapping(starts_on, ends_on).first():
        text = _("%(name)s is away in these days too: %(days)s.")
        raise AbsenceRefused(text % {"name": deputy, "days": away.period}, field=field)
