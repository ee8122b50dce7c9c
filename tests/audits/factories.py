"""Checklists, audits and findings as they stand after the services; all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import factory
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from audits.enums import AuditKind, AuditStatus, Grade, Result
from audits.models import (
    Answer,
    Audit,
    AuditTemplate,
    Evidence,
    Finding,
    Question,
    QuestionGroup,
    TemplateVersion,
)
from audits.services import add_photo
from tests.cases.factories import CaseFactory
from tests.clients.factories import SiteFactory
from tests.documents.files import picture
from tests.factories import UserFactory
from winback.cases.models import CaseMember
from winback.cases.services import next_number
from winback.documents.rules import CheckedFile

#: code, weight, critical
QUESTIONS: Sequence[Sequence[tuple[str, int, bool]]] = (
    (("S1", 3, False), ("S2", 1, False)),
    (("P1", 3, True),),
)


class AuditTemplateFactory(factory.django.DjangoModelFactory[AuditTemplate]):
    class Meta:
        model = AuditTemplate
        django_get_or_create = ("key",)

    key = AuditKind.INTERNAL
    kind = AuditKind.INTERNAL
    name_de = "Internes Service-Audit"
    name_en = "Internal service audit"


def template_version(
    template: AuditTemplate | None = None,
    groups: Sequence[Sequence[tuple[str, int, bool]]] = QUESTIONS,
) -> TemplateVersion:
    """A further version of the checklist: two groups with three questions unless told else."""
    template = template or AuditTemplateFactory()
    version = TemplateVersion.objects.create(
        template=template,
        number=template.versions.count() + 1,
        released_on=dt.date(2026, 1, 1),
        fingerprint=f"{template.versions.count():064d}",
    )
    for position, questions in enumerate(groups, start=1):
        group = QuestionGroup.objects.create(
            version=version,
            key=f"g{position}",
            name_de=f"Gruppe {position}",
            name_en=f"Group {position}",
            position=position,
        )
        for place, (code, weight, is_critical) in enumerate(questions, start=1):
            Question.objects.create(
                group=group,
                code=code,
                text_de=f"Ist {code} in Ordnung?",
                text_en=f"Is {code} in order?",
                weight=weight,
                is_critical=is_critical,
                position=place,
            )
    return version


class AuditFactory(factory.django.DjangoModelFactory[Audit]):
    """Planned for 2026-11-30 by a quality manager; ``team=[…]`` adds auditors.

    ``status=IN_PROGRESS`` began on 2026-11-16, ``FINISHED`` ended on 2026-11-17.
    """

    class Meta:
        model = Audit

    case = factory.SubFactory(CaseFactory)
    version_used = factory.LazyFunction(
        lambda: TemplateVersion.objects.first() or template_version()
    )
    site = factory.LazyAttribute(lambda audit: SiteFactory(client=audit.case.client))
    owner = factory.SubFactory(
        UserFactory, first_name="Tim", last_name="Wolf", role=Role.QUALITY_MANAGER
    )
    due_on = dt.date(2026, 11, 30)
    original_due_on = factory.SelfAttribute("due_on")

    @classmethod
    def _create(cls, model_class: type[Audit], *args: Any, **kwargs: Any) -> Audit:
        team: Iterable[User] = kwargs.pop("team", ())
        audit = model_class(*args, **kwargs)
        audit.number = audit.number or f"A-{next_number('A'):04d}"
        if audit.status != AuditStatus.PLANNED and audit.started_on is None:
            audit.started_on = dt.date(2026, 11, 16)
        if audit.status == AuditStatus.FINISHED and audit.done_on is None:
            audit.done_on = dt.date(2026, 11, 17)
        audit.save()
        audit.team.set(team)
        for user in (audit.owner, *team):
            CaseMember.objects.get_or_create(
                case=audit.case, user=user, defaults={"joined_on": audit.case.opened_on}
            )
        return audit


def answer(audit: Audit, code: str, result: str = Result.MET, note: str = "") -> Answer:
    """The lead's answer to one question, given now."""
    return Answer.objects.create(
        audit=audit,
        question=audit.questions().get(code=code),
        result=result,
        note=note,
        answered_by=audit.owner,
        answered_at=timezone.now(),
    )


def answer_all(audit: Audit, result: str = Result.MET) -> None:
    """The same answer to every question."""
    for question in audit.questions():
        answer(audit, question.code, result, note="Stichprobe geprüft.")


def photo(audit: Audit, code: str = "S1") -> Evidence:
    """The lead's photo of an answer, which is given where it is missing."""
    question = audit.questions().get(code=code)
    if not audit.answers.filter(question=question).exists():
        answer(audit, code)
    return add_photo(
        audit=audit,
        question=question,
        actor=audit.owner,
        today=timezone.localdate(),
        photo=CheckedFile("Foto.jpg", "image/jpeg", picture()),
    )


class FindingFactory(factory.django.DjangoModelFactory[Finding]):
    """An open minor, due on 2026-12-16, owned by operations, who belong to the case."""

    class Meta:
        model = Finding

    audit = factory.SubFactory(AuditFactory, status=AuditStatus.IN_PROGRESS)
    owner = factory.SubFactory(
        UserFactory, first_name="Ralf", last_name="Ott", role=Role.OPERATIONS
    )
    grade = Grade.MINOR
    criterion = "Leistungsverzeichnis Pos. 4.2"
    statement = "Sanitärbereich im 2. OG nicht nach Plan gereinigt."
    due_on = dt.date(2026, 12, 16)
    original_due_on = factory.SelfAttribute("due_on")

    @classmethod
    def _create(cls, model_class: type[Finding], *args: Any, **kwargs: Any) -> Finding:
        finding = model_class(*args, **kwargs)
        finding.number = finding.number or f"F-{next_number('F'):04d}"
        finding.save()
        case = finding.audit.case
        CaseMember.objects.get_or_create(
            case=case, user=finding.owner, defaults={"joined_on": case.opened_on}
        )
        return finding
