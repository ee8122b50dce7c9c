"""The entry of an audit on site: one question per card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from audits import services
from audits.forms import AnswerForm
from audits.models import Audit, Evidence, EvidenceQuerySet, Question
from audits.permissions import can_answer, get_visible_audit
from audits.rows import (
    FindingRow,
    entry,
    evidence_rows,
    finding_row,
    late_answers,
    neighbours,
    question_url,
)
from winback.common.claims import RuleBroken
from winback.common.htmx import go, is_fragment, page

TEMPLATE = "audits/entry.html"


def _answerable(request: HttpRequest, number: str) -> Audit:
    user = user_of(request)
    audit = get_visible_audit(user, number)
    if not can_answer(user, audit):
        raise PermissionDenied
    return audit


@require_safe
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Lead to the first question not assessed yet; to the check page when there is none."""
    audit = _answerable(request, number)
    answered = set(audit.answers.values_list("question", flat=True))
    for question in audit.questions():
        if question.pk not in answered:
            return go(request, question_url(audit, question))
    return go(request, "audits:check", audit.number)


def question(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One question; htmx saves each change at once, the buttons save and leaf."""
    audit = _answerable(request, number)
    questions = list(audit.questions())
    current = next((each for each in questions if each.code == code), None)
    if current is None:
        raise Http404(code)
    if request.method != "POST":
        return page(request, TEMPLATE, _card(request, audit, questions, current))
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid() and _save(request, audit, current, form):
        if is_fragment(request):
            return page(
                request, TEMPLATE, _card(request, audit, questions, current, form), part="state"
            )
        back, onward = neighbours(audit, questions, current)
        return go(request, back if "back" in request.POST else onward)
    context = _card(request, audit, questions, current, form)
    return page(request, TEMPLATE, context, part="state", status=422)


def _save(request: HttpRequest, audit: Audit, current: Question, form: AnswerForm) -> bool:
    """Let the service save a given answer; False, with the reason in the form, if it refuses."""
    given = form.cleaned_data
    where: dict[str, Any] = {
        "audit": audit,
        "question": current,
        "actor": user_of(request),
        "today": timezone.localdate(),
    }
    try:
        if given["result"]:
            services.answer_question(**where, result=given["result"], note=given["note"])
        if given["photo"]:
            services.add_photo(**where, photo=given["photo"], key=given["photo_key"])
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, broken.message)
        return False
    return True


def _card(
    request: HttpRequest,
    audit: Audit,
    questions: Sequence[Question],
    current: Question,
    form: AnswerForm | None = None,
) -> dict[str, Any]:
    answers = {answer.question_id: answer for answer in audit.answers.all()}
    saved = answers.get(current.pk)
    if form is None:
        initial = {"result": saved.result, "note": saved.note} if saved else {}
        form = AnswerForm(initial=initial)
    pictures = not is_fragment(request) or "photo" in request.FILES
    return {
        "audit": audit,
        "form": form,
        "findings": [] if is_fragment(request) else _found(audit, current),
        "pictures": pictures,
        "photos": evidence_rows(_photos(audit, current)) if pictures else [],
        "photo_key": uuid4(),
        "late": [] if is_fragment(request) else late_answers(audit, current),
        "card": entry(audit, questions, answers, current, str(form["result"].value() or "")),
    }


def _photos(audit: Audit, question: Question) -> EvidenceQuerySet:
    taken = Evidence.objects.filter(answer__audit=audit, answer__question=question)
    return taken.with_files()


def _found(audit: Audit, question: Question) -> list[FindingRow]:
    findings = audit.findings.founded().filter(question=question)
    return [finding_row(finding, timezone.localdate()) for finding in findings.with_audit()]
