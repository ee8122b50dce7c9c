"""What plans owe: open measures; and what their lateness says about the health of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audits.enums import FindingStatus
from audits.models import Finding
from winback.cases.enums import LIVE
from winback.common import clock
from winback.common.health import Signal
from winback.common.obligations import Item, Kind, Owed, Query, Source, owed, text
from winback.common.workdays import add_working_days
from winback.dialogue.models import Commitment
from winback.dialogue.rules import about_to_break
from winback.plans.models import EffectivenessCheck, Measure
from winback.plans.rules import overdue_level

KIND = "measure"
#: a word to the client before a promise breaks
WORD = "forewarning"
#: judging whether it worked; naming who does
CHECK, NAMING = "effectiveness", "effectiveness_naming"
TITLE_LENGTH = 80
#: All that items and words say; ``find`` runs at every visit of "Meine Arbeit".
_COLUMNS = (
    *("number", "title", "status", "due_on", "recurrence", "owner_id", "deputy_id"),
    *("plan__bundesland", "plan__case__number", "plan__case__client__name"),
    *("commitment__what", "commitment__due_on", "commitment__owner_id", "commitment__deputy_id"),
)


def find(query: Query) -> Iterable[Item]:
    """Open measures, and the words owed to clients before a promise breaks; one statement.

    A promise owes one word, whichever of its measures endangers it.
    """
    today = timezone.localdate(clock.now())
    items, words = [], {}
    found = _open(query).select_related("plan__case__client", "commitment").order_by()
    for measure in found.only(*_COLUMNS):
        if measure.is_asked:
            items.append(_item(measure))
        if measure.is_promised and _endangers(measure, today):
            words[measure.commitment_id] = _word(measure)
    until = query.due_until
    return items + [word for word in words.values() if until is None or word.due_on <= until]


def _open(query: Query) -> QuerySet[Measure]:
    """Measures asked for themselves (``is_asked``) or for their promise (``is_promised``)."""
    asked, promised = Q(pk__isnull=False), Q(commitment__isnull=False)
    promised &= Q(commitment__in=Commitment.objects.open(), commitment__forewarned_on=None)
    if query.owner_ids is not None:
        asked &= Q(owner__in=query.owner_ids)
        promised &= Q(commitment__owner__in=query.owner_ids)
    if query.due_until is not None:
        asked &= Q(due_on__lte=query.due_until)
    found = Measure.objects.open().filter(asked | promised, plan__case__status__in=LIVE)
    if query.case_id is not None:
        found = found.of_case(query.case_id)
    flagged: QuerySet[Measure] = found.annotate(is_asked=_flag(asked), is_promised=_flag(promised))
    return flagged


def _flag(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _endangers(measure: Measure, today: date) -> bool:
    promise = measure.commitment
    return (
        promise is not None
        and promise.due_on >= today
        and about_to_break(
            promised_for=promise.due_on,
            measure_due=measure.due_on,
            has_begun=measure.has_begun,
            today=today,
            land=measure.plan.bundesland,
        )
    )


def _word(measure: Measure) -> Item:
    """The word to the client: a working day before the promise is due."""
    promise = measure.commitment
    assert promise is not None  # only measures of a promise endanger one
    one = [measure.case.number, promise.pk]
    return Item(
        kind=WORD,
        pk=promise.pk,
        title=_("Tell the client in advance: “%(what)s” is about to break")
        % {"what": promise.what},
        owner_id=promise.owner_id,
        deputy_id=promise.deputy_id,
        due_on=add_working_days(promise.due_on, -1, measure.plan.bundesland),
        case_id=measure.case.pk,
        context=measure.case.title,
        url=reverse("dialogue:detail", args=one),
        done_url=reverse("dialogue:forewarn", args=one),
    )


def _item(measure: Measure) -> Item:
    return Item(
        kind=KIND,
        pk=measure.pk,
        title=_("Complete measure “%(title)s”") % {"title": measure.title},
        owner_id=measure.owner_id,
        deputy_id=measure.deputy_id,
        due_on=measure.due_on,
        case_id=measure.case.pk,
        context=measure.case.title,
        url=measure.get_absolute_url(),
        done_url=measure.done_url,
        move_url=measure.url("move"),
        moves_inline=True,
    )


def _check_rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    """Checks to be made; findings done whose effect nobody is named to judge, by their lead."""
    yield owed(
        EffectivenessCheck.objects.open(),
        CHECK,
        query,
        tag=Coalesce(F("finding__number"), text("")),
        code=Coalesce(Cast(F("measure__number"), CharField()), text("")),
        words=Coalesce(F("finding__statement"), F("measure__title"), output_field=TextField()),
    )
    findings = Finding.objects.filter(status=FindingStatus.DONE, check_on__isnull=False)
    named = EffectivenessCheck.objects.open().filter(finding=OuterRef("pk"))
    by_lead = {"owner": F("audit__owner_id"), "deputy": F("audit__deputy_id")}
    if query.owner_ids is not None:
        findings = findings.filter(audit__owner__in=query.owner_ids)
    yield owed(
        findings.filter(~Exists(named), audit__case__status__in=LIVE),
        NAMING,
        replace(query, owner_ids=None),
        path="audit__case__",
        code=F("number"),
        words=F("statement"),
        day=F("check_on"),
        **by_lead,
    )


def _check_item(row: Owed) -> Item:
    what = {"what": Truncator(row.words).chars(TITLE_LENGTH)}
    if row.kind == NAMING:
        return row.item(
            title=_("Name who judges the effect of “%(what)s”") % what,
            context=f"{row.place} · {row.code}",
            url=reverse("plans:finding_check_plan", args=[row.code]),
        )
    url = reverse("plans:finding_check", args=[row.tag]) if row.tag else ""
    return row.item(
        title=_("Judge the effect of “%(what)s”") % what,
        context=" · ".join(filter(None, (row.place, row.tag))),
        url=url or reverse("plans:measure_check", args=[row.number, row.code]),
    )


find_checks = Source(_check_rows, _check_item)


def check_kinds(
    reassign: Callable[[int, User, User], None], name: Callable[[int, User, User], None]
) -> list[Kind]:
    """The declarations for the registry: making a check, naming who makes it."""
    shared: dict[str, Any] = {"find": find_checks, "ends_with_case": True}
    label = gettext_lazy("Effectiveness checks")
    naming = gettext_lazy("Naming who judges the effect")
    return [
        Kind(CHECK, label, reassign=reassign, **shared),
        Kind(NAMING, naming, reassign=name, **shared),
    ]


def kind(
    reassign: Callable[[int, User, User], None], drop: Callable[[int, User, str], None]
) -> Kind:
    """The declaration for the registry; both callables are the room's services."""
    return Kind(
        key=KIND,
        label=gettext_lazy("Measures of the recovery plan"),
        find=find,
        reassign=reassign,
        drop=drop,
        lead_days=(7, 2),
    )


def word_kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """Owed by whoever keeps the promise; closing the case asks for the promise itself."""
    return Kind(
        key=WORD,
        label=gettext_lazy("A word to the client before a promise breaks"),
        find=find,
        reassign=reassign,
        lead_days=(2,),
        ends_with_case=True,
    )


def signals(case_id: int, today: date) -> Iterable[Signal]:
    """Overdue mandatory measures speak against the health of the case; one statement."""
    overdue = Measure.objects.of_case(case_id).overdue(today).filter(is_mandatory=True)
    days = [(today - due_on).days for due_on in overdue.values_list("due_on", flat=True)]
    level = overdue_level(days)
    if level is None:
        return []
    reason = ngettext(
        "%(count)d mandatory measure is overdue, the oldest by %(days)d days.",
        "%(count)d mandatory measures are overdue, the oldest by %(days)d days.",
        len(days),
    ) % {"count": len(days), "days": max(days)}
    return [Signal(level, reason)]
