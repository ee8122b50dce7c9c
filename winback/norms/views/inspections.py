"""One inspection: page, entry, steps, papers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.clients.models import Site
from winback.common.forms import submit
from winback.common.htmx import page
from winback.documents.models import Document
from winback.documents.views import send
from winback.norms import forms, services
from winback.norms.permissions import (
    can_change_inspection,
    can_keep_inspections,
    can_move,
    can_record,
    get_visible_inspection,
    get_visible_record,
    get_visible_site,
    papers_of,
)
from winback.norms.rows.inspections import STATE_SHAPE, inspection_facts, norm_line
from winback.norms.rows.norms import norm_warnings
from winback.norms.rows.records import paper_url, record_rows
from winback.norms.views.base import FORM, allowed, data_of, step, way_back


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One plant's inspection with every round done."""
    user = user_of(request)
    inspection = get_visible_inspection(user, pk)
    state = inspection.state(timezone.localdate())
    context = {
        **way_back(inspection.site.client, user),
        "inspection": inspection,
        "shape": STATE_SHAPE[state],
        "word": state.label,
        "facts": inspection_facts(inspection),
        "cited": norm_line(inspection),
        "warnings": norm_warnings(inspection.norm) if inspection.norm else [],
        "proof_url": paper_url(inspection.pk, inspection.qualification_proof_id),
        "records": record_rows(inspection, user),
        "may_record": can_record(user, inspection),
        "may_change": can_change_inspection(user, inspection),
    }
    return page(request, "norms/inspection_detail.html", context)


def _kept_site(request: HttpRequest, pk: int, site_pk: int) -> tuple[Site, User]:
    user = user_of(request)
    site = get_visible_site(user, pk, site_pk)
    if not can_keep_inspections(user):
        raise PermissionDenied
    return site, user


def _below(site: Site, user: User, title: str) -> dict[str, Any]:
    back = f"{reverse('norms:client', args=[site.client_id])}#site-{site.pk}"
    return {**way_back(site.client, user), "site": site, "title": title, "back": back}


def add(request: HttpRequest, pk: int, site_pk: int) -> HttpResponse:
    """Enter a plant and its inspection."""
    site, user = _kept_site(request, pk, site_pk)
    form = forms.InspectionForm(*data_of(request), initial={"owner": user.pk})
    return submit(
        request,
        form=form,
        template=FORM,
        context={**_below(site, user, _("Enter inspection")), "groups": form.groups},
        save=lambda: services.add_inspection(
            site=site, actor=user, changes=form.changes, papers=form.papers
        ),
        saved=_("The inspection is in the register."),
    )


def propose(request: HttpRequest, pk: int, site_pk: int) -> HttpResponse:
    """Take inspections of the catalogue over for the site, in one step."""
    site, user = _kept_site(request, pk, site_pk)
    form = forms.ProposalForm(request.POST or None, site=site, user=user)
    context = {
        **_below(site, user, _("Propose inspection duties")),
        "intro": _("Choose what stands at the site; interval, source and qualification follow."),
        "save_label": _("Take over"),
    }

    def save() -> str:
        services.propose_inspections(site=site, actor=user, **form.cleaned_data)
        return str(context["back"])

    chosen = len(request.POST.getlist("rules"))
    words = ngettext(
        "%(count)d inspection is in the register. Make plant and dates precise.",
        "%(count)d inspections are in the register. Make plants and dates precise.",
        chosen,
    )
    return submit(
        request, form=form, template=FORM, context=context, save=save,
        saved=words % {"count": chosen},
    )  # fmt: skip


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct plant, duty, interval or people."""
    inspection, user = allowed(request, pk, can_change_inspection)
    form = forms.InspectionForm(*data_of(request), inspection=inspection)
    return step(
        request,
        inspection,
        form,
        lambda: services.change_inspection(
            inspection=inspection,
            version=form.version,
            actor=user,
            changes=form.changes,
            papers=form.papers,
        ),
        title=_("Edit inspection"),
        saved=_("Saved."),
    )


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The coming round was done."""
    inspection, user = allowed(request, pk, can_record)
    form = forms.RecordForm(*data_of(request), inspection=inspection)
    return step(
        request,
        inspection,
        form,
        lambda: services.record_inspection(
            inspection=inspection,
            version=form.version,
            actor=user,
            changes=form.changes,
            papers=form.papers,
        ),
        title=_("Record inspection"),
        saved=_("The inspection is recorded; the next date follows from it."),
    )


def follow_up(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """Defects were remedied, or the client was told."""
    user = user_of(request)
    row = get_visible_record(user, pk, record)
    inspection = row.inspection
    if not can_record(user, inspection):
        raise PermissionDenied
    form = forms.FollowUpForm(request.POST or None, record=row)

    def save() -> None:
        known = {"remedied_on": None, **form.cleaned_data}
        services.follow_up(record=row, actor=user, **known)

    return step(
        request, inspection, form, save,
        title=_("Defects and word to the client"), intro=row.defects, saved=_("Saved."),
    )  # fmt: skip


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for the coming round."""
    inspection, user = allowed(request, pk, can_move)
    form = forms.MoveForm(request.POST or None, inspection=inspection)
    return step(
        request,
        inspection,
        form,
        lambda: services.move_inspection(
            inspection=inspection,
            version=form.cleaned_data["version"],
            actor=user,
            to=form.cleaned_data["to"],
            reason=form.cleaned_data["note"],
        ),
        title=_("Move date"),
        intro=_("Whether the inspection was on time is still judged by the first date."),
        saved=_("The date is moved."),
    )


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else sees to it."""
    inspection, user = allowed(request, pk, can_change_inspection)
    form = forms.HandOverForm(request.POST or None, inspection=inspection)
    return step(
        request,
        inspection,
        form,
        lambda: services.hand_over_inspection(
            inspection=inspection, actor=user, **form.cleaned_data
        ),
        title=_("Hand over inspection"),
        saved=_("The inspection has a new owner."),
        save_label=_("Hand over"),
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The plant is gone, or no longer ours to inspect."""
    inspection, user = allowed(request, pk, can_change_inspection)
    form = forms.EndForm(request.POST or None, inspection=inspection)
    return step(
        request,
        inspection,
        form,
        lambda: services.end_inspection(
            inspection=inspection,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            reason=form.cleaned_data["note"],
        ),
        title=_("End inspection"),
        intro=_("Nobody is reminded any more. What was done stays in the register."),
        saved=_("The plant is no longer inspected."),
    )


@require_safe
def paper(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Hand out a protocol or proof of this inspection."""
    inspection = get_visible_inspection(user_of(request), pk)
    found: Document | None = papers_of(inspection).filter(pk=document).first()
    if found is None:
        raise Http404(document)
    return send(found.current, inline=True)
