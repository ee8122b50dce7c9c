"""Accounts as ready strings: formatted once per row, so that templates only place them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import rules
from accounts.models import Region, SavedView, User
from winback.common import lists
from winback.common.formats import format_datetime

Fact = tuple[object, object, object]
MOST_TABS = 8


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


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view in the list of one's own; no address where the list is gone."""

    name: str
    list: str
    url: str
    shared: bool
    slug: str


def view_row(view: SavedView) -> ViewRow:
    listing = lists.known(view.page)
    title = str(listing.title) if listing else view.page
    return ViewRow(
        view.name, title, view.get_absolute_url() if listing else "", view.shared, view.slug
    )


def saved_of(user: User, page: str) -> list[lists.Saved]:
    """The saved views of a list as tabs, one's own first; one statement."""
    views = SavedView.objects.visible_to(user).filter(page=page)
    mine_first = sorted(views, key=lambda view: (view.owner_id != user.pk, view.name, view.pk))
    return [(view.name, view.query) for view in mine_first[:MOST_TABS]]


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region in the tree; ``path`` names where it lies, ``depth`` how deep."""

    region: Region
    path: str
    depth: int
    members: str


def region_rows() -> list[RegionRow]:
    """The whole tree as a reader walks it; two statements."""
    regions = {each.pk: each for each in Region.objects.prefetch_related("members")}
    parents = {key: each.parent_id for key, each in regions.items()}
    rows: list[RegionRow] = []
    trail: list[str] = []
    for key, depth in rules.in_order(parents, list(regions)):
        trail[depth:] = [regions[key].name]
        people = ", ".join(user.short_name for user in regions[key].members.all())
        rows.append(RegionRow(regions[key], " › ".join(trail), depth, people or "–"))
    return rows
