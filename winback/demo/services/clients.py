"""Client, sites, contacts and contract of a story; they stand before its case is opened."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from winback.clients.models import Client
from winback.clients.services import create_client, save_contact, save_site
from winback.contracts.models import Contract
from winback.contracts.services import create_contract
from winback.demo import rules
from winback.demo.services.story import Story

_DATES = {"starts_on", "ends_on", "notice_on", "option_on"}


def build_client(story: Story) -> Client:
    """Record the client with its sites and contacts."""
    owner = story.who(story.text["case"]["owner"])
    facts = dict(story.text["client"])
    domain = facts.pop("domain")
    facts["since"] = story.stage.today + timedelta(days=facts["since"])
    client = create_client(actor=owner, changes=facts)
    story.sites = [
        save_site(client=client, actor=owner, changes=_site(site), site=None)
        for site in story.text["sites"]
    ]
    for key, contact in story.text["contacts"].items():
        email = rules.address(contact["first_name"], contact["last_name"], domain)
        changes = {**contact, "email": email}
        story.contacts[key] = save_contact(
            client=client, actor=owner, changes=changes, contact=None
        )
    return client


def _site(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "area": Decimal(facts["area"])}


def build_contract(story: Story, client: Client) -> Contract:
    """Record the contract for all sites; its days are exact, contracts know no working days."""
    facts = dict(story.text["contract"])
    for name in _DATES & facts.keys():
        facts[name] = story.stage.today + timedelta(days=facts[name])
    facts["annual_value"] = Decimal(facts["annual_value"])
    owner = story.who(story.text["case"]["owner"])
    facts |= {"sites": story.sites, "owner": owner}
    return create_contract(client=client, actor=owner, today=story.stage.today, changes=facts)
