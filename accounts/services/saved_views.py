"""Lists kept under a name."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import SavedView, User
from accounts.services.errors import ViewRefused
from accounts.services.passwords import _SIGNS


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
