"""Who works on a case, and the number ranges."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.enums import Function
from winback.cases.models.case import Case


class NumberRange(models.Model):
    """The last number given out per scope ("RG-2026", "A", "F"); counted under a row lock."""

    scope = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope} {self.last}"


class CaseMember(models.Model):
    """A person works on the case, in one or more functions; membership makes the case visible."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    function = models.CharField(
        pgettext_lazy("case", "function"),
        max_length=30,
        choices=Function.choices,
        default=Function.CONTRIBUTOR,
    )
    specialty = models.CharField(
        _("speciality"),
        max_length=120,
        blank=True,
        help_text=_("For instance: contract, subcontractors, ticketing, ventilation."),
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("team member")
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "function"],
                condition=Q(left_on__isnull=True),
                name="case_member_once_per_function",
                violation_error_message=_("This person already has this function."),
            )
        ]
        indexes = [models.Index(fields=["user", "case"], name="case_member_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_function_display()}"
