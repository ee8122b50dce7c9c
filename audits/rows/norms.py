"""What in audits refers to a norm: questions of the newest checklists, and findings."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from audits.models import Finding, Question, TemplateVersion
from audits.rows.findings import FINDING_SHAPE, STATEMENT_LENGTH
from winback.common.clientpages import Panel, PanelRow

_MOST = 25


def _citing(key: str) -> QuerySet[Question]:
    """Questions that name the norm; the list is read as text, which every database can."""
    written = Question.objects.annotate(refs=Cast("norm_refs", TextField()))
    return written.filter(refs__contains=f'"{key}"')


def question_panel(user: User, norm: Any) -> Panel:
    """Questions of the newest version of each checklist; one statement."""
    newest = TemplateVersion.objects.order_by().values("template").annotate(last=Max("pk"))
    found = _citing(norm.key).filter(group__version__in=newest.values("last"))
    rows = found.select_related("group__version__template").order_by(
        "group__version__template__position", "group__position", "position"
    )
    return Panel(
        key="questions",
        title=_("Questions that check it"),
        rows=[_question(each) for each in rows],
        empty=_("No question of a checklist refers to this norm."),
    )


def _question(question: Question) -> PanelRow:
    template = question.group.version.template
    return PanelRow(
        label=question.code, url="", shape="", word="", note=f"{question.text} ({template.name})"
    )


def finding_panel(user: User, norm: Any) -> Panel:
    """The latest findings at these questions, as far as the user sees them; one statement."""
    found = Finding.objects.visible_to(user).counting().filter(question__in=_citing(norm.key))
    rows = found.select_related("audit__case__client").order_by("-pk")[:_MOST]
    return Panel(
        key="findings",
        title=_("Findings"),
        rows=[_finding(each) for each in rows],
        empty=_("No finding refers to this norm."),
    )


def _finding(finding: Finding) -> PanelRow:
    statement = Truncator(finding.statement).chars(STATEMENT_LENGTH)
    return PanelRow(
        label=finding.number,
        url=finding.get_absolute_url(),
        shape=FINDING_SHAPE[finding.status],
        word=finding.get_status_display(),
        note=f"{finding.get_grade_display()} · {statement} · {finding.case.title}",
    )
