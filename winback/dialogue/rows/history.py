"""Talks and complaints on the days they happened, for the history of the case."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.common.history import Entry, Topic, link_to, moment
from winback.common.search import brief
from winback.dialogue.models import Complaint, Interaction

#: Where the verbs of the room stand in the history; a part before the dot stands for all of it.
TOPICS = {
    "commitment": Topic.COMMITMENTS,
    "complaint": Topic.COMPLAINTS,
    # Talks and complaints stand under their own day; typing them in is a change.
    "complaint.received": Topic.CHANGES,
    "complaint.changed": Topic.CHANGES,
    "talk.shared": Topic.TALKS,
    "talk.withdrawn": Topic.TALKS,
    "series": Topic.TALKS,
    "followup": Topic.TALKS,
    "expectation": Topic.TALKS,
}
LINKS = {
    "commitment": link_to("dialogue:detail", "commitment"),
    "talk": link_to("dialogue:talk_detail", "row"),
}


def talk_entries(user: User, case: Case) -> Iterable[Entry]:
    """Every contact of the case with its subject and result; one statement."""
    for talk in Interaction.objects.filter(case=case):
        talk.case = case
        yield Entry(
            at=moment(talk.held_on, talk.starts_at),
            topic=Topic.TALKS,
            title=talk.get_kind_display(),
            text=" · ".join(filter(None, [talk.subject, brief(talk.summary)])),
            url=talk.get_absolute_url(),
            shared=talk.is_shared,
            whole_day=talk.starts_at is None,
        )


def complaint_entries(user: User, case: Case) -> Iterable[Entry]:
    """Every complaint of the case on the day it came in; one statement."""
    for complaint in Complaint.objects.filter(case=case).select_related("received_by"):
        yield Entry(
            at=moment(complaint.received_on, complaint.received_at),
            topic=Topic.COMPLAINTS,
            title=_("Complaint received"),
            by=complaint.received_by.short_name,
            text=f"{complaint.number} · {complaint.what}",
            url=complaint.get_absolute_url(),
            whole_day=complaint.received_at is None,
        )
