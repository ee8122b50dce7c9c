"""One sweep by hand or from cron, for a place without Celery."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from winback.reminders import services
from winback.reminders.enums import MailState


class Command(BaseCommand):
    help = "Notify, queue the digests, send what is due, judge the cases. Safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        tally = services.sweep(timezone.now())
        counted = {
            "new notifications": tally.notified,
            "digests queued": tally.queued,
            "mails sent": tally.mails[MailState.SENT],
            "to be tried again": tally.mails[MailState.QUEUED],
            "failed": tally.mails[MailState.FAILED],
            "cancelled": tally.mails[MailState.CANCELLED],
            "cases judged": tally.judged,
        }
        self.stdout.write(", ".join(f"{count} {what}" for what, count in counted.items()))
