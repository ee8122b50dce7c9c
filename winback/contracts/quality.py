"""What may be missing about contracts."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.common.formats import format_range
from winback.common.quality import Check, Gap
from winback.contracts.models import Contract


def without_notice(user: User, today: date) -> QuerySet[Contract]:
    """Running contracts the user may look into whose last day to give notice nobody knows."""
    runs = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    contracts = Contract.objects.legally_visible_to(user).filter(runs, notice_on__isnull=True)
    return contracts.select_related("client")


def _gap(contract: Contract) -> Gap:
    term = format_range(contract.starts_on, contract.ends_on)
    return Gap(contract.title, contract.get_absolute_url(), f"{contract.client.name} · {term}")


CHECKS = (
    Check(
        "vertraege-ohne-kuendigungstermin",
        40,
        gettext_lazy("Running contracts without notice date"),
        gettext_lazy("Nobody is warned before the contract renews or ends."),
        without_notice,
        _gap,
    ),
)
