"""The heartbeat of reminders. The message may be lost: the next one does the work."""

from celery import shared_task
from django.utils import timezone

from winback.reminders import services

#: seconds; a tick nobody took by then is worthless, the next one is on its way
EXPIRES = 55


@shared_task(name="reminders.sweep", expires=EXPIRES, ignore_result=True)
def sweep() -> None:
    """Do everything reminders owe now."""
    services.sweep(timezone.now())
