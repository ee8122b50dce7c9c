"""The words a set of cases answers to: who sees them, in which order, what they add up to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from accounts.enums import Role
from winback.cases.enums import (
    CLOSED,
    LIVE,
    Health,
    Status,
)
from winback.common.textsearch import normalise

if TYPE_CHECKING:
    from accounts.models import User


def _sum(name: str, rows: Q) -> Coalesce:
    """The sum over ``rows`` in euro, 0 where there are none."""
    field = models.DecimalField(max_digits=16, decimal_places=2)
    return Coalesce(Sum(name, filter=rows), Decimal(0), output_field=field)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """Management sees all, quality managers all but confidential ones, others their own.

        External auditors see audits, never the case. A membership that has ended shows nothing.
        """
        if user.role == Role.MANAGEMENT:
            return self
        if user.is_external:
            return self.none()
        mine = user.memberships.filter(left_on__isnull=True).values("case")
        if user.role == Role.QUALITY_MANAGER:
            return self.filter(Q(is_confidential=False) | Q(pk__in=mine))
        return self.filter(pk__in=mine)

    def live(self) -> Self:
        """Open, active or resting: not ended."""
        return self.filter(status__in=LIVE)

    def led_by(self, user: User) -> Self:
        """Owned by the person or deputised."""
        return self.filter(Q(owner=user) | Q(deputy=user))

    def worst_first(self) -> Self:
        """Critical before at risk before on track; then by the next step."""
        rank = Choose(
            When(health=Health.CRITICAL, then=Value(0)),
            When(health=Health.AT_RISK, then=Value(1)),
            default=Value(2),
        )
        return self.order_by(rank, F("next_step_on").asc(nulls_last=True), "pk")

    def matching(self, text: str) -> Self:
        """Number or client contains ``text``, umlauts and case folded."""
        return self.filter(search_key__contains=normalise(text))

    def running_on(self, day: date) -> Self:
        """Opened by ``day`` and not ended by then."""
        return self.filter(opened_on__lte=day).exclude(closed_on__lte=day)

    def ended_between(self, start: date, end: date) -> Self:
        """Ended from ``start`` to ``end``, both included, and not reopened since."""
        return self.filter(status__in=CLOSED, closed_on__range=(start, end))

    def totals(self) -> dict[str, Any]:
        """Number and value at stake, in all and by how they ended; one statement."""

        def ended(status: Status) -> dict[str, Any]:
            this = Q(status=status)
            return {
                str(status): Count("pk", filter=this),
                f"{status}_value": _sum("value_at_stake", this),
            }

        return self.aggregate(
            count=Count("pk"),
            value=_sum("value_at_stake", Q()),
            critical=Count("pk", filter=Q(health=Health.CRITICAL, status__in=LIVE)),
            **ended(Status.WON),
            **ended(Status.LOST),
            **ended(Status.PARTED),
        )

    def by_phase_and_health(self) -> list[dict[str, Any]]:
        """Number and value per phase and health, for live cases; one statement."""
        rows = self.live().values("phase", "health").order_by("phase", "health")
        return list(rows.annotate(count=Count("pk"), value=_sum("value_at_stake", Q())))

    def with_header(self) -> Self:
        """Everything the case header shows, in one statement."""
        return self.select_related("client", "owner", "deputy", "contract")
