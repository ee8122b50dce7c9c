"""What may be missing about clients, their people and sites."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.clients.models import Client, Consent, Contact, Objection, Site
from winback.common.quality import Check, Gap


def _people(user: User, today: date) -> QuerySet[Contact]:
    """Who is there at the visible clients."""
    return Contact.objects.visible_to(user).there(today).select_related("client")


def without_consent_status(user: User, today: date) -> QuerySet[Contact]:
    """People who were never asked: neither a consent nor an objection."""
    consents = Consent.objects.filter(contact=OuterRef("pk"))
    objections = Objection.objects.filter(contact=OuterRef("pk"))
    return _people(user, today).filter(~Exists(consents), ~Exists(objections))


def out_of_reach(user: User, today: date) -> QuerySet[Contact]:
    """People with neither phone nor e-mail address."""
    return _people(user, today).filter(email="", phone="")


def without_decision_maker(user: User, today: date) -> QuerySet[Client]:
    """Clients at which nobody is known to decide."""
    deciding = Contact.objects.there(today).filter(client=OuterRef("pk"), is_decision_maker=True)
    return Client.objects.visible_to(user).filter(~Exists(deciding))


def incomplete_sites(user: User, today: date) -> QuerySet[Site]:
    """Sites without area or region."""
    sites = Site.objects.filter(client__in=Client.objects.visible_to(user))
    return sites.filter(Q(area__isnull=True) | Q(region__isnull=True)).select_related("client")


def _contact_gap(contact: Contact) -> Gap:
    return Gap(contact.name, contact.get_absolute_url(), contact.client.name)


def _client_gap(client: Client) -> Gap:
    return Gap(client.name, client.get_absolute_url(), client.get_segment_display())


def _site_gap(site: Site) -> Gap:
    lacking = [_("no area")] if site.area is None else []
    lacking += [_("no region")] if site.region_id is None else []
    url = reverse("clients:site_edit", args=[site.client_id, site.pk])
    return Gap(site.name, url, " · ".join([site.client.name, *lacking]))


CHECKS = (
    Check(
        "ansprechpartner-ohne-einwilligungsstatus",
        50,
        gettext_lazy("Contacts without consent status"),
        gettext_lazy("Nobody has asked whether they may be written to: advertising is blocked."),
        without_consent_status,
        _contact_gap,
    ),
    Check(
        "ansprechpartner-nicht-erreichbar",
        51,
        gettext_lazy("Contacts without phone and e-mail"),
        gettext_lazy("In a crisis they cannot be reached."),
        out_of_reach,
        _contact_gap,
    ),
    Check(
        "kunden-ohne-entscheider",
        52,
        gettext_lazy("Clients without a decision maker"),
        gettext_lazy("Without knowing who decides, nobody can be won back."),
        without_decision_maker,
        _client_gap,
    ),
    Check(
        "objekte-unvollstaendig",
        53,
        gettext_lazy("Sites without area or region"),
        gettext_lazy("Figures per square metre and lists by region leave them out."),
        incomplete_sites,
        _site_gap,
    ),
)
