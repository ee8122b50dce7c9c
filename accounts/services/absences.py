"""Absences and who stands in."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Absence, User
from accounts.services.errors import AbsenceRefused


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
    deputy_must_be_there(user, deputy, starts_on, ends_on)
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


def deputy_must_be_there(
    user: User, deputy: User, starts_on: date, ends_on: date, *, field: str = "deputy"
) -> None:
    if deputy == user:
        raise AbsenceRefused(_("Nobody can stand in for themselves."), field=field)
    if away := deputy.absences.overlapping(starts_on, ends_on).first():
        text = _("%(name)s is away in these days too: %(days)s.")
        raise AbsenceRefused(text % {"name": deputy, "days": away.period}, field=field)
