"""Who works on a case: membership makes it visible."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import LIVE, Function, Verb
from winback.cases.models import Case, CaseMember
from winback.cases.permissions import cases_of_contracts
from winback.cases.services.core import NotReady, record
from winback.common import obligations


def join_team(case: Case, user: User, function: str, today: date) -> bool:
    """Make ``user`` a member of the case in this function; True when that is new.

    Rooms call it when they give somebody something to do: membership makes the case visible.
    """
    _member, is_new = CaseMember.objects.get_or_create(
        case=case, user=user, function=function, left_on=None, defaults={"joined_on": today}
    )
    return is_new


def join_many(case: Case, people: Iterable[tuple[User, str]], today: date) -> None:
    """Make several (person, function) pairs members in two statements; existing ones stay."""
    present = set(
        CaseMember.objects.filter(case=case, left_on=None).values_list("user_id", "function")
    )
    wanted = {(user.pk, function) for user, function in people}
    CaseMember.objects.bulk_create(
        CaseMember(case=case, user_id=user_id, function=function, joined_on=today)
        for user_id, function in sorted(wanted - present)
    )


def let_see(case: Case, user: User, today: date) -> None:
    """Make ``user`` a contributor unless the person is in the team already."""
    if not CaseMember.objects.filter(case=case, user=user, left_on=None).exists():
        join_team(case, user, Function.CONTRIBUTOR, today)


def let_see_contract(contract_id: int, person: User, actor: User, today: date) -> None:
    """Let whoever gets something to do in a contract into its live case.

    With several it is the newest the actor sees, else the newest; without one nothing happens.
    """
    live = cases_of_contracts(None).filter(contract=contract_id, status__in=LIVE)
    case = live.filter(pk__in=Case.objects.visible_to(actor)).first() or live.first()
    if case is not None:
        let_see(case, person, today)


def enrol(case: Case, today: date) -> None:
    join_team(case, case.owner, Function.KEY_ACCOUNT_MANAGER, today)
    if case.deputy is not None:
        let_see(case, case.deputy, today)


def move_lead(case: Case, former: User, today: date) -> None:
    """After a change of owner: only the present one has the leading function.

    The former one stays in the team as contributor unless another function is left.
    """
    leads = CaseMember.objects.filter(
        case=case, user=former, function=Function.KEY_ACCOUNT_MANAGER, left_on=None
    )
    if case.owner_id != former.pk and leads.update(left_on=today):
        let_see(case, former, today)
    enrol(case, today)


@transaction.atomic
def add_member(
    *, case: Case, actor: User, user: User, function: str, today: date, specialty: str = ""
) -> None:
    """Take a person into the team with what they know best; doing it twice changes nothing."""
    if join_team(case, user, function, today):
        if specialty:
            member = case.members.filter(user=user, function=function, left_on=None)
            member.update(specialty=specialty)
        title = specialty
        record(case, actor, Verb.MEMBER_ADDED, user=str(user), function=function, title=title)


@transaction.atomic
def end_membership(*, member: CaseMember, actor: User, today: date) -> None:
    """Let a person leave the team; the case owner cannot leave.

    Raises NotReady while the person still owes something in this case.
    """
    case = member.case
    if member.user_id == case.owner_id:
        raise NotReady(_("The owner cannot leave the team. Name another owner first."))
    query = obligations.Query(owner_ids=[member.user_id], case_id=case.pk)
    if obligations.find(query):
        raise NotReady(_("This person still owes something here. Hand it over first."))
    if member.left_on is None:
        member.left_on = today
        member.save()
        record(case, actor, Verb.MEMBER_LEFT, user=str(member.user))
