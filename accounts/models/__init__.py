"""People: who signs in, which role they hold, who stands in for them."""

from accounts.models.absence import Absence, AbsenceQuerySet
from accounts.models.region import Region, RegionQuerySet
from accounts.models.saved_view import SavedView, SavedViewQuerySet
from accounts.models.user import User, UserManager, UserQuerySet

__all__ = [
    "Absence",
    "AbsenceQuerySet",
    "Region",
    "RegionQuerySet",
    "SavedView",
    "SavedViewQuerySet",
    "User",
    "UserManager",
    "UserQuerySet",
]
