"""Clients, sites and contacts; all invented."""

from __future__ import annotations

from typing import Any

import factory

from winback.clients.models import Client, Contact, Site
from winback.common.workdays import Bundesland


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
