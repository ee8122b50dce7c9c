"""Documents of a case: list, upload, versions, and handing a file out."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.forms.papers import DocumentForm, NewDocumentForm, VersionForm
from winback.cases.models import CaseDocument
from winback.cases.permissions import can_add_document, can_change_document, get_visible_case
from winback.cases.rows import case_context
from winback.cases.rows.papers import other_paper_row, paper_facts, paper_row, version_row
from winback.cases.services import papers as services
from winback.common.forms import submit
from winback.common.htmx import page
from winback.common.papers import papers as papers_elsewhere
from winback.documents.views import send

TAB = "documents"


def _visible(request: HttpRequest, number: str, pk: int) -> tuple[CaseDocument, User]:
    """A document of a case the user may see, with its versions; anything else is 404."""
    user = user_of(request)
    case = get_visible_case(user, number)
    paper = get_object_or_404(CaseDocument.objects.with_row(), case=case, pk=pk)
    paper.case = case
    return paper, user


def _changeable(request: HttpRequest, number: str, pk: int) -> tuple[CaseDocument, User]:
    paper, user = _visible(request, number, pk)
    if not can_change_document(user, paper):
        raise PermissionDenied
    return paper, user


@require_safe
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """All papers about the case: its own, and those that prove something elsewhere."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    own = list(case.documents.with_row())
    for paper in own:
        paper.case = case
    context = case_context(
        case,
        user,
        today,
        TAB,
        title=_("Documents"),
        papers=[paper_row(paper, today) for paper in own],
        others=[other_paper_row(paper, today) for paper in papers_elsewhere(user, case)],
        may_add=can_add_document(user, case),
    )
    return page(request, "cases/document_list.html", context)


def document_create(request: HttpRequest, number: str) -> HttpResponse:
    """Upload a paper."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_add_document(user, case):
        raise PermissionDenied
    form = NewDocumentForm(
        request.POST or None, request.FILES or None, initial={"owner": case.owner_id}
    )
    return submit(
        request,
        form=form,
        template="cases/document_form.html",
        context=case_context(case, user, today, TAB, title=_("New document")),
        save=lambda: services.add_document(
            case=case,
            actor=user,
            today=today,
            upload=form.cleaned_data["file"],
            changes=form.changes,
        ),
        saved=_("The document is stored."),
    )


@require_safe
def document(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One document with all its versions; a picture is shown at once."""
    paper, user = _visible(request, number, pk)
    today = timezone.localdate()
    row = paper_row(paper, today)
    context = case_context(
        paper.case,
        user,
        today,
        TAB,
        title=row.title,
        paper=paper,
        row=row,
        facts=paper_facts(row),
        versions=[version_row(paper, version) for version in paper.document.versions.all()],
        may_change=can_change_document(user, paper),
    )
    return page(request, "cases/document_detail.html", context)


def document_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Correct title, kind, validity, owner, note or sharing."""
    paper, user = _changeable(request, number, pk)
    today = timezone.localdate()
    form = DocumentForm(request.POST or None, instance=paper)
    return submit(
        request,
        form=form,
        template="cases/document_form.html",
        context=case_context(paper.case, user, today, TAB, title=_("Edit document"), paper=paper),
        save=lambda: services.change_document(
            paper=paper, version=form.version, actor=user, today=today, changes=form.changes
        ),
        saved=_("Saved."),
    )


def document_renew(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Upload a newer version; the earlier ones stay."""
    paper, user = _changeable(request, number, pk)
    form = VersionForm(
        request.POST or None, request.FILES or None, document_version=paper.document.version
    )

    def save() -> CaseDocument:
        services.add_version(
            paper=paper,
            version=form.cleaned_data["version"],
            actor=user,
            upload=form.cleaned_data["file"],
            valid_until=form.cleaned_data["valid_until"],
        )
        return paper

    context = case_context(
        paper.case, user, timezone.localdate(), TAB, title=_("New version"), paper=paper
    )
    return submit(
        request,
        form=form,
        template="cases/document_form.html",
        context=context,
        save=save,
        saved=_("The new version is stored."),
    )


@require_safe
def document_file(request: HttpRequest, number: str, pk: int, version: int) -> HttpResponse:
    """The stored file, to be saved."""
    return _send(request, number, pk, version, inline=False)


@require_safe
def document_view(request: HttpRequest, number: str, pk: int, version: int) -> HttpResponse:
    """The stored file, shown by the browser where it can do that safely."""
    return _send(request, number, pk, version, inline=True)


def _send(
    request: HttpRequest, number: str, pk: int, version: int, *, inline: bool
) -> HttpResponse:
    paper, _user = _visible(request, number, pk)
    wanted = [each for each in paper.document.versions.all() if each.number == version]
    if not wanted:
        raise Http404(version)
    return send(wanted[0], inline=inline)
