"""The catalogue of norms: list, page, care."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.common import lists, normpages
from winback.common.forms import submit
from winback.common.htmx import page
from winback.common.sheets import sheet_response
from winback.norms import services
from winback.norms.filters import NormFilter
from winback.norms.forms import NormForm
from winback.norms.models import Norm, NormQuerySet
from winback.norms.permissions import can_keep_norms, can_list_norms, get_visible_norm
from winback.norms.rows.norms import (
    CONFIDENCE_SHAPE,
    NORM_COLUMNS,
    STATUS_SHAPE,
    norm_facts,
    norm_record,
    norm_row,
    norm_warnings,
)

FORM = "norms/norm_form.html"
NORMS = lists.register(
    lists.ListPage(
        key="norms:list",
        title=gettext_lazy("Norms"),
        noun=ngettext_lazy("%(count)d norm", "%(count)d norms", "count"),
        table="norms/norm_list.html",
        empty=gettext_lazy("Here stand the norms, guidelines and laws that audits refer to."),
        none=gettext_lazy("No norm matches these filters."),
        export="norms:export",
    )
)


def _catalogue() -> NormQuerySet:
    found: NormQuerySet = Norm.objects.select_related("superseded_by")
    return found


@require_safe
@requires(can_list_norms)
def norm_list(request: HttpRequest) -> HttpResponse:
    """The catalogue, filtered and ordered by the URL."""
    form = NormFilter(request.GET)
    add = {"action_url": reverse("norms:create"), "action_label": _("Add norm")}
    return NORMS.respond(
        request,
        form=form,
        found=form.apply(_catalogue()),
        rows=lambda page: [norm_row(each) for each in page],
        **(add if can_keep_norms(user_of(request)) else {}),
    )


@require_safe
@requires(can_list_norms)
def norm_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    found = NormFilter(lists.query_of(request)).apply(_catalogue())
    records = (norm_record(each) for each in lists.narrowed(request, found))
    return sheet_response(kind, _("norms"), NORM_COLUMNS, records)


@require_safe
def norm_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One norm, what it asks to inspect, and what refers to it."""
    user = user_of(request)
    norm = get_visible_norm(user, key)
    context = {
        "norm": norm,
        "facts": norm_facts(norm),
        "warnings": norm_warnings(norm),
        "shape": STATUS_SHAPE[norm.status],
        "confidence_shape": CONFIDENCE_SHAPE[norm.confidence],
        "confidence": _("Confidence: %(word)s") % {"word": norm.get_confidence_display().lower()},
        "rules": norm.rules.filter(active=True),
        "predecessors": norm.supersedes.all(),
        "panels": normpages.panels(user, norm),
        "may_edit": can_keep_norms(user),
    }
    return page(request, "norms/norm_detail.html", context)


@requires(can_keep_norms)
def norm_create(request: HttpRequest) -> HttpResponse:
    """Add a norm of our own."""
    form = NormForm(request.POST or None)
    context = {"title": _("Add norm"), "back": reverse("norms:list"), "norm": None}
    return submit(
        request,
        form=form,
        template=FORM,
        context=context,
        save=lambda: services.add_norm(
            actor=user_of(request), today=timezone.localdate(), changes=form.changes
        ),
        saved=_("The norm is in the catalogue."),
    )


@requires(can_keep_norms)
def norm_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a norm; the shipped catalogue leaves it alone from then on."""
    user = user_of(request)
    norm = get_visible_norm(user, key)
    form = NormForm(request.POST or None, norm=norm)
    context = {"title": _("Edit norm"), "back": norm.get_absolute_url(), "norm": norm}
    return submit(
        request,
        form=form,
        template=FORM,
        context=context,
        save=lambda: services.change_norm(
            norm=norm,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
        ),
        saved=_("Saved."),
    )
