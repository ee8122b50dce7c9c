"""Clients, sites and contacts; all invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from tests.documents.files import checked
from tests.factories import UserFactory
from winback.clients.enums import Channel, ConsentSource, Purpose
from winback.clients.models import (
    Client,
    Consent,
    Contact,
    DormantLook,
    Objection,
    OutwardMessage,
    Site,
)
from winback.common.workdays import Bundesland
from winback.documents.enums import DocumentKind
from winback.documents.models import Document
from winback.documents.services import store


class ClientFactory(factory.django.DjangoModelFactory[Client]):
    class Meta:
        model = Client

    name = factory.Sequence(lambda n: f"Norhagen Bau AG {n or ''}".strip())

    @classmethod
    def _create(cls, model_class: type[Client], *args: Any, **kwargs: Any) -> Client:
        client = model_class(*args, **kwargs)
        client.fill_keys()
        client.save()
        return client


class SiteFactory(factory.django.DjangoModelFactory[Site]):
    """A building in Hesse."""

    class Meta:
        model = Site

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"Haus {n}")
    bundesland = Bundesland.HE


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    client = factory.SubFactory(ClientFactory)
    first_name = "Bernd"
    last_name = factory.Sequence(lambda n: f"Brandt{n or ''}")


class ConsentFactory(factory.django.DjangoModelFactory[Consent]):
    """A yes to information on improvements by e-mail, without proof."""

    class Meta:
        model = Consent

    contact = factory.SubFactory(ContactFactory)
    channel = Channel.MAIL
    purpose = Purpose.IMPROVEMENTS
    wording = "Ja, ich möchte per E-Mail über Verbesserungen informiert werden."
    source = ConsentSource.WRITTEN
    given_on = dt.date(2026, 10, 1)
    recorded_by = factory.SubFactory(UserFactory)


class ObjectionFactory(factory.django.DjangoModelFactory[Objection]):
    """A no to every kind of advertising."""

    class Meta:
        model = Objection

    contact = factory.SubFactory(ContactFactory)
    objected_on = dt.date(2026, 11, 2)
    recorded_by = factory.SubFactory(UserFactory)


class LookFactory(factory.django.DjangoModelFactory[DormantLook]):
    """An open look, due on the Friday of the test week."""

    class Meta:
        model = DormantLook

    client = factory.SubFactory(ClientFactory)
    owner = factory.SubFactory(UserFactory)
    occasion = "Kein Auftrag seit dem Frühjahr"
    due_on = dt.date(2026, 11, 27)
    original_due_on = factory.SelfAttribute("due_on")


class MessageFactory(factory.django.DjangoModelFactory[OutwardMessage]):
    """A draft of contract communication to nobody yet."""

    class Meta:
        model = OutwardMessage

    client = factory.SubFactory(ClientFactory)
    purpose = Purpose.CONTRACT
    subject = "Termin zur Begehung"
    body = "Guten Tag, passt Ihnen Donnerstag?"
    drafted_by = factory.SubFactory(UserFactory)
    drafted_at = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


def paper(title: str = "Einwilligung") -> Document:
    """A stored proof."""
    upload = checked("einwilligung.pdf")
    return store(upload=upload, title=title, kind=DocumentKind.PROOF, actor=UserFactory())


def proved(contact: Contact, **facts: Any) -> Consent:
    """A consent somebody can prove."""
    return ConsentFactory(contact=contact, proof=paper(), **facts)
