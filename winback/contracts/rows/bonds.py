"""With which clients a contract runs: whoever has none may have gone quiet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from winback.contracts.models import Contract


def bound_clients(today: date) -> QuerySet[Any, Any]:
    """Keys of the clients with a contract that has begun and not ended; part of a statement."""
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return Contract.objects.filter(goes_on, starts_on__lte=today).order_by().values("client")
