"""One audit of one case at one site, and what it found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from audits.enums import (
    AUDIT_OPEN,
    FINDING_OPEN,
    NONCONFORMITIES,
    NOT_COUNTING,
    AuditKind,
    AuditStatus,
    ClientSeverity,
    FindingStatus,
    Grade,
    Verdict,
)
from audits.models.answer import Answer
from audits.models.mandate import Mandate
from audits.models.questions import Question
from audits.models.templates import AuditTemplate, TemplateVersion
from audits.rules import verdict
from winback.cases.models import Case
from winback.clients.models import Site
from winback.common.models import (
    Obligation,
    ObligationQuerySet,
    Versioned,
)
from winback.contracts.models import ServiceLine

if TYPE_CHECKING:
    from accounts.models import User
    from audits.models.disclosure import Disclosure


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many ``rows`` belong to the outer row, in a subquery: joins would multiply each other."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class AuditQuerySet(ObligationQuerySet):
    def open(self) -> Self:
        """Planned or in progress: somebody still has to carry it out."""
        return self.filter(status__in=AUDIT_OPEN)

    def visible_to(self, user: User) -> Self:
        """Audits of visible cases; external auditors see the audits they lead or work on."""
        if user.is_external:
            works_on = Audit.team.through.objects.filter(user=user).values("audit")
            return self.filter(Q(owner=user) | Q(pk__in=works_on))
        return self.filter(case__in=Case.objects.visible_to(user))

    def with_head(self) -> Self:
        """Everything lists and the head of its pages show, in one statement."""
        asked = Question.objects.filter(group__version=OuterRef("version_used"))
        answered = Answer.objects.filter(audit=OuterRef("pk"))
        findings = Finding.objects.filter(audit=OuterRef("pk"))
        majors = findings.filter(grade=Grade.MAJOR).exclude(status=FindingStatus.WITHDRAWN)
        return self.select_related(
            "case__client", "owner", "site", "version_used__template", "previous"
        ).annotate(
            asked=_count(asked, "group__version"),
            answered=_count(answered, "audit"),
            majors=_count(majors, "audit"),
            open_findings=_count(findings.open(), "audit"),
        )


class Audit(Mandate, Versioned, Obligation):
    """One audit of one case at one site. ``owner`` is the lead auditor, ``due_on`` the date.

    A finished or cancelled audit is locked: neither answers nor findings' wording change any more.
    """

    if TYPE_CHECKING:  # counts of with_head()
        asked: int
        answered: int
        majors: int
        open_findings: int

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="audits")
    number = models.CharField(_("audit number"), max_length=20, unique=True, editable=False)
    version_used = models.ForeignKey(
        TemplateVersion,
        on_delete=models.PROTECT,
        related_name="audits",
        verbose_name=_("audit template"),
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        related_name="audits",
        verbose_name=_("site"),
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("audit team")
    )
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="followers",
        null=True,
        blank=True,
        verbose_name=_("previous audit"),
        help_text=_("A follow-up audit needs it; every other audit can be compared with it too."),
    )
    status = models.CharField(
        pgettext_lazy("audit", "status"),
        max_length=12,
        choices=AuditStatus.choices,
        default=AuditStatus.PLANNED,
        editable=False,
    )
    started_on = models.DateField(null=True, editable=False)
    cancelled_reason = models.CharField(max_length=250, blank=True, editable=False)
    score = models.DecimalField(
        _("score in percent"), max_digits=5, decimal_places=2, null=True, editable=False
    )

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        ordering = ["-due_on", "-pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(status__in=["planned", "in_progress"]),
                name="audit_open_owner",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=AuditStatus.FINISHED, done_on__isnull=False)
                | (~Q(status=AuditStatus.FINISHED) & Q(done_on__isnull=True)),
                name="audit_finished_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status=AuditStatus.IN_PROGRESS) | Q(started_on__isnull=False),
                name="audit_in_progress_has_start",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
                name="audit_score_is_percentage",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AuditKind.FOLLOW_UP) | Q(previous__isnull=False),
                name="audit_follow_up_has_previous",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("audits:detail", args=[self.number])

    @property
    def template(self) -> AuditTemplate:
        return self.version_used.template

    @property
    def title(self) -> str:
        """Number and template, as in breadcrumbs and mails."""
        return f"{self.number} · {self.template.name}"

    @property
    def is_open(self) -> bool:
        return self.status in AUDIT_OPEN

    @property
    def is_locked(self) -> bool:
        return not self.is_open

    @property
    def verdict(self) -> Verdict | None:
        """Passed or not, once finished; needs the counts of ``with_head()``.

        A major that is withdrawn as unfounded later no longer counts; the score stays as stored.
        """
        if self.status != AuditStatus.FINISHED:
            return None
        return verdict(self.score, has_major=self.majors > 0)

    def questions(self) -> QuerySet[Question]:
        """The questions of the version the audit uses, in order, with their groups."""
        return Question.objects.filter(group__version=self.version_used_id).select_related("group")


class FindingQuerySet(ObligationQuerySet):
    def open(self) -> Self:
        """Open or in progress: somebody still owes the correction or decision."""
        return self.filter(status__in=FINDING_OPEN).exclude(grade=Grade.STRENGTH)

    def counting(self) -> Self:
        """Neither withdrawn nor counted as part of a major."""
        return self.exclude(status__in=NOT_COUNTING)

    def founded(self) -> Self:
        """Not withdrawn; what is part of a major stays what was found at its question."""
        return self.exclude(status=FindingStatus.WITHDRAWN)

    def aggregable(self) -> Self:
        """Open minors: several of them may make a major."""
        return self.open().filter(grade=Grade.MINOR)

    def undisclosed(self) -> Self:
        """What the client should hear from us and has not been told yet."""
        told_by_nobody = self.filter(disclosure__isnull=True)
        return told_by_nobody.counting().exclude(grade=Grade.STRENGTH)

    def gravest_first(self) -> Self:
        """Majors first; within a grade as they were recorded."""
        grades = (When(grade=grade, then=rank) for rank, grade in enumerate(Grade.values))
        return self.order_by(Choose(*grades, output_field=IntegerField()), "pk")

    def visible_to(self, user: User) -> Self:
        return self.filter(audit__in=Audit.objects.visible_to(user))

    def with_audit(self) -> Self:
        """Everything lists and the facts of a finding show, in one statement."""
        return self.select_related(
            "audit__case__client",
            "audit__owner",
            "audit__site",
            "owner",
            "question",
            "service_line",
            "disclosure__told_by",
            "part_of",
        )


class Finding(Versioned, Obligation):
    """A finding of an audit. Cause and measures are shown beside it, not stored in it."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="findings", null=True, blank=True
    )
    number = models.CharField(_("finding number"), max_length=20, unique=True, editable=False)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade.choices)
    criterion = models.CharField(
        _("criterion"),
        max_length=250,
        help_text=_("what is required: contract clause, position of the specification or norm"),
    )
    statement = models.TextField(_("what was found"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    containment = models.CharField(_("containment action"), max_length=250, blank=True)
    contained_on = models.DateField(_("contained on"), null=True, blank=True)
    service_line = models.ForeignKey(
        ServiceLine,
        on_delete=models.PROTECT,
        related_name="findings",
        null=True,
        blank=True,
        verbose_name=_("position of the specification"),
    )
    norm_code = models.CharField(_("norm or rule"), max_length=80, blank=True)
    client_severity = models.CharField(
        _("severity in the client's view"),
        max_length=10,
        choices=ClientSeverity.choices,
        blank=True,
    )
    #: what was corrected; for what only asks for a decision, the decision
    resolution = models.TextField(_("correction or decision"), max_length=2000, blank=True)
    #: when its effect can be judged at the earliest: set when it is done, if the grade asks for it
    check_on = models.DateField(null=True, editable=False)
    status = models.CharField(
        pgettext_lazy("finding", "status"),
        max_length=12,
        choices=FindingStatus.choices,
        default=FindingStatus.OPEN,
        editable=False,
    )
    withdrawn_reason = models.CharField(max_length=250, blank=True, editable=False)
    #: the major this minor was made part of; it counts there, and stays readable here
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, editable=False
    )
    #: why several minors are one major
    aggregated_reason = models.CharField(max_length=250, blank=True, editable=False)

    objects = FindingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("finding")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(status__in=["open", "in_progress"]),
                name="finding_open_owner",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["done", "effective"], done_on__isnull=False)
                | (~Q(status__in=["done", "effective"]) & Q(done_on__isnull=True)),
                name="finding_done_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawn_reason=""),
                name="finding_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", part_of__isnull=False)
                | (~Q(status="merged") & Q(part_of__isnull=True)),
                name="finding_merged_into_a_major",
            ),
            models.CheckConstraint(
                condition=Q(contained_on__isnull=True) | ~Q(containment=""),
                name="finding_contained_by_something",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("dashboards:finding", args=[self.number])

    @property
    def is_open(self) -> bool:
        return self.status in FINDING_OPEN and self.grade != Grade.STRENGTH

    @property
    def case(self) -> Case:
        return self.audit.case

    @property
    def is_strength(self) -> bool:
        return self.grade == Grade.STRENGTH

    @property
    def is_nonconformity(self) -> bool:
        """Asks for correction, cause, measure and proof; the other grades for a decision."""
        return self.grade in NONCONFORMITIES

    @property
    def is_settled(self) -> bool:
        """Done, effective or withdrawn."""
        return self.status not in FINDING_OPEN

    @property
    def is_done(self) -> bool:
        """Carried out, its effect not proved yet."""
        return self.status == FindingStatus.DONE

    @property
    def is_part(self) -> bool:
        """Counted once, as part of a major."""
        return self.status == FindingStatus.MERGED

    @property
    def told(self) -> Disclosure | None:
        """How the client was told; needs ``with_audit()``."""
        return getattr(self, "disclosure", None)

    @property
    def is_untold(self) -> bool:
        """The client should hear it from us and has not; needs ``with_audit()``."""
        counts = self.status not in NOT_COUNTING and not self.is_strength
        return counts and self.told is None

    def days_open(self, today: date) -> int:
        """Calendar days since the audit recorded it, for as long as it is open."""
        return (today - (self.audit.started_on or self.audit.due_on)).days
