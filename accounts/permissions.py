"""Who may manage people, and the decorators for whole pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.enums import Role
from accounts.models import SavedView, User

View = Callable[..., HttpResponse]


def user_of(request: HttpRequest) -> User:
    """The signed-in user; pages are only reached signed in."""
    return cast("User", request.user)


def can_manage_users(user: User) -> bool:
    return user.is_administrator


def can_see_management_pages(user: User) -> bool:
    return user.role == Role.MANAGEMENT


def can_change_view(user: User, view: SavedView) -> bool:
    """Only whoever saved it renames, shares or deletes it."""
    return view.owner_id == user.pk


def requires(predicate: Callable[[User], bool]) -> Callable[[View], View]:
    """Answer 403 unless ``predicate`` holds for the signed-in user."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not predicate(user_of(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def manages(user: User, other: User) -> bool:
    """Steps that would end one's own session are for another administrator."""
    return can_manage_users(user) and user != other
