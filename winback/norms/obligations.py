"""Inspections and open defects as obligations, and what overdue ones say about a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from winback.cases.models import Case
from winback.common.health import AT_RISK, CRITICAL, Signal
from winback.common.obligations import Item, Kind, Owed, Query, Source, owed, text
from winback.norms.enums import DutyHolder
from winback.norms.models import Inspection, InspectionRecord
from winback.norms.rules import CRITICAL_DAYS

KIND = "inspection"
#: An inspector must be found and the plant be free: the first reminder comes early.
LEAD_DAYS = (60, 14, 2)
_DEFECT = "defect"


def _rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    yield owed(
        Inspection.objects.open().with_case(),
        KIND,
        query,
        path="site__cases__",
        words=_named(""),
        case=_case(query, F("case_id")),
        client=F("site__client__name"),
        number=F("site__name"),
    )
    open_ones = InspectionRecord.objects.open().filter(inspection__ended_on__isnull=True)
    cases = Case.objects.live().filter(sites=OuterRef("inspection__site"))
    newest = Subquery(cases.order_by("-opened_on", "-pk").values("pk")[:1])
    yield owed(
        open_ones.alias(owner=F("inspection__owner_id")),
        KIND,
        query,
        path="inspection__site__cases__",
        pk=F("inspection_id"),
        tag=text(_DEFECT),
        code=Cast("pk", CharField()),
        words=_named("inspection__"),
        owner=F("inspection__owner_id"),
        deputy=F("inspection__deputy_id"),
        day=F("defects_due_on"),
        case=_case(query, newest),
        client=F("inspection__site__client__name"),
        number=F("inspection__site__name"),
    )


def _named(path: str) -> Concat:
    return Concat(f"{path}plant", Value(": "), f"{path}task", output_field=CharField())


def _case(query: Query, newest: Any) -> Any:
    """The case that was asked for, else the newest live one about the site."""
    return newest if query.case_id is None else Cast(Value(query.case_id), BigIntegerField())


def _item(row: Owed) -> Item:
    is_defect = row.tag == _DEFECT
    title = _("Remedy defects of inspection “%(what)s”") if is_defect else _("Inspect “%(what)s”")
    done = reverse("norms:follow_up", args=[row.pk, row.code]) if is_defect else ""
    return row.item(
        title=title % {"what": row.words},
        url=reverse("norms:inspection", args=[row.pk]),
        done_url=done or reverse("norms:record", args=[row.pk]),
        move_url="" if is_defect else reverse("norms:move", args=[row.pk]),
        part=row.code,
        outlives_case=True,
    )


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; nothing drops an inspection but a person with a reason."""
    return Kind(
        key=KIND,
        label=gettext_lazy("Inspections of plants"),
        find=Source(_rows, _item),
        reassign=reassign,
        lead_days=LEAD_DAYS,
    )


def signals(case_id: int, today: date) -> Iterable[Signal]:
    """Overdue inspections that endanger people and are ours to see to; one statement."""
    rows = Inspection.objects.overdue(today).filter(site__cases=case_id, is_safety=True)
    days = list(rows.exclude(duty_holder=DutyHolder.CLIENT).values_list("due_on", flat=True))
    if not days:
        return
    is_long = min(days) < today - timedelta(days=CRITICAL_DAYS)
    words = ngettext(
        "%(count)d inspection relevant to safety is overdue",
        "%(count)d inspections relevant to safety are overdue",
        len(days),
    )
    yield Signal(CRITICAL if is_long else AT_RISK, words % {"count": len(days)})
