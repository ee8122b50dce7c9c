"""Nobody audits their own work."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from audits.enums import Grade
from audits.models import Audit
from audits.rules import own_work
from winback.cases.enums import Function
from winback.common.claims import RuleBroken

#: Functions in a case whose holders run what is audited.
IN_CHARGE = (
    Function.KEY_ACCOUNT_MANAGER,
    Function.REGIONAL_LEAD,
    Function.OPERATIONS_LEAD,
    Function.TECHNICIAN,
    Function.PROCUREMENT,
)


class NotIndependent(RuleBroken):
    """An auditor would audit their own work."""


def must_be_independent(audit: Audit, people: list[User]) -> None:
    """Raises NotIndependent. At most two statements."""
    keys = [person.pk for person in people]
    running = audit.case.members.filter(left_on__isnull=True, function__in=IN_CHARGE)
    corrected: set[int] = set()
    if audit.previous is not None:
        found = audit.previous.findings.counting().exclude(grade=Grade.STRENGTH)
        corrected = set(found.values_list("owner", flat=True))
    broken = own_work(
        keys,
        case_owner=audit.case.owner_id,
        in_charge=set(running.filter(user__in=keys).values_list("user", flat=True)),
        corrected=corrected,
    )
    if broken is None:
        return
    key, why = broken
    who = next(person for person in people if person.pk == key)
    text = _("Nobody audits their own work: %(name)s %(why)s. Choose somebody else.")
    field = "owner" if key == audit.owner_id else "team"
    raise NotIndependent(text % {"name": who.full_name, "why": why.label}, field=field)
