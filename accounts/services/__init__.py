"""Verbs on people. Each is one transaction; every change of a user claims the row."""

from accounts.services.absences import add_absence, end_absence
from accounts.services.errors import (
    AbsenceRefused,
    CannotDeactivate,
    EmailTaken,
    LastAdministrator,
    RegionRefused,
    ViewRefused,
)
from accounts.services.passwords import change_password, set_start_password, start_password
from accounts.services.regions import delete_region, save_region
from accounts.services.saved_views import change_view, delete_view, save_view
from accounts.services.users import (
    change_profile,
    change_user,
    create_user,
    deactivate_user,
    reactivate_user,
)

__all__ = [
    "AbsenceRefused",
    "CannotDeactivate",
    "EmailTaken",
    "LastAdministrator",
    "RegionRefused",
    "ViewRefused",
    "add_absence",
    "change_password",
    "change_profile",
    "change_user",
    "change_view",
    "create_user",
    "deactivate_user",
    "delete_region",
    "delete_view",
    "end_absence",
    "reactivate_user",
    "save_region",
    "save_view",
    "set_start_password",
    "start_password",
]
