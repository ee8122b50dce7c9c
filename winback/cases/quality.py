"""What may be missing in cases."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.quality import Check, Gap


def without_next_step(user: User, today: date) -> QuerySet[Case]:
    """Open and active cases nobody has named the next step of; resting ones have a wake-up date."""
    working = Case.objects.visible_to(user).filter(status__in=(Status.OPEN, Status.ACTIVE))
    return working.filter(next_step="").select_related("client")


def without_first_sign(user: User, today: date) -> QuerySet[Case]:
    """Live cases that name neither the first sign nor the day of the loss."""
    live = Case.objects.visible_to(user).live()
    return live.filter(Q(first_sign_on=None), Q(lost_on=None)).select_related("client")


def case_gap(case: Case) -> Gap:
    """Needs the client joined."""
    return Gap(case.client.name, case.get_absolute_url(), case.number)


CHECKS = (
    Check(
        "faelle-ohne-naechsten-schritt",
        10,
        gettext_lazy("Cases without next step"),
        gettext_lazy("A case without a dated next step stands still unnoticed."),
        without_next_step,
        case_gap,
    ),
    Check(
        "faelle-ohne-zeitpunkt",
        11,
        gettext_lazy("Cases without first sign and day of loss"),
        gettext_lazy("How long the client has been cooling or gone decides the chance."),
        without_first_sign,
        case_gap,
    ),
)
