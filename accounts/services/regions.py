"""The tree of regions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Region, User
from accounts.services.errors import RegionRefused
from winback.common.claims import claim, sign


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
