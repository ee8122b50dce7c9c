"""Commitments, talks and complaints can be found by their words."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.common.search import Found, Hit, Source, brief, containing, in_case
from winback.dialogue.models import Commitment, Complaint, Interaction

_IN_CASE = {"case_number": "case__number", "client": "case__client__name"}


def jump(user: User, number: str) -> str:
    """The complaint with exactly this number, "" where the user sees none."""
    found = Complaint.objects.visible_to(user).filter(number=number).first()
    return found.get_absolute_url() if found else ""


def _commitments(user: User, text: str) -> QuerySet[Any]:
    return containing(Commitment.objects.visible_to(user), text, "what")


def _commitment_hit(found: Found) -> Hit:
    place = reverse("dialogue:detail", args=[found.case_number, found.pk])
    return Hit(brief(found.title), place, in_case(found))


def _talks(user: User, text: str) -> QuerySet[Any]:
    return containing(
        Interaction.objects.visible_to(user), text, "subject", "summary", "client_words"
    )


def _talk_hit(found: Found) -> Hit:
    place = reverse("dialogue:talk_detail", args=[found.case_number, found.pk])
    return Hit(brief(found.title), place, in_case(found))


def _complaints(user: User, text: str) -> QuerySet[Any]:
    return containing(Complaint.objects.visible_to(user), text, "number", "what", "statement")


def _complaint_hit(found: Found) -> Hit:
    label = f"{found.number} · {brief(found.title)}"
    return Hit(label, reverse("dialogue:complaint_detail", args=[found.number]), in_case(found))


SOURCES = (
    Source(
        "commitments",
        _("Commitments"),
        60,
        _commitments,
        {"title": "what", **_IN_CASE},
        _commitment_hit,
    ),
    Source("talks", _("Talks"), 65, _talks, {"title": "subject", **_IN_CASE}, _talk_hit),
    Source(
        "complaints",
        _("Complaints"),
        70,
        _complaints,
        {"title": "what", "number": "number", **_IN_CASE},
        _complaint_hit,
    ),
)
