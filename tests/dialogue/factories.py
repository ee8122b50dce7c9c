"""Commitments as they stand after ``give`` and the verbs that end them."""

from __future__ import annotations

import datetime as dt

import factory

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ContactFactory
from winback.cases.models import Case
from winback.cases.services import next_number
from winback.dialogue import services
from winback.dialogue.enums import InteractionKind, TalkChannel
from winback.dialogue.models import (
    Commitment,
    CommunicationWay,
    Complaint,
    ContactRhythm,
    Expectation,
    FollowUp,
    Interaction,
    MeetingSeries,
)
from winback.documents.forms import limits
from winback.documents.rules import check

TODAY = dt.date(2026, 11, 23)


class CommitmentFactory(factory.django.DjangoModelFactory[Commitment]):
    """Open, given 2026-11-02, due 2026-11-30; owned by the owner of the case."""

    class Meta:
        model = Commitment

    case = factory.SubFactory(CaseFactory)
    what = factory.Sequence(lambda n: f"Reinigungsplan Haus {n} vorlegen")
    owner = factory.SelfAttribute("case.owner")
    promised_on = dt.date(2026, 11, 2)
    due_on = dt.date(2026, 11, 30)
    original_due_on = factory.SelfAttribute("due_on")


def overdue(case: Case, owner: User | None = None) -> Commitment:
    """Due on Friday 2026-11-20 and still open."""
    return CommitmentFactory(case=case, owner=owner or case.owner, due_on=dt.date(2026, 11, 20))


def one_of_each(case: Case) -> dict[str, Commitment]:
    """Every way a commitment can stand on 2026-11-23, by name."""
    due = {"due_on": dt.date(2026, 11, 16)}
    day = dt.date
    return {
        "open": CommitmentFactory(case=case),
        "due_today": CommitmentFactory(case=case, due_on=TODAY),
        "overdue": overdue(case),
        "kept": CommitmentFactory(case=case, **due, done_on=day(2026, 11, 16)),
        "kept_early": CommitmentFactory(case=case, done_on=day(2026, 11, 20)),
        "kept_late": CommitmentFactory(case=case, **due, done_on=day(2026, 11, 17)),
        "broken": CommitmentFactory(
            case=case, broken_on=day(2026, 11, 18), broken_reason="Kein Personal"
        ),
        "released": CommitmentFactory(
            case=case, **due, released_on=day(2026, 11, 12), proof="E-Mail vom 12.11."
        ),
    }


class InteractionFactory(factory.django.DjangoModelFactory[Interaction]):
    """An internal crisis talk on site, Monday 2026-11-16, both sides spoke."""

    class Meta:
        model = Interaction

    case = factory.SubFactory(CaseFactory)
    kind = InteractionKind.CRISIS
    subject = factory.Sequence(lambda n: f"Krisengespräch {n}")
    held_on = dt.date(2026, 11, 16)
    channel = TalkChannel.ON_SITE
    summary = "Der Kunde will Messwerte sehen."


class MeetingSeriesFactory(factory.django.DjangoModelFactory[MeetingSeries]):
    """A fortnightly jour fixe, next on 2026-11-25."""

    class Meta:
        model = MeetingSeries

    case = factory.SubFactory(CaseFactory)
    title = "Jour fixe"
    next_on = dt.date(2026, 11, 25)
    channel = TalkChannel.ON_SITE
    agenda = "Offene Punkte\nMesswerte"
    owner = factory.SelfAttribute("case.owner")


class FollowUpFactory(factory.django.DjangoModelFactory[FollowUp]):
    """A call-back due on 2026-11-24."""

    class Meta:
        model = FollowUp

    case = factory.SubFactory(CaseFactory)
    what = "Rückfrage zur Rechnung"
    owner = factory.SelfAttribute("case.owner")
    due_on = dt.date(2026, 11, 24)
    original_due_on = factory.SelfAttribute("due_on")


class ComplaintFactory(factory.django.DjangoModelFactory[Complaint]):
    """Received Friday 2026-11-20 by phone, answer due on 2026-11-24."""

    class Meta:
        model = Complaint

    case = factory.SubFactory(CaseFactory)
    number = factory.LazyFunction(lambda: f"C-2026-{next_number('C-2026'):04d}")
    received_on = dt.date(2026, 11, 20)
    received_by = factory.SelfAttribute("case.owner")
    channel = TalkChannel.PHONE
    what = "Sanitärräume Haus B nicht gereinigt"
    owner = factory.SelfAttribute("case.owner")
    due_on = dt.date(2026, 11, 24)
    original_due_on = factory.SelfAttribute("due_on")


class ExpectationFactory(factory.django.DjangoModelFactory[Expectation]):
    """Known since 2026-11-02, not judged yet."""

    class Meta:
        model = Expectation

    case = factory.SubFactory(CaseFactory)
    what = "Reaktion binnen einer Stunde, rund um die Uhr"
    since = dt.date(2026, 11, 2)


class ContactRhythmFactory(factory.django.DjangoModelFactory[ContactRhythm]):
    """Every 14 days by phone with one contact, agreed on 2026-11-02."""

    class Meta:
        model = ContactRhythm

    case = factory.SubFactory(CaseFactory)
    contact = factory.LazyAttribute(lambda row: ContactFactory(client=row.case.client))
    every_days = 14
    channel = TalkChannel.PHONE
    agreed_on = dt.date(2026, 11, 2)
    owner = factory.SelfAttribute("case.owner")


class WayFactory(factory.django.DjangoModelFactory[CommunicationWay]):
    class Meta:
        model = CommunicationWay

    case = factory.SubFactory(CaseFactory)
    topic = "Wochenbericht"
    sender = "Objektleitung"
    recipient = "Leiter Facility Management"
    occasion = "jeden Freitag"
    channel = TalkChannel.MAIL


def proved_release(case: Case) -> Commitment:
    """Released by the client, with the client's words as a file."""
    given = CommitmentFactory(case=case)
    return services.release(
        commitment=given,
        version=given.version,
        actor=case.owner,
        released_on=TODAY,
        proof="E-Mail vom 23.11.",
        upload=check("erlass.txt", b"Wir verzichten.", limits()),
    )
