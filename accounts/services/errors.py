"""What the verbs about people refuse."""

from __future__ import annotations

from winback.common.claims import RuleBroken


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
