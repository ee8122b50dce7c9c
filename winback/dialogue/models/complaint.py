"""The register of complaints, with the steps of ISO 10002."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.models import Case
from winback.clients.models import Contact, Site
from winback.common.models import Obligation
from winback.dialogue.enums import (
    ComplaintCore,
    ComplaintState,
    Severity,
    TalkChannel,
)
from winback.dialogue.models.base import HEADER, CaseRow, DutyQuerySet

_UNANSWERED = Q(answered_on__isnull=True) | Q(reopened_on__isnull=False)


class ComplaintQuerySet(DutyQuerySet):
    def received_within(self, today: date, days: int) -> Self:
        """Received in the last ``days`` calendar days, today included; for thresholds."""
        return self.filter(received_on__gt=today - timedelta(days=days), received_on__lte=today)

    def unanswered(self) -> Self:
        """Open and without a concrete answer so far, or without a new one after reopening."""
        return self.open().filter(_UNANSWERED)

    def urgent(self) -> Self:
        """Open, about safety, not answered yet."""
        return self.unanswered().filter(is_safety=True)

    def in_state(self, state: str) -> Self:
        """Those of one ``ComplaintState``; the parts never overlap."""
        unanswered = _UNANSWERED & Q(done_on__isnull=True)
        return self.filter(
            {
                ComplaintState.RECEIVED: unanswered & Q(acknowledged_on__isnull=True),
                ComplaintState.ACKNOWLEDGED: unanswered & Q(acknowledged_on__isnull=False),
                ComplaintState.ANSWERED: ~_UNANSWERED & Q(done_on__isnull=True),
                ComplaintState.CLOSED: Q(done_on__isnull=False),
            }[ComplaintState(state)]
        )

    def with_rows(self) -> Self:
        """What a line of a list shows, in one statement."""
        return self.select_related("contact", "site", "owner", "deputy", "received_by", *HEADER)


class Complaint(CaseRow, Obligation):
    """One complaint: what the client says and wants, and how we answered.

    ``due_on`` is the day by which the answer is owed, after it the day by which we ask whether the
    client is content; ``done_on`` closes it. Times are optional: with them the response is
    measured in working hours, without in working days.
    """

    url_stem = "complaint"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    number = models.CharField(max_length=20, unique=True, editable=False)
    received_on = models.DateField(_("received on"))
    received_at = models.TimeField(_("time of receipt"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="complaints",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("complaint", "from whom"),
    )
    channel = models.CharField(
        pgettext_lazy("interaction", "channel"), max_length=10, choices=TalkChannel.choices
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        related_name="complaints",
        null=True,
        blank=True,
        verbose_name=_("site"),
    )
    what = models.CharField(_("what it is about"), max_length=250)
    statement = models.TextField(_("in the client's words"), max_length=4000, blank=True)
    remedy_sought = models.CharField(_("remedy sought"), max_length=250, blank=True)
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity.choices, default=Severity.MEDIUM
    )
    is_safety = models.BooleanField(_("Concerns safety or needs immediate action"), default=False)
    immediate_action = models.CharField(_("immediate action"), max_length=250, blank=True)
    core = models.CharField(
        _("core of the complaint"),
        max_length=10,
        choices=ComplaintCore.choices,
        default=ComplaintCore.UNCLEAR,
    )
    core_reason = models.TextField(_("reasoning"), max_length=2000, blank=True)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, editable=False)
    acknowledged_at = models.TimeField(null=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    answered_at = models.TimeField(null=True, editable=False)
    answer = models.TextField(
        _("answer with solution"), max_length=4000, blank=True, editable=False
    )
    content = models.BooleanField(_("client is content"), null=True, editable=False)
    closing_note = models.CharField(max_length=250, blank=True, editable=False)
    #: taken up again and not answered anew since
    reopened_on = models.DateField(null=True, editable=False)

    objects = ComplaintQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("complaint")
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_on__isnull=True),
                name="complaint_open_owner",
            ),
            models.Index(fields=["received_on"], name="complaint_received"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_safety=False) | ~Q(immediate_action=""),
                name="complaint_safety_needs_action",
            ),
            models.CheckConstraint(
                condition=Q(core=ComplaintCore.UNCLEAR) | ~Q(core_reason=""),
                name="complaint_core_has_reasoning",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""),
                name="complaint_answer_has_text",
            ),
            models.CheckConstraint(
                condition=(
                    Q(done_on__isnull=True, content__isnull=True)
                    | Q(done_on__isnull=False, content__isnull=False, answered_on__isnull=False)
                ),
                name="complaint_closed_after_answer",
            ),
            models.CheckConstraint(
                condition=~Q(content=False) | ~Q(closing_note=""),
                name="complaint_discontent_has_note",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("deputy")), name="complaint_deputy_is_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.what}"

    def get_absolute_url(self) -> str:
        return self.url("detail")

    def url(self, what: str) -> str:
        return reverse(f"dialogue:complaint_{what}", args=[self.number])

    @property
    def state(self) -> ComplaintState:
        """Received, acknowledged, answered or closed."""
        if self.done_on is not None:
            return ComplaintState.CLOSED
        if not self.awaits_answer:
            return ComplaintState.ANSWERED
        return ComplaintState.ACKNOWLEDGED if self.acknowledged_on else ComplaintState.RECEIVED

    @property
    def awaits_answer(self) -> bool:
        """Open without an answer, or reopened and not answered anew."""
        return self.is_open and (self.answered_on is None or self.reopened_on is not None)
