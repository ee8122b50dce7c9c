"""Contracts as ready strings, for the client's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from winback.clients.models import Client
from winback.clients.permissions import can_edit_clients
from winback.common.clientpages import Panel, PanelRow
from winback.common.formats import format_date, format_money, format_range
from winback.contracts.models import Contract


def client_panel(user: User, client: Client) -> Panel:
    """The client's contracts with term, notice and value; one statement."""
    may_edit = can_edit_clients(user)
    contracts = Contract.objects.filter(client=client).with_register(user)
    return Panel(
        key="contracts",
        title=_("Contracts"),
        rows=[
            _row(each, url=_url(each, has_register=each.has_register, may_edit=may_edit))
            for each in contracts
        ],
        empty=_("No contract recorded."),
        action_label=_("New contract"),
        action_url=reverse("contracts:create", args=[client.pk]) if may_edit else "",
    )


def _url(contract: Contract, *, has_register: bool, may_edit: bool) -> str:
    """The register to those who may see it, else the form to those who keep clients."""
    if has_register:
        return contract.get_absolute_url()
    return reverse("contracts:edit", args=[contract.pk]) if may_edit else ""


def _row(contract: Contract, *, url: str) -> PanelRow:
    is_over = contract.ends_on is not None and contract.ends_on < timezone.localdate()
    notice = _("notice until %(day)s") % {"day": format_date(contract.notice_on)}
    facts = [
        contract.number,
        contract.get_kind_display(),
        format_range(contract.starts_on, contract.ends_on),
        notice if contract.notice_on else "",
        format_money(contract.annual_value),
    ]
    return PanelRow(
        label=contract.title,
        url=url,
        shape="na" if is_over else "ok",
        word=pgettext("contract", "ended") if is_over else pgettext("contract", "running"),
        note=" · ".join(fact for fact in facts if fact),
    )
