"""What the client expects of us, and what we told about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.models import Case
from winback.clients.models import Contact
from winback.dialogue.enums import ClientDecision, ExpectationKind, Realism
from winback.dialogue.models.base import CaseRow, CaseRowQuerySet


class Expectation(CaseRow):
    """An expectation, a late change of wish or an objection, judged and answered in facts.

    ``precondition`` is what it takes (time, budget); the client decides knowing it.
    """

    url_stem = "expectation"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="expectations")
    kind = models.CharField(
        pgettext_lazy("expectation", "kind"),
        max_length=12,
        choices=ExpectationKind.choices,
        default=ExpectationKind.EXPECTATION,
    )
    what = models.CharField(_("what the client expects"), max_length=250)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="expectations",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("expectation", "said by"),
    )
    since = models.DateField(_("known since"))
    realistic = models.CharField(
        _("realistic?"), max_length=10, choices=Realism.choices, default=Realism.UNCLEAR
    )
    assessment = models.TextField(
        _("why, in facts"),
        max_length=2000,
        blank=True,
        help_text=_("For an objection: the factual answer on cost and benefit."),
    )
    precondition = models.TextField(
        _("precondition"), max_length=2000, blank=True, help_text=_("Time, budget, cooperation.")
    )
    alternative = models.TextField(_("alternative offered"), max_length=2000, blank=True)
    told_on = models.DateField(_("told the client on"), null=True, blank=True)
    decision = models.CharField(
        _("the client's decision"),
        max_length=12,
        choices=ClientDecision.choices,
        default=ClientDecision.PENDING,
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_note = models.TextField(_("in the client's words"), max_length=2000, blank=True)
    disappointed_on = models.DateField(_("disappointed on"), null=True, blank=True)
    disappointment = models.TextField(_("how it was disappointed"), max_length=2000, blank=True)

    objects = CaseRowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("expectation")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(realistic__in=("no", "partly")) | ~Q(assessment=""),
                name="expectation_doubt_has_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(decision=ClientDecision.PENDING, decided_on__isnull=True)
                    | (
                        ~Q(decision=ClientDecision.PENDING)
                        & Q(decided_on__isnull=False, told_on__isnull=False)
                    )
                ),
                name="expectation_decided_knowingly",
            ),
            models.CheckConstraint(
                condition=Q(disappointed_on__isnull=True) | ~Q(disappointment=""),
                name="expectation_disappointment_told",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_to_tell(self) -> bool:
        """Not or only partly realistic, and the client does not know yet."""
        return self.told_on is None and self.realistic in {Realism.NO, Realism.PARTLY}
