"""What may be missing in the analysis of causes."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.causes.models import Cause
from winback.common.quality import Check, Gap


def without_primary_cause(user: User, today: date) -> QuerySet[Case]:
    """Active cases in which no cause is marked as the primary one."""
    primary = Cause.objects.primary().filter(case=OuterRef("pk"))
    active = Case.objects.visible_to(user).filter(status=Status.ACTIVE)
    return active.filter(~Exists(primary)).select_related("client")


def _gap(case: Case) -> Gap:
    return Gap(case.client.name, case.get_absolute_url(), case.number)


CHECKS = (
    Check(
        "faelle-ohne-hauptursache",
        20,
        gettext_lazy("Active cases without primary cause"),
        gettext_lazy("Measures are taken without knowing why the client left."),
        without_primary_cause,
        _gap,
    ),
)
