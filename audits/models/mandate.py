"""What an audit was asked to do, and how the day went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits.enums import AuditKind, Confidentiality
from winback.clients.models import Site


class Mandate(models.Model):
    """The words of an audit around its questions: before the visit, and after it."""

    kind = models.CharField(
        pgettext_lazy("audit", "kind"),
        max_length=40,
        choices=AuditKind.choices,
        default=AuditKind.INTERNAL,
    )
    objective = models.CharField(_("objective"), max_length=250, blank=True)
    external_reason = models.TextField(
        _("external auditor: for or against"),
        max_length=2000,
        blank=True,
        help_text=_("Why somebody from outside audits, or why not; name and independence."),
    )
    scope = models.TextField(
        _("scope"),
        max_length=2000,
        blank=True,
        help_text=_("Buildings, plants, services and the time looked at; what is left out."),
    )
    criteria = models.TextField(
        _("criteria"),
        max_length=2000,
        blank=True,
        help_text=_("What is audited against: contract, specification, concept, norms."),
    )
    further_sites = models.ManyToManyField(
        Site, blank=True, related_name="+", verbose_name=_("further sites")
    )
    auditees = models.TextField(
        _("who is audited"), max_length=1000, blank=True, help_text=_("Name and function.")
    )
    agenda = models.TextField(
        _("audit plan"),
        max_length=4000,
        blank=True,
        help_text=_("One item per line: time, place, what, with whom."),
    )
    distribution = models.TextField(
        _("distribution list"), max_length=1000, blank=True, help_text=_("Who gets the report.")
    )
    confidentiality = models.CharField(
        _("confidentiality"),
        max_length=10,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )
    opening_on = models.DateField(_("opening meeting on"), null=True, blank=True)
    opening_at = models.TimeField(_("time of the opening meeting"), null=True, blank=True)
    opening_with = models.CharField(_("opening meeting with"), max_length=250, blank=True)
    closing_on = models.DateField(_("closing meeting on"), null=True, blank=True)
    closing_at = models.TimeField(_("time of the closing meeting"), null=True, blank=True)
    closing_with = models.CharField(_("closing meeting with"), max_length=250, blank=True)
    participants = models.CharField(_("participants of the client"), max_length=250, blank=True)
    sampling = models.TextField(
        _("sample"),
        max_length=2000,
        blank=True,
        help_text=_("What was drawn, how many of how many; a sample never shows everything."),
    )
    strengths = models.TextField(
        pgettext_lazy("audit", "strengths"),
        max_length=2000,
        blank=True,
        help_text=_("What works well and shall stay."),
    )
    conclusion = models.TextField(_("conclusion"), blank=True)

    class Meta:
        abstract = True
