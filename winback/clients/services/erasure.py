"""Erasing a person at the client (Art. 17 DSGVO): what identifies goes, what proves stays."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import Contact, Recipient
from winback.common import persons
from winback.common.claims import RuleBroken, claim

#: Fields that say who the person is or what the person thinks, and their empty values.
_EMPTY = {
    "salutation": "none",
    "first_name": "",
    "function": "",
    "email": "",
    "phone": "",
    "channel": "",
    "influence": "",
    "attitude": "",
    "preferred_time": "",
    "meeting_form": "",
    "internal_need": "",
}


class ErasureRefused(RuleBroken):
    """Something is still open with the person; ``hindrances`` name it."""

    def __init__(self, hindrances: list[str]) -> None:
        text = _("Still open with this person: %(things)s. Settle it first.")
        super().__init__(text % {"things": "; ".join(hindrances)})
        self.hindrances = hindrances


def hindrances(contact: Contact) -> list[str]:
    """What is still open with the person: duties of higher rooms and mails not sent yet."""
    open_uses = [use for use in persons.uses(contact.pk) if use.is_open]
    found = [_("%(kind)s “%(text)s”") % {"kind": use.kind, "text": use.text} for use in open_uses]
    drafts = Recipient.objects.filter(contact=contact).drafts().select_related("message")
    return found + [_("Draft “%(subject)s”") % {"subject": row.message.subject} for row in drafts]


@transaction.atomic
def erase_contact(*, contact: Contact, version: int, actor: User, today: date) -> Contact:
    """Make the person unrecognisable; consents, objections and mails stay as proof.

    Effects: name, function, addresses, wishes and our judgement are emptied, also in every earlier
    version of the row and at the mails received; the person counts as gone. An erased person stays
    erased. Raises ErasureRefused while something is open, StaleVersion.
    """
    if contact.erased_on is not None:
        return contact
    if found := hindrances(contact):
        raise ErasureRefused(found)
    claim(contact, version=version, actor=actor)
    contact.history.all().delete()
    for name, value in _EMPTY.items():
        setattr(contact, name, value)
    contact.last_name = _("Erased person")
    contact.rhythm_days = None
    contact.is_decision_maker = False
    contact.left_on = contact.left_on or today
    contact.erased_on = today
    contact.save()
    Recipient.objects.filter(contact=contact).update(email="")
    return contact
