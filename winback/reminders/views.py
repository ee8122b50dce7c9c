"""The inbox of everybody; outbox and mail folder for administrators."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import requires, user_of
from accounts.views.own import settings_tabs
from winback.cases.models import Case
from winback.common import obligations
from winback.common.htmx import go, page
from winback.common.rows import chips, page_of
from winback.reminders import services
from winback.reminders.filters import OutboxFilter
from winback.reminders.models import FeedToken, Notification, OutboxMessage
from winback.reminders.permissions import can_see_mails
from winback.reminders.rows import feed_facts, mail_row, notice_row, outbox_status
from winback.reminders.services import mailbox
from winback.reminders.services.calendars import calendar_text


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was reminded of, unread first."""
    user, today = user_of(request), timezone.localdate()
    found = page_of(request, Notification.objects.of(user).unread_first())
    context = {"page": found, "rows": [notice_row(each, today) for each in found]}
    return page(request, "reminders/inbox.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    own = Notification.objects.of(user_of(request))
    services.mark_read(notification=get_object_or_404(own, pk=pk), now=timezone.now())
    return go(request, "reminders:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_all_read(user=user_of(request), now=timezone.now())
    return go(request, "reminders:inbox")


@require_safe
@requires(can_see_mails)
def outbox(request: HttpRequest) -> HttpResponse:
    """Every mail that was or is owed, with its state."""
    form = OutboxFilter(request.GET)
    mails = OutboxMessage.objects.select_related("recipient")
    found = page_of(request, form.apply(mails))
    context = {
        "filter_form": form,
        "chips": chips(request, form),
        "page": found,
        "rows": [mail_row(message) for message in found],
        "status": outbox_status(timezone.now()),
        "is_folder_used": mailbox.is_folder_used(),
    }
    return page(request, "reminders/outbox.html", context)


@require_POST
@requires(can_see_mails)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed mail again, for instance after its address was corrected."""
    message = get_object_or_404(OutboxMessage, pk=pk)
    if services.retry(message=message, now=timezone.now()):
        messages.success(request, _("The mail is tried again within a minute."))
    return go(request, "reminders:outbox")


@require_safe
@requires(can_see_mails)
def folder(request: HttpRequest) -> HttpResponse:
    """The mails in the folder, the latest first."""
    found = page_of(request, mailbox.files())
    posts = [post for name in found for post in mailbox.read(name)]
    return page(request, "reminders/mail_folder.html", {"page": found, "posts": posts})


@require_safe
@requires(can_see_mails)
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail file as plain text."""
    posts = mailbox.read(name)
    if not posts:
        raise Http404(name)
    context = {"posts": posts, "title": posts[0].subject or name}
    return page(request, "reminders/mail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """My private calendar address: a POST makes a new one and shows it this once."""
    user = user_of(request)
    address = ""
    if request.method == "POST":
        token = services.issue_feed(user=user, now=timezone.now())
        address = settings.SITE_URL + reverse("reminders:feed_file", args=[token])
    existing = FeedToken.objects.filter(user=user).first()
    context = {
        "tabs": settings_tabs("feed"),
        "address": address,
        "facts": feed_facts(existing) if existing else [],
    }
    return page(request, "reminders/feed.html", context)


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    services.revoke_feed(user=user_of(request))
    messages.success(request, _("The calendar address is revoked."))
    return go(request, "reminders:feed")


@login_not_required  # whoever has the address reads it: calendars cannot sign in
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """What the owner of this address owes, for a calendar program."""
    user = services.user_of_feed(token, timezone.localdate())
    if user is None:
        raise Http404
    with override(user.language):
        items = obligations.find(obligations.Query(owner_ids=[user.pk]))
        cases = Case.objects.filter(pk__in={item.case_id for item in items})
        numbers = dict(cases.values_list("pk", "number"))
        body = calendar_text(items, numbers, timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="winback.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
