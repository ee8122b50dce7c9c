"""What audits owe: carrying one out, settling a finding; and what that says of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audits.enums import NONCONFORMITIES, Grade
from audits.models import Audit, Finding
from winback.common.health import AT_RISK, CRITICAL, Signal
from winback.common.models import in_language
from winback.common.obligations import Item, Kind, Owed, Query, Source, owed

AUDIT, FINDING = "audit", "finding"
TITLE_LENGTH = 80
Reassign = Callable[[int, User, User], None]


def _rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    """Audits to be carried out, named in both languages; findings to be corrected or decided."""
    yield owed(
        Audit.objects.open(),
        AUDIT,
        query,
        tag=F("version_used__template__name_en"),
        code=F("number"),
        words=F("version_used__template__name_de"),
    )
    yield owed(
        Finding.objects.open(),
        FINDING,
        query,
        path="audit__case__",
        tag=F("grade"),
        code=F("number"),
        words=F("statement"),
    )


def _item(row: Owed) -> Item:
    if row.kind == FINDING:
        return _finding_item(row)
    return row.item(
        title=_("Carry out audit “%(name)s”") % {"name": in_language(row.words, row.tag)},
        url=reverse("audits:detail", args=[row.code]),
    )


def _finding_item(row: Owed) -> Item:
    corrects = row.tag in NONCONFORMITIES
    title = _("Correct “%(what)s”") if corrects else _("Decide on “%(what)s”")
    return row.item(
        title=title % {"what": Truncator(row.words).chars(TITLE_LENGTH)},
        context=f"{row.place} · {row.code}",
        url=reverse("dashboards:finding", args=[row.code]),
        done_url=reverse("audits:finding_done", args=[row.code]) if corrects else "",
    )


find = Source(_rows, _item)


def health_signals(case_id: int, today: date) -> Iterable[Signal]:
    """An overdue major makes the case critical, an open one puts it at risk; one statement."""
    late = Count("pk", filter=Q(due_on__lt=today))
    majors = Finding.objects.open().filter(audit__case=case_id, grade=Grade.MAJOR)
    counts = majors.aggregate(open=Count("pk"), late=late)
    if counts["late"]:
        text = ngettext(
            "%(count)d major nonconformity is overdue",
            "%(count)d major nonconformities are overdue",
            counts["late"],
        )
        yield Signal(CRITICAL, text % {"count": counts["late"]})
    on_time = counts["open"] - counts["late"]
    if on_time:
        text = ngettext(
            "%(count)d major nonconformity is open",
            "%(count)d major nonconformities are open",
            on_time,
        )
        yield Signal(AT_RISK, text % {"count": on_time})


def audit_kind(reassign: Reassign, drop: Callable[[int, User, str], None]) -> Kind:
    """The declaration for the registry; the callables are the room's services."""
    return Kind(AUDIT, gettext_lazy("Audits"), find, reassign, drop)


def finding_kind(reassign: Reassign) -> Kind:
    """The declaration for the registry. A finding is settled by a person, never dropped."""
    return Kind(FINDING, gettext_lazy("Findings"), find, reassign)
