"""The client's page: facts, sites and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from winback.clients.enums import Attitude, Channel, Influence
from winback.clients.models import Client, Contact, Site
from winback.clients.rows.consents import mail_summary
from winback.common.formats import format_date, format_number, format_percent

Fact = tuple[str, str, str]


def client_facts(client: Client, today: date) -> list[Fact]:
    """Who the client is and what it means to us."""
    return [
        (_("Segment"), client.get_segment_display(), client.industry),
        (_("Client since"), format_date(client.since), _duration(client, today)),
        (_("Share of our revenue"), _share(client.revenue_share), _replaceable(client)),
        (_("Share of our result"), _share(client.result_share), ""),
    ]


def _duration(client: Client, today: date) -> str:
    """Long relationships are named as such: routine is a risk of its own."""
    years = client.years_with_us(today)
    if years is None:
        return ""
    return ngettext("%(count)d year with us", "%(count)d years with us", years) % {"count": years}


def _share(value: object) -> str:
    return "" if value is None else format_percent(value)  # type: ignore[arg-type]  # a Decimal


def _replaceable(client: Client) -> str:
    return _("not replaceable at short notice") if client.is_hard_to_replace else ""


@dataclass(frozen=True, slots=True)
class SiteRow:
    pk: int
    name: str
    address: str
    kind: str
    land: str
    region: str
    lots: str
    area: str


def site_row(site: Site) -> SiteRow:
    """Needs the region joined."""
    area = f"{format_number(site.area)}\u00a0m²" if site.area else "–"
    return SiteRow(
        pk=site.pk,
        name=site.name,
        address=site.address or "–",
        kind=site.get_kind_display(),
        land=site.get_bundesland_display(),
        region=site.region.name if site.region else "–",
        lots=site.lots or "–",
        area=f"{area} {site.area_norm}".strip(),
    )


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One person in the list; ``mail`` is shape and word for advertising by e-mail."""

    url: str
    name: str
    function: str
    is_decision_maker: bool
    reach: str
    wishes: str
    mail: tuple[str, str]
    left: str


def contact_row(contact: Contact, today: date) -> ContactRow:
    """Needs ``with_consents()``; no further statement."""
    left = _("left on %(day)s") % {"day": format_date(contact.left_on)}
    return ContactRow(
        url=contact.get_absolute_url(),
        name=contact.name,
        function=contact.function,
        is_decision_maker=contact.is_decision_maker,
        reach=" · ".join(part for part in (contact.phone, contact.email) if part) or "–",
        wishes=wishes(contact) or "–",
        mail=mail_summary(contact, today),
        left=left if contact.has_left(today) else "",
    )


def wishes(contact: Contact) -> str:
    """``Telefon · alle 14 Tage · werktags 9–16 Uhr``: how the person wants to hear from us."""
    channel = str(Channel(contact.channel).label) if contact.channel else ""
    parts = (channel, rhythm(contact.rhythm_days), contact.preferred_time)
    return " · ".join(part for part in parts if part)


def rhythm(days: int | None) -> str:
    """The wished rhythm in words; empty where none is known."""
    if days is None:
        return ""
    if days == 7:  # a week has a word of its own
        return _("weekly")
    return ngettext("daily", "every %(count)d days", days) % {"count": days}


@dataclass(frozen=True, slots=True)
class Stakeholders:
    """Influence × attitude in words: heading per column, and per row a label and its cells."""

    columns: list[str]
    rows: list[tuple[str, list[list[Contact]]]]
    has_decision_maker: bool


def stakeholders(contacts: Sequence[Contact]) -> Stakeholders | None:
    """Who counts how much and stands where; None while nothing about it is known."""
    if not any(contact.influence or contact.attitude for contact in contacts):
        return None
    unknown = pgettext("stakeholder", "unknown")
    attitudes = [(each.value, str(each.label)) for each in Attitude]
    influences = [(each.value, str(each.label)) for each in Influence]
    columns = [*attitudes, *_if_used("", unknown, {each.attitude for each in contacts})]
    lines = [*influences, *_if_used("", unknown, {each.influence for each in contacts})]
    return Stakeholders(
        columns=[label for _key, label in columns],
        rows=[
            (label, [_standing(contacts, line, column) for column, _label in columns])
            for line, label in lines
        ],
        has_decision_maker=any(contact.is_decision_maker for contact in contacts),
    )


def _if_used(key: str, label: str, used: set[str]) -> list[tuple[str, str]]:
    return [(key, label)] if key in used else []


def _standing(contacts: Sequence[Contact], influence: str, attitude: str) -> list[Contact]:
    wanted = (influence, attitude)
    return [contact for contact in contacts if (contact.influence, contact.attitude) == wanted]
