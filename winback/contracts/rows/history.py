"""Deadlines and changes of the contract, for the history of the cases about it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from winback.common.formats import format_date
from winback.common.history import Entry, Topic, moment
from winback.contracts.models import Contract, Deadline


def deadline_entries(user: User, case: Any) -> Iterable[Entry]:
    """When a deadline of the case's contract was set off and when it was met; one statement."""
    if case.contract_id is None:
        return
    for deadline in Deadline.objects.filter(contract=case.contract_id):
        if deadline.received_on:
            until = _("until %(day)s") % {"day": format_date(deadline.due_on)}
            yield _entry(deadline, deadline.received_on, _("Deadline set off"), until)
        if deadline.done_on:
            yield _entry(deadline, deadline.done_on, _("Deadline done"))


def _entry(deadline: Deadline, day: Any, title: str, note: str = "") -> Entry:
    return Entry(
        at=moment(day),
        topic=Topic.DEADLINES,
        title=title,
        text=" · ".join(filter(None, [deadline.title, note])),
        url=deadline.get_absolute_url(),
        whole_day=True,
    )


def contract_entries(user: User, case: Any) -> Iterable[Entry]:
    """Earlier versions of the contract in words: who changed which facts; one statement.

    Its sites are left out: comparing them would ask once per version.
    """
    if case.contract_id is None:
        return
    versions = Contract.history.filter(id=case.contract_id).select_related("history_user")
    for newer, older in pairwise(versions):
        changed = newer.diff_against(older, excluded_fields=["version", "sites"]).changed_fields
        if changed:
            author = newer.history_user
            yield Entry(
                at=newer.history_date,
                topic=Topic.CHANGES,
                title=_("Contract changed"),
                by=author.short_name if author else "Winback",
                text=", ".join(_field_name(name) for name in changed),
            )


def _field_name(name: str) -> str:
    field = Contract._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))
