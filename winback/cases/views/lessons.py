"""Lessons over all cases: what the company learns, and what becomes of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.cases import forms, services
from winback.cases.filters import LessonFilter
from winback.cases.models import Lesson
from winback.cases.permissions import can_decide_lessons
from winback.cases.rows.steps import lesson_row
from winback.common import lists
from winback.common.forms import submit

LESSONS = lists.register(
    lists.ListPage(
        key="cases:lessons",
        title=gettext_lazy("Lessons"),
        noun=ngettext_lazy("%(count)d lesson", "%(count)d lessons", "count"),
        table="cases/lesson_list.html",
        empty=gettext_lazy("Here stand the lessons that cases propose for templates and rules."),
    )
)


@require_safe
@requires(can_decide_lessons)
def lessons(request: HttpRequest) -> HttpResponse:
    """Lessons of all visible cases, those to be decided first."""
    user = user_of(request)
    form = LessonFilter(request.GET)
    found = form.apply(Lesson.objects.visible_to(user))
    return LESSONS.respond(
        request,
        form=form,
        found=found.select_related("case__client", "decided_by"),
        rows=lambda page: [lesson_row(row) for row in page],
    )


@requires(can_decide_lessons)
def lesson_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or reject one lesson with a reason."""
    user = user_of(request)
    found = Lesson.objects.visible_to(user).select_related("case__client", "decided_by")
    lesson = get_object_or_404(found, pk=pk)
    form = forms.LessonDecisionForm(request.POST or None, initial={"version": lesson.version})

    def save() -> str:
        services.decide_lesson(
            lesson=lesson,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            state=form.cleaned_data["state"],
            reason=form.cleaned_data["note"],
        )
        return reverse("cases:lessons")

    context = {"row": lesson_row(lesson), "cancel_url": reverse("cases:lessons")}
    return submit(
        request,
        form=form,
        template="cases/lesson_form.html",
        context=context,
        save=save,
        saved=_("Lesson decided."),
    )
