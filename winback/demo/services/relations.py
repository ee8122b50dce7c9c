"""What the demo tells about clients beside their cases: regions, people, consents, quiet ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from accounts.models import Region
from accounts.services import save_region
from winback.clients import services as clients
from winback.clients.enums import Segment
from winback.clients.models import Client, Contact, DormantLook
from winback.demo.services.stage import Stage
from winback.demo.services.story import FOLDER, read
from winback.documents.rules import CheckedFile

FACTS, CONSENTS, REFUSALS, MAILS, LOOKS = 8, 10, 11, 12, 13
_SHARES = ("revenue_share", "result_share")


def plan_relations(stage: Stage) -> None:
    """Plan all of it; what concerns a client whose case is not played is left out."""
    text = read(FOLDER / "clients.yaml")
    _build_regions(stage, text["regions"])
    for known in text["known"]:
        _plan_known(stage, known)
    stage.plan(stage.day(-1), FACTS, lambda on: _place_sites(stage, text["regions"]))
    for quiet in text["quiet"]:
        _plan_quiet(stage, quiet)


def _build_regions(stage: Stage, texts: list[dict[str, Any]]) -> None:
    for text in texts:
        parent = Region.objects.filter(name=text.get("part_of", "")).first()
        members = [stage.people[key] for key in text["members"]]
        changes = {"name": text["name"], "parent": parent, "members": members}
        save_region(actor=stage.people["kern"], changes=changes)


def _place_sites(stage: Stage, texts: list[dict[str, Any]]) -> None:
    """Every site lies in the region of its Bundesland."""
    places = {land: text["name"] for text in texts for land in text.get("lands", ())}
    regions = {region.name: region for region in Region.objects.all()}
    for client in Client.objects.prefetch_related("sites"):
        for site in client.sites.all():
            clients.save_site(
                client=client,
                actor=stage.people["kaya"],
                changes={"region": regions[places[site.bundesland]]},
                site=site,
                version=site.version,
            )


def _plan_known(stage: Stage, text: dict[str, Any]) -> None:
    def at(day: int, hour: int, scene: Callable[..., None], *more: Any) -> None:
        stage.plan(stage.day(day), hour, partial(_if_there, stage, text, scene, *more))

    at(text["day"], FACTS, _describe)
    for each in text.get("consents", ()):
        at(each["day"], CONSENTS, _consent, each)
        if "withdrawn" in each:
            at(each["withdrawn"], REFUSALS, _withdraw, each)
    for each in text.get("objections", ()):
        at(each["day"], REFUSALS, _object, each)
    for each in text.get("messages", ()):
        at(each["day"], MAILS, _write, each)


def _if_there(
    stage: Stage, text: dict[str, Any], scene: Callable[..., None], *arguments: Any
) -> None:
    """Play the scene where the client of the text exists; the day comes last."""
    *more, on = arguments
    client = Client.objects.filter(name=text["client"]).first()
    if client is not None:
        scene(stage, client, text, *more, on)


def _describe(stage: Stage, client: Client, text: dict[str, Any], on: date) -> None:
    actor = stage.people[text["by"]]
    shares = {name: Decimal(text["facts"][name]) for name in _SHARES}
    changes = {**text["facts"], **shares}
    clients.change_client(client=client, version=client.version, actor=actor, changes=changes)
    for name, lots in text.get("lots", {}).items():
        site = client.sites.get(name=name)
        clients.save_site(
            client=client, actor=actor, changes={"lots": lots}, site=site, version=site.version
        )
    for name, changes in text["contacts"].items():
        contact = _contact(client, name)
        clients.save_contact(
            client=client, actor=actor, changes=changes, contact=contact, version=contact.version
        )


def _contact(client: Client, last_name: str) -> Contact:
    return client.contacts.with_consents().get(last_name=last_name)


def _consent(
    stage: Stage, client: Client, text: dict[str, Any], each: dict[str, Any], on: date
) -> None:
    wording = each["wording"]
    proof = CheckedFile("Einwilligung.txt", "text/plain", wording.encode())
    clients.give_consent(
        contact=_contact(client, each["who"]),
        actor=stage.people[text["by"]],
        today=on,
        changes={
            "channel": each["channel"],
            "purpose": each["purpose"],
            "source": each["source"],
            "wording": wording,
            "given_on": on,
        },
        proof=proof if each.get("proof") else None,
    )


def _withdraw(
    stage: Stage, client: Client, text: dict[str, Any], each: dict[str, Any], on: date
) -> None:
    contact = _contact(client, each["who"])
    consent = contact.consents.get(channel=each["channel"], purpose=each["purpose"])
    clients.withdraw_consent(
        consent=consent, version=consent.version, actor=stage.people[text["by"]], today=on, on=on
    )


def _object(
    stage: Stage, client: Client, text: dict[str, Any], each: dict[str, Any], on: date
) -> None:
    clients.record_objection(
        contact=_contact(client, each["who"]),
        actor=stage.people[text["by"]],
        today=on,
        changes={"objected_on": on, "note": each["note"]},
    )


def _write(
    stage: Stage, client: Client, text: dict[str, Any], each: dict[str, Any], on: date
) -> None:
    actor = stage.people[text["by"]]
    message = clients.draft_message(
        client=client,
        actor=actor,
        today=on,
        purpose=each["purpose"],
        subject=each["subject"],
        body=each["body"],
        contacts=[_contact(client, name) for name in each["to"]],
    )
    if "sent" in each:
        clients.mark_sent(message=message, version=message.version, actor=actor, today=on, on=on)


def _plan_quiet(stage: Stage, text: dict[str, Any]) -> None:
    """A client without a case: long known, then looked at."""
    first = min((look["planned"] for look in text["looks"]), default=-10)
    stage.plan(stage.day(first - 5), FACTS, partial(_record, stage, text))
    for look in text["looks"]:
        stage.plan(stage.day(look["planned"]), LOOKS, partial(_plan_look, stage, text, look))
        if "done" in look:
            stage.plan(stage.day(look["done"]), LOOKS, partial(_finish_look, stage, text, look))


def _record(stage: Stage, text: dict[str, Any], on: date) -> None:
    actor, facts = stage.people[text["by"]], dict(text["client"])
    facts["since"] = stage.today + timedelta(days=facts["since"])
    client = clients.create_client(actor=actor, changes={"segment": Segment.OTHER, **facts})
    site = {**text["site"], "area": Decimal(text["site"]["area"])}
    clients.save_site(client=client, actor=actor, changes=site)
    clients.save_contact(client=client, actor=actor, changes=text["contact"])


def _plan_look(stage: Stage, text: dict[str, Any], look: dict[str, Any], on: date) -> None:
    actor = stage.people[text["by"]]
    clients.plan_look(
        client=Client.objects.get(name=text["client"]["name"]),
        actor=actor,
        today=on,
        owner=actor,
        due_on=stage.day(look["until"]),
        occasion=look["occasion"],
    )


def _finish_look(stage: Stage, text: dict[str, Any], look: dict[str, Any], on: date) -> None:
    planned = DormantLook.objects.open().get(client__name=text["client"]["name"])
    clients.finish_look(
        look=planned,
        version=planned.version,
        actor=stage.people[text["by"]],
        today=on,
        result=look["result"],
        reason=look["reason"],
        without_notice=look.get("without_notice", False),
        unspoken=look.get("unspoken", ""),
        next_on=stage.day(look["next"]) if "next" in look else None,
    )
