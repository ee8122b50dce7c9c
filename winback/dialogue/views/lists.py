"""Lists over all cases."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.common import lists
from winback.common.sheets import sheet_response
from winback.dialogue import bulk
from winback.dialogue.filters import CommitmentFilter, ComplaintFilter
from winback.dialogue.models import Commitment, Complaint
from winback.dialogue.permissions import can_list_commitments, can_list_complaints
from winback.dialogue.rows import COMMITMENT_COLUMNS, commitment_record, commitment_row
from winback.dialogue.rows.complaints import COMPLAINT_COLUMNS, complaint_record, complaint_row

COMMITMENTS = lists.register(
    lists.ListPage(
        key="dialogue:list",
        title=gettext_lazy("Commitments"),
        noun=ngettext_lazy("%(count)d commitment", "%(count)d commitments", "count"),
        table="dialogue/commitment_list.html",
        empty=gettext_lazy(
            "Nothing is promised at the moment. Record a commitment on the page of its case."
        ),
        none=gettext_lazy("No commitment matches these filters."),
        export="dialogue:export",
        bulk=bulk.COMMITMENTS,
    )
)
COMPLAINTS = lists.register(
    lists.ListPage(
        key="dialogue:complaints",
        title=gettext_lazy("Complaints"),
        noun=ngettext_lazy("%(count)d complaint", "%(count)d complaints", "count"),
        table="dialogue/complaint_list.html",
        empty=gettext_lazy("No complaint is open. Record one on the page of its case."),
        none=gettext_lazy("No complaint matches these filters."),
        export="dialogue:complaints_export",
        bulk=bulk.COMPLAINTS,
    )
)


@require_safe
@requires(can_list_commitments)
def commitment_list(request: HttpRequest) -> HttpResponse:
    """Commitments of all visible cases, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = CommitmentFilter(request.GET)
    return COMMITMENTS.respond(
        request,
        form=form,
        found=form.apply(Commitment.objects.visible_to(user).with_people(), user, today),
        rows=lambda page: [commitment_row(each, user, today) for each in page],
    )


@require_safe
@requires(can_list_commitments)
def commitment_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    visible = Commitment.objects.visible_to(user).with_people()
    found = CommitmentFilter(lists.query_of(request)).apply(visible, user, today)
    picked = lists.narrowed(request, found)
    records = (commitment_record(each, user, today) for each in picked)
    return sheet_response(kind, _("commitments"), COMMITMENT_COLUMNS, records)


@require_safe
@requires(can_list_complaints)
def complaint_list(request: HttpRequest) -> HttpResponse:
    """The register over all visible cases, filtered and ordered by the URL.

    Response times count the working days of the provider, so that they compare.
    """
    user, today = user_of(request), timezone.localdate()
    form = ComplaintFilter(request.GET)
    land = settings.PROVIDER_BUNDESLAND
    return COMPLAINTS.respond(
        request,
        form=form,
        found=form.apply(Complaint.objects.visible_to(user).with_rows(), today),
        rows=lambda page: [complaint_row(each, land, today) for each in page],
    )


@require_safe
@requires(can_list_complaints)
def complaint_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    visible = Complaint.objects.visible_to(user).with_rows()
    found = ComplaintFilter(lists.query_of(request)).apply(visible, today)
    picked = lists.narrowed(request, found)
    records = (complaint_record(each, settings.PROVIDER_BUNDESLAND, today) for each in picked)
    return sheet_response(kind, _("complaints"), COMPLAINT_COLUMNS, records)
